import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Random } from '../random.ts';
import { fitsInTime } from '../schedule/fits-in-time.ts';
import type { State } from '../state/state.ts';
import {
  ANEW,
  AS_IT_DOES,
  type Candidates,
  clearCandidates,
  countAnew,
  EARLIER,
  FULL,
  isOutdone,
  isWorthChoosingAnew,
  LATER,
  listCandidate,
  listUnasked,
  takeCheapest,
  UNASKED,
} from './candidates.ts';
import { siteOnTheWay } from './consider-place.ts';
import type { Insertion } from './insertion.ts';
import { findMovedDisposal } from './move-disposal.ts';
import { feesOf, leastFee } from './place-cost.ts';
import { priceCandidate } from './price-candidate.ts';
import type { ScheduledSearch } from './scheduled-search.ts';
import { joinsBetween } from './trip-room.ts';

/** A trip that has left before the stop is released would have to leave later: only a look at the whole route tells. */
const leavesTooSoon = (
  model: Model,
  { timetable }: ScheduledSearch,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
): boolean =>
  model.hasReleases &&
  siteBefore < 0 &&
  (after < model.stopCount || type.dayBefore.isUnderWay) &&
  (model.release[stop] as number) > (timetable.departed[after] as number);

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

/**
 * Lists another way to put the stop into a trip without room: a disposal visit beside it moves, or if none can, the route has to choose all
 * of them anew and is reckoned to need one more.
 */
const listReplacing = (
  model: Model,
  state: State,
  { candidates, timetable, moved }: ScheduledSearch,
  type: VehicleType,
  stop: number,
  after: number,
  route: number,
  estimate: number,
): void => {
  // Where trips wait for what is released, visits do not move one by one.
  if (model.hasReleases && !isWorthChoosingAnew(candidates, estimate)) return;
  // A day without time for the stop alone has none for another disposal visit; few days have.
  const site = state.siteAfter[after] as number;
  if (!model.hasReleases && !fitsInTime(model, state, timetable, type, stop, after, -1, site)) return;
  const isWithin = site < 0 && !model.hasReleases;
  if (isWithin && findMovedDisposal(model, state, timetable, type, stop, after, moved)) {
    const withMove = estimate + moved.estimate - (model.kg[stop] as number) * model.leastPricePerKg;
    const manner = moved.isLater ? LATER : EARLIER;
    const at = listCandidate(candidates, withMove, after, route, -1, -1, manner);
    candidates.movedFrom[at] = moved.from;
    candidates.movedTo[at] = moved.to;
    candidates.movedSite[at] = moved.site;
    candidates.movedFees[at] = moved.fees;
    return;
  }
  const following = state.next[after] as number;
  const to = following < model.stopCount ? following : type.endPlace;
  const another = siteOnTheWay(model, type, stop, to);
  if (isWithin && !fitsInTime(model, state, timetable, type, stop, after, -1, another)) return;
  const withAnother = estimate + anotherDisposal(model, type, stop, to, another);
  listAnew(candidates, withAnother, after, route);
};

const listAnew = (candidates: Candidates, estimate: number, after: number, route: number): void => {
  if (estimate >= candidates.mostAnew) {
    candidates.isOneTooDear = true;
    return;
  }
  if (!isWorthChoosingAnew(candidates, estimate)) return;
  countAnew(candidates, estimate);
  listCandidate(candidates, estimate, after, route, -1, -1, ANEW);
};

/** Asks for room where nobody has. A place that has none, or costs more than was known, is listed again as what it turned out to be. */
const isAsListed = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  type: VehicleType,
  stop: number,
  after: number,
  route: number,
  estimate: number,
): boolean => {
  const { candidates, timetable } = search;
  if (!joinsBetween(model, state, timetable, type, stop, after)) {
    if (model.sites.length > 0) listReplacing(model, state, search, type, stop, after, route, estimate);
    return false;
  }
  if (!model.hasFees) return true;
  const typeIndex = state.typeOf[route] as number;
  const more = feesOf(model, state, timetable, typeIndex, stop, after, -1) - leastFee(model, typeIndex, stop);
  if (more <= 0) return true;
  listCandidate(candidates, estimate + more, after, route, -1, -1, AS_IT_DOES);
  return false;
};

