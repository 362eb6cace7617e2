import type { Bin, Sensor } from '../../city/entities.ts';
import type { Bucket } from '../../telemetry/reading-store.ts';
import { fillFraction } from '../container.ts';
import { type Emptying, emptyingsOfHours } from '../emptyings.ts';
import { FILL_CLASSES, type WardSums } from './kpi-day.ts';

const HOUR_MS = 3_600_000;

/** What a level sensor under a lid calls overflowing: its blind zone hides the rest (as in the city's indicators). */
export const OVERFLOWING = 0.95;

/** How long before a day levels have to be known, to tell whether a bin overflowed before it was emptied. */
export const LOOK_BACK_MS = 72 * HOUR_MS;

/** An emptying is told by the hours behind it. */
export const LOOK_AHEAD_MS = 3 * HOUR_MS;

export type ObservedBin = {
  readonly bin: Bin;
  /** Its active sensors, each with the hourly distances of the day, of `LOOK_BACK_MS` before and `LOOK_AHEAD_MS` behind it. */
  readonly sensors: readonly {
    readonly sensor: Sensor;
    readonly hours: readonly Bucket[];
    /** Its first reading ever, UTC epoch milliseconds: before, nobody expected one. `undefined`: it was never heard. */
    readonly heardSince: number | undefined;
  }[];
};

/** A day: `from` < t ≤ `to`, UTC epoch milliseconds; hours are named by their end. */
export type DaySpan = { readonly from: number; readonly to: number };

type Hour = { readonly endsAt: number; readonly level: number };

const levelsOf = ({ container }: Bin, hours: readonly Bucket[]): readonly Hour[] =>
  hours
    .flatMap(({ endsAt, mean }) => {
      const level = fillFraction(container, mean);
      return level === undefined ? [] : [{ endsAt, level }];
    })
    .sort((a, b) => a.endsAt - b.endsAt);

const within = ({ from, to }: DaySpan, at: number): boolean => at > from && at <= to;

/** How often the level came to overflowing in the day, from under it or from nothing known. */
const overflowsIn = (levels: readonly Hour[], day: DaySpan): number =>
  levels.filter(
    ({ endsAt, level }, index) =>
      within(day, endsAt) && level >= OVERFLOWING && !((levels[index - 1]?.level ?? 0) >= OVERFLOWING),
  ).length;

/** Whether the bin was overflowing at any time between the emptying before and this one. */
const cameTooLate = (levels: readonly Hour[], emptying: Emptying, before: Emptying | undefined): boolean =>
  emptying.levelBefore >= OVERFLOWING ||
  levels.some(
    ({ endsAt, level }) =>
      level >= OVERFLOWING && endsAt <= emptying.after && (before === undefined || endsAt > before.before),
  );

const nothing = (ward: string): WardSums => ({
  ward,
  bins: 0,
  binsObserved: 0,
  hoursObserved: 0,
  hoursOverflowing: 0,
  overflows: 0,
  collections: 0,
  overflowed: 0,
  fillAtPickUp: new Array(FILL_CLASSES).fill(0),
  fillAtPickUpSum: 0,
  readingsExpected: 0,
  readingsReceived: 0,
});

/** Sums of the same or of different wards and days, under the first one's name. */
const addWards = (a: WardSums, b: WardSums): WardSums => ({
  ward: a.ward,
  bins: a.bins + b.bins,
  binsObserved: a.binsObserved + b.binsObserved,
  hoursObserved: a.hoursObserved + b.hoursObserved,
  hoursOverflowing: a.hoursOverflowing + b.hoursOverflowing,
  overflows: a.overflows + b.overflows,
  collections: a.collections + b.collections,
  overflowed: a.overflowed + b.overflowed,
  fillAtPickUp: a.fillAtPickUp.map((each, index) => each + (b.fillAtPickUp[index] ?? 0)),
  fillAtPickUpSum: a.fillAtPickUpSum + b.fillAtPickUpSum,
  readingsExpected: a.readingsExpected + b.readingsExpected,
  readingsReceived: a.readingsReceived + b.readingsReceived,
});

const classOf = (fraction: number): number =>
  Math.min(FILL_CLASSES - 1, Math.max(0, Math.floor(fraction * FILL_CLASSES)));

/** Of several sensors in one bin, the one that saw most tells its levels. */
const clearestHours = ({ sensors }: ObservedBin): readonly Bucket[] =>
  sensors.reduce<readonly Bucket[]>((most, { hours }) => (hours.length > most.length ? hours : most), []);

const readingsIn = ({ sensors }: ObservedBin, day: DaySpan) => {
  return sensors.reduce(
    (sum, { sensor, hours: buckets, heardSince = day.to }) => {
      const hours = Math.max(0, day.to - Math.max(day.from, heardSince)) / HOUR_MS;
      // Up is who is heard every hour, or as often as it should be where that is more seldom.
      const anHour = Math.min(1, 3_600 / sensor.intervalSeconds);
      const received = buckets
        .filter(({ endsAt }) => within(day, endsAt))
        .reduce((total, bucket) => total + Math.min(bucket.count, 1), 0);
      const expected = hours * anHour;
      return { expected: sum.expected + expected, received: sum.received + Math.min(received, expected) };
    },
    { expected: 0, received: 0 },
  );
};

const binSums = (observed: ObservedBin, day: DaySpan): WardSums => {
  const { bin } = observed;
  const hours = clearestHours(observed);
  const levels = levelsOf(bin, hours);
  const today = levels.filter(({ endsAt }) => within(day, endsAt));
  const all = emptyingsOfHours(bin.container, hours);
  const collected = all.flatMap((emptying, index) =>
    within(day, emptying.before) ? [{ emptying, late: cameTooLate(levels, emptying, all[index - 1]) }] : [],
  );
  const fills = collected.map(({ emptying }) => emptying.levelBefore);
  const readings = readingsIn(observed, day);
  return {
    ...nothing(bin.ward ?? ''),
    bins: 1,
    binsObserved: Number(today.length > 0),
    hoursObserved: today.length,
    hoursOverflowing: today.filter(({ level }) => level >= OVERFLOWING).length,
    overflows: overflowsIn(levels, day),
    collections: collected.length,
    overflowed: collected.filter(({ late }) => late).length,
    fillAtPickUp: Array.from(
      { length: FILL_CLASSES },
      (_, index) => fills.filter((fill) => classOf(fill) === index).length,
    ),
    fillAtPickUpSum: fills.reduce((sum, fill) => sum + fill, 0),
    readingsExpected: readings.expected,
    readingsReceived: readings.received,
  };
};

/** The day's sums of each ward, by name; bins of no ward stand under ''. Pure. */
export const wardSumsOf = (bins: readonly ObservedBin[], day: DaySpan): readonly WardSums[] => {
  const byWard = new Map<string, WardSums>();
  for (const observed of bins) {
    const ward = observed.bin.ward ?? '';
    byWard.set(ward, addWards(byWard.get(ward) ?? nothing(ward), binSums(observed, day)));
  }
  return [...byWard.values()].sort((a, b) => (a.ward < b.ward ? -1 : 1));
};
