import { type Correction, correctionId } from './correction.ts';
import { opticalPmHumidity } from './optical-pm-humidity.ts';
import { purpleairPm25 } from './purpleair-pm25.ts';
import { ultrasonicTemperature } from './ultrasonic-temperature.ts';

/** Every correction in every version that was ever in use: stored values name theirs. */
export const corrections: readonly Correction[] = [ultrasonicTemperature, opticalPmHumidity, purpleairPm25];

const byId: ReadonlyMap<string, Correction> = new Map(
  corrections.map((correction) => [correctionId(correction), correction]),
);

/** The correction that `name@version` means, as the registry or a stored value has it; `undefined` for none. */
export const findCorrection = (id: string): Correction | undefined => byId.get(id);
