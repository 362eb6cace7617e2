import { countStep, type Progress } from './budget.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import type { Ruined } from './ruin/ruined.ts';
import { rejectStep, type Search, takeOut } from './search.ts';
import { type Keepsake, keep } from './snapshot.ts';
import { closeRoute, detach, leaveOut } from './state/changes.ts';
import { commit } from './state/journal.ts';
import { isPinned, type State } from './state/state.ts';

/**
 * Fewer vehicles, where a vehicle costs more than what it drives: one route at a time is dissolved, no other may be opened for
 * it, and ruin and recreate go on until all its stops have found a place. Steps are compared by how hard the stops are to place
 * that they leave out: how often each has been left out before (Christiaens and Vanden Berghe 2020, section 4.3).
 */
const MOST_OF_THE_BUDGET = 0.35;
/** It gives up when so much of the whole budget has gone by without a vehicle saved. */
const PATIENCE = 0.12;
/** Cost may rise by so many legs' worth while stops are waiting for a place. */
const SLACK_IN_LEGS = 0.5;

type Absences = Float64Array;

/** Whether vehicles, all alike in that, cost so much that one less is worth nearly any detour. */
export const paysToSaveVehicles = (model: Model, state: State): boolean => {
  const free = model.types.filter((type) => !type.isPinned);
  const fixed = free[0]?.fixedCost ?? 0;
  if (free.some((type) => type.fixedCost !== fixed)) return false;
  let driven = 0;
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    driven += (state.routeCost[route] as number) - (model.types[state.typeOf[route] as number]?.fixedCost ?? 0);
  }
  return state.openCount > 1 && fixed > driven / state.openCount;
};

const hardness = (model: Model, state: State, absences: Absences): number => {
  let sum = 0;
  for (let index = 0; index < state.absentCount; index += 1) {
    const stop = state.absent[index] as number;
    if (model.mustServe[stop] === 1) sum += absences[stop] as number;
  }
  return sum;
};

/** How many stops are left out that must be served. */
const owed = (model: Model, state: State): number => {
  let count = 0;
  for (let index = 0; index < state.absentCount; index += 1)
    count += model.mustServe[state.absent[index] as number] as number;
  return count;
};

/** The route whose stops have been left out least often, that is not bound to be driven; −1 = none. */
const easiestRoute = (model: Model, state: State, absences: Absences): number => {
  let easiest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if (isPinned(model, state, route)) continue;
    let sum = 0;
    const sentinel = model.stopCount + route;
    for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
      sum += absences[stop] as number;
    }
    if (sum >= least) continue;
    least = sum;
    easiest = route;
  }
  return easiest;
};

const dissolve = (model: Model, state: State, route: number): void => {
  const sentinel = model.stopCount + route;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[sentinel] as number) {
    detach(model, state, stop);
    leaveOut(model, state, stop);
  }
  closeRoute(state, route);
  state.mostOpen = state.openCount;
  commit(state);
};

const countAbsent = (state: State, absences: Absences): void => {
  for (let index = 0; index < state.absentCount; index += 1) {
    const stop = state.absent[index] as number;
    absences[stop] = (absences[stop] as number) + 1;
  }
};

/**
 * Tries to do with fewer vehicles for part of the budget. `best` is overwritten with each solution that serves as much as the
 * first with a vehicle less; the state is left in any condition.
 */
export const reduceFleet = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  slackPerStop: number,
  best: Keepsake,
): void => {
  const absences: Absences = new Float64Array(model.stopCount).fill(1);
  const leftOut = owed(model, state);
  const everywhere = model.sites.length === 0 ? 'last' : 'rarely';
  const from = progress.fraction;
  let savedAt = from;
  let cost = state.cost;
  const until = Math.min(1, from + MOST_OF_THE_BUDGET);
  while (progress.fraction < until && progress.fraction < savedAt + PATIENCE) {
    if (owed(model, state) <= leftOut) {
      if (state.cost < best.cost) keep(best, state);
      const route = easiestRoute(model, state, absences);
      if (route < 0 || state.openCount < 2) return;
      dissolve(model, state, route);
      cost = drivingCost(model, state);
      savedAt = progress.fraction;
    }
    countStep(progress);
    const before = hardness(model, state, absences);
    takeOut(model, state, search, ruined, random);
    search.recreate(state, ruined, random, Number.POSITIVE_INFINITY, everywhere);
    const after = hardness(model, state, absences);
    countAbsent(state, absences);
    const driven = drivingCost(model, state);
    const isBetter =
      after < before || (after <= before && driven < cost - slackPerStop * SLACK_IN_LEGS * Math.log(random()));
    if (!isBetter) {
      rejectStep(model, state, search);
      continue;
    }
    cost = driven;
    commit(state);
  }
};

/** What the routes cost, without the penalties of what they leave out. */
const drivingCost = (model: Model, state: State): number => {
  let penalties = 0;
  for (let index = 0; index < state.absentCount; index += 1) {
    penalties += model.absencePenalty[state.absent[index] as number] as number;
  }
  return state.cost - penalties;
};
