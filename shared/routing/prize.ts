import type { City } from '../city/entities.ts';
import type { BinToCollect } from './build-problem.ts';
import type { ProblemVehicle } from './problem.ts';

/**
 * What it is worth to serve a bin now that may wait, in the vehicles' money: the way that is saved later there and back, and of
 * the stop the share of its waiting time that has gone by. A detour that costs more is not worth it.
 */
export const prizeOf = (
  vehicles: readonly ProblemVehicle[],
  city: City,
  { bin, urgency = 1, savedMetres = 0 }: BinToCollect,
): number => {
  const seconds = savedMetres / (city.travel.speedKmh / 3.6) + urgency * bin.serviceSeconds;
  const dearest = vehicles.reduce(
    (most, { costPerMetre, costPerSecond }) => Math.max(most, costPerMetre * savedMetres + costPerSecond * seconds),
    0,
  );
  return dearest;
};
