import { evaluateRoute } from './evaluate-route.ts';
import { createEvaluation, type Evaluation } from './evaluation.ts';
import type { Model } from './model.ts';
import type { Random } from './random.ts';
import { costByDistance, recreateByDistance } from './recreate-by-distance.ts';
import {
  createScheduledRecreation,
  recreateBySchedule,
  type ScheduledRecreation,
  writeSequence,
} from './recreate-by-schedule.ts';
import type { Ruined } from './ruin.ts';
import { closeRoute, detach, rollBack, type State, setRouteCost } from './state.ts';
import { createTimeBounds, type TimeBounds, updateTimeBounds } from './time-bounds.ts';

/**
 * What construction and annealing need of a problem: how routes are priced and how stops come back. Two implementations, the
 * one that only adds arcs and the one that schedules; which one serves is the model's to say.
 */
export type Search = {
  /** Cost of the route as it stands under a vehicle type, infinite when that cannot serve it. */
  readonly price: (state: State, route: number, type: number) => number;
  readonly recreate: (state: State, ruined: Ruined, random: Random) => void;
  /** Brings what is known of a changed route up to date. */
  readonly refresh: (state: State, route: number) => void;
};

const searchByDistance = (model: Model): Search => ({
  price: (state, route, type) => {
    const vehicle = model.types[type];
    if (vehicle === undefined) return Number.POSITIVE_INFINITY;
    const fits =
      (state.litres[route] as number) <= Math.min(vehicle.litres, vehicle.maxLitres) &&
      (state.kg[route] as number) <= vehicle.kg;
    return fits ? costByDistance(model, state, route, type) : Number.POSITIVE_INFINITY;
  },
  recreate: (state, ruined, random) => recreateByDistance(model, state, ruined, random),
  refresh: () => undefined,
});

const searchBySchedule = (model: Model): Search => {
  const evaluation: Evaluation = createEvaluation(model);
  const bounds: TimeBounds = createTimeBounds(model);
  const work: ScheduledRecreation = createScheduledRecreation(evaluation, bounds);
  return {
    price: (state, route, type) => {
      const vehicle = model.types[type];
      if (vehicle === undefined) return Number.POSITIVE_INFINITY;
      const length = writeSequence(model, state, evaluation, route, -1, -1);
      return evaluateRoute(evaluation, vehicle, length);
    },
    recreate: (state, ruined, random) => recreateBySchedule(model, state, ruined, work, random),
    refresh: (state, route) => updateTimeBounds(model, state, bounds, route),
  };
};

export const createSearch = (model: Model): Search =>
  model.capacityOnly ? searchByDistance(model) : searchBySchedule(model);

const dissolve = (model: Model, state: State, ruined: Ruined, route: number): void => {
  const sentinel = model.stopCount + route;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[sentinel] as number) {
    detach(model, state, stop);
    ruined.stops[ruined.count] = stop;
    ruined.count += 1;
  }
  closeRoute(state, route);
};

/**
 * Prices the routes that a ruin left shorter. A shorter route can be impossible where the triangle inequality does not hold or
 * a break has lost its place: all of its stops then count as removed.
 */
export const settleRuined = (model: Model, state: State, search: Search, ruined: Ruined): void => {
  for (let index = 0; index < state.touchedCount; index += 1) {
    const route = state.touched[index] as number;
    if ((state.openAt[route] as number) < 0) continue;
    const cost = search.price(state, route, state.typeOf[route] as number);
    if (cost === Number.POSITIVE_INFINITY) {
      dissolve(model, state, ruined, route);
      continue;
    }
    setRouteCost(state, route, cost);
    search.refresh(state, route);
  }
};

/** Undoes everything since the last commit, in the state and in what the search knows of it. */
export const rejectStep = (model: Model, state: State, search: Search): void => {
  const touched = state.touchedCount;
  rollBack(model, state);
  for (let index = 0; index < touched; index += 1) {
    const route = state.touched[index] as number;
    if ((state.openAt[route] as number) >= 0) search.refresh(state, route);
  }
};
