import type { City } from '../../city/entities.ts';
import type { PickedBin } from '../build-plan.ts';
import type { Fleet } from '../build-problem.ts';
import type { Plan, PlanRoute } from '../plan.ts';
import type { CollectionProblem, ProblemStop, ProblemVehicle } from '../problem.ts';
import type { Solution } from '../solution.ts';
import type { ClosedWays } from '../travel/closed-area.ts';
import type { Closure } from './closures.ts';
import { type DrivenLeg, withDrivenLegs } from './driven-legs.ts';

/** The two matrices of a problem: what makes it large, and what all versions of a plan share. */
export type Matrices = Pick<CollectionProblem, 'distanceMetres' | 'durationSeconds'>;

/** What dispatchers have laid down, over and above the problem that the plan was made from. */
export type Decisions = {
  /** Bin id → the truck that keeps it. */
  readonly locked: Readonly<Record<string, string>>;
  /** Vehicle id → the bins it serves next, in this order. */
  readonly orders: Readonly<Record<string, readonly string[]>>;
  readonly excluded: readonly {
    readonly binId: string;
    readonly reason: string;
    readonly reasonVi?: string;
    readonly by: string;
    /** UTC epoch milliseconds. */
    readonly at: number;
  }[];
  readonly withdrawn: readonly { readonly vehicleId: string; readonly reason: string }[];
};

export const noDecisions: Decisions = { locked: {}, orders: {}, excluded: [], withdrawn: [] };

type Windows = ProblemStop['windows'];

/** A truck that is out of service: what it takes to let it go on with its day. */
export type StoppedTruck = {
  readonly vehicleId: string;
  /** As it was in the problem, with its day so far; absent where nothing but its crew's word is known of it. */
  readonly vehicle?: ProblemVehicle;
  /** What it has collected. */
  readonly stops: readonly ProblemStop[];
  /** UTC epoch milliseconds. */
  readonly at: number;
  readonly reason: string;
  readonly reasonVi?: string;
};

export type Stood = NonNullable<PlanRoute['stood']>[number];

/**
 * What a version was made from, kept with it, so that changes are judged by the same problem and the same checker. Entities are
 * as they were when the plan was made.
 */
export type PlanBasis = {
  /** Without its matrices, which are kept once (`matrices` names them by their content). */
  readonly problem: Omit<CollectionProblem, keyof Matrices>;
  readonly matrices: string;
  readonly solution: Solution;
  readonly decisions: Decisions;
  readonly city: City;
  readonly fleet: Fleet;
  readonly picked: readonly PickedBin[];
  readonly noData: Plan['noData'];
  /** Bins whose visit is taken as done although nobody reported it. */
  readonly assumedDone: readonly string[];
  /** Days of trucks that are out of service. */
  readonly frozen: readonly PlanRoute[];
  /** The same trucks as they can come back; also those that had done nothing yet, which have no day to show. */
  readonly stopped?: readonly StoppedTruck[];
  /** Vehicle id → when it was out of service and came back. */
  readonly stood?: Readonly<Record<string, readonly Stood[]>>;
  /** All that were ever closed on this day; some may have opened again. */
  readonly closures?: readonly Closure[];
  /** By id: the hours of stops and disposal sites in closed areas as they are when nothing is closed; `null` = any time. */
  readonly openHours?: {
    readonly stops: Readonly<Record<string, NonNullable<Windows> | null>>;
    readonly sites: Readonly<Record<string, NonNullable<Windows> | null>>;
  };
  /** What the matrices keep to; absent while that is nothing. */
  readonly closedWays?: ClosedWays;
  /** Ways, by the numbers of their ends, that the matrices hold as they were driven: they would be others now. */
  readonly keptLegs?: readonly (readonly [from: number, to: number])[];
  /** What the matrices do not know and was driven all the same; they hold it once the basis is worked with. */
  readonly drivenLegs?: readonly DrivenLeg[];
};

/** A basis as it is worked with: with its matrices at hand. */
export type WorkingBasis = Omit<PlanBasis, 'problem'> & { readonly problem: CollectionProblem };

export const withMatrices = (basis: PlanBasis, { distanceMetres, durationSeconds }: Matrices): WorkingBasis => ({
  ...basis,
  problem: { ...basis.problem, ...withDrivenLegs({ distanceMetres, durationSeconds }, basis.drivenLegs ?? []) },
});

export const withoutMatrices = (basis: WorkingBasis): PlanBasis => {
  const { distanceMetres: _metres, durationSeconds: _seconds, ...problem } = basis.problem;
  return { ...basis, problem };
};

/** The problem with what dispatchers decided: the one that the checker judges a version by. */
export const decidedProblem = ({ problem, decisions }: WorkingBasis): CollectionProblem => {
  const gone = new Set(decisions.withdrawn.map(({ vehicleId }) => vehicleId));
  const out = new Set(decisions.excluded.map(({ binId }) => binId));
  const vehicles = problem.vehicles.filter(({ id }) => !gone.has(id));
  const ids = new Set(vehicles.map(({ id }) => id));
  const done = new Set(vehicles.flatMap(({ done = [] }) => done.flatMap(({ id }) => id ?? [])));
  const stops = problem.stops.flatMap((stop) => {
    if (out.has(stop.id) && !done.has(stop.id)) return [];
    const keeper = decisions.locked[stop.id];
    return keeper !== undefined && ids.has(keeper) && !done.has(stop.id) ? { ...stop, vehicleId: keeper } : stop;
  });
  const open = new Set(stops.flatMap(({ id }) => (done.has(id) ? [] : id)));
  return {
    ...problem,
    stops,
    vehicles: vehicles.map((vehicle) => {
      const { committed: next = [], ...rest } = vehicle;
      const order = [...new Set([...next, ...(decisions.orders[vehicle.id] ?? [])])].filter((id) => open.has(id));
      return order.length === 0 ? rest : { ...rest, committed: order };
    }),
    ...(problem.published && {
      published: {
        ...problem.published,
        routes: problem.published.routes
          .filter(({ vehicleId }) => ids.has(vehicleId))
          .map((route) => ({ ...route, stopIds: route.stopIds.filter((id) => open.has(id)) })),
      },
    }),
  };
};

/** What one vehicle still has to serve, in order. */
export const stopsAhead = ({ routes }: Solution, vehicleId: string): readonly string[] =>
  routes
    .filter((route) => route.vehicleId === vehicleId)
    .flatMap(({ visits }) =>
      visits.flatMap((visit) => (visit.kind === 'stop' && visit.done !== true ? visit.stopId : [])),
    );
