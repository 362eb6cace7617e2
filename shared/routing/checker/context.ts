import type { CollectionProblem, ProblemDisposal, ProblemStop, ProblemVehicle } from '../problem.ts';
import type { Route, Visit } from '../solution.ts';

export type Report = (fault: string) => void;

/** The problem by id, so that a day of 2,000 stops is checked in one pass. */
export type ProblemIndex = {
  readonly problem: CollectionProblem;
  readonly vehicles: ReadonlyMap<string, ProblemVehicle>;
  readonly stops: ReadonlyMap<string, ProblemStop>;
  readonly sites: ReadonlyMap<string, ProblemDisposal>;
  readonly zones: ReadonlyMap<string, NonNullable<CollectionProblem['zones']>[number]>;
  readonly profiles: ReadonlyMap<string, readonly Slot[]>;
};

/** One vehicle's day beside what the problem says of the vehicle. */
export type Day = { readonly route: Route; readonly vehicle: ProblemVehicle; readonly report: Report };

export type Window = readonly [number, number];
export type Slot = { readonly from: number; readonly durationFactor: number };
export type StopVisit = Visit & { readonly kind: 'stop' };
export type DisposalVisit = Visit & { readonly kind: 'disposal' };

const byId = <T extends { readonly id: string }>(items: readonly T[] | undefined): ReadonlyMap<string, T> =>
  new Map(items?.map((item) => [item.id, item]));

export const indexProblem = (problem: CollectionProblem): ProblemIndex => ({
  problem,
  vehicles: byId(problem.vehicles),
  stops: byId(problem.stops),
  sites: byId(problem.disposalSites),
  zones: byId(problem.zones),
  profiles: new Map(problem.travelProfiles?.map(({ id, slots }) => [id, slots])),
});

/** A millisecond, a millilitre, a gram: what adding up in another order may differ by. */
const TOLERANCE = 1e-3;

// All comparisons are false for NaN, so that a figure that is none is a fault.
export const near = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a) * 1e-6);

export const atMost = (value: number, bound: number | undefined): boolean =>
  value <= (bound ?? Number.POSITIVE_INFINITY) + TOLERANCE;

export const atLeast = (value: number, bound: number): boolean => value >= bound - TOLERANCE;

export const isInside = (time: number, windows: readonly Window[] | undefined): boolean =>
  windows === undefined ||
  windows.length === 0 ||
  windows.some(([from, to]) => atLeast(time, from) && atMost(time, to));
