import type { LateNote } from '../telemetry/late-data.ts';
import { dayOf } from './calendar-periods.ts';
import type { EvaluationContext, Site } from './evaluation.ts';
import type { Window } from './periods.ts';

const DAY_MS = 86_400_000;

/** What late data makes necessary at one station: all its sensors, for an index takes them together. */
export type LateTask = {
  readonly sites: readonly Site[];
  readonly range: Window;
  readonly notes: readonly LateNote[];
};

/**
 * The city's days that a noted day (of UTC) touches, and the one after them: an 8-hour mean and NowCast of the morning go back to the
 * evening before.
 */
const rangeOf = ({ day }: LateNote, timeZone: string, to: number): Window => {
  const first = dayOf(day + 1, timeZone);
  const last = dayOf(dayOf(day + DAY_MS, timeZone).endsAt + 1, timeZone);
  return { from: first.startsAt, to: Math.min(to, last.endsAt) };
};

/** Ranges of one station that touch or overlap are one task. */
const joined = (
  sites: readonly Site[],
  ranges: readonly (LateTask['range'] & { readonly note: LateNote })[],
): readonly LateTask[] => {
  const tasks: { range: Window; notes: LateNote[] }[] = [];
  for (const { note, ...range } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = tasks.at(-1);
    if (last !== undefined && range.from <= last.range.to) {
      last.range = { from: last.range.from, to: Math.max(last.range.to, range.to) };
      last.notes.push(note);
    } else tasks.push({ range, notes: [note] });
  }
  return tasks.map((task) => ({ ...task, sites }));
};

/** The tasks that notes ask for, station by station, and the notes of sensors that stand at no station. */
export const lateTasks = (
  { sites, timeZone }: Pick<EvaluationContext, 'sites' | 'timeZone'>,
  notes: readonly LateNote[],
  to: number,
): { readonly tasks: readonly LateTask[]; readonly pointless: readonly LateNote[] } => {
  const stationOf = new Map(sites.map(({ sensor, station }) => [sensor.id, station.id]));
  const sitesOf = Map.groupBy(sites, ({ station }) => station.id);
  const byStation = Map.groupBy(notes, ({ sensorId }) => stationOf.get(sensorId));
  const tasks = [...byStation].flatMap(([stationId, own]) =>
    stationId === undefined
      ? []
      : joined(
          sitesOf.get(stationId) ?? [],
          own.map((note) => ({ ...rangeOf(note, timeZone, to), note })),
        ),
  );
  return { tasks, pointless: byStation.get(undefined) ?? [] };
};
