import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';

/** What is on board by the end of the trip that a stop belongs to, by node; a sentinel stands for what is on board at the start. */
export type TripLoads = {
  readonly tripLitres: Float64Array;
  readonly tripKg: Float64Array;
  readonly tripUnits: Float64Array;
  readonly tripStreams: Int32Array;
  /** The last stop of the trip; the site behind it is where that empties. */
  readonly tripEnd: Int32Array;
};

/** Sums up the trip that begins behind `first` (a sentinel, or a stop after which the vehicle empties) and writes it to its stops. */
const sumTrip = (model: Model, state: State, loads: TripLoads, type: VehicleType, first: number): void => {
  const before = type.dayBefore;
  const isFirstTrip = first >= model.stopCount && (state.siteAfter[first] as number) < 0;
  let litres = isFirstTrip ? before.litres : 0;
  let kg = isFirstTrip ? before.kg : 0;
  let units = isFirstTrip ? before.units : 0;
  let streams = isFirstTrip ? before.streams : 0;
  let last = state.next[first] as number;
  for (let stop = last; stop < model.stopCount; stop = state.next[stop] as number) {
    litres += model.litres[stop] as number;
    kg += model.kg[stop] as number;
    units += model.units[stop] as number;
    streams |= model.stream[stop] as number;
    last = stop;
    if ((state.siteAfter[stop] as number) >= 0) break;
  }
  for (let stop = state.next[first] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    loads.tripLitres[stop] = litres;
    loads.tripKg[stop] = kg;
    loads.tripUnits[stop] = units;
    loads.tripStreams[stop] = streams;
    loads.tripEnd[stop] = last;
    if (stop === last) break;
  }
};

/** The node behind which the trip of a node begins. */
const beginningOfTrip = (model: Model, state: State, node: number): number => {
  let first = node;
  while (first < model.stopCount) {
    first = state.prev[first] as number;
    if (first < model.stopCount && (state.siteAfter[first] as number) >= 0) break;
  }
  return first;
};

/** Sums up the trips of a route from the one that `from` is on to the one that `to` is on; a sentinel stands for start or end. */
export const sumTrips = (
  model: Model,
  state: State,
  loads: TripLoads,
  type: VehicleType,
  sentinel: number,
  from: number,
  to: number,
): void => {
  const before = type.dayBefore;
  loads.tripLitres[sentinel] = before.litres;
  loads.tripKg[sentinel] = before.kg;
  loads.tripUnits[sentinel] = before.units;
  loads.tripStreams[sentinel] = before.streams;
  loads.tripEnd[sentinel] = sentinel;
  const first = beginningOfTrip(model, state, from);
  sumTrip(model, state, loads, type, first);
  for (
    let stop = state.next[first] as number;
    stop < model.stopCount && stop !== to;
    stop = state.next[stop] as number
  ) {
    if ((state.siteAfter[stop] as number) >= 0) sumTrip(model, state, loads, type, stop);
  }
};

/** The release of the latest-released stop of the trip behind a node: before it, the trip must not leave. */
export const tripRelease = (model: Model, state: State, first: number): number => {
  let release = 0;
  if (!model.hasReleases) return release;
  for (let stop = state.next[first] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    release = Math.max(release, model.release[stop] as number);
    if ((state.siteAfter[stop] as number) >= 0) break;
  }
  return release;
};
