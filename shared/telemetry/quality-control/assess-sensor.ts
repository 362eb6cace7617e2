import type { Sensor } from '../../city/entities.ts';
import { namingCorrection } from '../corrections/correct-readings.ts';
import type { Observation } from '../observation.ts';
import { assessObservations, type QualityState, type Revision } from '../qartod/assess-observations.ts';
import { isWorse, worse } from '../qartod/flags.ts';
import { type SensorThresholds, sensorThresholds } from '../qartod/thresholds.ts';
import { timing } from '../quality.ts';
import { type Quality, type Reading, readingKey } from '../reading.ts';
import type { SensorState } from '../sensor-state.ts';

/** What the tests say of a sensor's readings, before anything is stored. */
export type SensorAssessment = {
  /** The readings as given, each with the worst of its flags. */
  readonly readings: readonly Reading[];
  /** Places in `readings` of which only the store knows whether it has them already, with what its neighbours said. */
  readonly late: readonly number[];
  /** Readings of earlier calls, with the worse quality that is now known. */
  readonly revised: readonly Reading[];
  readonly quality: QualityState;
};

const thresholdsOfSensor = new WeakMap<Sensor, SensorThresholds>();

const thresholdsFor = (sensor: Sensor): SensorThresholds => {
  const known = thresholdsOfSensor.get(sensor);
  if (known !== undefined) return known;
  const thresholds = sensorThresholds(sensor.intervalSeconds, sensor.thresholds);
  thresholdsOfSensor.set(sensor, thresholds);
  return thresholds;
};

/**
 * What `assess` said without knowing the sensor is said again here, with its thresholds, and a device that has no objection has said
 * nothing; all else is the source's own word.
 */
const ownWords: ReadonlySet<string> = new Set(['gross-range', 'timing', 'none', 'device-status']);

/** What its source itself calls bad, such as a station that calibrates, is no neighbour to compare measurements with. */
const isDisowned = ({ flag, test }: Quality): boolean => flag === 4 && !ownWords.has(test);

const observationOf = ({ quantity, value, measuredAt, quality }: Reading): Observation =>
  value === null || isDisowned(quality)
    ? { quantity, value: null, measuredAt, missing: quality.test }
    : { quantity, value, measuredAt };

/** The worst of the source's word, the tests and the clock, in this order when they are equally bad. */
const overall = (reading: Reading, tested: Quality): Quality => {
  if (reading.value === null) return tested;
  const { measuredAt, receivedAt, quality } = reading;
  const found = worse(tested, { flag: timing(measuredAt, receivedAt), test: 'timing' });
  return ownWords.has(quality.test) ? found : worse(quality, found);
};

/** The newest reading of a quantity in the words of a revision; `undefined` when it was told as bad before. */
const revisedReading = (
  sensor: Sensor,
  state: SensorState | undefined,
  { quantity, measuredAt, value, quality }: Revision,
  learnedAt: number,
): Reading | undefined => {
  const told = state?.latest[quantity];
  if (told === undefined || told.measuredAt !== measuredAt || told.value !== value) return undefined;
  const { flag, test } = told.quality;
  if (isWorse(flag, quality.flag) || (flag === quality.flag && !test.startsWith('timing'))) return undefined;
  // Later than what it corrects, by the store's rule of what is current.
  const receivedAt = Math.max(learnedAt, told.receivedAt + 1);
  return { ...told, receivedAt, quality: namingCorrection(sensor.corrections, quantity, quality) };
};

/** For readings that repeat one before them in the list, the place of that one. */
const repeatsIn = (readings: readonly Reading[]): ReadonlyMap<number, number> => {
  const firstOf = new Map<string, number>();
  const repeats = new Map<number, number>();
  for (const [index, reading] of readings.entries()) {
    const key = `${readingKey(reading)}|${reading.value}`;
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, index);
    else repeats.set(index, first);
  }
  return repeats;
};

/** When the first reading came that is not older than an instant: the one that told more of what was measured then. */
const knownAt = (readings: readonly Reading[], instant: number): number =>
  readings.find(({ measuredAt }) => measuredAt >= instant)?.receivedAt ?? 0;

/** Runs the quality tests over new readings of one sensor, in the order of time, with its state. Pure. */
export const assessSensor = (
  sensor: Sensor,
  state: SensorState | undefined,
  given: readonly Reading[],
): SensorAssessment => {
  const tested = assessObservations(state?.quality, given.map(observationOf), thresholdsFor(sensor));
  const readings = given.map((reading, index): Reading => {
    const found = overall(reading, tested.qualities[index] ?? reading.quality);
    return { ...reading, quality: namingCorrection(sensor.corrections, reading.quantity, found) };
  });
  const revised = tested.revisions.flatMap(
    (revision) => revisedReading(sensor, state, revision, knownAt(given, revision.measuredAt)) ?? [],
  );
  if (tested.late.length === 0) return { readings, late: [], revised, quality: tested.state };
  // What was heard first says how good it is; a repeat, sent later, knows no better.
  const repeats = repeatsIn(given);
  for (const [index, first] of repeats) {
    const [repeat, original] = [readings[index], readings[first]];
    if (repeat !== undefined && original !== undefined) readings[index] = { ...repeat, quality: original.quality };
  }
  return { readings, late: tested.late.filter((index) => !repeats.has(index)), revised, quality: tested.state };
};
