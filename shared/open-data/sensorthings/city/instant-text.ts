const DAY_MS = 86_400_000;

const padded = (count: number, digits: number): readonly string[] =>
  Array.from({ length: count }, (_, value) => String(value).padStart(digits, '0'));
const two = padded(60, 2);
const three = padded(1_000, 3);

let known = Number.NaN;
let knownText = '';

/** The day's date and the `T` behind it. Observations of one answer have few days, and a date is the slow part of an instant. */
const dateText = (day: number): string => {
  if (day !== known) {
    const text = new Date(day * DAY_MS).toISOString();
    knownText = text.slice(0, text.indexOf('T') + 1);
    known = day;
  }
  return knownText;
};

/**
 * What `toISOString` writes of an instant, for thousands of them. @param at UTC epoch milliseconds, a whole number
 * @throws RangeError for what is no instant of a date's.
 */
export const instantText = (at: number): string => {
  const day = Math.floor(at / DAY_MS);
  const inDay = at - day * DAY_MS;
  const [hour, minute] = [Math.floor(inDay / 3_600_000), Math.floor(inDay / 60_000) % 60];
  return `${dateText(day)}${two[hour]}:${two[minute]}:${two[Math.floor(inDay / 1_000) % 60]}.${three[inDay % 1_000]}Z`;
};
