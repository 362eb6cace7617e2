import { type Cooling, meanLegCost, temperatureAt } from './anneal.ts';
import { countStep, type Progress } from './budget.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import { dissolveRoute, easiestRoute, owed } from './reduce-fleet.ts';
import type { Ruined } from './ruin/ruined.ts';
import { type Search, tryStep } from './search.ts';
import { type Keepsake, keep } from './snapshot.ts';
import { admit } from './state/changes.ts';
import { commit } from './state/journal.ts';
import type { State } from './state/state.ts';

/**
 * Fewer vehicles while the annealing goes on: a route is dissolved, and what must be served may stay out for a price that rises
 * as long as it does, so that waiting stops take whatever time ruin and recreate win (after the penalty counters of Y. Nagata
 * and O. Bräysy, "A powerful route minimization heuristic for the vehicle routing problem with time windows", Operations Research
 * Letters 37 (2009) 333–338). What is still waiting at the end gets vehicles again.
 */

/** What staying out costs at first, in mean legs. */
const FIRST_PRICE = 2;
/** How fast that rises for the waiting, how often, and how far. */
const RISE = 1.05;
const STEPS_BETWEEN_RISES = 128;
const HIGHEST_PRICE = 50 * FIRST_PRICE;
/** No route is dissolved behind this share of the way. */
const LAST_START = 0.8;
/** With so few waiting it goes on for so much more of the budget. */
const FEW_WAITING = 5;
const OVERTIME = 0.15;
/** How much of the budget may go by with no fewer stops waiting: less where so many wait that there is little hope. */
const IDLE = 0.15;
const MANY_WAITING = 20;
const IDLE_WITH_MANY = 0.07;

const setPrice = (model: Model, state: State, stop: number, price: number): void => {
  if ((state.absentAt[stop] as number) >= 0) state.cost += price - (model.absencePenalty[stop] as number);
  model.absencePenalty[stop] = price;
};

const raisePrices = (model: Model, state: State, highest: number): void => {
  for (let index = 0; index < state.absentCount; index += 1) {
    const stop = state.absent[index] as number;
    const price = model.absencePenalty[stop] as number;
    if (model.mustServe[stop] === 1 && price < highest) setPrice(model, state, stop, Math.min(highest, price * RISE));
  }
  commit(state);
};

const lowerPrices = (model: Model, state: State, first: number): void => {
  for (let stop = 0; stop < model.stopCount; stop += 1) {
    if (model.mustServe[stop] === 1) {
      setPrice(model, state, stop, Math.min(first, model.absencePenalty[stop] as number));
    }
  }
  commit(state);
};

const restorePrices = (model: Model, state: State, prices: Float64Array): void => {
  for (let stop = 0; stop < model.stopCount; stop += 1) setPrice(model, state, stop, prices[stop] as number);
  commit(state);
};

/** Puts what is waiting into routes again, in as many vehicles as that takes. */
const serveWaiting = (model: Model, state: State, search: Search, ruined: Ruined, random: Random): void => {
  state.mostOpen = model.routeSlots;
  ruined.count = 0;
  while (state.absentCount > 0) {
    const stop = state.absent[state.absentCount - 1] as number;
    admit(model, state, stop);
    ruined.stops[ruined.count] = stop;
    ruined.count += 1;
  }
  search.recreate(state, ruined, random, Number.POSITIVE_INFINITY, 'first');
  commit(state);
};

/** How far a squeeze goes on from here unless fewer stops come to wait: further where few are left, less far where many are. */
const endFor = (fewest: number, progress: number, until: number): number =>
  Math.min(
    fewest <= FEW_WAITING ? until + OVERTIME : until,
    progress + (fewest > MANY_WAITING ? IDLE_WITH_MANY : IDLE),
  );

/** Keeps a solution in which nothing waits, and leaves the stops of its easiest route waiting; how many those are, 0 for no more. */
const dissolveNext = (model: Model, state: State, best: Keepsake): number => {
  if (state.cost < best.cost - 1e-7) keep(best, state);
  const route = state.openCount < 2 ? -1 : easiestRoute(model, state, model.absencePenalty);
  if (route < 0) return 0;
  dissolveRoute(model, state, route);
  return owed(model, state);
};

/**
 * Anneals as far as a progress, or a little further, with one route dissolved after the other whenever nothing is waiting. The
 * state must serve all that must be served; solutions that do so again end up in `best`, and are what `state` has come to where
 * there is room for all that is waiting by then. Answers the progress at which the last route was dissolved: what is in `best` by then is
 * as warm as that.
 */
export const squeezeFleet = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  cooling: Cooling,
  until: number,
  best: Keepsake,
): number => {
  let foundAt = progress.fraction;
  const lastStart = progress.fraction + LAST_START * (until - progress.fraction);
  const prices = model.absencePenalty.slice();
  const leg = meanLegCost(model, state);
  lowerPrices(model, state, FIRST_PRICE * leg);
  let fewest = dissolveNext(model, state, best);
  let end = fewest === 0 ? 0 : endFor(fewest, progress.fraction, until);
  for (let step = 1; progress.fraction < end; step += 1) {
    if (step % STEPS_BETWEEN_RISES === 0) raisePrices(model, state, HIGHEST_PRICE * leg);
    countStep(progress);
    const temperature = temperatureAt(cooling, progress.fraction);
    const limit = state.cost - temperature * Math.log(random());
    if (!tryStep(model, state, search, ruined, random, limit)) continue;
    commit(state);
    const waiting = owed(model, state);
    if (waiting >= fewest) continue;
    fewest = waiting;
    if (waiting === 0 && progress.fraction < lastStart) {
      foundAt = progress.fraction;
      fewest = dissolveNext(model, state, best);
    }
    if (fewest === 0) break;
    end = endFor(fewest, progress.fraction, until);
  }
  restorePrices(model, state, prices);
  serveWaiting(model, state, search, ruined, random);
  return foundAt;
};
