import type { Model } from '../model/model.ts';
import type { Random } from '../random.ts';
import { priceOrder, writeOrder } from '../schedule/price-order.ts';
import { updateTimetable } from '../schedule/timetable.ts';
import { detach, insert, leaveOut, openRoute, setRouteCost, setSite } from '../state/changes.ts';
import type { State } from '../state/state.ts';
import { ANEW, EARLIER } from './candidates.ts';
import { staysOut } from './insertion.ts';
import type { ScheduledSearch } from './scheduled-search.ts';
import { applySites } from './settle-disposals.ts';

/** Carries out what was found best for a stop. */

/** Sends another vehicle out for the stop; answers what that costs. */
const takeAnotherVehicle = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  const { best, pricing } = search;
  pricing.evaluation.stops[1] = stop;
  priceOrder(pricing, best.type, 1, true);
  const route = openRoute(model, state, best.type);
  insert(model, state, stop, model.stopCount + route, route);
  applySites(model, state, search, route);
  setRouteCost(state, route, updateTimetable(model, state, search.timetable, route));
};

/** Takes the place and moves a disposal visit for it. */
const takePlaceMoved = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  const { route, after, movedFrom, movedTo, movedSite } = search.best;
  const siteUntilNow = state.siteAfter[movedFrom] as number;
  insert(model, state, stop, after, route);
  setSite(state, movedFrom, -1, route);
  setSite(state, movedTo, movedSite, route);
  const cost = updateTimetable(model, state, search.timetable, route);
  if (cost < Number.POSITIVE_INFINITY) {
    setRouteCost(state, route, cost);
    return;
  }
  setSite(state, movedTo, -1, route);
  setSite(state, movedFrom, siteUntilNow, route);
  detach(model, state, stop);
  updateTimetable(model, state, search.timetable, route);
  leaveOut(model, state, stop);
};

const takePlace = (model: Model, state: State, search: ScheduledSearch, stop: number): void => {
  const { best, pricing } = search;
  const { route, after } = best;
  if (best.manner >= EARLIER) {
    takePlaceMoved(model, state, search, stop);
    return;
  }
  if (best.manner === ANEW) {
    const length = writeOrder(model, state, pricing.evaluation, route, stop, after);
    priceOrder(pricing, state.typeOf[route] as number, length, false);
    insert(model, state, stop, after, route);
    applySites(model, state, search, route);
    setRouteCost(state, route, updateTimetable(model, state, search.timetable, route));
    return;
  }
  const { siteBefore, siteBehind } = best;
  const siteUntilNow = state.siteAfter[after] as number;
  setSite(state, after, siteBefore, route);
  setSite(state, stop, siteBehind, route);
  insert(model, state, stop, after, route);
  const cost = updateTimetable(model, state, search.timetable, route, after, state.next[stop] as number);
  if (cost < Number.POSITIVE_INFINITY) {
    setRouteCost(state, route, cost);
    return;
  }
  // A sum in another order may miss a window by a rounding error: the stop stays out for now.
  setSite(state, stop, -1, route);
  detach(model, state, stop);
  setSite(state, after, siteUntilNow, route);
  updateTimetable(model, state, search.timetable, route);
  leaveOut(model, state, stop);
};

/** Puts the stop where it costs least, or leaves it out where that costs less. */
export const place = (model: Model, state: State, search: ScheduledSearch, stop: number, random: Random): void => {
  if (staysOut(search.best, model.absencePenalty[stop] as number, random)) leaveOut(model, state, stop);
  else if (search.best.type >= 0) takeAnotherVehicle(model, state, search, stop);
  else takePlace(model, state, search, stop);
};
