import type { DisposalPlace, Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { createGoing, goOn, loadGoing, saveGoing } from './going.ts';
import type { Timetable } from './timetable.ts';

/**
 * Stretches of a route on which no break has to be thought of: one number of breaks is possible, and none is left to take, or the
 * window of the last opens later. Most of a day is such; there a leg is a few sums in local variables.
 */

const NEVER = Number.POSITIVE_INFINITY;

/** The only number of breaks that is possible and leads on straight; −1 when there is more to think of. */
const onlyLabel = (timetable: Timetable, type: VehicleType, node: number): number => {
  const { labels, time } = timetable;
  let only = -1;
  for (let taken = 0; taken < labels; taken += 1) {
    if ((time[node * labels + taken] as number) === NEVER) continue;
    if (only >= 0) return -1;
    only = taken;
  }
  return only < type.breaks.length - 1 ? -1 : only;
};

const now = createGoing();

const save = (timetable: Timetable, node: number, taken: number): void => {
  const { labels, time } = timetable;
  for (let label = 0; label < labels; label += 1) time[node * labels + label] = NEVER;
  saveGoing(now, timetable, node, taken);
};

/**
 * Goes on from a node whose times are known as far as that is straight, and writes the times of all nodes on the way. Answers the
 * last of them: behind it, breaks have to be thought of, or the route ends, or cannot be driven. Knows neither travel profiles nor releases.
 */
export const followStretch = (
  model: Model,
  state: State,
  timetable: Timetable,
  type: VehicleType,
  sentinel: number,
  first: number,
): number => {
  const taken = onlyLabel(timetable, type, first);
  if (taken < 0) return first;
  const before = type.breaks[taken]?.from ?? NEVER;
  const { away, fromSite } = timetable.legs;
  loadGoing(now, timetable, first, taken);
  let node = first;
  for (;;) {
    const site = state.siteAfter[node] as number;
    let seconds = away[node] as number;
    if (site >= 0) {
      const { place } = model.sites[site] as DisposalPlace;
      if (!goOn(now, model, type, seconds, place) || now.time >= before) return node;
      seconds = fromSite[node] as number;
    }
    const following = state.next[node] as number;
    if (following === sentinel || !goOn(now, model, type, seconds, following) || now.time >= before) return node;
    node = following;
    save(timetable, node, taken);
    timetable.owner[node] = sentinel - model.stopCount;
  }
};
