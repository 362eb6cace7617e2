import type { City } from '../city/entities.ts';
import type { BinToCollect } from './build-problem.ts';
import type { ProblemVehicle } from './problem.ts';

/** Where nobody has worked out what a visit of its own would cost: so many metres there. */
const USUAL_DETOUR_METRES = 2_000;
/**
 * A visit of its own goes there and back again: twice the way to the next bin visited. From 0.4 to 4 were tried in simulation
 * (docs/dispatch.md): with less, tours grow longer, with more, bins are emptied that are hardly filled.
 */
const DETOUR_WEIGHT = 2;
/** The urgent ones weigh more than their share: among neighbours those that are fuller go first. */
const URGENCY_POWER = 1.5;

/**
 * What it is worth to serve a bin now that may wait, in the vehicles' money: what a visit of its own costs later (the way to it
 * from what is visited then, and the stop), weighted by the share of its waiting time that has gone by. Served now, about that
 * share of a later visit is saved; a detour that costs more is not worth it.
 */
export const prizeOf = (
  vehicles: readonly ProblemVehicle[],
  city: City,
  { bin, urgency = 1, detourMetres = USUAL_DETOUR_METRES }: BinToCollect,
): number => {
  const metres = DETOUR_WEIGHT * detourMetres;
  const seconds = metres / (city.travel.speedKmh / 3.6) + bin.serviceSeconds;
  const dearest = vehicles.reduce(
    (most, { costPerMetre, costPerSecond }) => Math.max(most, costPerMetre * metres + costPerSecond * seconds),
    0,
  );
  return urgency ** URGENCY_POWER * dearest;
};
