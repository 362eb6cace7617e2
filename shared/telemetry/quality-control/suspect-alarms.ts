import type { Sensor } from '../../city/entities.ts';
import { isAlarming } from '../../environment/episodes/alarm-thresholds.ts';
import type { Reading } from '../reading.ts';

/** Hears, durably, of readings that give reason to look for an alarm (`isAlarming`). */
export type Suspect = (readings: readonly Reading[]) => Promise<void>;

/**
 * Passes on what may be an alarm among readings that were just stored. To be awaited before their messages are acknowledged: where the
 * suspicion is not taken, they must come again.
 */
export const suspectAlarms = async (
  suspect: Suspect | undefined,
  sensors: readonly Sensor[],
  assessed: readonly Reading[],
): Promise<void> => {
  if (suspect === undefined) return;
  const alarmsOf = new Map(sensors.map(({ id, alarms }) => [id, alarms]));
  const alarming = assessed.filter((reading) => isAlarming(reading, alarmsOf.get(reading.sensorId)));
  if (alarming.length > 0) await suspect(alarming);
};
