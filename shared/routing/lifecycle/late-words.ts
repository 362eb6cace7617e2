import type { PickedBin } from '../build-plan.ts';
import type { PlanRoute, PlanStop } from '../plan.ts';
import type { WorkingBasis } from './plan-basis.ts';
import type { Word } from './truck-progress.ts';

const stopOf = ({ bin, expectedFraction, words }: PickedBin, at: number): PlanStop => ({
  kind: 'bin',
  id: bin.id,
  name: bin.name,
  position: bin.position,
  stream: bin.stream,
  expectedFillFraction: expectedFraction,
  ...words,
  arrivesAt: at,
  departsAt: at,
  waitingSeconds: 0,
  legMetres: 0,
  loadLitres: expectedFraction * bin.container.capacityLitres,
  loadKg: 0,
  done: 'reported',
});

const withStops = (route: PlanRoute, stops: readonly PlanStop[]): PlanRoute => ({
  ...route,
  stops: [...route.stops, ...stops],
  bins: route.bins + stops.length,
  collectedLitres: route.collectedLitres + stops.reduce((sum, { loadLitres }) => sum + loadLitres, 0),
});

/** Days of trucks that the plan has never seen doing anything. */
const unseen = (
  { frozen, fleet }: WorkingBasis,
  served: ReadonlyMap<string, readonly Word[]>,
  midnight: number,
): readonly PlanRoute[] =>
  [...served]
    .filter(([vehicleId]) => !frozen.some((route) => route.vehicleId === vehicleId))
    .map(([vehicleId, words]) => {
      const times = words.map(({ at }) => midnight + Math.round(at * 1_000));
      const endsAt = Math.max(...times);
      return {
        vehicleId,
        vehicleName: fleet.vehicles.find(({ id }) => id === vehicleId)?.name ?? vehicleId,
        startsAt: Math.min(...times),
        endsAt,
        distanceMetres: 0,
        drivingSeconds: 0,
        trips: 1,
        bins: 0,
        collectedLitres: 0,
        stops: [],
        outOfService: {
          at: endsAt,
          reason: 'its crew reported although the plan had no work for it',
          reasonVi: 'tổ có báo cáo dù kế hoạch không giao việc cho xe',
        },
      };
    });

/**
 * What crews whose trucks are out of service report late: bins that others were to serve meanwhile, and need not. Each leaves the
 * problem and stands in the day of the truck that served it.
 */
export const hearStoppedTrucks = (
  basis: WorkingBasis,
  words: ReadonlyMap<string, readonly Word[]>,
  midnight: number,
): WorkingBasis => {
  const active = new Set(basis.problem.vehicles.map(({ id }) => id));
  const open = new Set(basis.problem.stops.map(({ id }) => id));
  const picked = new Map(basis.picked.map((entry) => [entry.bin.id, entry]));
  const served = new Map<string, readonly Word[]>();
  for (const [vehicleId, list] of words) {
    const own = list.filter(
      ({ binId, outcome }) => open.has(binId) && (outcome === 'collected' || outcome === 'partly'),
    );
    if (!active.has(vehicleId) && own.length > 0) served.set(vehicleId, own);
  }
  if (served.size === 0) return basis;
  const gone = new Set([...served.values()].flat().map(({ binId }) => binId));
  return {
    ...basis,
    problem: { ...basis.problem, stops: basis.problem.stops.filter(({ id }) => !gone.has(id)) },
    frozen: [...basis.frozen, ...unseen(basis, served, midnight)].map((route) =>
      withStops(
        route,
        (served.get(route.vehicleId) ?? []).flatMap(({ binId, at }) => {
          const known = picked.get(binId);
          return known === undefined ? [] : [stopOf(known, midnight + Math.round(at * 1_000))];
        }),
      ),
    ),
  };
};
