import type { ReceivedReport } from '../crew/crew-report.ts';
import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import type { Route, Unserved } from '../solution.ts';
import { assemble, namesOf } from './assemble.ts';
import { freeze } from './freeze-route.ts';
import { hearStoppedTrucks } from './late-words.ts';
import { driveInOrder, insertWhereCheapest } from './one-route.ts';
import { type Decisions, decidedProblem, type WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import {
  arrivingLater,
  idleVehicle,
  standNow,
  type TruckProgress,
  truckProgress,
  type Word,
  wordsByTruck,
} from './truck-progress.ts';

export type Present = {
  /** City-local day, `YYYY-MM-DD`. */
  readonly serviceDate: string;
  /** The service day's midnight, UTC epoch milliseconds. */
  readonly midnight: number;
  /** UTC epoch milliseconds. */
  readonly now: number;
  readonly reports: readonly ReceivedReport[];
  /** Vehicle id → seconds that it is late, beyond what its reports say. */
  readonly delays?: ReadonlyMap<string, number>;
  /** Vehicle id → when it stopped for good (UTC epoch milliseconds), and why. */
  readonly stopped?: ReadonlyMap<string, { readonly at: number; readonly reason: string }>;
};

export type UpToDate = { readonly basis: WorkingBasis; readonly notes: readonly NoteWords[] };

/** Longest overtime that a late truck is given to finish what it cannot leave. */
const MOST_OVERTIME_SECONDS = 4 * 3_600;

const outcomeWords = {
  blocked: { reason: 'the crew could not get at it', reasonVi: 'tổ thu gom không tiếp cận được' },
  'not-found': { reason: 'the crew did not find it', reasonVi: 'tổ thu gom không tìm thấy' },
} as const;

/** Bins that a crew stood before in vain are taken out in the crew's name; those it served come back in. */
const heard = (basis: WorkingBasis, { reports }: Present, words: ReadonlyMap<string, readonly Word[]>): Decisions => {
  const { decisions } = basis;
  const names = namesOf(basis);
  const known = new Set(decisions.excluded.map(({ binId }) => binId));
  const there = new Set(basis.problem.stops.map(({ id }) => id));
  const inVain = [...words].flatMap(([vehicleId, list]) =>
    list.flatMap(({ binId, outcome }) => {
      if (outcome === 'collected' || outcome === 'partly' || known.has(binId) || !there.has(binId)) return [];
      const at = reports.findLast((report) => report.binId === binId)?.at ?? 0;
      return [{ binId, ...outcomeWords[outcome], by: names.vehicle(vehicleId), at }];
    }),
  );
  const served = new Set(
    [...words.values()].flat().flatMap(({ binId, outcome }) => (outcome === 'collected' ? binId : [])),
  );
  return {
    ...decisions,
    excluded: [...decisions.excluded.filter(({ binId }) => !served.has(binId)), ...inVain],
  };
};

/** What was left in a container is not on board. */
const partlyLoaded = (problem: CollectionProblem, reports: readonly ReceivedReport[]): CollectionProblem['stops'] => {
  const left = new Map(
    reports.flatMap(({ binId, outcome, fractionLeft }) =>
      outcome === 'partly' && fractionLeft !== undefined ? [[binId, fractionLeft] as const] : [],
    ),
  );
  return problem.stops.map((stop) => {
    const share = 1 - (left.get(stop.id) ?? 0);
    return share === 1
      ? stop
      : { ...stop, load: { ...stop.load, litres: stop.load.litres * share, kg: stop.load.kg * share } };
  });
};

/** A vehicle of the problem as it is now. */
const vehicleNow = (vehicle: ProblemVehicle, progress: TruckProgress, now: number): ProblemVehicle => {
  const { done: _done, committed: _next, ...rest } = vehicle;
  const to = vehicle.shift[1];
  if (!progress.hasLeft) {
    const earliest = progress.delay > 0 ? progress.leftAt : vehicle.shift[0];
    return { ...rest, shift: [Math.min(to, Math.max(vehicle.shift[0], earliest, now)), to] };
  }
  return {
    ...rest,
    shift: [progress.leftAt, to],
    ...(progress.done.length > 0 && { done: [...progress.done] }),
    ...(progress.next !== undefined && { committed: [progress.next] }),
  };
};

type Kept = {
  readonly vehicle: ProblemVehicle;
  readonly route: Route | undefined;
  readonly unserved: readonly Unserved[];
  readonly notes: readonly NoteWords[];
  /** Whether what was locked stands. */
  readonly keepsOrder: boolean;
};

/** By how much a day's first visit that is still to come lies in the past: what lay between was not in the plan. */
const secondsInThePast = (route: Route | undefined, now: number): number => {
  const next = route?.visits.find(({ kind, done }) => kind !== 'start' && done !== true);
  return next === undefined || next.kind === 'end' ? 0 : Math.max(0, now - next.arrivesAt);
};

/** The rest of a truck's day as planned, as far as that is still possible; with overtime where not even the way home is. */
const keepDay = (
  basis: WorkingBasis,
  problem: CollectionProblem,
  asItIs: ProblemVehicle,
  ahead: readonly string[],
  now: number,
): Kept | undefined => {
  let vehicle = asItIs;
  let asPlanned = driveInOrder(problem, vehicle, ahead);
  const [next] = vehicle.committed ?? [];
  // Alone, so that no emptying hides when it is there.
  const soonest = next === undefined ? asPlanned : driveInOrder(problem, vehicle, [next]);
  const tooEarly = soonest.ok ? secondsInThePast(soonest.route, now) : 0;
  if (tooEarly > 0) {
    vehicle = arrivingLater(vehicle, tooEarly);
    asPlanned = driveInOrder(problem, vehicle, ahead);
  }
  if (asPlanned.ok) return { vehicle, route: asPlanned.route, unserved: [], notes: [], keepsOrder: true };
  const truck = namesOf(basis).vehicle(vehicle.id);
  const free = standNow(vehicle, now);
  for (const tried of [vehicle, free]) {
    const some = insertWhereCheapest(problem, tried, basis.solution, ahead);
    if (some === undefined) continue;
    const count = some.unserved.length;
    const en = `${truck} cannot do ${count} of its bins any more`;
    const note = { en, vi: `${truck} không kịp thu gom ${count} thùng` };
    return {
      vehicle: tried,
      route: some.route,
      unserved: some.unserved,
      notes: count > 0 ? [note] : [],
      keepsOrder: tried === vehicle,
    };
  }
  const { maxDutySeconds: _duty, maxDrivingSeconds: _driving, ...rest } = free;
  const late: ProblemVehicle = {
    ...rest,
    shift: [vehicle.shift[0], vehicle.shift[1] + MOST_OVERTIME_SECONDS],
    // A break that it could not take in time is taken later.
    breaks: rest.breaks.map(({ window: [opens, closes], seconds }) => ({
      window: [opens, closes + MOST_OVERTIME_SECONDS],
      seconds,
    })),
  };
  const home = driveInOrder(problem, late, []);
  if (!home.ok || home.route === undefined) return undefined;
  const minutes = Math.ceil((home.route.endsAt - vehicle.shift[1]) / 60);
  const overtime: ProblemVehicle = { ...late, shift: [late.shift[0], Math.max(vehicle.shift[1], home.route.endsAt)] };
  const note = {
    en: `${truck} will be home ${Math.max(0, minutes)} minutes after its shift, and serves no more bins`,
    vi: `${truck} sẽ về trễ ${Math.max(0, minutes)} phút so với ca và không thu gom thêm`,
  };
  return { vehicle: overtime, route: home.route, unserved: ahead.map(noTimeLeft), notes: [note], keepsOrder: false };
};

const noTimeLeft = (stopId: string): Unserved => ({
  stopId,
  reason: 'the truck that had it has no time left',
  reasonVi: 'xe được giao không còn thời gian',
});

const NO_ROUTE = { vehicleIndex: 0, visits: [], endsAt: 0, distanceMetres: 0, drivingSeconds: 0, waitingSeconds: 0 };

/** Each truck's progress, by vehicle id; one without a route and without reports stands in the depot. */
const progressOf = (
  basis: WorkingBasis,
  problem: CollectionProblem,
  present: Present,
  words: ReadonlyMap<string, readonly Word[]>,
): ReadonlyMap<string, TruckProgress> => {
  const seconds = (at: number): number => (at - present.midnight) / 1_000;
  const spoken = new Set([...words.values()].flat().map(({ binId }) => binId));
  const services = new Map(problem.stops.map(({ id, serviceSeconds }) => [id, serviceSeconds]));
  return new Map(
    problem.vehicles.flatMap(({ id, shift }): [string, TruckProgress][] => {
      const own = (words.get(id) ?? []).filter(({ binId }) => services.has(binId));
      const known = basis.solution.routes.find(({ vehicleId }) => vehicleId === id);
      const route = known ?? (own.length > 0 ? { ...NO_ROUTE, vehicleId: id, startsAt: shift[0] } : undefined);
      if (route === undefined) return [];
      const stop = present.stopped?.get(id);
      const progress = truckProgress({
        route,
        words: own,
        spoken,
        now: Math.min(seconds(present.now), stop === undefined ? Number.POSITIVE_INFINITY : seconds(stop.at)),
        extraDelay: present.delays?.get(id) ?? 0,
        serviceSeconds: (binId) => services.get(binId) ?? 0,
      });
      return [[id, progress]];
    }),
  );
};

/** Stops that no route serves, each with the reason that is known for it. */
const leftBehind = (problem: CollectionProblem, routes: readonly Route[], known: readonly Unserved[]): Unserved[] => {
  const served = new Set(
    routes.flatMap(({ visits }) => visits.flatMap((visit) => (visit.kind === 'stop' ? visit.stopId : []))),
  );
  const reasons = new Map(known.map((entry) => [entry.stopId, entry]));
  return problem.stops.flatMap(({ id }) => (served.has(id) ? [] : (reasons.get(id) ?? noTimeLeft(id))));
};

const assumedNote = (count: number): NoteWords => ({
  en: `${count} bins are taken as done because the plan had them done by now: nobody has reported them yet`,
  vi: `${count} thùng được coi là đã thu gom theo kế hoạch: chưa có báo cáo`,
});

/**
 * The basis as the day has gone so far: what crews reported is done, what the plan had done since is taken as done, the bin each truck
 * drives to stays its next, and the rest keeps its truck and order as far as time allows. Trucks that stopped for good leave the
 * problem with what they have collected.
 */
export const bringUpToDate = (basis: WorkingBasis, present: Present): UpToDate => {
  const words = wordsByTruck(present.reports, present.midnight);
  const heardBasis = hearStoppedTrucks(
    {
      ...basis,
      decisions: heard(basis, present, words),
      problem: { ...basis.problem, stops: partlyLoaded(basis.problem, present.reports) },
    },
    words,
    present.midnight,
  );
  const nowSeconds = (present.now - present.midnight) / 1_000;
  const progress = progressOf(heardBasis, decidedProblem(heardBasis), present, words);
  const vehicles = heardBasis.problem.vehicles.map((vehicle) => {
    const own = progress.get(vehicle.id);
    return own === undefined ? idleVehicle(vehicle, nowSeconds) : vehicleNow(vehicle, own, nowSeconds);
  });
  const assumedDone = [...progress.values()].flatMap(({ assumed }) => assumed);
  let now: WorkingBasis = { ...heardBasis, assumedDone, problem: { ...heardBasis.problem, vehicles } };
  const notes: NoteWords[] = [];
  for (const [vehicleId, stop] of present.stopped ?? []) now = freeze(now, vehicleId, present, stop);
  const problem = decidedProblem(now);
  const routes: Route[] = [];
  const unserved: Unserved[] = [...basis.solution.unserved];
  const kept = new Map<string, ProblemVehicle>();
  const freed = new Set<string>();
  const isOpen = new Set(problem.stops.map(({ id }) => id));
  for (const vehicle of problem.vehicles) {
    const own = progress.get(vehicle.id);
    if (own === undefined) continue;
    const day = keepDay(now, problem, vehicle, orderAhead(vehicle, own, isOpen), nowSeconds);
    if (day === undefined) {
      const reason = 'it cannot finish its day by the rules any more';
      now = freeze(now, vehicle.id, present, { at: present.now, reason });
      continue;
    }
    if (day.vehicle !== vehicle) kept.set(vehicle.id, day.vehicle);
    if (!day.keepsOrder) freed.add(vehicle.id);
    if (day.route !== undefined) routes.push(day.route);
    unserved.push(...day.unserved);
    notes.push(...day.notes);
  }
  now = withChangedVehicles(now, kept, freed);
  if (assumedDone.length > 0) notes.push(assumedNote(assumedDone.length));
  const decided = decidedProblem(now);
  const { solution } = assemble(decided, routes, leftBehind(decided, routes, unserved), basis.solution);
  return { basis: { ...now, solution }, notes };
};

/** What is committed comes first, then the rest in its order. */
const orderAhead = (
  { committed = [] }: ProblemVehicle,
  { ahead }: TruckProgress,
  isOpen: ReadonlySet<string>,
): readonly string[] => [...new Set([...committed, ...ahead])].filter((id) => isOpen.has(id));

/** Vehicles that are later than thought, or got overtime, as they are now; orders that could not be kept are unlocked. */
const withChangedVehicles = (
  basis: WorkingBasis,
  changed: ReadonlyMap<string, ProblemVehicle>,
  freed: ReadonlySet<string>,
): WorkingBasis => ({
  ...basis,
  decisions: {
    ...basis.decisions,
    orders: Object.fromEntries(Object.entries(basis.decisions.orders).filter(([id]) => !freed.has(id))),
  },
  problem: {
    ...basis.problem,
    vehicles: basis.problem.vehicles.map((vehicle) => {
      const now = changed.get(vehicle.id);
      if (now === undefined) return vehicle;
      // What is committed beyond the next bin is a locked order, which stands among the decisions.
      const { committed: _all, ...rest } = now;
      return vehicle.committed !== undefined && now.committed !== undefined
        ? { ...rest, committed: vehicle.committed }
        : rest;
    }),
  },
});
