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
  const { duration, placeCount, service, sites, stopCount, windows } = model;
  const pause = type.breaks[0];
  const from = pause?.from ?? 0;
  const to = pause?.to ?? 0;
  const seconds = pause?.seconds ?? 0;
  const sooner = from + seconds;
  let without = bounds[0] as number;
  let withIt = pause === undefined ? NEVER : (bounds[1] as number);
  let place = behind;
  for (let stop = last; stop < stopCount; stop = state.prev[stop] as number) {
    let site = state.siteAfter[stop] as number;
    for (;;) {
      const at = site < 0 ? stop : (sites[site] as DisposalPlace).place;
      const way = duration[at * placeCount + place] as number;
      const drive = way >= UNREACHABLE ? Number.POSITIVE_INFINITY : way * type.pace;
      const leaves = withIt - drive;
      without -= drive;
      if (withIt >= sooner) without = Math.max(without, Math.min(to, withIt - seconds) - drive);
      if (leaves >= sooner) without = Math.max(without, Math.min(to, leaves - seconds));
      withIt = leaves;
      const busy = service[at] as number;
      without -= busy;
      withIt -= busy;
      if (windows.first[at] !== windows.first[at + 1]) {
        without = latestStart(windows, at, without);
        withIt = latestStart(windows, at, withIt);
      }
      place = at;
      if (site < 0) break;
      site = -1;
    }
    latest[stop * labels] = without;
    if (labels > 1) latest[stop * labels + 1] = withIt;
  }
};
