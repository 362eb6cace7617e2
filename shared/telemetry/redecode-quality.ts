import type { Sensor } from '../city/entities.ts';
import { plainTest } from './corrections/correct-readings.ts';
import type { QualityState } from './qartod/assess-observations.ts';
import { testNames } from './qartod/flags.ts';
import { assessSensor } from './quality-control/assess-sensor.ts';
import { type Reading, readingKey, saysTheSame } from './reading.ts';
import type { SensorStateStore } from './sensor-state.ts';

/** So far around what changed its neighbours are looked at: longer than the tests of the shipped thresholds remember. */
export const NEIGHBOURHOOD_MS = 86_400_000;

const tests: ReadonlySet<string> = new Set(testNames);

/** What our tests said once is not the source's own word: it is to be said again. */
const asGiven = (reading: Reading): Reading =>
  reading.value !== null && tests.has(plainTest(reading.quality))
    ? { ...reading, quality: { flag: 2, test: 'none' } }
    : reading;

export type Rejudged = {
  /** What changed, each with the worst that all tests say, its neighbours known. */
  readonly changed: readonly Reading[];
  /** Readings that stay what they are, but were called good or bad for the sake of a value that is another now. */
  readonly neighbours: readonly Reading[];
  /** What the tests would remember after the last of them. */
  readonly quality: QualityState;
};

/**
 * Runs the quality tests of the stream, in the order of time, over readings of one sensor that decode to something else now, among the
 * current ones around them. Pure. Of the others only those are judged anew that the change may matter to: from the one before the first
 * change on. What lies before is context, without which nothing is judged.
 */
export const rejudge = (sensor: Sensor, changed: readonly Reading[], current: Iterable<Reading>): Rejudged => {
  const quantities = new Set(changed.map(({ quantity }) => quantity));
  const keys = new Set(changed.map(readingKey));
  const context = [...current].filter((each) => isRelated(each, quantities) && !keys.has(readingKey(each)));
  const series = [...changed, ...context].sort((a, b) => a.measuredAt - b.measuredAt || a.receivedAt - b.receivedAt);
  const { readings, quality } = assessSensor(sensor, undefined, series.map(asGiven));
  const judged = new Map(readings.map((reading) => [readingKey(reading), reading]));
  const starts = startsOf(changed, series);
  return {
    changed: changed.map((reading) => judged.get(readingKey(reading)) ?? reading),
    neighbours: context.flatMap((before) => {
      const now = judged.get(readingKey(before));
      const isOurs = before.value !== null && tests.has(plainTest(before.quality));
      const start = starts.get(before.quantity) ?? Number.POSITIVE_INFINITY;
      return now === undefined || !isOurs || before.measuredAt < start || saysTheSame(now, before) ? [] : [now];
    }),
    quality,
  };
};

/** By quantity, the first instant whose quality a change may touch: its spike test waits for the next value. */
const startsOf = (changed: readonly Reading[], series: readonly Reading[]): ReadonlyMap<string, number> => {
  const first = Math.min(...changed.map(({ measuredAt }) => measuredAt));
  const starts = new Map<string, number>();
  for (const [quantity, readings] of Map.groupBy(series, (reading) => reading.quantity)) {
    const place = readings.findIndex(({ measuredAt }) => measuredAt >= first);
    // Its predecessor, if that has one itself to be judged by.
    const start = place < 0 ? undefined : readings[place >= 2 ? place - 1 : place];
    if (start !== undefined) starts.set(quantity, start.measuredAt);
  }
  return starts;
};

/** The particle sizes are checked against each other. */
const isRelated = ({ quantity }: Reading, quantities: ReadonlySet<string>): boolean =>
  quantities.has(quantity) ||
  (quantity === 'pm10' && quantities.has('pm25')) ||
  (quantity === 'pm25' && quantities.has('pm10'));

const ATTEMPTS = 5;

/**
 * Lets the stream go on from what is right now: where the newest that its tests remember of a quantity was corrected, they remember the
 * correction. A writer that is faster brings something newer along, and is left alone after a few attempts.
 */
export const correctMemory = async (
  store: SensorStateStore,
  sensorId: string,
  changed: readonly Reading[],
  quality: QualityState,
): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const [known] = await store.read([sensorId]);
    if (known?.state?.quality === undefined) return;
    const { state, version } = known;
    const corrected = Object.fromEntries(
      changed.flatMap(({ quantity, measuredAt }) => {
        const remembered = quality[quantity];
        const isNewest = state.quality?.[quantity]?.at === measuredAt && remembered?.at === measuredAt;
        return isNewest ? [[quantity, remembered]] : [];
      }),
    );
    if (Object.keys(corrected).length === 0) return;
    const next = { ...state, quality: { ...state.quality, ...corrected } };
    if ((await store.write([{ sensorId, version, state: next }])).length === 0) return;
  }
};
