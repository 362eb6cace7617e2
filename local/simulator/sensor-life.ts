import { setTimeout as sleep } from 'node:timers/promises';
import type { SensorClient } from './client.ts';
import { lastInstant, type SimulatedDevice } from './device.ts';
import type { Gap, Progress } from './progress.ts';
import { modelTime } from './timeline.ts';

/** Entries in one back-fill message. */
const MAX_ENTRIES = 96;
/** However fast the model runs, a sensor says no more than this. */
const SHORTEST_INTERVAL_MS = 1_000;
/** The client itself waits for a lost line; this is for what it gives up on. */
const PUBLISH_RETRY_MS = 2_000;

export type LifeOptions = {
  readonly device: SimulatedDevice;
  readonly client: SensorClient;
  readonly progress: Progress;
  readonly historyMs: number;
  readonly speed: number;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** Shared by all sensors, so that their memories do not all pour out at once. */
  readonly limitBackfill: <T>(task: () => Promise<T>) => Promise<T>;
};

/**
 * One sensor from connection to stop: first what it measures now, so that the city is on the map at once; then live reports,
 * and beside them what its memory holds, newest first.
 */
export const liveAsSensor = async (options: LifeOptions): Promise<void> => {
  const { device, progress, historyMs, speed, clock, signal } = options;
  const stepMs = Math.max(SHORTEST_INTERVAL_MS, Math.round(device.intervalMs / speed));
  const drain = backfiller(options);
  let instant = lastInstant(clock(), stepMs, device.offsetMs);
  progress.open(device.sensorId, instant, {
    historyMs,
    historyStepMs: device.memoryIntervalMs,
    stepMs: device.intervalMs,
  });
  let draining: Promise<void> = Promise.resolve();
  while (!signal.aborted) {
    if (!(await publish(options, [instant]))) break;
    progress.advance(device.sensorId, instant);
    draining = drain();
    const next = instant + stepMs;
    const latest = lastInstant(clock(), stepMs, device.offsetMs);
    if (latest > next) {
      // The line was down, or the machine asleep: what fell due meanwhile is in the memory.
      progress.addGap(device.sensorId, { from: next, to: latest, stepMs: device.intervalMs });
      draining = drain();
    }
    instant = Math.max(next, latest);
    await pauseUntil(instant, clock, signal);
  }
  await draining;
};

const pauseUntil = async (instant: number, clock: () => number, signal: AbortSignal): Promise<void> => {
  const wait = instant - clock();
  if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
};

/** Empties a sensor's memory; a call while it is at work joins in. */
const backfiller = (options: LifeOptions): (() => Promise<void>) => {
  const { device, progress, signal, limitBackfill } = options;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (let gap = progress.newestGap(device.sensorId); gap !== undefined; gap = progress.newestGap(device.sensorId)) {
      const instants = newestInstants(gap, device.offsetMs);
      const delivered = await limitBackfill(async () => !signal.aborted && publish(options, instants));
      if (!delivered) return;
      progress.shrinkNewestGap(device.sensorId, instants[0] ?? gap.from);
    }
  };
  return () => {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
};

/** The newest instants of a gap that fit a message, oldest of them first. */
const newestInstants = ({ from, to, stepMs }: Gap, offsetMs: number): readonly number[] => {
  const instants: number[] = [];
  for (let instant = lastInstant(to - 1, stepMs, offsetMs); instant >= from; instant -= stepMs) {
    instants.push(instant);
    if (instants.length === MAX_ENTRIES) break;
  }
  return instants.reverse();
};

/** Sends what was measured at the instants, if anything. @returns whether it is acknowledged; false when the sensor was stopped. */
const publish = async (
  { device, client, progress, signal }: LifeOptions,
  instants: readonly number[],
): Promise<boolean> => {
  const entries = instants.flatMap((measuredAt) => {
    const values = device.measure(modelTime(progress.timeline, measuredAt));
    return values === undefined ? [] : [{ measuredAt, values }];
  });
  if (entries.length === 0) return true;
  const payload = JSON.stringify(entries.length === 1 ? entries[0] : entries);
  while (!signal.aborted) {
    try {
      await client.publish(payload);
      return true;
    } catch {
      await sleep(PUBLISH_RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
};
