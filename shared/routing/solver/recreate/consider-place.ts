import type { DisposalPlace, Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Timetable } from '../schedule/timetable.ts';
import type { State } from '../state/state.ts';
import { AS_IT_DOES, type Candidates, FULL, listCandidate, listUnasked } from './candidates.ts';
import type { Insertion } from './insertion.ts';
import { feesOf, leastFee } from './place-cost.ts';
import { joins } from './trip-room.ts';

/** What listing places for a stop works with. */
export type PlaceSearch = {
  readonly timetable: Timetable;
  readonly candidates: Candidates;
  /** The best place so far: what is reckoned at no less is not listed. */
  readonly best: Insertion;
  /** By open route: what the stop costs there at least, apart from ways. */
  readonly leastCost: Float64Array;
};

/** The disposal site with the least detour from the stop on to a place that takes the stop's stream; −1 = none. */
export const siteOnTheWay = (model: Model, type: VehicleType, stop: number, to: number): number => {
  const { placeCount, weightInto, weightOut, sites } = model;
  let chosen = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < sites.length; index += 1) {
    const site = sites[index] as DisposalPlace;
    if ((site.accepts & (model.stream[stop] as number)) === 0) continue;
    const there = weightInto[site.place * placeCount + stop] as number;
    const on = weightOut[site.place * placeCount + to] as number;
    const detour = type.costPerWeight * (there + on) + site.costPerVisit;
    if (detour >= least) continue;
    least = detour;
    chosen = index;
  }
  return chosen;
};

/** Lists a way to put the stop behind `after` that its trip has room for, and of which the ways are reckoned at so much more than without it. */
const list = (
  model: Model,
  state: State,
  search: PlaceSearch,
  stop: number,
  after: number,
  route: number,
  siteBefore: number,
  siteBehind: number,
  detour: number,
): void => {
  let estimate = detour + (search.leastCost[route] as number);
  if (model.hasFees) {
    const typeIndex = state.typeOf[route] as number;
    const fees = feesOf(model, state, search.timetable, typeIndex, stop, after, siteBehind);
    estimate += fees - leastFee(model, typeIndex, stop);
  }
  listCandidate(search.candidates, estimate, after, route, siteBefore, siteBehind, AS_IT_DOES);
};

/** Where it empties behind `after`, the stop can come before that, after it, or have a trip of its own. */
const considerAroundDisposal = (
  model: Model,
  state: State,
  search: PlaceSearch,
  type: VehicleType,
  stop: number,
  after: number,
  route: number,
  site: number,
): void => {
  const { placeCount, weightInto, weightOut } = model;
  const { timetable, candidates, leastCost } = search;
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const { place, costPerVisit } = model.sites[site] as DisposalPlace;
  const saved = (timetable.saved[after] as number) - costPerVisit;
  const fromSite = (weightOut[place * placeCount + to] as number) + (weightInto[place * placeCount + stop] as number);
  const before = (weightInto[stop * placeCount + from] as number) + fromSite;
  const joinsBefore = joins(model, state, timetable, type, stop, after);
  if (joinsBefore) {
    list(model, state, search, stop, after, route, -1, site, type.costPerWeight * before - saved);
  }
  const toStop = (weightInto[place * placeCount + from] as number) + (weightOut[place * placeCount + stop] as number);
  const joinsBehind = following < model.stopCount && joins(model, state, timetable, type, stop, following);
  if (joinsBehind) {
    const behind = toStop + (weightOut[stop * placeCount + to] as number);
    list(model, state, search, stop, after, route, site, -1, type.costPerWeight * behind - saved);
  }
  if (joinsBefore || joinsBehind) return;
  const own = siteOnTheWay(model, type, stop, to);
  if (own < 0) return;
  const ownSite = model.sites[own] as DisposalPlace;
  const onFromOwn =
    (weightInto[ownSite.place * placeCount + stop] as number) + (weightOut[ownSite.place * placeCount + to] as number);
  const alone = type.costPerWeight * (toStop + onFromOwn) - saved + ownSite.costPerVisit;
  list(model, state, search, stop, after, route, site, own, alone);
  const full = type.costPerWeight * before - saved + (leastCost[route] as number);
  listCandidate(candidates, full, after, route, -1, -1, FULL);
};

/** Lists all ways to put the stop behind `after`, a stop of the route or its sentinel. */
export const considerPlace = (
  model: Model,
  state: State,
  search: PlaceSearch,
  stop: number,
  after: number,
  route: number,
): void => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const following = state.next[after] as number;
  if (model.hasFixed && following < model.stopCount && model.isFixed[following] === 1) return;
  const site = state.siteAfter[after] as number;
  if (site >= 0) {
    considerAroundDisposal(model, state, search, type, stop, after, route, site);
    return;
  }
  const from = after < model.stopCount ? after : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const row = stop * model.placeCount;
  const weight = (model.weightInto[row + from] as number) + (model.weightOut[row + to] as number);
  const detour = type.costPerWeight * weight - (search.timetable.saved[after] as number);
  const estimate = detour + (search.leastCost[route] as number);
  if (estimate < search.best.increase) listUnasked(search.candidates, estimate, after, route);
};
