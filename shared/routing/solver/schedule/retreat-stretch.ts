import { type DisposalPlace, type Model, UNREACHABLE } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { latestStart } from '../model/windows.ts';
import type { State } from '../state/state.ts';
import type { Bounds } from './bounds.ts';

/**
 * Latest arrivals along a route for a vehicle with at most one break and no travel profile, which nearly all are: what `retreat` and
 * `beforeService` do, in local variables.
 */

const NEVER = Number.NEGATIVE_INFINITY;

/** Whether that is what such a vehicle's bounds are made of. */
export const isBoundedPlainly = (type: VehicleType, labels: number): boolean =>
  type.profile === undefined && type.breaks.length === labels - 1 && labels <= 2;

/** Latest arrivals without the break and with it, or, in between, latest times to be done. */
const bound = { without: 0, withIt: 0 };

/** Turns latest arrivals somewhere into latest arrivals at a place so many seconds of driving before. */
const retreatTo = ({ service }: Model, { breaks, windows }: VehicleType, place: number, seconds: number): void => {
  const pause = breaks[0];
  const { without, withIt } = bound;
  const leaves = withIt - seconds;
  let latest = without - seconds;
  if (pause !== undefined) {
    const sooner = pause.from + pause.seconds;
    if (withIt >= sooner) latest = Math.max(latest, Math.min(pause.to, withIt - pause.seconds) - seconds);
    if (leaves >= sooner) latest = Math.max(latest, Math.min(pause.to, leaves - pause.seconds));
  }
  const busy = service[place] as number;
  const isOpenAlways = windows.first[place] === windows.first[place + 1];
  bound.without = isOpenAlways ? latest - busy : latestStart(windows, place, latest - busy);
  bound.withIt = isOpenAlways ? leaves - busy : latestStart(windows, place, leaves - busy);
};

const drive = ({ duration, placeCount }: Model, type: VehicleType, from: number, to: number): number => {
  const way = duration[from * placeCount + to] as number;
  return way >= UNREACHABLE ? Number.POSITIVE_INFINITY : way * type.pace;
};

/** Goes back from `last`, behind which `bounds` hold at `place`, to the route's start; writes the latest arrivals of all nodes on the way. */
export const retreatStretch = (
  model: Model,
  state: State,
  type: VehicleType,
  latest: Float64Array,
  labels: number,
  bounds: Bounds,
  last: number,
  behind: number,
): void => {
  bound.without = bounds[0] as number;
  bound.withIt = labels > 1 ? (bounds[1] as number) : NEVER;
  let place = behind;
  for (let stop = last; stop < model.stopCount; stop = state.prev[stop] as number) {
    const site = state.siteAfter[stop] as number;
    if (site >= 0) {
      const sitePlace = (model.sites[site] as DisposalPlace).place;
      retreatTo(model, type, sitePlace, drive(model, type, sitePlace, place));
      place = sitePlace;
    }
    retreatTo(model, type, stop, drive(model, type, stop, place));
    place = stop;
    latest[stop * labels] = bound.without;
    if (labels > 1) latest[stop * labels + 1] = bound.withIt;
  }
};
