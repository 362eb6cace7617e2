const DAY_MS = 86_400_000;

/** Milliseconds that the zone's clocks are ahead of UTC at an instant. */
const offsetAt = (instant: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((candidate) => candidate.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(instant / 1_000) * 1_000;
};

/** The city's midnights inside a span of epoch milliseconds, `from` ≤ midnight ≤ `to`. */
export const midnightsBetween = (from: number, to: number, timeZone: string): readonly number[] => {
  const midnights: number[] = [];
  const firstDay = Math.floor((from + offsetAt(from, timeZone)) / DAY_MS);
  for (let day = firstDay; ; day += 1) {
    // Taken at UTC midnight: right in every zone whose clocks do not change between the two midnights.
    const midnight = day * DAY_MS - offsetAt(day * DAY_MS, timeZone);
    if (midnight > to) return midnights;
    if (midnight >= from) midnights.push(midnight);
  }
};
