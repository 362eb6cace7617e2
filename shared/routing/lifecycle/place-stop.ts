import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import type { Route } from '../solution.ts';
import { namesOf } from './assemble.ts';
import { driveInOrder, insertWhereCheapest } from './one-route.ts';
import type { WorkingBasis } from './plan-basis.ts';
import { refuse } from './plan-life.ts';

/** The stop put into a vehicle's day, at a place or where it costs least. */
export type Placed =
  | { readonly ok: true; readonly route: Route | undefined }
  | { readonly ok: false; readonly order: readonly string[] };

/** The place with the smallest detour, for an answer to "why not" when nobody named a place. */
export const nearestPlace = (
  problem: CollectionProblem,
  ahead: readonly string[],
  binId: string,
): { readonly index: number; readonly detour: number } => {
  const at = new Map(problem.stops.map(({ id, location }) => [id, location]));
  const way = (from: string | undefined, to: string | undefined): number =>
    from === undefined || to === undefined
      ? 0
      : (problem.distanceMetres[at.get(from) ?? -1]?.[at.get(to) ?? -1] ?? Number.POSITIVE_INFINITY);
  let [best, least] = [ahead.length, Number.POSITIVE_INFINITY];
  for (let index = 0; index <= ahead.length; index += 1) {
    const [before, after] = [ahead[index - 1], ahead[index]];
    const detour = way(before, binId) + way(binId, after) - way(before, after);
    if (detour < least) [best, least] = [index, detour];
  }
  return { index: best, detour: least };
};

export const placeStop = (
  basis: WorkingBasis,
  problem: CollectionProblem,
  vehicle: ProblemVehicle,
  ahead: readonly string[],
  binId: string,
  position: number | undefined,
): Placed => {
  const index =
    position === undefined ? nearestPlace(problem, ahead, binId).index : Math.min(position - 1, ahead.length);
  const order = ahead.toSpliced(index, 0, binId);
  if (position !== undefined) {
    const day = driveInOrder(problem, vehicle, order);
    return day.ok ? { ok: true, route: day.route } : { ok: false, order };
  }
  const known = withOrder(basis, vehicle.id, binId);
  const inserted = insertWhereCheapest(problem, vehicle, known, [...ahead, binId]);
  return inserted !== undefined && inserted.unserved.length === 0
    ? { ok: true, route: inserted.route }
    : { ok: false, order };
};

/** The known days without the stop that is being moved, so that it is inserted anew. */
const withOrder = ({ solution }: WorkingBasis, vehicleId: string, binId: string): WorkingBasis['solution'] => ({
  ...solution,
  routes: solution.routes
    .filter((route) => route.vehicleId === vehicleId)
    .map((route) => ({
      ...route,
      visits: route.visits.filter((visit) => visit.kind !== 'stop' || visit.stopId !== binId),
    })),
});

/** A refusal where a place lies among the stops that are fixed. */
export const beforeLockedOrder = (basis: WorkingBasis, vehicle: ProblemVehicle, position: number | undefined) => {
  const kept = vehicle.committed?.length ?? 0;
  if (position === undefined || position > kept) return undefined;
  const truck = namesOf(basis).vehicle(vehicle.id);
  return refuse(
    'locked',
    `The first ${kept} stops ahead of ${truck} are fixed: choose place ${kept + 1} or later`,
    `${kept} điểm kế tiếp của ${truck} đã cố định: hãy chọn vị trí từ ${kept + 1}`,
  );
};
