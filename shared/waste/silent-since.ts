import type { Sensor } from '../city/entities.ts';
import { limitsOf } from '../telemetry/health/limits.ts';
import type { SensorState } from '../telemetry/sensor-state.ts';

/**
 * When a bin was heard last (UTC epoch milliseconds), where all its sensors that were ever heard are silent by their own limits (`limitsOf`);
 * `undefined` where one of them speaks, or none ever did. Until a day has gone by its level is still the last known one, but an old one.
 */
export const silentSince = (
  sensors: readonly Sensor[],
  stateOf: ReadonlyMap<string, SensorState>,
  at: number,
): number | undefined => {
  let last: number | undefined;
  for (const sensor of sensors) {
    const heardAt = stateOf.get(sensor.id)?.lastReceivedAt;
    if (heardAt === undefined) continue;
    if (at - heardAt <= limitsOf(sensor).silentAfterSeconds * 1_000) return undefined;
    last = Math.max(last ?? heardAt, heardAt);
  }
  return last;
};
