import type { Reading } from './reading.ts';

const DAY_MS = 86_400_000;

/**
 * How old a reading may be when it is stored and still be seen by the hourly evaluation without a note. The run looks at the three hours
 * before the hour that the last run reached (`LOOKBACK_HOURS`), so there is an hour to spare.
 */
export const LATE_AFTER_MS = 2 * 3_600_000;
export const LOOKBACK_HOURS = 3;

/** A day (UTC, by its start in epoch milliseconds) of which readings of a sensor came or changed too late for the hourly run. */
export type LateDay = { readonly sensorId: string; readonly day: number };

/** `token` tells a note from one for the same day that was made after it was read. */
export type LateNote = LateDay & { readonly token: string };

/** What the evaluation has still to look at again, and how far it has come. A port. */
export type LateDataStore = {
  /** One write for each day, whatever is noted already. */
  readonly note: (days: readonly LateDay[]) => Promise<void>;
  /** Oldest days first. */
  readonly list: (limit: number) => Promise<readonly LateNote[]>;
  /** Removes notes that are still as they were read; a day noted again meanwhile stays noted. */
  readonly remove: (notes: readonly LateNote[]) => Promise<void>;
  /** The end of the last hour that an hourly run has evaluated, UTC epoch milliseconds; `undefined` before the first. */
  readonly evaluatedTo: () => Promise<number | undefined>;
  readonly setEvaluatedTo: (to: number) => Promise<void>;
};

/** Notes the days of those readings that are too old for the hourly run: one note a sensor and day, none for timely readings. */
export const noteLateReadings = async (
  store: Pick<LateDataStore, 'note'>,
  readings: readonly Pick<Reading, 'sensorId' | 'measuredAt'>[],
  now: number,
): Promise<void> => {
  const days = new Map<string, LateDay>();
  for (const { sensorId, measuredAt } of readings) {
    if (measuredAt >= now - LATE_AFTER_MS) continue;
    const day = Math.floor(measuredAt / DAY_MS) * DAY_MS;
    days.set(`${sensorId}|${day}`, { sensorId, day });
  }
  if (days.size > 0) await store.note([...days.values()]);
};
