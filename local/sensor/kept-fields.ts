import { type Sensor, sensorSchema } from '../../shared/city/entities.ts';

/** A sensor as it is to be entered, and what of it the registry knew and nobody named now. */
export type Merged = { readonly sensor: Sensor; readonly kept: Partial<Sensor> };

/**
 * What is asked for, over what the registry knows of the sensor: what is not named stays. A retired one is active again.
 * @throws ZodError when the two do not go together.
 */
export const overWhatIsKnown = (sensor: Sensor, named: Partial<Sensor>, previous: Sensor | undefined): Merged => {
  if (previous === undefined) return { sensor, kept: {} };
  const merged = sensorSchema.parse({ ...previous, ...named, status: 'active' });
  const isKept = ([name, value]: readonly [string, unknown]): boolean =>
    name !== 'status' && !Object.hasOwn(named, name) && value !== sensor[name as keyof Sensor];
  return { sensor: merged, kept: Object.fromEntries(Object.entries(previous).filter(isKept)) };
};

/** `intervalSeconds 300, thresholds (--settings)`: what stays as it was, for the person at the keyboard. */
export const describeKept = (kept: Partial<Sensor>): string => Object.entries(kept).map(shown).join(', ');

const shown = ([name, value]: readonly [string, unknown]): string =>
  typeof value === 'object' ? `${name} (--settings)` : `${name} ${value}`;
