import { type DisposalPlace, type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { fitsInTime } from '../schedule/fits-in-time.ts';
import type { Timetable } from '../schedule/timetable.ts';
import type { TripLoads } from '../schedule/trips.ts';
import type { State } from '../state/state.ts';
import type { Insertion } from './insertion.ts';
import { findMovedDisposal, type MovedDisposal } from './move-disposal.ts';
import { feesOf } from './place-cost.ts';
import { ANEW, AS_IT_DOES, EARLIER, isWorthListing, LATER, listPlace, type Shortlist } from './shortlist.ts';

/** What looking for a stop's best place works with. */
export type PlaceSearch = {
  readonly timetable: Timetable;
  readonly shortlist: Shortlist;
  readonly best: Insertion;
  readonly moved: MovedDisposal;
};

/** Whether a route's vehicle could ever take the stop: a filter that needs no place. */
export const mayTake = (model: Model, state: State, stop: number, route: number): boolean => {
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  return (
    type.serves[stop] === 1 &&
    (state.size[route] as number) < type.maxStops &&
    (state.litres[route] as number) + (model.litres[stop] as number) <= type.maxLitres
  );
};

/** Whether the site at the end of the trip that `node` is on takes the stop's stream as well. */
const isTakenAtEnd = (model: Model, state: State, { tripEnd }: TripLoads, node: number, stream: number): boolean => {
  const site = siteAt(model, state.siteAfter[tripEnd[node] as number] as number);
  return site === undefined || (site.accepts & stream) !== 0;
};

/** Whether the trip that `node` is on has room for the stop, and nothing on board that must not meet it. A sentinel stands for what is on board at the start. */
const joins = (
  model: Model,
  state: State,
  search: PlaceSearch,
  type: VehicleType,
  stop: number,
  node: number,
): boolean => {
  const { timetable } = search;
  if ((timetable.tripLitres[node] as number) + (model.litres[stop] as number) > type.litres) return false;
  if ((timetable.tripKg[node] as number) + (model.kg[stop] as number) > type.kg) return false;
  if ((timetable.tripUnits[node] as number) + (model.units[stop] as number) > type.units) return false;
  const streams = timetable.tripStreams[node] as number;
  if ((streams & (model.conflicts[stop] as number)) !== 0) return false;
  const stream = model.stream[stop] as number;
  return (streams & stream) !== 0 || model.sites.length === 0 || isTakenAtEnd(model, state, timetable, node, stream);
};

/** The disposal site with the least detour from the stop on to a place that takes the stop's stream; −1 = none. */
const siteOnTheWay = (model: Model, type: VehicleType, stop: number, to: number): number => {
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

/** A trip that has left before the stop is released would have to leave later: only a look at the whole route tells. */
const leavesTooSoon = (
  model: Model,
  search: PlaceSearch,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
): boolean =>
  model.hasReleases &&
  siteBefore < 0 &&
  (after < model.stopCount || type.dayBefore.isUnderWay) &&
  (model.release[stop] as number) > (search.timetable.departed[after] as number);

/** Weighs one way to put the stop behind `after` of which the ways are reckoned at so much more than without it. */
const offer = (
  model: Model,
  state: State,
  search: PlaceSearch,
  type: VehicleType,
  stop: number,
  after: number,
  route: number,
  siteBefore: number,
  siteBehind: number,
  detour: number,
): void => {
  const { best, shortlist, timetable } = search;
  let estimate = detour + type.costPerSecond * (model.service[stop] as number);
  if (!type.isPricedByDetour && !isWorthListing(shortlist, estimate)) return;
  if (model.hasFees)
    estimate += feesOf(model, state, timetable, state.typeOf[route] as number, stop, after, siteBehind);
  if (type.paysByDetour && estimate >= best.increase) return;
  const held = leavesTooSoon(model, search, type, stop, after, siteBefore);
  const isExact = type.isPricedByDetour && !held;
  if (!isExact && !isWorthListing(shortlist, estimate)) return;
  if (!held && !fitsInTime(model, state, search.timetable, type, stop, after, siteBefore, siteBehind)) return;
  if (!isExact) {
    listPlace(shortlist, estimate, after, route, siteBefore, siteBehind, held ? ANEW : AS_IT_DOES);
    return;
  }
  best.increase = estimate;
  best.after = after;
  best.route = route;
  best.type = -1;
  best.siteBefore = siteBefore;
  best.siteBehind = siteBehind;
  best.manner = AS_IT_DOES;
};

/**
 * Lists a place in a trip without room: a disposal visit beside it moves, or if none can, the route has to choose all of them anew
 * and is reckoned to need one more.
 */
const offerReplacing = (
  model: Model,
  state: State,
  search: PlaceSearch,
  type: VehicleType,
  stop: number,
  after: number,
  route: number,
  detour: number,
): void => {
  const { best, shortlist, moved } = search;
  const estimate = detour + type.costPerSecond * (model.service[stop] as number);
  if (estimate >= best.increase || !isWorthListing(shortlist, estimate)) return;
  // A day without time for the stop alone has none for another disposal visit; few days have.
  const site = state.siteAfter[after] as number;
  if (!model.hasReleases && !fitsInTime(model, state, search.timetable, type, stop, after, -1, site)) return;
  const isWithin = site < 0 && !model.hasReleases;
  if (isWithin && findMovedDisposal(model, state, search.timetable, type, stop, after, moved)) {
    const withMove = estimate + moved.estimate;
    if (withMove >= best.increase || !isWorthListing(shortlist, withMove)) return;
    const at = listPlace(shortlist, withMove, after, route, -1, -1, moved.isLater ? LATER : EARLIER);
    shortlist.movedFrom[at] = moved.from;
    shortlist.movedTo[at] = moved.to;
    shortlist.movedSite[at] = moved.site;
    shortlist.movedFees[at] = moved.fees;
    return;
  }
  const following = state.next[after] as number;
  const to = following < model.stopCount ? following : type.endPlace;
  const another = siteOnTheWay(model, type, stop, to);
  const withAnother = estimate + anotherDisposal(model, type, stop, to, another);
  if (withAnother >= best.increase || !isWorthListing(shortlist, withAnother)) return;
  if (isWithin && !fitsInTime(model, state, search.timetable, type, stop, after, -1, another)) return;
  listPlace(shortlist, withAnother, after, route, -1, -1, ANEW);
};

/** What emptying at a site between the stop and the next place costs. */
const anotherDisposal = (model: Model, type: VehicleType, stop: number, to: number, index: number): number => {
  const site = siteAt(model, index);
  if (site === undefined) return Number.POSITIVE_INFINITY;
  const { placeCount, weightInto, weightOut } = model;
  const via =
    (weightInto[site.place * placeCount + stop] as number) + (weightOut[site.place * placeCount + to] as number);
  const ways = type.costPerWeight * (via - (weightOut[stop * placeCount + to] as number));
  return ways + site.costPerVisit + type.costPerSecond * (model.service[site.place] as number);
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
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const { place, costPerVisit } = model.sites[site] as DisposalPlace;
  const saved = (search.timetable.saved[after] as number) - costPerVisit;
  const fromSite = (weightOut[place * placeCount + to] as number) + (weightInto[place * placeCount + stop] as number);
  const before = (weightInto[stop * placeCount + from] as number) + fromSite;
  const joinsBefore = joins(model, state, search, type, stop, after);
  if (joinsBefore) {
    offer(model, state, search, type, stop, after, route, -1, site, type.costPerWeight * before - saved);
  }
  const toStop = (weightInto[place * placeCount + from] as number) + (weightOut[place * placeCount + stop] as number);
  const joinsBehind = following < model.stopCount && joins(model, state, search, type, stop, following);
  if (joinsBehind) {
    const behind = toStop + (weightOut[stop * placeCount + to] as number);
    offer(model, state, search, type, stop, after, route, site, -1, type.costPerWeight * behind - saved);
  }
  if (joinsBefore || joinsBehind) return;
  const own = siteOnTheWay(model, type, stop, to);
  if (own < 0) return;
  const ownSite = model.sites[own] as DisposalPlace;
  const onFromOwn =
    (weightInto[ownSite.place * placeCount + stop] as number) + (weightOut[ownSite.place * placeCount + to] as number);
  const alone = type.costPerWeight * (toStop + onFromOwn) - saved + ownSite.costPerVisit;
  offer(model, state, search, type, stop, after, route, site, own, alone);
  offerReplacing(model, state, search, type, stop, after, route, type.costPerWeight * before - saved);
};

/** Weighs all ways to put the stop behind `after`, a stop of the route or its sentinel. */
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
  if (detour >= search.best.increase || !(type.isPricedByDetour || isWorthListing(search.shortlist, detour))) return;
  const isEmptyDay = after >= model.stopCount && following >= model.stopCount;
  const node = after < model.stopCount || isEmptyDay ? after : following;
  const mustEmpty = model.sites.length > 0;
  if (!(mustEmpty && isEmptyDay) && joins(model, state, search, type, stop, node)) {
    offer(model, state, search, type, stop, after, route, -1, -1, detour);
  } else if (mustEmpty) offerReplacing(model, state, search, type, stop, after, route, detour);
};
