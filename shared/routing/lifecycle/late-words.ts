import type { PickedBin } from '../build-plan.ts';
import type { OnBoard, PlanRoute, PlanStop } from '../plan.ts';
import type { ProblemStop } from '../problem.ts';
import type { StoppedTruck, WorkingBasis } from './plan-basis.ts';
import type { Word } from './truck-progress.ts';

const stopOf = ({ bin, expectedFraction, words }: PickedBin, at: number, { litres, kg }: OnBoard): PlanStop => ({
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
  loadLitres: litres,
  loadKg: kg,
  done: 'reported',
});

/** A bin that a stopped truck has served, as the problem knew it, and when (UTC epoch milliseconds). */
type Heard = { readonly picked: PickedBin; readonly stop: ProblemStop; readonly at: number };

/** The day of a stopped truck with bins that it served. What it served since its last emptying is on board. */
const withStops = (route: PlanRoute, heard: readonly Heard[]): PlanRoute => {
  const last = route.stops.at(-1);
  let onBoard: OnBoard = route.outOfService?.onBoard ?? { litres: last?.loadLitres ?? 0, kg: last?.loadKg ?? 0 };
  const emptiedAt = route.stops.findLast(({ kind }) => kind === 'disposal')?.departsAt ?? Number.NEGATIVE_INFINITY;
  const stops = heard.map(({ picked, stop: { load }, at }) => {
    if (at > emptiedAt) onBoard = { litres: onBoard.litres + load.litres, kg: onBoard.kg + load.kg };
    return stopOf(picked, at, onBoard);
  });
  return {
    ...route,
    stops: [...route.stops, ...stops],
    bins: route.bins + stops.length,
    collectedLitres: route.collectedLitres + heard.reduce((sum, { stop }) => sum + stop.load.litres, 0),
    ...(route.outOfService && { outOfService: { ...route.outOfService, onBoard } }),
  };
};

const NO_WORK = {
  reason: 'its crew reported although the plan had no work for it',
  reasonVi: 'tổ có báo cáo dù kế hoạch không giao việc cho xe',
};

/** Days of trucks that the plan has never seen doing anything. */
const unseen = (
  { frozen, fleet, stopped = [] }: WorkingBasis,
  served: ReadonlyMap<string, readonly Heard[]>,
): readonly PlanRoute[] =>
  [...served]
    .filter(([vehicleId]) => !frozen.some((route) => route.vehicleId === vehicleId))
    .map(([vehicleId, heard]) => {
      const times = heard.map(({ at }) => at);
      const endsAt = Math.max(...times);
      const { reason, reasonVi, at } = stopped.find((known) => known.vehicleId === vehicleId) ?? {
        ...NO_WORK,
        at: endsAt,
      };
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
        outOfService: { at, reason, ...(reasonVi !== undefined && { reasonVi }) },
      };
    });

/** What a truck can come back with, once its crew's late words are heard. */
const recordsWith = (
  stopped: readonly StoppedTruck[],
  served: ReadonlyMap<string, readonly Heard[]>,
): readonly StoppedTruck[] => {
  const known = new Set(stopped.map(({ vehicleId }) => vehicleId));
  const strangers = [...served].flatMap(([vehicleId, heard]): StoppedTruck[] =>
    known.has(vehicleId) ? [] : [{ vehicleId, stops: [], at: Math.max(...heard.map(({ at }) => at)), ...NO_WORK }],
  );
  return [...stopped, ...strangers].map((record) => ({
    ...record,
    stops: [...record.stops, ...(served.get(record.vehicleId) ?? []).map(({ stop }) => stop)],
  }));
};

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
  const open = new Map(basis.problem.stops.map((stop) => [stop.id, stop]));
  const picked = new Map(basis.picked.map((entry) => [entry.bin.id, entry]));
  const served = new Map<string, readonly Heard[]>();
  for (const [vehicleId, list] of words) {
    if (active.has(vehicleId)) continue;
    const own = list.flatMap(({ binId, outcome, at }): Heard[] => {
      const [stop, known] = [open.get(binId), picked.get(binId)];
      if (stop === undefined || known === undefined || (outcome !== 'collected' && outcome !== 'partly')) return [];
      return [{ picked: known, stop, at: midnight + Math.round(at * 1_000) }];
    });
    if (own.length > 0) served.set(vehicleId, own);
  }
  if (served.size === 0) return basis;
  const gone = new Set([...served.values()].flat().map(({ stop }) => stop.id));
  return {
    ...basis,
    problem: { ...basis.problem, stops: basis.problem.stops.filter(({ id }) => !gone.has(id)) },
    stopped: recordsWith(basis.stopped ?? [], served),
    frozen: [...basis.frozen, ...unseen(basis, served)].map((route) =>
      withStops(route, served.get(route.vehicleId) ?? []),
    ),
  };
};
