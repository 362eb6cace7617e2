import { type Model, siteAt, TOLERANCE } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';

/** How much time a route has between two visits, at most: what asks for more needs no look at windows and breaks. */

type Times = { readonly labels: number; readonly time: Float64Array; readonly latest: Float64Array };

/** Seconds from being done at a node until the next visit must begin, without breaks that fall in between. */
const roomBehind = ({ labels, time, latest }: Times, type: VehicleType, node: number, following: number): number => {
  let widest = Number.NEGATIVE_INFINITY;
  for (let taken = 0; taken < labels; taken += 1) {
    let gone = time[node * labels + taken] as number;
    for (let then = taken; then < labels && gone < Number.POSITIVE_INFINITY; then += 1) {
      const room = (latest[following * labels + then] as number) - gone;
      if (room > widest) widest = room;
      gone += type.breaks[then]?.seconds ?? 0;
    }
  }
  return widest + TOLERANCE;
};

/** Whether there is room for a stop behind `after` if nothing but driving and service takes time. */
export const hasRoomFor = (
  model: Model,
  state: State,
  times: Times,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): boolean => {
  if (type.profile !== undefined) return true;
  const { placeCount, duration, service } = model;
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const before = siteAt(model, siteBefore);
  const behind = siteAt(model, siteBehind);
  let left = roomBehind(times, type, after, following) - (service[stop] as number);
  if (behind === undefined) left -= type.pace * (duration[stop * placeCount + to] as number);
  else {
    const { place } = behind;
    const ways = (duration[stop * placeCount + place] as number) + (duration[place * placeCount + to] as number);
    left -= type.pace * ways + (service[place] as number);
  }
  if (left < 0) return false;
  if (before === undefined) return type.pace * (duration[from * placeCount + stop] as number) <= left;
  const { place } = before;
  const ways = (duration[from * placeCount + place] as number) + (duration[place * placeCount + stop] as number);
  return type.pace * ways + (service[place] as number) <= left;
};
