import { type DisposalPlace, type Model, siteAt, UNREACHABLE } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';

/**
 * Whether a stop fits between two others for a vehicle that takes no break meanwhile and has no travel profile, which nearly all
 * do: what `fitsInTime` answers with clock and bounds, in local variables.
 */

type Times = { readonly labels: number; readonly time: Float64Array; readonly latest: Float64Array };

const NEVER = Number.POSITIVE_INFINITY;

/** When a vehicle that leaves a place at a time is done at the next; endless when it cannot be, or not before `before`. */
const doneAt = (model: Model, type: VehicleType, from: number, to: number, leaves: number, before: number): number => {
  const { first, opens, closes } = type.windows;
  const way = model.duration[from * model.placeCount + to] as number;
  if (way >= UNREACHABLE) return NEVER;
  let time = leaves + way * type.pace;
  let window = first[to] as number;
  const end = first[to + 1] as number;
  if (window < end) {
    while (window < end && time > (closes[window] as number)) window += 1;
    if (window === end) return NEVER;
    time = Math.max(time, opens[window] as number);
  }
  time += model.service[to] as number;
  return time > type.shiftTo || time >= before ? NEVER : time;
};

/** When a vehicle that is done behind `after` at a time is done with the stop, and with emptying beside it. */
const doneWith = (
  model: Model,
  type: VehicleType,
  from: number,
  stop: number,
  before: DisposalPlace | undefined,
  behind: DisposalPlace | undefined,
  leaves: number,
  due: number,
): number => {
  let done = leaves;
  let place = from;
  if (before !== undefined) {
    done = doneAt(model, type, place, before.place, done, due);
    place = before.place;
  }
  if (done < NEVER) done = doneAt(model, type, place, stop, done, due);
  return done < NEVER && behind !== undefined ? doneAt(model, type, stop, behind.place, done, due) : done;
};

/** Whether it is clear from going straight on that the stop fits, or does not; 'unclear' where a break may have to be taken on the way. */
export const fitsStraight = (
  model: Model,
  state: State,
  { labels, time, latest }: Times,
  type: VehicleType,
  stop: number,
  after: number,
  siteBefore: number,
  siteBehind: number,
): boolean | 'unclear' => {
  if (type.profile !== undefined || type.breaks.length > 1 || model.hasReleases) return 'unclear';
  const following = state.next[after] as number;
  const from = after < model.stopCount ? after : type.startPlace;
  const to = following < model.stopCount ? following : type.endPlace;
  const before = siteAt(model, siteBefore);
  const behind = siteAt(model, siteBehind);
  let isUnclear = false;
  for (let taken = 0; taken <= type.breaks.length; taken += 1) {
    const leaves = time[after * labels + taken] as number;
    if (leaves === NEVER) continue;
    const due = type.breaks[taken]?.from ?? NEVER;
    if (due !== NEVER) isUnclear = true;
    const done = doneWith(model, type, from, stop, before, behind, leaves, due);
    if (done === NEVER) continue;
    const way = model.duration[(behind?.place ?? stop) * model.placeCount + to] as number;
    if (way < UNREACHABLE && done <= (latest[following * labels + taken] as number) - way * type.pace) return true;
  }
  return isUnclear ? 'unclear' : false;
};
