import { meanLegCost } from './anneal.ts';
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
/** Cost may rise by so many legs' worth while stops are waiting for a place. */
const SLACK_IN_LEGS = 0.5;

/** A solution with a vehicle less may cost more by what so many such vehicles cost: annealing has yet to smooth it. */
const SLACK_IN_VEHICLES = 4;

type Absences = Float64Array;

/** Where a vehicle costs less than so many legs, annealing can weigh it like any other cost. */
const LEGS_WORTH_A_VEHICLE = 10;

/**
 * What vehicles cost beside what they drive: 'most' where they are all alike and one less is worth nearly any detour, 'some' where
 * one less pays for a few.
 */
export const worthOfVehicles = (model: Model, state: State): 'most' | 'some' | 'none' => {
  // Without a stop left there is no step to take, and no vehicle out that could be saved.
  if (state.openCount < 2 || model.stopCount === 0) return 'none';
  const free = model.types.filter((type) => !type.isPinned);
  const fixed = free[0]?.fixedCost ?? 0;
  let driven = 0;
  let fixedSum = 0;
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    const own = fixedCostOf(model, state, route);
    fixedSum += own;
    driven += (state.routeCost[route] as number) - own;
  }
  const areAlike = free.every((type) => type.fixedCost === fixed);
  if (areAlike && fixed > driven / state.openCount) return 'most';
  const isWorthLegs = fixedSum / state.openCount > LEGS_WORTH_A_VEHICLE * meanLegCost(model, state);
  return isWorthLegs && !model.capacityOnly ? 'some' : 'none';
};

const fixedCostOf = (model: Model, state: State, route: number): number =>
  model.types[state.typeOf[route] as number]?.fixedCost ?? 0;

const hardness = (model: Model, state: State, absences: Absences): number => {
  let sum = 0;
  for (let index = 0; index < state.absentCount; index += 1) {
    const stop = state.absent[index] as number;
    if (model.mustServe[stop] === 1) sum += absences[stop] as number;
  }
  return sum;
};

/** How many stops are left out that must be served. */
export const owed = (model: Model, state: State): number => {
  let count = 0;
  for (let index = 0; index < state.absentCount; index += 1)
    count += model.mustServe[state.absent[index] as number] as number;
  return count;
};

/** How many open routes' vehicles may serve a stop. */
const serversOf = (model: Model, state: State, stop: number): number => {
  let servers = 0;
  for (let index = 0; index < state.openCount; index += 1) {
    const type = model.types[state.typeOf[state.open[index] as number] as number];
    servers += type?.serves[stop] ?? 0;
  }
  return servers;
};

/** The route whose stops have been left out least often for the money it would save, that is not bound to be driven; −1 = none. */
export const easiestRoute = (model: Model, state: State, absences: Absences): number => {
  let easiest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    if (isPinned(model, state, route)) continue;
    let sum = 0;
    const sentinel = model.stopCount + route;
    for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
      // What few vehicles may serve is hard to give away.
      const rarity = state.openCount / Math.max(1, serversOf(model, state, stop));
      sum += (absences[stop] as number) * rarity * rarity;
    }
    const hardnessPerMoney = sum / Math.max(fixedCostOf(model, state, route), 1e-9);
    if (hardnessPerMoney >= least) continue;
    least = hardnessPerMoney;
    easiest = route;
  }
  return easiest;
};

/** Leaves all stops of a route out and takes its vehicle back; no other may be opened for it. */
export const dissolveRoute = (model: Model, state: State, route: number): void => {
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

/** How far a try may go: up to which progress, and how much of it may go by with no fewer stops left out. */
export type Patience = { readonly until: number; readonly idle: number };

/**
 * Tries to do with fewer vehicles. What must be served and is not comes first. `kept` is overwritten with each solution that
 * leaves nothing out and has a vehicle less, unless it costs much more. The state is left in any condition. Answers whether all that must be served was.
 */
export const reduceFleet = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  { until, idle }: Patience,
  kept: Keepsake,
): boolean => {
  const absences: Absences = new Float64Array(model.stopCount).fill(1);
  const slackPerStop = meanLegCost(model, state);
  const everywhere = model.sites.length === 0 ? 'last' : 'rarely';
  let servesAll = false;
  let lastAt = progress.fraction;
  let fewest = owed(model, state);
  let saved = 0;
  let cost = drivingCost(model, state);
  while (progress.fraction < until && progress.fraction < lastAt + idle) {
    const left = owed(model, state);
    if (left < fewest) {
      fewest = left;
      lastAt = progress.fraction;
    }
    if (left === 0) {
      servesAll = true;
      if (state.cost < kept.cost + SLACK_IN_VEHICLES * saved) keep(kept, state);
      const route = easiestRoute(model, state, absences);
      if (route < 0 || state.openCount < 2) break;
      saved = fixedCostOf(model, state, route);
      dissolveRoute(model, state, route);
      cost = drivingCost(model, state);
      fewest = owed(model, state);
      lastAt = progress.fraction;
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
  return servesAll;
};

/** What the routes cost, without the penalties of what they leave out. */
const drivingCost = (model: Model, state: State): number => {
  let penalties = 0;
  for (let index = 0; index < state.absentCount; index += 1) {
    penalties += model.absencePenalty[state.absent[index] as number] as number;
  }
  return state.cost - penalties;
};
