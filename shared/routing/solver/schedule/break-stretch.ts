import type { DisposalPlace, Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { createGoing, goOn, loadGoing, saveGoing } from './going.ts';
import type { Timetable } from './timetable.ts';

/**
 * Stretches of a route while the window of a vehicle's only break is open: it may have been taken, or be taken later, and both are followed
 * side by side. Where taking it right on a leg could end sooner than having taken it before, the clock has to look.
 */

const NEVER = Number.POSITIVE_INFINITY;

const without = createGoing();
const withIt = createGoing();

/** Goes a leg both ways; false when the break may better be taken on it. Who cannot go it is `NEVER` done. */
const goBoth = (
  model: Model,
  type: VehicleType,
  pause: number,
  latest: number,
  seconds: number,
  to: number,
): boolean => {
  const soonestWithBreak = without.time + pause + seconds + (model.service[to] as number);
  if (withIt.time < NEVER && !goOn(withIt, model, type, seconds, to)) withIt.time = NEVER;
  if (soonestWithBreak < withIt.time) return false;
  if (without.time < NEVER && (!goOn(without, model, type, seconds, to) || without.time > latest)) without.time = NEVER;
  return true;
};

/**
 * Goes on from a node whose times are known, for a vehicle with one break, as long as it can be done there both before and after it; writes
 * the times of all nodes on the way and answers the last of them. Knows neither travel profiles nor releases.
 */
export const followBreakStretch = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  first: number,
): number => {
  const pause = type.breaks[0];
  if (timetable.labels !== 2 || pause === undefined) return first;
  const { away, fromSite } = timetable.legs;
  loadGoing(without, timetable, first, 0);
  loadGoing(withIt, timetable, first, 1);
  let node = first;
  while (without.time < NEVER && withIt.time < NEVER) {
    const site = state.siteAfter[node] as number;
    let seconds = away[node] as number;
    if (site >= 0) {
      const { place } = model.sites[site] as DisposalPlace;
      if (!goBoth(model, type, pause.seconds, pause.to, seconds, place)) return node;
      seconds = fromSite[node] as number;
    }
    const following = state.next[node] as number;
    if (following === sentinel || !goBoth(model, type, pause.seconds, pause.to, seconds, following)) return node;
    if (without.time === NEVER && withIt.time === NEVER) return node;
    node = following;
    saveGoing(without, timetable, node, 0);
    saveGoing(withIt, timetable, node, 1);
    timetable.owner[node] = sentinel - model.stopCount;
  }
  return node;
};
