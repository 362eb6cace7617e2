import { changeVehicles } from './change-vehicles.ts';
import { exchangeTrips } from './exchange-trips.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import { createDistanceSearch, measureReach } from './recreate/distance-search.ts';
import { orderRuined } from './recreate/order.ts';
import { costByDistance, recreateByDistance } from './recreate/recreate-by-distance.ts';
import { type Everywhere, recreateBySchedule } from './recreate/recreate-by-schedule.ts';
import { createScheduledSearch, type ScheduledSearch } from './recreate/scheduled-search.ts';
import { mendDisposals, replaceDisposals } from './recreate/settle-disposals.ts';
import { ruin } from './ruin/adjacent-strings.ts';
import type { Ruined } from './ruin/ruined.ts';
import { priceOrder, writeOrder } from './schedule/price-order.ts';
import { updateTimetable } from './schedule/timetable.ts';
import { closeRoute, detach, setRouteCost } from './state/changes.ts';
import { rollBack } from './state/journal.ts';
import { isPinned, type State } from './state/state.ts';

export type { Everywhere };

/** How whole routes are priced. */
export type Pricer = {
  /** Cost of the route's stops under a vehicle type, infinite when that cannot serve them, or plainly not for less than `most`. */
  readonly price: (state: State, route: number, type: number, most?: number) => number;
  /** Has a route empty elsewhere that cannot be driven as it stands; answers its cost, infinite when that does not help. */
  readonly mend: (state: State, route: number) => number;
};

/**
 * What construction and annealing need of a problem: how routes are priced and how stops come back. Two implementations, the
 * one that only adds arcs and the one that schedules; which one serves is the model's to say.
 */
export type Search = Pricer & {
  /** Brings what is known of a changed route up to date; answers its cost as it stands, infinite when it cannot be driven. */
  readonly settle: (state: State, route: number) => number;
  /** Brings what is known of a route up to date whose cost is known. */
  readonly refresh: (state: State, route: number) => void;
  /** Looks for something better within a changed route: other places to empty. Its cost is set by then. */
  readonly polish: (state: State, route: number) => void;
  /** Puts removed stops back; answers false when it gave up because the cost had reached the limit. */
  readonly recreate: (state: State, ruined: Ruined, random: Random, limit: number, everywhere: Everywhere) => boolean;
  /** Exchanges whole trips between two routes if that is cheap enough; answers whether it did. Only where there are trips. */
  readonly exchangeTrips: ((state: State, random: Random, limit: number) => boolean) | undefined;
  /** How long a route's vehicle is busy: its day without waiting. Undefined where nobody asks the clock. */
  readonly busySeconds: ((state: State, route: number) => number) | undefined;
  /** Whether looking for another vehicle takes about as long as a step. */
  readonly pricesDearly: boolean;
  /** Looks at the whole state: to be called now and then. */
  readonly takeStock: (state: State) => void;
};

const searchByDistance = (model: Model): Search => {
  const search = createDistanceSearch(model);
  const price = (state: State, route: number, type: number, most?: number): number =>
    costByDistance(model, state, route, type, most);
  const settle = (state: State, route: number): number => price(state, route, state.typeOf[route] as number);
  return {
    price,
    settle,
    refresh: () => undefined,
    mend: settle,
    polish: () => undefined,
    recreate: (state, ruined, random, limit) => recreateByDistance(model, state, ruined, search, random, limit),
    exchangeTrips: undefined,
    busySeconds: undefined,
    pricesDearly: false,
    takeStock: (state) => measureReach(model, state, search),
  };
};

