import type { Model } from '../model/model.ts';
import type { Random } from '../random.ts';
import { admit, closeRoute, detach, detachString } from '../state/changes.ts';
import { isPinned, type State } from '../state/state.ts';
import { crossTails, mayCross } from './cross-tails.ts';
import type { Ruined } from './ruined.ts';

/**
 * Adjacent string removal: takes strings of neighbouring stops out of routes that run near one another, which opens room for
 * exchange in space and in capacity. Parameters and names after J. Christiaens and G. Vanden Berghe, "Slack Induction by String
 * Removals for Vehicle Routing Problems", Transportation Science 54 (2020) 417–433.
 */
const AVERAGE_REMOVED = 10;
const LONGEST_STRING = 10;
const SPLIT_RATE = 0.5;
/** How often one more stop is preserved inside a split string: the paper has 0.01. Long middles gave 0.61 % against 0.75 % (docs/optimizer.md). */
const SPLIT_DEPTH_RATE = 0.99;
/** How often routes that are longer than any string go on along each other's ends. */
const CROSSING_RATE = 0.5;
/** Stops that are left out and get another chance in each step: so many near the ruin, or fewer from anywhere. */
const MOST_ADMITTED = 8;
const ADMITTED_ANYWHERE = 2;
/** How often a ruin is at one of those. */
const SEED_AT_ABSENT_RATE = 0.5;

const isFirstOfRoute = (model: Model, state: State, stop: number): boolean =>
  (state.prev[stop] as number) >= model.stopCount;

/** Fills `window` with `length` consecutive stops of the seed's route that include the seed. */
const chooseWindow = (
  model: Model,
  state: State,
  ruined: Ruined,
  seed: number,
  length: number,
  random: Random,
): void => {
  let first = seed;
  for (let back = Math.floor(random() * length); back > 0 && !isFirstOfRoute(model, state, first); back -= 1) {
    first = state.prev[first] as number;
  }
  let available = 0;
  for (let stop = first; available < length && stop < model.stopCount; stop = state.next[stop] as number) {
    available += 1;
  }
  for (; available < length && !isFirstOfRoute(model, state, first); available += 1) {
    first = state.prev[first] as number;
  }
  let stop = first;
  for (let index = 0; index < available; index += 1) {
    ruined.window[index] = stop;
    stop = state.next[stop] as number;
  }
};

/** Takes the window's stops from one to before another out of their route, but for those whose place is settled. */
const takeOut = (model: Model, state: State, ruined: Ruined, from: number, to: number): void => {
  const { window, stops } = ruined;
  const isAtOnce = model.sites.length === 0 && !model.hasFixed;
  if (isAtOnce) detachString(model, state, window, from, to);
  for (let index = from; index < to; index += 1) {
    const stop = window[index] as number;
    if (!isAtOnce) {
      if (model.isFixed[stop] === 1) continue;
      detach(model, state, stop);
    }
    stops[ruined.count] = stop;
    ruined.count += 1;
  }
};

const removeString = (
  model: Model,
  state: State,
  ruined: Ruined,
  seed: number,
  longest: number,
  random: Random,
): void => {
  const route = state.routeOf[seed] as number;
  const size = state.size[route] as number;
  const length = Math.floor(1 + random() * Math.min(size, longest));
  let preserved = 0;
  if (length > 1 && length < size && random() < SPLIT_RATE) {
    preserved = 1;
    while (length + preserved < size && random() < SPLIT_DEPTH_RATE) preserved += 1;
  }
  chooseWindow(model, state, ruined, seed, length + preserved, random);
  const before = state.prev[ruined.window[0] as number] as number;
  const keepFrom = preserved > 0 ? 1 + Math.floor(random() * (length - 1)) : length + preserved;
  takeOut(model, state, ruined, 0, keepFrom);
  takeOut(model, state, ruined, keepFrom + preserved, length + preserved);
  if (state.size[route] === 0) {
    if (!isPinned(model, state, route)) closeRoute(state, route);
    return;
  }
  ruined.gaps[ruined.gapCount] = before;
  ruined.gapCount += 1;
  if (preserved > 0) {
    ruined.gaps[ruined.gapCount] = ruined.window[keepFrom + preserved - 1] as number;
    ruined.gapCount += 1;
  }
};

const admitOne = (model: Model, state: State, ruined: Ruined, stop: number): void => {
  admit(model, state, stop);
  ruined.stops[ruined.count] = stop;
  ruined.count += 1;
};

/** Absent stops near the seed come back: the room that is about to be made is there. */
const admitSome = (model: Model, state: State, ruined: Ruined, seed: number, random: Random): void => {
  if (state.absentCount === 0) return;
  if ((state.absentAt[seed] as number) >= 0) admitOne(model, state, ruined, seed);
  const row = seed * model.neighbourCount;
  for (let index = 0; index < model.neighbourCount; index += 1) {
    if (ruined.count >= MOST_ADMITTED || state.absentCount === 0) return;
    const stop = model.neighbours[row + index] as number;
    if ((state.absentAt[stop] as number) >= 0) admitOne(model, state, ruined, stop);
  }
  while (ruined.count < ADMITTED_ANYWHERE && state.absentCount > 0) {
    admitOne(model, state, ruined, state.absent[Math.floor(random() * state.absentCount)] as number);
  }
};

/** Where to ruin: anywhere, or where a stop that must be served is waiting for a place. */
const chooseSeed = (model: Model, state: State, random: Random): number => {
  if (state.absentCount > 0 && random() < SEED_AT_ABSENT_RATE) {
    const stop = state.absent[Math.floor(random() * state.absentCount)] as number;
    if (model.mustServe[stop] === 1) return stop;
  }
  return Math.floor(random() * model.stopCount);
};

const mayServe = (model: Model, state: State, route: number, stop: number): boolean =>
  model.types[state.typeOf[route] as number]?.serves[stop] === 1;

/**
 * Takes stops out of routes near a random seed stop into `ruined.stops`, together with some that were left out before.
 * Emptied routes are closed, and long ones may have exchanged their ends; the costs of the others are left to the caller to settle.
 */
export const ruin = (model: Model, state: State, ruined: Ruined, random: Random): void => {
  ruined.count = 0;
  ruined.gapCount = 0;
  const served = model.stopCount - state.absentCount;
  const averageSize = served / Math.max(1, state.openCount);
  const longest = Math.max(1, Math.min(LONGEST_STRING, averageSize));
  const mostStrings = (4 * AVERAGE_REMOVED) / (1 + longest) - 1;
  let strings = Math.floor(1 + random() * mostStrings);
  const seed = chooseSeed(model, state, random);
  let isWaiting = (state.absentAt[seed] as number) >= 0;
  admitSome(model, state, ruined, seed, random);
  const row = seed * model.neighbourCount;
  for (let index = -1; index < model.neighbourCount && strings > 0; index += 1) {
    const stop = index < 0 ? seed : (model.neighbours[row + index] as number);
    const route = state.routeOf[stop] as number;
    if (route < 0 || state.isTouched[route] === 1) continue;
    // A stop that waits needs room in a route that may take it.
    if (isWaiting && !mayServe(model, state, route, seed)) continue;
    isWaiting = false;
    removeString(model, state, ruined, stop, longest, random);
    strings -= 1;
  }
  if (averageSize > LONGEST_STRING && mayCross(model) && random() < CROSSING_RATE) {
    crossTails(model, state, ruined, random);
  }
};
