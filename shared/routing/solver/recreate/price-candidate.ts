import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { loadClock } from '../schedule/clock-at.ts';
import { driveOn } from '../schedule/drive-on.ts';
import { type Evaluation, walk } from '../schedule/evaluation.ts';
import { priceOrder, writeOrder } from '../schedule/price-order.ts';
import type { State } from '../state/state.ts';
import { ANEW, EARLIER, LATER } from './candidates.ts';
import { metresOfMove } from './move-disposal.ts';
import { feesOf, measureDetour, movedFee } from './place-cost.ts';
import type { ScheduledSearch } from './scheduled-search.ts';

/** What a place costs indeed: it is driven through, from where the route would change on. */

/** Metres, disposal and a move from another vehicle, for a stop behind `after`. */
const moneyFor = (
  model: Model,
  state: State,
  { detour, timetable }: ScheduledSearch,
  stop: number,
  route: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): number => {
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  measureDetour(model, state, type, stop, after, siteBefore, siteBehind, detour);
  const fees = model.hasFees ? feesOf(model, state, timetable, typeIndex, stop, after, siteBehind) : 0;
  return type.costPerMetre * detour.metres + detour.fees + fees;
};

/** Writes what comes behind a node of the route into the evaluation, with the stop behind `after`. Answers its length. */
const writeRest = (
  model: Model,
  state: State,
  { stops, sites }: Evaluation,
  stop: number,
  first: number,
  after: number,
): number => {
  sites[0] = state.siteAfter[first] as number;
  let length = 0;
  let node = first;
  if (node === after) {
    length = 1;
    stops[1] = stop;
    sites[1] = -1;
  }
  for (node = state.next[first] as number; node < model.stopCount; node = state.next[node] as number) {
    length += 1;
    stops[length] = node;
    sites[length] = state.siteAfter[node] as number;
    if (node !== after) continue;
    length += 1;
    stops[length] = stop;
    sites[length] = -1;
  }
  return length;
};

/** The same with a disposal visit moved. */
const priceMoved = (model: Model, state: State, search: ScheduledSearch, stop: number, entry: number): number => {
  const { candidates, timetable, pricing } = search;
  const { evaluation } = pricing;
  const route = candidates.route[entry] as number;
  const after = candidates.after[entry] as number;
  const from = candidates.movedFrom[entry] as number;
  const to = candidates.movedTo[entry] as number;
  const site = candidates.movedSite[entry] as number;
  const type = model.types[state.typeOf[route] as number] as VehicleType;
  const first = candidates.manner[entry] === LATER ? from : after;
  const length = writeRest(model, state, evaluation, stop, first, after);
  for (let at = 0; at <= length; at += 1) {
    const node = at === 0 ? first : (evaluation.stops[at] as number);
    if (node === from) evaluation.sites[at] = -1;
    else if (node === to) evaluation.sites[at] = site;
  }
  loadClock(timetable, evaluation.clock, model, first);
  const day = walk(evaluation, type, first < model.stopCount ? first : type.startPlace, length, false);
  if (day === Number.POSITIVE_INFINITY) return day;
  const metres = metresOfMove(model, state, type, stop, after, from, to, site);
  const moved = movedFee(model, state.typeOf[route] as number, stop);
  const fees = (candidates.movedFees[entry] as number) + moved;
  return type.costPerMetre * metres + fees + day - (timetable.dayCost[route] as number);
};

/** What the day's time costs with the stop there, every leg driven to its end. */
const walkOn = (
  model: Model,
  state: State,
  { timetable, pricing }: ScheduledSearch,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): number => {
  const { evaluation } = pricing;
  const { stops, sites } = evaluation;
  sites[0] = siteBefore;
  stops[1] = stop;
  sites[1] = siteBehind;
  let length = 1;
  for (let next = state.next[after] as number; next < model.stopCount; next = state.next[next] as number) {
    length += 1;
    stops[length] = next;
    sites[length] = state.siteAfter[next] as number;
  }
  loadClock(timetable, evaluation.clock, model, after);
  const isStart = after >= model.stopCount;
  const startsTrip = isStart && !type.dayBefore.isUnderWay;
  return walk(evaluation, type, isStart ? type.startPlace : after, length, startsTrip);
};

/** What the route costs more when the listed place is taken, found by driving on from there; infinite when it cannot be driven then. */
export const priceCandidate = (
  model: Model,
  state: State,
  search: ScheduledSearch,
  stop: number,
  entry: number,
): number => {
  const { candidates, timetable, pricing } = search;
  const { evaluation } = pricing;
  const route = candidates.route[entry] as number;
  const after = candidates.after[entry] as number;
  const typeIndex = state.typeOf[route] as number;
  const type = model.types[typeIndex] as VehicleType;
  if ((candidates.manner[entry] as number) >= EARLIER) return priceMoved(model, state, search, stop, entry);
  if (candidates.manner[entry] === ANEW) {
    const length = writeOrder(model, state, evaluation, route, stop, after);
    const now = state.routeCost[route] as number;
    return priceOrder(pricing, typeIndex, length, false, search.best.increase + now) - now;
  }
  const siteBefore = candidates.siteBefore[entry] as number;
  const siteBehind = candidates.siteBehind[entry] as number;
  const day = model.hasReleases
    ? walkOn(model, state, search, type, stop, after, siteBefore, siteBehind)
    : driveOn(model, state, timetable, type, route, stop, after, siteBefore, siteBehind);
  if (day === Number.POSITIVE_INFINITY) return day;
  const money = moneyFor(model, state, search, stop, route, after, siteBefore, siteBehind);
  return money + day - (timetable.dayCost[route] as number);
};
