import { instantOf } from '../../city/calendar.ts';
import { dayOf, longPeriodOf, type Period } from '../calendar-periods.ts';

export const reportKinds = ['day', 'month', 'year'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** A calendar day, month or year of the city's clock: `startsAt` < t ≤ `endsAt`, UTC epoch milliseconds. */
export type ReportPeriod = Period & {
  readonly kind: ReportKind;
  /** `2026-11-22`, `2026-11` or `2026`. */
  readonly name: string;
  readonly timeZone: string;
};

const shapes: Readonly<
  Record<ReportKind, { readonly pattern: RegExp; readonly words: string; readonly rest: string }>
> = {
  day: { pattern: /^\d{4}-\d{2}-\d{2}$/, words: 'a calendar day, YYYY-MM-DD', rest: '' },
  month: { pattern: /^\d{4}-\d{2}$/, words: 'a calendar month, YYYY-MM', rest: '-01' },
  year: { pattern: /^\d{4}$/, words: 'a calendar year, YYYY', rest: '-01-01' },
};

/** The first year that a report may be of, and the one that is too late: what lies outside is a slip of the pen. */
const YEARS = [2000, 2100] as const;

/** What is wrong with the name of a period, in words; `undefined` when nothing is. */
export const periodFault = (kind: ReportKind, name: string): string | undefined => {
  const { pattern, words, rest } = shapes[kind];
  const year = Number(name.slice(0, 4));
  if (!pattern.test(name) || Number.isNaN(Date.parse(`${name}${rest}T00:00:00Z`))) return `must be ${words}`;
  const isDate = new Date(`${name}${rest}T00:00:00Z`).toISOString().startsWith(name);
  return isDate && year >= YEARS[0] && year < YEARS[1] ? undefined : `must be ${words}, from ${YEARS[0]} on`;
};

/**
 * The period of a report.
 * @throws RangeError for a name in which `periodFault` finds a fault.
 */
export const reportPeriod = (kind: ReportKind, name: string, timeZone: string): ReportPeriod => {
  const fault = periodFault(kind, name);
  if (fault !== undefined) throw new RangeError(`${name} ${fault}`);
  const within = instantOf(`${name}${shapes[kind].rest}`, '12:00', timeZone);
  const { startsAt, endsAt } = kind === 'day' ? dayOf(within, timeZone) : longPeriodOf(kind, within, timeZone);
  return { kind, name, timeZone, startsAt, endsAt };
};
