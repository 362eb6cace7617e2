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
/** Notes taken up at a time: after an import of years there are many. */
const NOTES_AT_ONCE = 1_000;
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
  const notes = await changedDays.list(NOTES_AT_ONCE);
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

type Context = {
  readonly city: IssueRequest['city'];
  readonly quantities: readonly Quantity[];
  /** The last day of the city that has been over for long enough. */
  readonly last: string;
};

const contextOf = async (
  { cityId, registry, sensorStates, clock }: IssueDaysPorts,
  request: IssueDaysRequest,
): Promise<Context> => {
  const entry = await registry.get('city', cityId);
  if (entry === undefined) throw new Error(`City ${cityId} is not in the registry`);
  const { timeZone } = entry;
  const series = await bulkSeries(registry, sensorStates);
  return {
    city: { ...series, timeZone, source: sourceOf(entry) },
    quantities: [...series.byQuantity.keys()].filter((each) => each === (request.quantity ?? each)).sort(),
    last: lastSettled(timeZone, clock()),
  };
};

/** Issues the tasks one by one, and removes each note when nothing is left to do for it. */
const workOff = async (
  ports: IssueDaysPorts,
  request: IssueDaysRequest,
  { city }: Context,
  { tasks, notes }: Work,
): Promise<IssueSummary> => {
  const { changedDays, clock } = ports;
  const { timeZone } = city;
  const counts = { issued: 0, unchanged: 0, empty: 0, kept: 0 };
  let done = 0;
  let open = notes;
  const settle = async (): Promise<void> => {
    const finished = settled(open, tasks.slice(done), timeZone);
    await changedDays.remove(finished);
    open = open.filter((note) => !finished.includes(note));
  };
  while (done < tasks.length && clock() < (request.until ?? Number.POSITIVE_INFINITY)) {
    const task = tasks[done] as IssueTask;
    const [from, to] = [instantOf(task.day, '00:00', timeZone), endOf(task.day, timeZone)];
    const outcome = await issueDay(ports, { ...task, from, to, city, byHand: request.days !== undefined });
    counts[outcome.status] += 1;
    request.onOutcome?.(task, outcome);
    done += 1;
    if (done % TASKS_PER_PORTION === 0) await settle();
  }
  await settle();
  return { ...counts, left: tasks.length - done };
};

/**
 * Issues what is due: every ended day since the last run (and of the last week) that has not been issued, and every day of which readings came or changed since. Each
 * day of a quantity is done for itself and recorded, so that a run that ends early, by time or by a crash, is gone on with by the next.
 * @throws StoreUnavailableError; Error when the city is not in the registry.
 */
export const issueDays = async (ports: IssueDaysPorts, request: IssueDaysRequest): Promise<IssueSummary> => {
  const context = await contextOf(ports, request);
  const { quantities, last, city } = context;
  if (request.days !== undefined) {
    return workOff(ports, request, context, { tasks: byHand(request.days, last, quantities), notes: [] });
  }
  const total = { issued: 0, unchanged: 0, empty: 0, kept: 0, left: 0 };
  for (;;) {
    const work = await dueWork(ports, { quantities, timeZone: city.timeZone, last });
    const round = await workOff(ports, request, context, work);
    for (const name of ['issued', 'unchanged', 'empty', 'kept'] as const) total[name] += round[name];
    if (round.left > 0) return { ...total, left: round.left };
    await ports.changedDays.setIssuedTo(last);
    if (work.notes.length < NOTES_AT_ONCE) return total;
  }
};

const byHand = (
  { from, to }: { readonly from: string; readonly to: string },
  last: string,
  quantities: readonly Quantity[],
): readonly IssueTask[] =>
  daysBetween(from, to < last ? to : last).flatMap((day) => quantities.map((quantity) => ({ day, quantity })));
