import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';

/**
 * A vehicle as it goes, with so many breaks taken and none on the way: what the timetable keeps of it at a node, in one record. Knows
 * neither travel profiles nor releases.
 */
export type Going = { time: number; waited: number; slack: number; driving: number };

export const createGoing = (): Going => ({ time: 0, waited: 0, slack: 0, driving: 0 });

/** By node and number of breaks taken, `labels` of them a node. */
type Times = {
  readonly labels: number;
  readonly time: Float64Array;
  readonly waited: Float64Array;
  readonly slack: Float64Array;
  readonly driving: Float64Array;
};

const NEVER = Number.POSITIVE_INFINITY;

export const loadGoing = (going: Going, times: Times, node: number, taken: number): void => {
  const at = node * times.labels + taken;
  going.time = times.time[at] as number;
  going.waited = times.waited[at] as number;
  going.slack = times.slack[at] as number;
  going.driving = times.driving[at] as number;
};

export const saveGoing = (going: Going, times: Times, node: number, taken: number): void => {
  const at = node * times.labels + taken;
  times.time[at] = going.time;
  times.waited[at] = going.waited;
  times.slack[at] = going.slack;
  times.driving[at] = going.driving;
};

/** Waits for the first window of a place that has not closed; false when all have. */
const enter = (going: Going, { windows }: VehicleType, place: number): boolean => {
  let window = windows.first[place] as number;
  const end = windows.first[place + 1] as number;
  if (window === end) return true;
  while (window < end && going.time > (windows.closes[window] as number)) window += 1;
  if (window === end) return false;
  const wait = (windows.opens[window] as number) - going.time;
  if (wait > 0) {
    going.waited += wait;
    going.time += wait;
  }
  going.slack = Math.min(going.slack, going.waited + (windows.closes[window] as number) - going.time);
  return true;
};

export const drive = (going: Going, seconds: number): void => {
  going.time += seconds;
  going.driving += seconds;
};

/** Serves at a place where it has arrived; false when that cannot be done by the end of the shift. */
export const serve = (going: Going, model: Model, type: VehicleType, place: number): boolean => {
  if (!enter(going, type, place)) return false;
  going.time += model.service[place] as number;
  return going.time <= type.shiftTo;
};

/** Drives on for so many seconds and serves there; false when that cannot be. */
export const goOn = (going: Going, model: Model, type: VehicleType, seconds: number, to: number): boolean => {
  if (seconds === NEVER) return false;
  drive(going, seconds);
  return serve(going, model, type, to);
};
