import { evaluateCity } from '../../shared/environment/evaluate.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { memoryExceedances } from './memory-stores.ts';
import { aReading } from './small-city.ts';

const HOUR = 3_600_000;
const FIVE_MINUTES = 300_000;

/** Readings every five minutes of so many whole hours before an instant, the value as a function of the hours before it. */
export const hoursOfReadings = (
  sensorId: string,
  quantity: Quantity,
  { until, hours, valueAt }: { until: number; hours: number; valueAt: (hoursBefore: number) => number | undefined },
): readonly Reading[] =>
  Array.from({ length: hours * 12 }, (_, index) => {
    const measuredAt = until - index * FIVE_MINUTES;
    const value = valueAt(Math.floor((until - measuredAt) / HOUR));
    return value === undefined ? [] : [aReading(sensorId, quantity, measuredAt, value)];
  }).flat();

/** Runs the hourly evaluation over the last three days, so that the hours are stored. */
export const evaluateHours = (
  parts: Pick<Parameters<typeof evaluateCity>[0], 'cityId' | 'registry' | 'readings' | 'sensorStates'>,
  at: number,
) => evaluateCity({ ...parts, at, exceedances: memoryExceedances(), lookbackHours: 72 });
