import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import type { Route } from '../solution.ts';
import { namesOf, routeCost } from './assemble.ts';
import { type Breach, unsuitable, whyNot } from './breaches.ts';
import { beforeLockedOrder, nearestPlace, placeStop } from './place-stop.ts';
import { stopsAhead, type WorkingBasis } from './plan-basis.ts';
import type { Refusal } from './plan-life.ts';

/** So many trucks that could take a bin are compared, those that pass nearest by. */
const MOST_COMPARED = 4;
/** Of many trucks, each with its reason, nobody wants to read more than a few. */
const MOST_REASONS = 5;

type Found =
  | { readonly ok: true; readonly vehicleId: string; readonly route: Route | undefined }
  | { readonly ok: false; readonly code: 'infeasible'; readonly breaches: readonly Breach[] }
  | Refusal;

const byDetour = (
  basis: WorkingBasis,
  problem: CollectionProblem,
  trucks: readonly ProblemVehicle[],
  binId: string,
): readonly ProblemVehicle[] =>
  trucks
    .map((truck) => ({ truck, detour: nearestPlace(problem, stopsAhead(basis.solution, truck.id), binId).detour }))
    .sort((a, b) => a.detour - b.detour)
    .map(({ truck }) => truck);

/** Which of these trucks takes a bin for the least money, and its day then; else why none can. */
export const cheapestTruck = (
  basis: WorkingBasis,
  problem: CollectionProblem,
  trucks: readonly ProblemVehicle[],
  binId: string,
  position: number | undefined,
): Found => {
  const names = namesOf(basis);
  const stop = problem.stops.find(({ id }) => id === binId);
  const breaches: Breach[] = [];
  const days: { readonly vehicleId: string; readonly route: Route | undefined; readonly cost: number }[] = [];
  for (const truck of byDetour(basis, problem, trucks, binId)) {
    if (days.length === MOST_COMPARED) break;
    const locked = beforeLockedOrder(basis, truck, position);
    if (locked !== undefined) return locked;
    const unfit = stop === undefined ? [] : unsuitable(stop, truck, names);
    breaches.push(...unfit);
    if (unfit.length > 0) continue;
    const placed = placeStop(basis, problem, truck, stopsAhead(basis.solution, truck.id), binId, position);
    if (placed.ok) {
      const known = basis.solution.routes.find(({ vehicleId }) => vehicleId === truck.id);
      const cost = routeCost(problem, placed.route) - routeCost(problem, known);
      days.push({ vehicleId: truck.id, route: placed.route, cost });
    } else if (breaches.length < MOST_REASONS) breaches.push(...whyNot(problem, truck, placed.order, names));
  }
  const [best] = days.sort((a, b) => a.cost - b.cost);
  return best === undefined
    ? { ok: false, code: 'infeasible', breaches: breaches.slice(0, MOST_REASONS) }
    : { ok: true, vehicleId: best.vehicleId, route: best.route };
};
