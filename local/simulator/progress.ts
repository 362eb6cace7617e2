import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import { type Timeline, timelineSchema, withSpeed } from './timeline.ts';

/** A stretch of time that a sensor has in its memory and nobody has acknowledged: `from` ≤ t < `to`. */
const gapSchema = z.object({ from: z.int(), to: z.int(), stepMs: z.int().positive() });
export type Gap = z.infer<typeof gapSchema>;

const stateSchema = z.object({
  firstStart: z.int().positive(),
  timeline: timelineSchema,
  /** What the memories held at the first start has all been delivered. */
  historyDelivered: z.boolean(),
  sensors: z.record(z.string(), z.object({ through: z.int(), gaps: z.array(gapSchema) })),
});
type State = z.infer<typeof stateSchema>;

/** What the simulated sensors have delivered, kept in a file so that a restart goes on instead of repeating. */
export type Progress = {
  readonly firstStart: number;
  readonly timeline: Timeline;
  /** Takes a sensor into the books at its first measurement of this run; what lies before it and is unacknowledged is a gap. */
  readonly open: (
    sensorId: string,
    firstInstant: number,
    memory: { historyMs: number; historyStepMs: number; stepMs: number },
  ) => void;
  /** Live reports up to this instant are acknowledged. */
  readonly advance: (sensorId: string, through: number) => void;
  readonly addGap: (sensorId: string, gap: Gap) => void;
  /** The newest gap of a sensor. */
  readonly newestGap: (sensorId: string) => Gap | undefined;
  /** What the newest gap held from `from` on is acknowledged. */
  readonly shrinkNewestGap: (sensorId: string, from: number) => void;
  /**
   * Whether of this many sensors all have delivered what their memories held at the first start. Answers true once, and never
   * again for this file.
   */
  readonly completesHistory: (sensorCount: number) => boolean;
  /** Writes what is not written yet. */
  readonly save: () => void;
};

/** A file that is missing or not ours means a first start. */
const readState = (file: string): State | undefined => {
  try {
    return stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
};

/** Readers see the old file or the new one, never half of one. */
const writeState = (file: string, state: State): void => {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.partial`;
  writeFileSync(partial, JSON.stringify(state));
  renameSync(partial, file);
};

/**
 * Opens the books. Nothing is lost when the process dies before `save`: what was delivered since then is sent again, and the
 * store recognises it by identity and value.
 * @param now epoch milliseconds
 */
export const openProgress = (file: string, now: number, speed: number): Progress => {
  const state = readState(file) ?? { firstStart: now, timeline: [], historyDelivered: false, sensors: {} };
  state.timeline = withSpeed(state.timeline, now, speed);
  let dirty = true;
  const books = (sensorId: string): State['sensors'][string] => {
    const known = state.sensors[sensorId];
    if (known === undefined) throw new Error(`${sensorId} was never opened`);
    dirty = true;
    return known;
  };
  return {
    firstStart: state.firstStart,
    timeline: state.timeline,
    open: (sensorId, firstInstant, { historyMs, historyStepMs, stepMs }) => {
      const known = state.sensors[sensorId];
      const gap =
        known === undefined
          ? { from: firstInstant - historyMs, to: firstInstant, stepMs: historyStepMs }
          : { from: Math.max(known.through + 1, firstInstant - historyMs), to: firstInstant, stepMs };
      const gaps = [...(known?.gaps ?? []), ...(gap.from < gap.to ? [gap] : [])];
      state.sensors[sensorId] = { through: Math.max(known?.through ?? 0, firstInstant - 1), gaps };
      dirty = true;
    },
    advance: (sensorId, through) => {
      const entry = books(sensorId);
      entry.through = Math.max(entry.through, through);
    },
    addGap: (sensorId, gap) => {
      books(sensorId).gaps.push(gap);
    },
    newestGap: (sensorId) => state.sensors[sensorId]?.gaps.at(-1),
    shrinkNewestGap: (sensorId, from) => {
      const { gaps } = books(sensorId);
      const gap = gaps.pop();
      if (gap !== undefined && gap.from < from) gaps.push({ ...gap, to: from });
    },
    completesHistory: (sensorCount) => {
      const sensors = Object.values(state.sensors);
      const complete = sensors.length >= sensorCount && sensors.every(({ gaps }) => gaps.length === 0);
      if (state.historyDelivered || !complete) return false;
      state.historyDelivered = true;
      dirty = true;
      return true;
    },
    save: () => {
      if (!dirty) return;
      writeState(file, state);
      dirty = false;
    },
  };
};
