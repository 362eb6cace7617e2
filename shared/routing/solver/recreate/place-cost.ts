import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { TripLoads } from '../schedule/trips.ts';
import type { State } from '../state/state.ts';

/** How much further and dearer a route becomes by a stop at a place, taken apart. */
export type Detour = { metres: number; fees: number };

const way = (model: Model, detour: Detour, from: number, to: number, sign: number): void => {
  detour.metres += sign * (model.distance[from * model.placeCount + to] as number);
};

/** Writes the detour for a stop behind `after`, emptying at `siteBefore` ahead of it and at `siteBehind` after it (−1 = not). */
export const measureDetour = (
  model: Model,
  state: State,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
  detour: Detour,
): void => {
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  detour.metres = 0;
  detour.fees = 0;
  const present = siteAt(model, state.siteAfter[after] as number);
  const before = siteAt(model, siteBefore);
  const behind = siteAt(model, siteBehind);
  if (present === undefined) way(model, detour, from, to, -1);
  else {
    way(model, detour, from, present.place, -1);
    way(model, detour, present.place, to, -1);
    detour.fees -= present.costPerVisit;
  }
  if (before === undefined) way(model, detour, from, stop, 1);
  else {
    way(model, detour, from, before.place, 1);
    way(model, detour, before.place, stop, 1);
    detour.fees += before.costPerVisit;
  }
  if (behind === undefined) way(model, detour, stop, to, 1);
  else {
    way(model, detour, stop, behind.place, 1);
    way(model, detour, behind.place, to, 1);
    detour.fees += behind.costPerVisit;
  }
};

/** What it costs that a vehicle of this type serves the stop and not the published one. */
export const movedFee = (model: Model, typeIndex: number, stop: number): number => {
  const published = model.publishedType[stop] as number;
  return published >= 0 && published !== typeIndex ? model.costPerMovedStop : 0;
};

/** What the stop costs apart from ways: weight at the site its trip ends at, and its move from the published vehicle. */
export const feesOf = (
  model: Model,
  state: State,
  loads: TripLoads,
  typeIndex: number,
  stop: number,
  after: number,
  siteBehind: number,
): number => {
  const moved = movedFee(model, typeIndex, stop);
  if (!model.hasTonnagePrice) return moved;
  return moved + (model.kg[stop] as number) * pricePerKg(model, state, loads, after, siteBehind);
};

const pricePerKg = (model: Model, state: State, { tripEnd }: TripLoads, after: number, siteBehind: number): number => {
  const following = state.next[after] as number;
  const isLast = following >= model.stopCount;
  const site = siteBehind >= 0 || isLast ? siteBehind : (state.siteAfter[tripEnd[following] as number] as number);
  return siteAt(model, site)?.costPerKg ?? 0;
};

/** What `feesOf` answers at least, wherever the stop goes in a vehicle of the type. */
export const leastFee = (model: Model, typeIndex: number, stop: number): number =>
  movedFee(model, typeIndex, stop) + (model.kg[stop] as number) * model.leastPricePerKg;
