import type { Model } from './model/model.ts';
import type { VehicleType } from './model/vehicle-type.ts';
import { owed } from './reduce-fleet.ts';
import type { Search } from './search.ts';
import type { State } from './state/state.ts';

/**
 * By how much days shrink, as a share of them, for each mean leg of heat that is yet to be cooled: 3 to 4 % in cities
 * (docs/optimizer.md). What is hotter than a leg tells no more of how they will end.
 */
const SHRINKS_PER_LEG = 0.035;
const TELLING_HEAT = 1;
/**
 * A try that has begun goes on until so much more time is missing, and the next one waits until so much more is left: what waits is
 * work of a guessed length.
 */
const DOUBT = 0.015;

const typeOf = (model: Model, state: State, route: number): VehicleType =>
  model.types[state.typeOf[route] as number] as VehicleType;

const longestDay = ({ shiftTo, leavesFrom, maxDuty }: VehicleType): number => Math.min(shiftTo - leavesFrom, maxDuty);

const breakSeconds = ({ breaks }: VehicleType): number => breaks.reduce((sum, { seconds }) => sum + seconds, 0);

/**
 * Whether the days of all vehicles but one of `route` could hold what all are busy with, waiting left out, once the solution has
 * cooled from a heat (in mean legs), with so much more to spare for each time that was not enough. Says nothing of windows and loads.
 */
export const hasTimeWithout = (
  model: Model,
  state: State,
  search: Search,
  route: number,
  heat: number,
  failures: number,
): boolean => {
  if (search.busySeconds === undefined) return true;
  const spared = typeOf(model, state, route);
  let busy = -breakSeconds(spared);
  let available = -longestDay(spared);
  for (let index = 0; index < state.openCount; index += 1) {
    const open = state.open[index] as number;
    busy += search.busySeconds(state, open);
    available += longestDay(typeOf(model, state, open));
  }
  return isEnough(busy, available * (1 - DOUBT * failures), heat);
};

const isEnough = (busy: number, available: number, heat: number): boolean =>
  !(busy > available * (1 + SHRINKS_PER_LEG * Math.min(heat, TELLING_HEAT)));

/** Much the same for the vehicles that are out and the stops that wait, each taken to be as much work as one that is served. */
export const hasTimeForWaiting = (model: Model, state: State, search: Search, heat: number): boolean => {
  if (search.busySeconds === undefined) return true;
  let busy = 0;
  let available = 0;
  for (let index = 0; index < state.openCount; index += 1) {
    const open = state.open[index] as number;
    busy += search.busySeconds(state, open);
    available += longestDay(typeOf(model, state, open));
  }
  const waiting = owed(model, state);
  const served = model.stopCount - state.absentCount;
  return isEnough(busy * (1 + waiting / Math.max(1, served)), available * (1 + DOUBT), heat);
};
