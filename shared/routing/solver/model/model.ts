import type { CollectionProblem } from '../../problem.ts';
import type { Matrix } from './places.ts';
import type { VehicleType } from './vehicle-type.ts';

/**
 * A collection problem laid out for speed. Every place a vehicle can stand at has a number: the stops first (0 … stopCount − 1),
 * then the places where vehicles start and end, the disposal sites, and `nowhere`, to which every way is free, where open routes
 * end. What the inner loops read lies in flat arrays indexed by place.
 */
export type Model = {
  readonly problem: CollectionProblem;
  readonly stopCount: number;
  readonly placeCount: number;
  /** Row-major, placeCount × placeCount; at least `UNREACHABLE` where there is no way. Seconds are the matrix's. */
  readonly distance: Matrix;
  readonly duration: Matrix;
  /**
   * What ways weigh when places are compared: metres, and seconds as far as they cost the fleet. Row i holds the ways out of i, and
   * the other the ways into i, so that all that concerns one stop lies together. Half as exact as the matrices, and half as large.
   */
  readonly weightOut: Float32Array;
  readonly weightInto: Float32Array;
  /** Index into the problem's locations by place; −1 for `nowhere`. */
  readonly location: Int32Array;
  /** Number of the place at a location where vehicles start or end. */
  readonly depotOf: (location: number | null) => number;
  readonly litres: Float64Array;
  readonly kg: Float64Array;
  readonly units: Float64Array;
  /** Service at a stop, unloading at a disposal site. */
  readonly service: Float64Array;
  readonly windows: Windows;
  /** One bit a stream, by stop; and the streams that must not be on board with it. */
  readonly stream: Int32Array;
  readonly conflicts: Int32Array;
  readonly release: Float64Array;
  /** What leaving a stop out costs: its prize, or for one that must be served more than any detour. */
  readonly absencePenalty: Float64Array;
  /** 1 for stops without a prize. */
  readonly mustServe: Uint8Array;
  /** Vehicle type that the published plan has serve a stop, −1 for none; what it costs when another does. */
  readonly publishedType: Int32Array;
  readonly costPerMovedStop: number;
  readonly types: readonly VehicleType[];
  readonly sites: readonly DisposalPlace[];
  /** Nearest other stops of each stop, nearest first, `neighbourCount` a row; and how far they are. */
  readonly neighbours: Int32Array;
  /** Metres there and back where windows do not count, else a measure of the same kind. */
  readonly neighbourGaps: Float32Array;
  readonly neighbourCount: number;
  /** 1 for stops whose place in a route is settled: committed ones. */
  readonly isFixed: Uint8Array;
  /** 1 for stops that were served before the plan begins. */
  readonly isDone: Uint8Array;
  /** Most routes that can be open at once. */
  readonly routeSlots: number;
  readonly vehicleCount: number;
  /** Most breaks any vehicle takes. */
  readonly mostBreaks: number;
  /** Nothing but capacities binds and nothing but metres costs, so that an insertion's cost is three matrix look-ups. */
  readonly capacityOnly: boolean;
  /** Every vehicle may serve every stop, and weighs and counts nothing: litres alone bound what rides together. */
  readonly litresDecide: boolean;
  readonly hasReleases: boolean;
  readonly hasFixed: boolean;
  /** Some vehicles drive whether or not stops are left for them. */
  readonly hasPinned: boolean;
  readonly hasWindows: boolean;
  readonly hasTonnagePrice: boolean;
  /** Of the cheapest disposal site; 0 without any. */
  readonly leastPricePerKg: number;
  /** Stops cost something at a place beyond the way: weight, or the move from another vehicle. */
  readonly hasFees: boolean;
  /** Some streams must not ride together. */
  readonly hasConflicts: boolean;
  /** Some different streams may. */
  readonly mixesStreams: boolean;
};

/** Windows of place i are `first[i]` ≤ w < `first[i + 1]`, sorted and apart; none = any time. */
export type Windows = { readonly first: Int32Array; readonly opens: Float64Array; readonly closes: Float64Array };

export type DisposalPlace = {
  readonly id: string;
  readonly place: number;
  readonly costPerVisit: number;
  readonly costPerKg: number;
  /** Metres and seconds there, by place: what a column of the matrices holds, side by side. */
  readonly metresTo: Matrix;
  readonly secondsTo: Matrix;
  /** Bits of the streams it takes. */
  readonly accepts: number;
};

/** The disposal site of that number; none for −1, with which engines must not be let loose on an array. */
export const siteAt = (model: Model, index: number): DisposalPlace | undefined =>
  index < 0 ? undefined : model.sites[index];

/** Stands for "no road": longer than any shift, and still finite, so that sums of it stay numbers. */
export const UNREACHABLE = 1e9;

/** What bounds forgive, so that sums in another order of additions do not fail. Far below the checker's. */
export const TOLERANCE = 1e-6;
