import { instantOf, localDate } from '../../city/calendar.ts';
import type { Registry } from '../../city/registry.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { SensorStateStore } from '../../telemetry/sensor-state.ts';
import { sourceOf } from '../source.ts';
import { bulkSeries } from './bulk-series.ts';
import { type ChangedDays, type ChangeNote, SETTLED_AFTER_MS } from './changed-days.ts';
import { type IssueOutcome, type IssuePorts, type IssueRequest, issueDay } from './issue-day.ts';

const DAY_MS = 86_400_000;

/** Ended days that a run looks at, where the last one got further: some may have been built by hand only, or not by all quantities. */
const DAYS_BACK = 7;
/** Notes that one run takes up; the next goes on. */
const NOTES_PER_RUN = 1_000;
const ISSUES_PER_PAGE = 1_000;

export type IssueDaysPorts = IssuePorts & {
  readonly cityId: string;
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly changedDays: ChangedDays;
};

export type IssueDaysRequest = {
  /** Days of the city's calendar to build by hand, both included, instead of what is due. */
  readonly days?: { readonly from: string; readonly to: string };
  /** Only this quantity, by hand. */
  readonly quantity?: Quantity;
  /** No day is begun after this instant, UTC epoch milliseconds. */
  readonly until?: number;
  readonly onOutcome?: (task: IssueTask, outcome: IssueOutcome) => void;
};

export type IssueTask = { readonly day: string; readonly quantity: Quantity };

export type IssueSummary = Readonly<Record<IssueOutcome['status'], number>> & {
  /** Days of quantities that are left for the next run, for want of time. */
  readonly left: number;
};

const nextDay = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** Days of a calendar, both included. */
export const daysBetween = (from: string, to: string): readonly string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = nextDay(day)) days.push(day);
  return days;
};

const endOf = (day: string, timeZone: string): number => instantOf(day, '24:00', timeZone);

/** The last day of the city that has been over for long enough. */
const lastSettled = (timeZone: string, now: number): string => {
  const today = localDate(timeZone, now);
  for (let day = today; ; day = new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10)) {
    if (endOf(day, timeZone) + SETTLED_AFTER_MS <= now) return day;
  }
};

const taskKey = ({ day, quantity }: IssueTask): string => `${day}|${quantity}`;

/** The days of the city that a day of UTC touches; its first instant also ends the period before. */
const touchedBy = ({ day }: ChangeNote, timeZone: string): readonly string[] =>
  daysBetween(localDate(timeZone, day - 1), localDate(timeZone, day + DAY_MS - 1));

type Work = { readonly tasks: readonly IssueTask[]; readonly notes: readonly ChangeNote[] };

/** What a run by schedule has to do: the newest days first, that today finds yesterday; then what changed. */
const dueWork = async (
  { bulkIssues, changedDays }: IssueDaysPorts,
  { quantities, timeZone, last }: { quantities: readonly Quantity[]; timeZone: string; last: string },
): Promise<Work> => {
  const weekAgo = new Date(Date.parse(last) - (DAYS_BACK - 1) * DAY_MS).toISOString().slice(0, 10);
  const issuedTo = await changedDays.issuedTo();
  const first = issuedTo === undefined || issuedTo >= weekAgo ? weekAgo : nextDay(issuedTo);
  const issued = new Set<string>();
  let page = await bulkIssues.list({ from: first, to: last, limit: ISSUES_PER_PAGE });
  for (
    ;
    page.length > 0;
    page = await bulkIssues.list({ from: first, to: last, limit: ISSUES_PER_PAGE, after: page.at(-1) })
  ) {
    for (const issue of page) issued.add(taskKey(issue));
  }
  const due = daysBetween(first, last)
    .toReversed()
    .flatMap((day) => quantities.map((quantity) => ({ day, quantity })))
    .filter((task) => !issued.has(taskKey(task)));
  const notes = await changedDays.list(NOTES_PER_RUN);
  const changed = notes.flatMap((note) =>
    touchedBy(note, timeZone)
      .filter((day) => day <= last)
      .map((day) => ({ day, quantity: note.quantity })),
  );
  const tasks = new Map([...due, ...changed].map((task) => [taskKey(task), task]));
  return { tasks: [...tasks.values()], notes };
};

/** Notes of which nothing is left to do. A day that is not over yet is issued when it is, with all that came until then. */
const settled = (notes: readonly ChangeNote[], left: readonly IssueTask[], timeZone: string) => {
  const open = new Set(left.map(taskKey));
  return notes.filter((note) =>
    touchedBy(note, timeZone).every((day) => !open.has(taskKey({ day, quantity: note.quantity }))),
  );
};

/** Notes are removed in portions, so that a crash repeats little and removing costs little. */
const TASKS_PER_PORTION = 20;

/**
 * Issues what is due: every ended day since the last run (and of the last week) that has not been issued, and every day of which readings came or changed since. Each
 * day of a quantity is done for itself and recorded, so that a run that ends early, by time or by a crash, is gone on with by the next.
 * @throws StoreUnavailableError; Error when the city is not in the registry.
 */
export const issueDays = async (ports: IssueDaysPorts, request: IssueDaysRequest): Promise<IssueSummary> => {
  const { cityId, registry, sensorStates, clock, changedDays } = ports;
  const entry = await registry.get('city', cityId);
  if (entry === undefined) throw new Error(`City ${cityId} is not in the registry`);
  const { timeZone } = entry;
  const series = await bulkSeries(registry, sensorStates);
  const city: IssueRequest['city'] = { ...series, timeZone, source: sourceOf(entry) };
  const quantities = [...series.byQuantity.keys()].filter((each) => each === (request.quantity ?? each)).sort();
  const last = lastSettled(timeZone, clock());
  const { days } = request;
  const { tasks, notes } =
    days === undefined
      ? await dueWork(ports, { quantities, timeZone, last })
      : { tasks: byHand(days, last, quantities), notes: [] };
  const counts = { issued: 0, unchanged: 0, empty: 0, kept: 0 };
  let done = 0;
  let open = notes;
  while (done < tasks.length && clock() < (request.until ?? Number.POSITIVE_INFINITY)) {
    const task = tasks[done] as IssueTask;
    const [from, to] = [instantOf(task.day, '00:00', timeZone), endOf(task.day, timeZone)];
    const outcome = await issueDay(ports, { ...task, from, to, city, byHand: days !== undefined });
    counts[outcome.status] += 1;
    request.onOutcome?.(task, outcome);
    done += 1;
    if (done % TASKS_PER_PORTION !== 0 && done < tasks.length) continue;
    const finished = settled(open, tasks.slice(done), timeZone);
    await changedDays.remove(finished);
    open = open.filter((note) => !finished.includes(note));
  }
  if (tasks.length === 0) await changedDays.remove(open);
  if (days === undefined && done === tasks.length) await changedDays.setIssuedTo(last);
  return { ...counts, left: tasks.length - done };
};

const byHand = (
  { from, to }: { readonly from: string; readonly to: string },
  last: string,
  quantities: readonly Quantity[],
): readonly IssueTask[] =>
  daysBetween(from, to < last ? to : last).flatMap((day) => quantities.map((quantity) => ({ day, quantity })));
