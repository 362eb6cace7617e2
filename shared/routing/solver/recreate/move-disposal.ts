import type { DisposalPlace, Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { TripLoads } from '../schedule/trips.ts';
import type { State } from '../state/state.ts';

/**
 * Room for one more stop in a trip that is full: the disposal visit at the trip's end comes earlier, so that its last stops ride
 * on the next trip, or the one at its beginning comes later, so that its first stops ride on the trip before. The two trips
 * beside each other are all that changes, so that a look at the stops near the visit is enough.
 */
export type MovedDisposal = {
  /** The node the visit was behind, and the one it is behind then: a stop of the route, or the new one. */
  from: number;
  to: number;
  site: number;
  /** Whether it comes later than before, seen along the route. */
  isLater: boolean;
  /** What it costs more by ways and time, and by visit and weight alone, besides what the stop itself costs. */
  estimate: number;
  fees: number;
};

export const noMovedDisposal = (): MovedDisposal => ({
  from: -1,
  to: -1,
  site: -1,
  isLater: false,
  estimate: Number.POSITIVE_INFINITY,
  fees: 0,
});

/** Loads of stops that change trips. */
const shifted = { litres: 0, kg: 0, units: 0 };

const clearShifted = (): void => {
  shifted.litres = 0;
  shifted.kg = 0;
  shifted.units = 0;
};

const shift = (model: Model, stop: number): void => {
  shifted.litres += model.litres[stop] as number;
  shifted.kg += model.kg[stop] as number;
  shifted.units += model.units[stop] as number;
};

/** Whether the trip of a node has room for what is shifted into it. */
const takesShifted = (loads: TripLoads, type: VehicleType, node: number): boolean =>
  (loads.tripLitres[node] as number) + shifted.litres <= type.litres &&
  (loads.tripKg[node] as number) + shifted.kg <= type.kg &&
  (loads.tripUnits[node] as number) + shifted.units <= type.units;

/** Whether the trip of a node has room for the stop without what is shifted out of it. */
const hasRoomThen = (model: Model, loads: TripLoads, type: VehicleType, node: number, stop: number): boolean =>
  (loads.tripLitres[node] as number) + (model.litres[stop] as number) - shifted.litres <= type.litres &&
  (loads.tripKg[node] as number) + (model.kg[stop] as number) - shifted.kg <= type.kg &&
  (loads.tripUnits[node] as number) + (model.units[stop] as number) - shifted.units <= type.units;

/** Streams of two trips and the stop, 0 when they must not all ride together. */
const commonStreams = (model: Model, loads: TripLoads, stop: number, a: number, b: number): number => {
  const streams = (loads.tripStreams[a] as number) | (loads.tripStreams[b] as number) | (model.stream[stop] as number);
  return model.hasConflicts && (streams & (streams - 1)) !== 0 ? 0 : streams;
};

/** The stop that the trip before ends with; a sentinel on the first trip. */
const endOfTripBefore = (model: Model, state: State, node: number): number => {
  let before = state.prev[node] as number;
  while (before < model.stopCount && (state.siteAfter[before] as number) < 0) before = state.prev[before] as number;
  return before;
};

const placeOf = (model: Model, type: VehicleType, node: number): number =>
  node < model.stopCount ? node : type.endPlace;

/** What comes behind a node once the stop stands behind `after`. */
const followingThen = (state: State, stop: number, after: number, node: number): number =>
  node === stop ? (state.next[after] as number) : node === after ? stop : (state.next[node] as number);

/**
 * Weighs moving the visit from behind one node to behind another. `carriedKg` is what is on board there then, and `fees` what
 * else the change costs by weight.
 */
const offerMove = (
  model: Model,
  state: State,
  type: VehicleType,
  stop: number,
  after: number,
  from: number,
  to: number,
  streams: number,
  carriedKg: number,
  fees: number,
  isLater: boolean,
  best: MovedDisposal,
): void => {
  const { placeCount, weightInto, weightOut, sites, service } = model;
  const old = sites[state.siteAfter[from] as number] as DisposalPlace;
  const behindOld = placeOf(model, type, state.next[from] as number);
  const straightOn = weightOut[from * placeCount + behindOld] as number;
  const viaOld =
    (weightInto[old.place * placeCount + from] as number) + (weightOut[old.place * placeCount + behindOld] as number);
  const behind = placeOf(model, type, followingThen(state, stop, after, to));
  const ways = straightOn - viaOld - (weightOut[to * placeCount + behind] as number);
  const spared = type.costPerSecond * (service[old.place] as number);
  for (let index = 0; index < sites.length; index += 1) {
    const site = sites[index] as DisposalPlace;
    if ((site.accepts & streams) !== streams) continue;
    const there = weightInto[site.place * placeCount + to] as number;
    const on = weightOut[site.place * placeCount + behind] as number;
    const siteFees = fees + site.costPerVisit - old.costPerVisit + carriedKg * site.costPerKg;
    const time = type.costPerSecond * (service[site.place] as number) - spared;
    const estimate = type.costPerWeight * (ways + there + on) + siteFees + time;
    if (estimate >= best.estimate) continue;
    best.estimate = estimate;
    best.from = from;
    best.to = to;
    best.site = index;
    best.fees = siteFees;
    best.isLater = isLater;
  }
};

const siteAtEnd = (model: Model, state: State, { tripEnd }: TripLoads, stop: number): DisposalPlace =>
  model.sites[state.siteAfter[tripEnd[stop] as number] as number] as DisposalPlace;

/** The visit at the trip's end comes earlier. */
const considerEarlier = (
  model: Model,
  state: State,
  loads: TripLoads,
  type: VehicleType,
  stop: number,
  after: number,
  best: MovedDisposal,
): void => {
  const following = state.next[after] as number;
  if (following >= model.stopCount) return;
  const last = loads.tripEnd[following] as number;
  const first = state.next[last] as number;
  if (first >= model.stopCount) return;
  const streams = commonStreams(model, loads, stop, last, first);
  if (streams === 0) return;
  const siteBehind = siteAtEnd(model, state, loads, first);
  if ((siteBehind.accepts & streams) !== streams) return;
  const { costPerKg } = siteAtEnd(model, state, loads, last);
  const carried = loads.tripKg[last] as number;
  clearShifted();
  for (let node = last; node !== after; node = state.prev[node] as number) {
    shift(model, node);
    if (!takesShifted(loads, type, first)) return;
    if (!hasRoomThen(model, loads, type, last, stop)) continue;
    const before = state.prev[node] as number;
    const to = before === after ? stop : before;
    const carriedThen = carried + (model.kg[stop] as number) - shifted.kg;
    const fees = shifted.kg * siteBehind.costPerKg - carried * costPerKg;
    offerMove(model, state, type, stop, after, last, to, streams, carriedThen, fees, false, best);
  }
};

/** The visit at the trip's beginning comes later. */
const considerLater = (
  model: Model,
  state: State,
  loads: TripLoads,
  type: VehicleType,
  stop: number,
  after: number,
  best: MovedDisposal,
): void => {
  if (after >= model.stopCount) return;
  const from = endOfTripBefore(model, state, after);
  if (from >= model.stopCount) return;
  const streams = commonStreams(model, loads, stop, after, from);
  if (streams === 0) return;
  const { costPerKg } = model.sites[state.siteAfter[from] as number] as DisposalPlace;
  const siteBehind = siteAtEnd(model, state, loads, after);
  if ((siteBehind.accepts & streams) !== streams) return;
  const carried = loads.tripKg[from] as number;
  const kg = model.kg[stop] as number;
  clearShifted();
  for (let node = state.next[from] as number; ; node = node === after ? stop : (state.next[node] as number)) {
    shift(model, node);
    if (!takesShifted(loads, type, from)) return;
    if (hasRoomThen(model, loads, type, after, stop)) {
      const fees = (kg - shifted.kg) * siteBehind.costPerKg - carried * costPerKg;
      offerMove(model, state, type, stop, after, from, node, streams, carried + shifted.kg, fees, true, best);
    }
    if (node === stop) return;
  }
};

/**
 * Looks for the cheapest visit to move so that the stop fits behind `after`, within a trip. Answers whether there is one; what it
 * is stands in `best` then. Knows loads and prices, not the clock.
 */
export const findMovedDisposal = (
  model: Model,
  state: State,
  loads: TripLoads,
  type: VehicleType,
  stop: number,
  after: number,
  best: MovedDisposal,
): boolean => {
  best.estimate = Number.POSITIVE_INFINITY;
  considerEarlier(model, state, loads, type, stop, after, best);
  considerLater(model, state, loads, type, stop, after, best);
  return best.estimate < Number.POSITIVE_INFINITY;
};

/** How many metres further the route becomes with the stop behind `after` and the visit moved. */
export const metresOfMove = (
  model: Model,
  state: State,
  type: VehicleType,
  stop: number,
  after: number,
  from: number,
  to: number,
  site: number,
): number => {
  const { placeCount, distance, sites } = model;
  const way = (a: number, b: number): number => distance[a * placeCount + b] as number;
  const old = (sites[state.siteAfter[from] as number] as DisposalPlace).place;
  const then = (sites[site] as DisposalPlace).place;
  const start = after < model.stopCount ? after : type.startPlace;
  const behindStop = placeOf(model, type, state.next[after] as number);
  const behindOld = placeOf(model, type, state.next[from] as number);
  const behind = placeOf(model, type, followingThen(state, stop, after, to));
  return (
    way(start, stop) +
    way(stop, behindStop) -
    way(start, behindStop) +
    way(from, behindOld) -
    way(from, old) -
    way(old, behindOld) +
    way(to, then) +
    way(then, behind) -
    way(to, behind)
  );
};
