import type { DisposalPlace, Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { latestStart } from '../model/windows.ts';
import type { State } from '../state/state.ts';
import type { Bounds } from './bounds.ts';
import type { Legs } from './legs.ts';

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

/**
 * Goes back from `last`, behind which `bounds` hold, to the route's start; writes the latest arrivals of all nodes on the way. From `first`
 * on backward nothing stands otherwise than when `latest` was written, so that it ends at the first node there that has the same as then.
 */
export const retreatStretch = (
  model: Model,
  state: State,
  type: VehicleType,
  latest: Float64Array,
  labels: number,
  bounds: Bounds,
  legs: Legs,
  last: number,
  first: number,
): void => {
  bound.without = bounds[0] as number;
  bound.withIt = labels > 1 ? (bounds[1] as number) : NEVER;
  let isBeforeChanges = false;
  for (let stop = last; stop < model.stopCount; stop = state.prev[stop] as number) {
    const site = state.siteAfter[stop] as number;
    if (site >= 0) retreatTo(model, type, (model.sites[site] as DisposalPlace).place, legs.fromSite[stop] as number);
    retreatTo(model, type, stop, legs.away[stop] as number);
    const at = stop * labels;
    if (stop === first) isBeforeChanges = true;
    if (isBeforeChanges && latest[at] === bound.without && (labels === 1 || latest[at + 1] === bound.withIt)) return;
    latest[at] = bound.without;
    if (labels > 1) latest[at + 1] = bound.withIt;
  }
};