/** What a candidate that was taken off the list costs indeed; infinite when it does not do, others being listed for it then. */
const ask = (model: Model, state: State, search: ScheduledSearch, stop: number, entry: number): number => {
  const { candidates, timetable } = search;
  const estimate = candidates.estimate[entry] as number;
  const after = candidates.after[entry] as number;
  const route = candidates.route[entry] as number;
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const manner = candidates.manner[entry] as number;
  if (manner === FULL) {
    listReplacing(model, state, search, type, stop, after, route, estimate);
    return NEVER;
  }
  if (manner === UNASKED) {
    if (!isAsListed(model, state, search, type, stop, after, route, estimate)) return NEVER;
    candidates.siteBefore[entry] = -1;
    candidates.siteBehind[entry] = -1;
  }
  if (manner === UNASKED || manner === AS_IT_DOES) {
    const siteBefore = candidates.siteBefore[entry] as number;
    const siteBehind = candidates.siteBehind[entry] as number;
    if (leavesTooSoon(model, search, type, stop, after, siteBefore)) {
      listAnew(candidates, estimate, after, route);
      return NEVER;
    }
    if (!fitsInTime(model, state, timetable, type, stop, after, siteBefore, siteBehind)) return NEVER;
    candidates.manner[entry] = AS_IT_DOES;
    if (type.isPricedByDetour) return estimate;
  } else if (manner === ANEW && isOutdone(candidates, estimate)) return NEVER;
  return priceCandidate(model, state, search, stop, entry);
};

const NEVER = Number.POSITIVE_INFINITY;

/** How often a place is overlooked. */
const BLINK_RATE = 0.003;

const takeAsBest = (best: Insertion, increase: number, route: number, after: number): void => {
  best.increase = increase;
  best.route = route;
  best.after = after;
  best.siteBefore = -1;
  best.siteBehind = -1;
  best.manner = AS_IT_DOES;
  best.type = -1;
};

/**
 * Asks a place that costs just its detour at once, where that is less than the best: with nothing to be driven through, that is quicker than
 * to list it. What has to be looked at more closely is listed.
 */
export const askAtOnce = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  stop: number,
  after: number,
  route: number,
  estimate: number,
  random: Random,
): void => {
  const { candidates, best, timetable } = search;
  if (estimate >= best.increase || random() < BLINK_RATE) return;
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  if (model.hasFees) listUnasked(candidates, estimate, after, route);
  else if (!joinsBetween(model, state, timetable, type, stop, after)) {
    if (model.hasReleases) listReplacing(model, state, search, type, stop, after, route, estimate);
    else if (model.sites.length > 0) listCandidate(candidates, estimate, after, route, -1, -1, FULL);
  } else if (leavesTooSoon(model, search, type, stop, after, -1)) {
    listAnew(candidates, estimate, after, route);
  } else if (fitsInTime(model, state, timetable, type, stop, after, -1, -1)) takeAsBest(best, estimate, route, after);
};

/**
 * Asks the candidates for a stop, most promising first, until none left is reckoned at less than the best, or than `most`: where money does
 * not depend on the clock they cost their detour, otherwise they are driven through. Empties the list, and answers whether any were left on
 * it, or not even listed. Some are overlooked where `random` is given.
 */
export const findCheapest = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  stop: number,
  most: number,
  random: Random | undefined,
): boolean => {
  const { candidates, best } = search;
  for (;;) {
    const entry = takeCheapest(candidates, Math.min(most, best.increase));
    if (entry < 0) break;
    if (random !== undefined && random() < BLINK_RATE) continue;
    const increase = ask(model, state, search, stop, entry);
    if (increase >= best.increase) continue;
    best.increase = increase;
    best.route = candidates.route[entry] as number;
    best.after = candidates.after[entry] as number;
    best.siteBefore = candidates.siteBefore[entry] as number;
    best.siteBehind = candidates.siteBehind[entry] as number;
    best.manner = candidates.manner[entry] as number;
    best.movedFrom = candidates.movedFrom[entry] as number;
    best.movedTo = candidates.movedTo[entry] as number;
    best.movedSite = candidates.movedSite[entry] as number;
    best.type = -1;
  }
  const isOneLeft = candidates.left > 0 || candidates.isOneTooDear;
  clearCandidates(candidates);
  return isOneLeft;
};
