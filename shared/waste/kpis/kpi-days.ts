import { localDate } from '../../city/calendar.ts';
import type { City } from '../../city/entities.ts';
import { daysAfter } from '../../routing/service-date.ts';
import type { KpiDay, KpiDayStore } from './kpi-day.ts';
import { type KpiPorts, workOutDays } from './work-out-days.ts';

/** Late readings and reports change a day this long; then it stands, until somebody asks for it anew. */
const OPEN_DAYS = 3;
/** A first run looks back so far. */
const MOST_DAYS = 31;

export type SummarizePorts = KpiPorts & { readonly kpiDays: KpiDayStore };

const datesBetween = (from: string, to: string): readonly string[] => {
  const dates: string[] = [];
  for (let date = from; date <= to; date = daysAfter(date, 1)) dates.push(date);
  return dates;
};

/** Runs of dates without a gap, so that each is read in one go. */
const runsOf = (dates: readonly string[]): readonly { readonly from: string; readonly to: string }[] =>
  dates.reduce<{ from: string; to: string }[]>((runs, date) => {
    const last = runs.at(-1);
    if (last !== undefined && daysAfter(last.to, 1) === date) last.to = date;
    else runs.push({ from: date, to: date });
    return runs;
  }, []);

/**
 * Works out the days that are over and may have changed, and those of the last month that nobody worked out, one after the other; a
 * run that is cut short is taken up by the next. Answers the dates.
 */
export const summarizeDays = async (ports: SummarizePorts, city: City, at: number): Promise<readonly string[]> => {
  const yesterday = daysAfter(localDate(city.timeZone, at), -1);
  const first = daysAfter(yesterday, 1 - MOST_DAYS);
  const known = new Set((await ports.kpiDays.range(first, yesterday)).map(({ date }) => date));
  const open = daysAfter(yesterday, 1 - OPEN_DAYS);
  const due = datesBetween(first, yesterday).filter((date) => date >= open || !known.has(date));
  for (const date of due) {
    for (const day of await workOutDays(ports, city, { from: date, to: date, at })) await ports.kpiDays.put(day);
  }
  return due;
};

/** Bins times days that one request works out itself; the rest waits for the nightly run. */
const MOST_BIN_DAYS = 6_000;

export type KpiDays = {
  readonly days: readonly KpiDay[];
  /** Days asked for of which nothing is worked out yet: told, and in no figure. */
  readonly missing: readonly string[];
};

/** The days from `from` to `to` inclusive: those that stand, and the latest others worked out now, as far as one request may. */
export const kpiDaysBetween = async (
  ports: SummarizePorts,
  city: City,
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: number },
): Promise<KpiDays> => {
  const today = localDate(city.timeZone, at);
  const asked = datesBetween(from, to < today ? to : today);
  const stored = new Map((await ports.kpiDays.range(from, to)).map((day) => [day.date, day]));
  const absent = asked.filter((date) => date === today || !stored.has(date));
  const bins = absent.length === 0 ? 0 : (await ports.registry.list('bin')).length;
  const may = Math.max(1, Math.floor(MOST_BIN_DAYS / Math.max(1, bins)));
  const now = absent.slice(-may);
  for (const run of runsOf(now)) {
    for (const day of await workOutDays(ports, city, { ...run, at })) stored.set(day.date, day);
  }
  return {
    days: asked.flatMap((date) => stored.get(date) ?? []),
    missing: asked.filter((date) => !stored.has(date)),
  };
};
