import type { Observation } from './observation.ts';
import { type Quantity, quantities } from './quantity.ts';
import type { Quality, QualityFlag } from './reading.ts';

const MINUTE_MS = 60_000;

/** A device's clock may be this far ahead of ours without being doubted: clocks set by hand or over a slow network. */
const SUSPECT_AHEAD_MS = 2 * MINUTE_MS;

/** Further ahead than this no reading is taken: Timestream refuses it, and so do we with every store. */
const MAX_AHEAD_MS = 15 * MINUTE_MS;

const within = (value: number, [min, max]: readonly [number, number]): boolean => value >= min && value <= max;

/** QARTOD's gross range test: outside the fail span 4, outside the suspect span 3, bounds inclusive. */
export const grossRange = (quantity: Quantity, value: number): QualityFlag => {
  const { failSpan, suspectSpan } = quantities[quantity];
  if (!within(value, failSpan)) return 4;
  return within(value, suspectSpan) ? 1 : 3;
};

/** A time of measurement ahead of its arrival is suspect. Behind it is no fault: devices store and forward, networks fail. */
export const timing = (measuredAt: number, receivedAt: number): QualityFlag =>
  measuredAt - receivedAt > SUSPECT_AHEAD_MS ? 3 : 1;

/** True for an instant so far ahead that the device's clock must be wrong; such a message is refused whole. */
export const isTooFarAhead = (measuredAt: number, receivedAt: number): boolean =>
  measuredAt - receivedAt > MAX_AHEAD_MS;

/** QARTOD's order for the worst of several tests. */
const severity: Readonly<Record<QualityFlag, number>> = { 9: 0, 2: 1, 1: 2, 3: 3, 4: 4 };

/** The worst of the tests that a single observation allows; of equally bad ones the first names the quality. */
export const assess = (observation: Observation, receivedAt: number): Quality => {
  const { quantity, value, measuredAt, missing } = observation;
  if (value === null) return { flag: 9, test: missing ?? 'missing' };
  const range: Quality = { flag: grossRange(quantity, value), test: 'gross-range' };
  const time: Quality = { flag: timing(measuredAt, receivedAt), test: 'timing' };
  return severity[time.flag] > severity[range.flag] ? time : range;
};