const searchBySchedule = (model: Model): Search => {
  const search: ScheduledSearch = createScheduledSearch(model);
  return {
    price: (state, route, type, most) => {
      const length = writeOrder(model, state, search.pricing.evaluation, route, -1, -1);
      return priceOrder(search.pricing, type, length, false, most);
    },
    settle: (state, route) => updateTimetable(model, state, search.timetable, route),
    refresh: (state, route) => {
      updateTimetable(model, state, search.timetable, route);
    },
    mend: (state, route) => mendDisposals(model, state, search, route),
    polish: (state, route) => {
      if (model.sites.length > 0) replaceDisposals(model, state, search, route);
    },
    recreate: (state, ruined, random, limit, everywhere) =>
      recreateBySchedule(model, state, ruined, search, random, limit, everywhere),
    exchangeTrips:
      model.sites.length > 0 ? (state, random, limit) => exchangeTrips(model, state, search, random, limit) : undefined,
    busySeconds: (state, route) => {
      const { dayEnd, dayWaited } = search.timetable;
      const leavesFrom = model.types[state.typeOf[route] as number]?.leavesFrom ?? 0;
      return (dayEnd[route] as number) - (dayWaited[route] as number) - leavesFrom;
    },
    pricesDearly: model.sites.length > 0 && model.types.length > 1,
    takeStock: () => undefined,
  };
};

export const createSearch = (model: Model): Search =>
  model.capacityOnly ? searchByDistance(model) : searchBySchedule(model);

/** How often a step exchanges whole trips. */
const EXCHANGE_RATE = 0.02;

/** How often a step looks for other vehicles, where that means choosing disposal visits anew. */
const CHANGE_RATE = 0.2;

/** How often an accepted step has its routes polished: it takes as long as the step. */
const POLISH_RATE = 0.2;

/** Takes all stops out of a route but those whose place is settled. */
const dissolve = (model: Model, state: State, ruined: Ruined, route: number): void => {
  const sentinel = model.stopCount + route;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; ) {
    const following = state.next[stop] as number;
    if (model.isFixed[stop] === 0) {
      detach(model, state, stop);
      ruined.stops[ruined.count] = stop;
      ruined.count += 1;
    }
    stop = following;
  }
};

/**
 * Prices the routes that a ruin left shorter. A shorter route can be impossible where the triangle inequality does not hold or
 * a break has lost its place: all of its stops then count as removed.
 */
export const settleRuined = (model: Model, state: State, search: Search, ruined: Ruined): void => {
  for (let index = 0; index < state.touchedCount; index += 1) {
    const route = state.touched[index] as number;
    if ((state.openAt[route] as number) < 0) continue;
    let cost = search.settle(state, route);
    if (cost === Number.POSITIVE_INFINITY) cost = search.mend(state, route);
    if (cost === Number.POSITIVE_INFINITY) {
      dissolve(model, state, ruined, route);
      if (!isPinned(model, state, route)) {
        closeRoute(state, route);
        continue;
      }
      cost = search.mend(state, route);
    }
    setRouteCost(state, route, cost);
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

/** The first half of a step: takes stops out, prices what is left, and puts them into the order in which they come back. */
export const takeOut = (model: Model, state: State, search: Search, ruined: Ruined, random: Random): void => {
  ruin(model, state, ruined, random);
  settleRuined(model, state, search, ruined);
  orderRuined(model, ruined, random);
};

/**
 * One step: ruins, recreates, and gives vehicles and disposal visits another look; now and then it exchanges trips instead. Answers whether the cost came out below the
 * limit; if not, everything is as it was before.
 */
export const tryStep = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  limit: number,
): boolean => {
  if (search.exchangeTrips !== undefined && random() < EXCHANGE_RATE && search.exchangeTrips(state, random, limit)) {
    if (state.cost < limit) return true;
    rejectStep(model, state, search);
    return false;
  }
  takeOut(model, state, search, ruined, random);
  if (search.recreate(state, ruined, random, limit, 'rarely')) {
    if (!search.pricesDearly || random() < CHANGE_RATE) changeVehicles(model, state, search);
    if (state.cost < limit) {
      if (random() < POLISH_RATE) polishTouched(state, search);
      return true;
    }
  }
  rejectStep(model, state, search);
  return false;
};

const polishTouched = (state: State, search: Search): void => {
  for (let index = 0; index < state.touchedCount; index += 1) {
    const route = state.touched[index] as number;
    if ((state.openAt[route] as number) >= 0) search.polish(state, route);
  }
};
