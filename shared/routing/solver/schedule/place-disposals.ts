import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Where a vehicle empties along a given order of stops, so that no trip is overloaded and the detours cost least: a shortest
 * path over the positions, like Split (C. Prins, "A simple and effective evolutionary algorithm for the vehicle routing problem",
 * Computers & OR 31 (2004) 1985–2002), in linear time with a queue of candidates that only get worse (T. Vidal, "Split algorithm in
 * O(n) for the capacitated vehicle routing problem", Computers & OR 69 (2016) 40–47). Knows loads, streams and prices, not the
 * clock: whoever asks drives through the result.
 */
export type DisposalScratch = {
  /** Loads of the stops up to a position; position 0 is what is on board at the start. */
  readonly litres: Float64Array;
  readonly kg: Float64Array;
  readonly units: Float64Array;
  /** Cost of going straight through the order up to a position. */
  readonly direct: Float64Array;
  /** Least cost with the vehicle emptied behind a position and standing at the next, less `direct` there. */
  readonly emptied: Float64Array;
  /** Position behind which the trip before began: −1 = at the start, with what was on board. */
  readonly tripFrom: Int32Array;
  readonly site: Int32Array;
  readonly queue: Int32Array;
};

export const createDisposalScratch = (model: Model): DisposalScratch => {
  const size = model.stopCount + 2;
  return {
    litres: new Float64Array(size),
    kg: new Float64Array(size),
    units: new Float64Array(size),
    direct: new Float64Array(size),
    emptied: new Float64Array(size),
    tripFrom: new Int32Array(size),
    site: new Int32Array(size),
    queue: new Int32Array(size + 1),
  };
};

/** What an emptying is to be cheap in. */
export type Measure = { readonly ways: Float64Array; readonly perUnit: number; readonly timeCounts: boolean };

export const byMoney = (model: Model, type: VehicleType): Measure => ({
  ways: model.distance,
  perUnit: type.costPerMetre,
  timeCounts: false,
});

export const byTime = (model: Model, type: VehicleType): Measure => ({
  ways: model.duration,
  perUnit: type.pace,
  timeCounts: true,
});

/** The site with the least detour for what is on board, by number, and that detour. */
const cheapest = { site: -1, detour: 0 };

const findSite = (model: Model, measure: Measure, from: number, to: number, streams: number, kg: number): void => {
  const { placeCount, sites } = model;
  const { ways, perUnit, timeCounts } = measure;
  cheapest.site = -1;
  cheapest.detour = Number.POSITIVE_INFINITY;
  for (let index = 0; index < sites.length; index += 1) {
    const site = sites[index];
    if (site === undefined || (site.accepts & streams) !== streams) continue;
    const there = ways[from * placeCount + site.place] as number;
    const on = ways[site.place * placeCount + to] as number;
    const price = timeCounts ? (model.service[site.place] as number) : site.costPerVisit + site.costPerKg * kg;
    const detour = perUnit * (there + on) + price;
    if (detour >= cheapest.detour) continue;
    cheapest.detour = detour;
    cheapest.site = index;
  }
};

/** Sums the loads up; answers the bits of all streams among them. */
const sumLoads = (evaluation: Evaluation, scratch: DisposalScratch, type: VehicleType, length: number): number => {
  const { model, stops } = evaluation;
  let streams = type.dayBefore.streams;
  scratch.litres[0] = type.dayBefore.litres;
  scratch.kg[0] = type.dayBefore.kg;
  scratch.units[0] = type.dayBefore.units;
  for (let at = 1; at <= length; at += 1) {
    const stop = stops[at] as number;
    scratch.litres[at] = (scratch.litres[at - 1] as number) + (model.litres[stop] as number);
    scratch.kg[at] = (scratch.kg[at - 1] as number) + (model.kg[stop] as number);
    scratch.units[at] = (scratch.units[at - 1] as number) + (model.units[stop] as number);
    streams |= model.stream[stop] as number;
  }
  return streams;
};

/** Whether a trip that begins behind position `from` (−1 = at the start) can hold what is picked up until position `to`. */
const hasRoom = (scratch: DisposalScratch, type: VehicleType, from: number, to: number): boolean => {
  const { litres, kg, units } = scratch;
  const isWhole = from < 0;
  // What is on board at the start is on board, too much or not.
  if (isWhole && to === 0) return true;
  return (
    (litres[to] as number) - (isWhole ? 0 : (litres[from] as number)) <= type.litres &&
    (kg[to] as number) - (isWhole ? 0 : (kg[from] as number)) <= type.kg &&
    (units[to] as number) - (isWhole ? 0 : (units[from] as number)) <= type.units
  );
};

const sumWays = (
  evaluation: Evaluation,
  scratch: DisposalScratch,
  type: VehicleType,
  measure: Measure,
  length: number,
) => {
  const { model, stops } = evaluation;
  let place = type.startPlace;
  scratch.direct[0] = 0;
  for (let at = 1; at <= length; at += 1) {
    const stop = stops[at] as number;
    const way = measure.ways[place * model.placeCount + stop] as number;
    scratch.direct[at] = (scratch.direct[at - 1] as number) + measure.perUnit * way;
    place = stop;
  }
};

const placeAt = ({ stops }: Evaluation, type: VehicleType, at: number, length: number): number =>
  at === 0 ? type.startPlace : at > length ? type.endPlace : (stops[at] as number);

/** Writes the sites of the best path into `evaluation.sites`. */
const trace = (evaluation: Evaluation, scratch: DisposalScratch, length: number): void => {
  evaluation.sites.fill(-1, 0, length + 1);
  for (let at = length; at >= 0; at = scratch.tripFrom[at] as number) {
    evaluation.sites[at] = scratch.site[at] as number;
  }
};

/**
 * Chooses the sites for `evaluation.stops[1 … length]`. Answers their cost in the measure, the way included; infinite when there
 * is none. Where streams may be mixed or weight costs money, what is on board decides about the site, and every beginning of the
 * trip is looked at.
 */
export const placeDisposals = (
  evaluation: Evaluation,
  scratch: DisposalScratch,
  type: VehicleType,
  measure: Measure,
  length: number,
): number => {
  const { model } = evaluation;
  const streams = sumLoads(evaluation, scratch, type, length);
  sumWays(evaluation, scratch, type, measure, length);
  const startsLoaded = type.dayBefore.streams !== 0;
  if (length === 0 && !startsLoaded) {
    evaluation.sites[0] = -1;
    return 0;
  }
  const first = startsLoaded ? 0 : 1;
  const hasOneStream = (streams & (streams - 1)) === 0;
  if (hasOneStream && !model.hasTonnagePrice) placeByQueue(evaluation, scratch, type, measure, first, length);
  else placeByTrips(evaluation, scratch, type, measure, first, length);
  const cost = scratch.emptied[length] as number;
  if (cost < Number.POSITIVE_INFINITY) trace(evaluation, scratch, length);
  return cost;
};

const keyOf = (scratch: DisposalScratch, from: number): number => (from < 0 ? 0 : (scratch.emptied[from] as number));

const settle = (
  scratch: DisposalScratch,
  at: number,
  length: number,
  from: number,
  cost: number,
  directNext: number,
): void => {
  scratch.tripFrom[at] = from;
  scratch.site[at] = cheapest.site;
  scratch.emptied[at] = at === length ? cost : cost - directNext;
};

/** The last position's figure is the whole cost; those before are kept less the direct way to the next position. */
const placeByQueue = (
  evaluation: Evaluation,
  scratch: DisposalScratch,
  type: VehicleType,
  measure: Measure,
  first: number,
  length: number,
): void => {
  const { model, stops } = evaluation;
  const { queue, direct } = scratch;
  let head = 0;
  let tail = 1;
  queue[0] = -1;
  for (let at = first; at <= length; at += 1) {
    while (head < tail && !hasRoom(scratch, type, queue[head] as number, at)) head += 1;
    if (head === tail) {
      scratch.emptied[length] = Number.POSITIVE_INFINITY;
      return;
    }
    const from = queue[head] as number;
    const streams = at === 0 ? type.dayBefore.streams : (model.stream[stops[at] as number] as number);
    findSite(
      model,
      measure,
      placeAt(evaluation, type, at, length),
      placeAt(evaluation, type, at + 1, length),
      streams,
      0,
    );
    const cost = keyOf(scratch, from) + (direct[at] as number) + cheapest.detour;
    settle(scratch, at, length, from, cost, direct[at + 1] as number);
    if (at === length) return;
    const key = scratch.emptied[at] as number;
    while (tail > head && keyOf(scratch, queue[tail - 1] as number) >= key) tail -= 1;
    queue[tail] = at;
    tail += 1;
  }
};

/** What the trip under consideration carries: it grows from its last stop to its first. */
const carried = { streams: 0, conflicts: 0 };

/** Whether the stop at a position (0 = what is on board at the start) may ride with what is carried; takes it up if so. */
const ridesAlong = ({ model, stops }: Evaluation, type: VehicleType, at: number): boolean => {
  const stop = stops[at] as number;
  const stream = at === 0 ? type.dayBefore.streams : (model.stream[stop] as number);
  const conflicts = at === 0 ? 0 : (model.conflicts[stop] as number);
  if ((carried.conflicts & stream) !== 0 || (conflicts & carried.streams) !== 0) return false;
  carried.streams |= stream;
  carried.conflicts |= conflicts;
  return true;
};

const placeByTrips = (
  evaluation: Evaluation,
  scratch: DisposalScratch,
  type: VehicleType,
  measure: Measure,
  first: number,
  length: number,
): void => {
  const { direct, kg, emptied } = scratch;
  for (let at = first; at <= length; at += 1) {
    const place = placeAt(evaluation, type, at, length);
    const following = placeAt(evaluation, type, at + 1, length);
    emptied[at] = Number.POSITIVE_INFINITY;
    carried.streams = 0;
    carried.conflicts = 0;
    for (let from = at - 1; from >= -1 && ridesAlong(evaluation, type, from + 1); from -= 1) {
      // Emptying right at the start is of use only with something on board.
      if (from >= 0 && from < first) continue;
      if (!hasRoom(scratch, type, from, at)) break;
      const carriedKg = (kg[at] as number) - (from < 0 ? 0 : (kg[from] as number));
      findSite(evaluation.model, measure, place, following, carried.streams, carriedKg);
      const cost = keyOf(scratch, from) + (direct[at] as number) + cheapest.detour;
      const settled = at === length ? cost : cost - (direct[at + 1] as number);
      if (settled < (emptied[at] as number)) settle(scratch, at, length, from, cost, direct[at + 1] as number);
    }
  }
};
