import { evaluateRoute } from './evaluate-route.ts';
import type { Evaluation } from './evaluation.ts';
import { BLINK_RATE, clearInsertion, type Insertion, noInsertion, staysOut, TYPE_BLINK_RATE } from './insertion.ts';
import type { Model } from './model.ts';
import type { Random } from './random.ts';
import type { Ruined } from './ruin.ts';
import { insert, leaveOut, openRoute, type State, setRouteCost } from './state.ts';
import { fitsInTime, type TimeBounds, updateTimeBounds } from './time-bounds.ts';

/**
 * Greedy insertion with blinks where schedules matter. Places are ranked by the arcs they change; the most promising that pass
 * the time bounds are scheduled exactly, and the cheapest schedule wins.
 */
const NEIGHBOURS_LOOKED_AT = 100;
const PLACES_SCHEDULED = 5;

type Shortlist = {
  readonly after: Int32Array;
  readonly route: Int32Array;
  readonly estimate: Float64Array;
  count: number;
};

export type ScheduledRecreation = {
  readonly evaluation: Evaluation;
  readonly bounds: TimeBounds;
  readonly shortlist: Shortlist;
  readonly best: Insertion;
};

export const createScheduledRecreation = (evaluation: Evaluation, bounds: TimeBounds): ScheduledRecreation => ({
  evaluation,
  bounds,
  shortlist: {
    after: new Int32Array(PLACES_SCHEDULED),
    route: new Int32Array(PLACES_SCHEDULED),
    estimate: new Float64Array(PLACES_SCHEDULED),
    count: 0,
  },
  best: noInsertion(),
});

/** Writes the route's stops into the evaluation, with `extra` behind `after` when that is a node; answers how many. */
export const writeSequence = (
  model: Model,
  state: State,
  evaluation: Evaluation,
  route: number,
  extra: number,
  after: number,
): number => {
  const { sequence } = evaluation;
  const sentinel = model.stopCount + route;
  let length = 0;
  if (after === sentinel) {
    sequence[length] = extra;
    length += 1;
  }
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    sequence[length] = stop;
    length += 1;
    if (stop !== after) continue;
    sequence[length] = extra;
    length += 1;
  }
  return length;
};

const shortlistPlace = (shortlist: Shortlist, after: number, route: number, estimate: number): void => {
  let at = shortlist.count;
  if (at === PLACES_SCHEDULED) {
    at -= 1;
    if (estimate >= (shortlist.estimate[at] as number)) return;
  } else {
    shortlist.count += 1;
  }
  for (; at > 0 && (shortlist.estimate[at - 1] as number) > estimate; at -= 1) {
    shortlist.after[at] = shortlist.after[at - 1] as number;
    shortlist.route[at] = shortlist.route[at - 1] as number;
    shortlist.estimate[at] = shortlist.estimate[at - 1] as number;
  }
  shortlist.after[at] = after;
  shortlist.route[at] = route;
  shortlist.estimate[at] = estimate;
};

const mayTake = (model: Model, state: State, stop: number, route: number): boolean => {
  const type = model.types[state.typeOf[route] as number];
  if (type === undefined || type.serves[stop] === 0 || (state.size[route] as number) >= type.maxStops) return false;
  const litres = (state.litres[route] as number) + (model.litres[stop] as number);
  if (litres > type.maxLitres) return false;
  if (model.disposals.length > 0) return true;
  const other = state.next[model.stopCount + route] as number;
  const streamFits = other >= model.stopCount || model.stream[other] === model.stream[stop];
  return streamFits && litres <= type.litres && (state.kg[route] as number) + (model.kg[stop] as number) <= type.kg;
};

const considerAfter = (
  model: Model,
  state: State,
  work: ScheduledRecreation,
  stop: number,
  after: number,
  route: number,
): void => {
  const type = model.types[state.typeOf[route] as number];
  if (type === undefined) return;
  const { arcCost } = type;
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startNode;
  const to = following < model.stopCount ? following : type.endNode;
  const estimate =
    (arcCost[from * model.nodeCount + stop] as number) +
    (arcCost[stop * model.nodeCount + to] as number) -
    (arcCost[from * model.nodeCount + to] as number);
  const { shortlist } = work;
  if (shortlist.count === PLACES_SCHEDULED && estimate >= (shortlist.estimate[PLACES_SCHEDULED - 1] as number)) return;
  if (fitsInTime(model, state, work.bounds, stop, after, route)) shortlistPlace(shortlist, after, route, estimate);
};

