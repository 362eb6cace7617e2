import { anneal, type Cooling, meanLegCost, temperatureAt } from './anneal.ts';
import { countStep, type Progress } from './budget.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import { dissolveRoute, easiestRoute, owed } from './reduce-fleet.ts';
import { restore } from './restore.ts';
import type { Ruined } from './ruin/ruined.ts';
import { type Search, tryStep } from './search.ts';
import { type Keepsake, keep } from './snapshot.ts';
import { admit } from './state/changes.ts';
import { commit } from './state/journal.ts';
import type { State } from './state/state.ts';
import { hasTimeForWaiting, hasTimeWithout } from './time-for-fewer.ts';

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
/**
 * A squeezed solution may cost so much more than the best one: it has yet to cool. Otherwise, and where the last route was dissolved in
 * vain and more had to be opened for its stops, annealing goes on where the best was found.
 */
const SQUEEZED_SLACK = 1.02;
/** So much of the budget goes by until it is asked again whether there is time for one route less. */
const BETWEEN_LOOKS = 0.01;

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

const setPrices = (model: Model, state: State, prices: Float64Array): void => {
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

/** What a squeeze goes by from one dissolved route to the next. */
type Squeeze = {
  cooling: Cooling;
  /** Where the last one ends, if few are waiting a little later. */
  readonly until: number;
  /** What leaving a stop out costs, and what it costs while it is squeezed: the more, the harder it has been to place. */
  readonly prices: Float64Array;
  readonly squeezed: Float64Array;
  readonly leg: number;
  /** How often there was too little time after all. */
  failures: number;
};

const heatAt = ({ cooling, leg }: Squeeze, progress: Progress): number =>
  temperatureAt(cooling, progress.fraction) / leg;

const lowerPrices = (model: Model, { prices, squeezed, leg }: Squeeze): void => {
  for (let stop = 0; stop < model.stopCount; stop += 1) {
    const price = prices[stop] as number;
    squeezed[stop] = model.mustServe[stop] === 1 ? Math.min(FIRST_PRICE * leg, price) : price;
  }
};

/** The route that is dissolved next; −1 where the others have no time for its stops yet, or there is no other. */
const nextRoute = (model: Model, state: State, search: Search, squeeze: Squeeze, progress: Progress): number => {
  const route = state.openCount < 2 ? -1 : easiestRoute(model, state, squeeze.squeezed);
  const heat = heatAt(squeeze, progress);
  return route >= 0 && hasTimeWithout(model, state, search, route, heat, squeeze.failures) ? route : -1;
};

/** Anneals until all stops of a dissolved route have found a place, or there is no hope; answers whether they have. */
const squeezeOut = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  squeeze: Squeeze,
  route: number,
): boolean => {
  const { cooling, until, leg, prices, squeezed } = squeeze;
  setPrices(model, state, squeezed);
  dissolveRoute(model, state, route);
  let fewest = owed(model, state);
  let end = endFor(fewest, progress.fraction, until);
  for (let step = 1; fewest > 0 && progress.fraction < end; step += 1) {
    if (step % STEPS_BETWEEN_RISES === 0) {
      raisePrices(model, state, HIGHEST_PRICE * leg);
      if (!hasTimeForWaiting(model, state, search, heatAt(squeeze, progress))) break;
    }
    countStep(progress);
    const limit = state.cost - temperatureAt(cooling, progress.fraction) * Math.log(random());
    if (!tryStep(model, state, search, ruined, random, limit)) continue;
    commit(state);
    const waiting = owed(model, state);
    if (waiting >= fewest) continue;
    fewest = waiting;
    end = endFor(fewest, progress.fraction, until);
  }
  squeezed.set(model.absencePenalty);
  setPrices(model, state, prices);
  return fewest === 0;
};

/**
 * What to go on from after a squeeze in vain: the state where what was waiting has places again in as many vehicles as before, for not
 * much more; otherwise the best solution, as warm as when that was found.
 */
const afterFailure = (
  model: Model,
  state: State,
  search: Search,
  progress: Progress,
  squeeze: Squeeze,
  foundAt: number,
  best: Keepsake,
): State => {
  squeeze.failures += 1;
  lowerPrices(model, squeeze);
  state.mostOpen = model.routeSlots;
  const isAsGood = state.openCount <= best.openCount && state.cost <= best.cost * SQUEEZED_SLACK;
  if (owed(model, state) === 0 && isAsGood) return state;
  const { cooling } = squeeze;
  squeeze.cooling = { ...cooling, hottest: temperatureAt(cooling, foundAt), from: progress.fraction };
  return restore(model, search, best);
};

/** A state to anneal on from, and how. */
export type Squeezed = { readonly state: State; readonly cooling: Cooling };

/**
 * Anneals as far as a progress, or a little further, and dissolves one route after the other whenever nothing is waiting and the other
 * vehicles may have the time, which they win as the solution cools. The state must serve all that must be served; solutions that do so
 * end up in `best`. Answers where to go on.
 */
export const squeezeFleet = (
  model: Model,
  from: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  cooling: Cooling,
  until: number,
  best: Keepsake,
): Squeezed => {
  let state = from;
  const lastStart = progress.fraction + LAST_START * (until - progress.fraction);
  const prices = model.absencePenalty.slice();
  const squeeze: Squeeze = {
    cooling,
    until,
    prices,
    squeezed: prices.slice(),
    leg: meanLegCost(model, state),
    failures: 0,
  };
  lowerPrices(model, squeeze);
  while (progress.fraction < lastStart) {
    if (state.cost < best.cost - 1e-7) keep(best, state);
    const route = nextRoute(model, state, search, squeeze, progress);
    const foundAt = progress.fraction;
    if (route < 0) {
      const soon = Math.min(lastStart, foundAt + BETWEEN_LOOKS);
      anneal(model, state, search, ruined, random, progress, squeeze.cooling, soon, best);
    } else if (!squeezeOut(model, state, search, ruined, random, progress, squeeze, route)) {
      serveWaiting(model, state, search, ruined, random);
      state = afterFailure(model, state, search, progress, squeeze, foundAt, best);
    }
  }
  state.mostOpen = model.routeSlots;
  if (state.cost < best.cost - 1e-7) keep(best, state);
  return { state, cooling: squeeze.cooling };
};
