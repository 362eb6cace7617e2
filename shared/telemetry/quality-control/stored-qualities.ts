import { type Quality, type Reading, type ReadingIdentity, readingKey } from '../reading.ts';
import type { ReadingStore } from '../reading-store.ts';
import type { SensorState } from '../sensor-state.ts';

/** Late readings no further apart than this are looked up with one query. */
const RUN_MS = 86_400_000;

const PAGE = 10_000;

/** Instants of one series, in runs without long pauses, each to be looked up at once. */
const runsOf = (readings: readonly ReadingIdentity[]): readonly (readonly ReadingIdentity[])[] => {
  const runs: ReadingIdentity[][] = [];
  for (const reading of readings.toSorted((a, b) => a.measuredAt - b.measuredAt)) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run === undefined || last === undefined || reading.measuredAt - last.measuredAt > RUN_MS) runs.push([reading]);
    else run.push(reading);
  }
  return runs;
};

const storedIn = async (store: ReadingStore, run: readonly ReadingIdentity[]): Promise<readonly Reading[]> => {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return [];
  const { sensorId, quantity } = first;
  const found: Reading[] = [];
  let cursor: string | undefined;
  do {
    const range = { sensorId, quantity, from: first.measuredAt, to: last.measuredAt + 1, limit: PAGE };
    const page = await store.series(cursor === undefined ? range : { ...range, cursor });
    found.push(...page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

/**
 * The qualities of those late readings that are stored already with the same value, by `readingKey`. They were judged with their
 * neighbours, which a repeat of them no longer sees. The latest states answer first: most repeats are of the last message.
 */
export const storedQualities = async (
  store: ReadingStore,
  late: readonly Reading[],
  stateOf: (sensorId: string) => SensorState | undefined,
): Promise<ReadonlyMap<string, Quality>> => {
  const qualities = new Map<string, Quality>();
  const values = new Map(late.map((reading) => [readingKey(reading), reading.value]));
  const note = (stored: Reading): void => {
    const key = readingKey(stored);
    if (values.has(key) && values.get(key) === stored.value) qualities.set(key, stored.quality);
  };
  const open = late.filter((reading) => {
    const newest = stateOf(reading.sensorId)?.latest[reading.quantity];
    if (newest?.measuredAt !== reading.measuredAt) return true;
    note(newest);
    return false;
  });
  const bySeries = Map.groupBy(open, ({ sensorId, quantity }) => `${sensorId}|${quantity}`);
  for (const series of bySeries.values()) {
    for (const run of runsOf(series)) for (const stored of await storedIn(store, run)) note(stored);
  }
  return qualities;
};