/** Schedules the shortlisted places, most promising first, until none left could beat the best. */
const scheduleShortlist = (model: Model, state: State, work: ScheduledRecreation, stop: number): void => {
  const { shortlist, evaluation, best } = work;
  for (let index = 0; index < shortlist.count; index += 1) {
    if ((shortlist.estimate[index] as number) >= best.increase) break;
    const route = shortlist.route[index] as number;
    const after = shortlist.after[index] as number;
    const type = model.types[state.typeOf[route] as number];
    if (type === undefined) continue;
    const length = writeSequence(model, state, evaluation, route, stop, after);
    const increase = evaluateRoute(evaluation, type, length) - (state.routeCost[route] as number);
    if (increase >= best.increase) continue;
    best.increase = increase;
    best.route = route;
    best.after = after;
  }
  shortlist.count = 0;
};

const considerNeighbours = (
  model: Model,
  state: State,
  work: ScheduledRecreation,
  stop: number,
  random: Random,
): void => {
  const row = stop * model.neighbourCount;
  const looked = Math.min(NEIGHBOURS_LOOKED_AT, model.neighbourCount);
  for (let index = 0; index < looked; index += 1) {
    const other = model.neighbours[row + index] as number;
    const route = state.routeOf[other] as number;
    if (route < 0 || !mayTake(model, state, stop, route)) continue;
    if (random() >= BLINK_RATE) considerAfter(model, state, work, stop, other, route);
    const before = state.prev[other] as number;
    // The place before a stop is the place after the one before, and was looked at there unless that is the vehicle's start.
    if (before >= model.stopCount && random() >= BLINK_RATE) considerAfter(model, state, work, stop, before, route);
  }
  scheduleShortlist(model, state, work, stop);
};

const considerEverywhere = (model: Model, state: State, work: ScheduledRecreation, stop: number): void => {
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if (!mayTake(model, state, stop, route)) continue;
    const sentinel = model.stopCount + route;
    considerAfter(model, state, work, stop, sentinel, route);
    for (let after = state.next[sentinel] as number; after < model.stopCount; after = state.next[after] as number) {
      considerAfter(model, state, work, stop, after, route);
    }
    scheduleShortlist(model, state, work, stop);
  }
};

const considerAnotherVehicle = (
  model: Model,
  state: State,
  work: ScheduledRecreation,
  stop: number,
  random: Random,
): void => {
  if (state.spareCount === 0) return;
  const { best, evaluation } = work;
  for (let index = 0; index < model.types.length; index += 1) {
    if (model.types.length > 1 && random() < TYPE_BLINK_RATE) continue;
    const type = model.types[index];
    if (type === undefined || (state.usedOfType[index] as number) >= type.vehicle.count) continue;
    evaluation.sequence[0] = stop;
    const increase = evaluateRoute(evaluation, type, 1);
    if (increase >= best.increase) continue;
    best.increase = increase;
    best.type = index;
  }
};

const place = (model: Model, state: State, work: ScheduledRecreation, stop: number, random: Random): void => {
  const { best, bounds } = work;
  if (staysOut(best, model.absencePenalty[stop] as number, random)) {
    leaveOut(model, state, stop);
    return;
  }
  const opens = best.type >= 0;
  const route = opens ? openRoute(model, state, best.type) : best.route;
  insert(model, state, stop, opens ? model.stopCount + route : best.after, route);
  setRouteCost(state, route, opens ? best.increase : (state.routeCost[route] as number) + best.increase);
  updateTimeBounds(model, state, bounds, route);
};

const isLost = (best: Insertion): boolean => best.increase === Number.POSITIVE_INFINITY;

/** Puts every removed stop back at its cheapest place, into another vehicle, or leaves it out where that costs less. */
export const recreateBySchedule = (
  model: Model,
  state: State,
  ruined: Ruined,
  work: ScheduledRecreation,
  random: Random,
): void => {
  const { best } = work;
  for (let index = 0; index < ruined.count; index += 1) {
    const stop = ruined.stops[index] as number;
    clearInsertion(best);
    considerNeighbours(model, state, work, stop, random);
    // Without disposal sites the time bounds refuse nearly all that has no schedule, so that looking everywhere is cheap; with
    // them it is the last resort, when every vehicle is out.
    if (model.disposals.length === 0 && isLost(best)) considerEverywhere(model, state, work, stop);
    considerAnotherVehicle(model, state, work, stop, random);
    if (isLost(best)) considerEverywhere(model, state, work, stop);
    place(model, state, work, stop, random);
  }
};
