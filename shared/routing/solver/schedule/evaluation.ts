import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { advance, type Clock, createClock, createDayEnd, type DayEnd, endDay } from './clock.ts';

/**
 * Memory for trying orders of visits that stand in no route yet. `stops[1 … length]` are visited in turn, from wherever the
 * clock stands, which is position 0; `sites[i]` is where the vehicle empties after position i, −1 for not at all.
 */
export type Evaluation = {
  readonly model: Model;
  readonly clock: Clock;
  readonly end: DayEnd;
  readonly stops: Int32Array;
  readonly sites: Int32Array;
};

export const createEvaluation = (model: Model): Evaluation => ({
  model,
  clock: createClock(model),
  end: createDayEnd(),
  stops: new Int32Array(model.stopCount + 2),
  sites: new Int32Array(model.stopCount + 2),
});

const releaseOfTrip = ({ model, stops, sites }: Evaluation, first: number, length: number): number => {
  let release = 0;
  if (!model.hasReleases) return release;
  for (let at = first; at <= length; at += 1) {
    release = Math.max(release, model.release[stops[at] as number] as number);
    if ((sites[at] as number) >= 0) break;
  }
  return release;
};

/**
 * Drives through the order from a place, the clock having been set by the caller. `startsTrip` says that the vehicle stands at
 * the beginning of a trip, which it may have to hold back for stops that are not released yet. Answers what the day's time then
 * costs; infinite when it cannot be driven. Loads and metres are the caller's to look after.
 */
export const walk = (
  evaluation: Evaluation,
  type: VehicleType,
  from: number,
  length: number,
  startsTrip: boolean,
): number => {
  const { model, clock, stops, sites, end } = evaluation;
  let place = from;
  for (let at = 0; at <= length; at += 1) {
    if (at > 0) {
      const stop = stops[at] as number;
      const beginsTrip = (sites[at - 1] as number) >= 0 || (at === 1 && startsTrip);
      const leaveAt = beginsTrip ? releaseOfTrip(evaluation, at, length) : 0;
      if (advance(model, type, clock, place, stop, leaveAt) === Number.POSITIVE_INFINITY)
        return Number.POSITIVE_INFINITY;
      place = stop;
    }
    const site = siteAt(model, sites[at] as number);
    if (site === undefined) continue;
    if (advance(model, type, clock, place, site.place, 0) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    place = site.place;
  }
  endDay(model, type, clock, place, end);
  return end.cost;
};
