import type { Observation } from '../observation.ts';
import type { StationReading } from './read-line.ts';

/**
 * A line as the quality tests are to see it: what a device says while it calibrates or is broken is no neighbour to compare the city's air
 * with, so there it counts as missing. Such a line keeps the quality that its status gave it; for the others the tests decide.
 */
export const asTested = ({ quantity, measuredAt, value, missing, status, quality }: StationReading): Observation => {
  if (status !== 'measuring') return { quantity, measuredAt, value: null, missing: quality.test };
  return missing === undefined ? { quantity, measuredAt, value } : { quantity, measuredAt, value, missing };
};
