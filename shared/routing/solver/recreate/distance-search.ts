import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { innerArcs } from '../state/inner-arcs.ts';
import type { State } from '../state/state.ts';
import type { Blinks } from './blinks.ts';
import { type Insertion, noInsertion } from './insertion.ts';

/** How much longer than the mean an arc may be that is still found from its far end, as a share of the way there and back. */
const REACH = 2;

export type DistanceSearch = {
  readonly best: Insertion;
  readonly blinks: Blinks;
  /** Routes with room for the smallest of the removed stops. */
  readonly roomy: Int32Array;
  roomyCount: number;
  /** Those of them that can take the stop at hand, with the vehicles they have. */
  readonly fitting: Int32Array;
  fittingCount: number;
  /** By route: 1 where it can take the stop at hand. Not where `isPlain`. */
  readonly takes: Uint8Array;
  /** Vehicles are all alike, and litres alone bound what rides together; so many. */
  readonly isPlain: boolean;
  readonly mostLitres: number;
  /** Larger vehicles are looked for in this step. */
  upgrades: boolean;
  /** Ways there and back that are longer than what the best place costs by this much lead to nothing better. */
  reach: number;
  readonly lowestCostPerMetre: number;
};

export const createDistanceSearch = (model: Model): DistanceSearch => ({
  best: noInsertion(),
  blinks: { left: 1 },
  roomy: new Int32Array(model.routeSlots),
  roomyCount: 0,
  fitting: new Int32Array(model.routeSlots),
  fittingCount: 0,
  takes: new Uint8Array(model.routeSlots),
  isPlain: model.litresDecide && model.types.length === 1,
  mostLitres: model.types[0]?.mostLitres ?? 0,
  upgrades: false,
  reach: Number.POSITIVE_INFINITY,
  lowestCostPerMetre: model.types.reduce((least, type) => Math.min(least, type.costPerMetre), Number.POSITIVE_INFINITY),
});

/** Tells the search how long arcs are by now: to be called now and then. */
export const measureReach = (model: Model, state: State, search: DistanceSearch): void => {
  const { metres, arcs } = innerArcs(model, state);
  search.reach = arcs === 0 ? Number.POSITIVE_INFINITY : (REACH * metres) / arcs;
};

/** Stands for the type of a vehicle that stays as it is. */
export const NO_TYPE = -1;

const suits = (model: Model, state: State, type: VehicleType, stop: number, route: number): boolean =>
  (state.kg[route] as number) + (model.kg[stop] as number) <= type.kg &&
  (state.units[route] as number) + (model.units[stop] as number) <= type.units &&
  type.serves[stop] === 1;

/** Room in litres is asked first, as it is what most routes lack. */
export const hasRoom = (model: Model, state: State, type: VehicleType, stop: number, route: number): boolean =>
  (state.litres[route] as number) + (model.litres[stop] as number) <= type.mostLitres &&
  (model.litresDecide || suits(model, state, type, stop, route));
