import type { CollectionProblem, ProblemVehicle } from '../problem.ts';
import type { Route, Unserved } from '../solution.ts';
import { assemble, namesOf } from './assemble.ts';
import type { Present, UpToDate } from './bring-up-to-date.ts';
import { freeze } from './freeze-route.ts';
import { driveInOrder, insertWhereCheapest } from './one-route.ts';
import { decidedProblem, type WorkingBasis } from './plan-basis.ts';
import type { NoteWords } from './plan-life.ts';
import { arrivingLater, standNow } from './truck-progress.ts';

/** Longest overtime that a late truck is given to finish what it cannot leave. */
const MOST_OVERTIME_SECONDS = 4 * 3_600;

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

/** Stops that no route serves, each with the reason that is known for it. */
const leftBehind = (problem: CollectionProblem, routes: readonly Route[], known: readonly Unserved[]): Unserved[] => {
  const served = new Set(
    routes.flatMap(({ visits }) => visits.flatMap((visit) => (visit.kind === 'stop' ? visit.stopId : []))),
  );
  const reasons = new Map(known.map((entry) => [entry.stopId, entry]));
  return problem.stops.flatMap(({ id }) => (served.has(id) ? [] : (reasons.get(id) ?? noTimeLeft(id))));
};

/**
 * The rest of each truck's day as it was going to be, as far as time and roads still allow; what it cannot do any more is left behind. A truck
 * that cannot end its day by the rules goes out of service.
 * @param ahead Bins still ahead by vehicle, in their order; a vehicle without an entry stays where it is.
 */
export const driveOn = (
  basis: WorkingBasis,
  ahead: ReadonlyMap<string, readonly string[]>,
  present: Omit<Present, 'reports'>,
): UpToDate => {
  let now = basis;
  const problem = decidedProblem(now);
  const nowSeconds = (present.now - present.midnight) / 1_000;
  const notes: NoteWords[] = [];
  const routes: Route[] = [];
  const unserved: Unserved[] = [...basis.solution.unserved];
  const kept = new Map<string, ProblemVehicle>();
  const freed = new Set<string>();
  const isOpen = new Set(problem.stops.map(({ id }) => id));
  for (const vehicle of problem.vehicles) {
    const own = ahead.get(vehicle.id);
    if (own === undefined) continue;
    const day = keepDay(now, problem, vehicle, orderAhead(vehicle, own, isOpen), nowSeconds);
    if (day === undefined) {
      const reason = 'it cannot finish its day by the rules any more';
      const reasonVi = 'không thể hoàn thành ca đúng quy định';
      now = freeze(now, vehicle.id, { ...present, reports: [] }, { at: present.now, reason, reasonVi });
      continue;
    }
    if (day.vehicle !== vehicle) kept.set(vehicle.id, day.vehicle);
    if (!day.keepsOrder) freed.add(vehicle.id);
    if (day.route !== undefined) routes.push(day.route);
    unserved.push(...day.unserved);
    notes.push(...day.notes);
  }
  now = withChangedVehicles(now, kept, freed);
  const decided = decidedProblem(now);
  const { solution } = assemble(decided, routes, leftBehind(decided, routes, unserved), basis.solution);
  return { basis: { ...now, solution }, notes };
};

/** What is committed comes first, then the rest in its order. */
const orderAhead = (
  { committed = [] }: ProblemVehicle,
  ahead: readonly string[],
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
