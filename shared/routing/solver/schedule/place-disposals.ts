import type { DisposalPlace, Model } from '../model/model.ts';
import type { Matrix } from '../model/places.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { type DisposalScratch, hasRoom, sumLoads } from './disposal-scratch.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Where a vehicle empties along a given order of stops, so that no trip is overloaded and the detours cost least: a shortest
 * path over the positions, like Split (C. Prins, "A simple and effective evolutionary algorithm for the vehicle routing problem",
 * Computers & OR 31 (2004) 1985–2002), in linear time with a queue of candidates that only get worse (T. Vidal, "Split algorithm in
 * O(n) for the capacitated vehicle routing problem", Computers & OR 69 (2016) 40–47). Knows loads, streams and prices, not the
 * clock: whoever asks drives through the result.
 */

/** What an emptying is to be cheap in. */
export type Measure = { readonly ways: Matrix; readonly perUnit: number; readonly timeCounts: boolean };

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

/** The site with the least detour among those that charge so much for a kilogram, and that detour with the site's price for a visit. */
const cheapest = { site: -1, detour: 0 };

const findSite = (
  model: Model,
  measure: Measure,
  from: number,
  to: number,
  streams: number,
  costPerKg: number,
): void => {
  const { placeCount, sites } = model;
  const { ways, perUnit, timeCounts } = measure;
  cheapest.site = -1;
  cheapest.detour = Number.POSITIVE_INFINITY;
  for (let index = 0; index < sites.length; index += 1) {
    const site = sites[index] as DisposalPlace;
    if (site.costPerKg !== costPerKg || (site.accepts & streams) !== streams) continue;
    const there = (timeCounts ? site.secondsTo : site.metresTo)[from] as number;
    const on = ways[site.place * placeCount + to] as number;
    const price = timeCounts ? (model.service[site.place] as number) : site.costPerVisit;
    const detour = perUnit * (there + on) + price;
    if (detour >= cheapest.detour) continue;
    cheapest.detour = detour;
    cheapest.site = index;
  }
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
 * is none. Where streams may be mixed, every beginning of the last trip is looked at.
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
  // Where no two streams ride together, a trip reaches back to where its stream begins; otherwise what is on board decides.
  const isPlain = !model.mixesStreams || (streams & (streams - 1)) === 0;
  if (isPlain) placeByQueues(evaluation, scratch, type, measure, first, length);
  else placeByTrips(evaluation, scratch, type, measure, first, length);
  const cost = scratch.emptied[length] as number;
  if (cost < Number.POSITIVE_INFINITY) trace(evaluation, scratch, length);
  return cost;
};

/** Cost of having emptied behind a position (−1 = of the start), before what a trip from there will pay for its weight. */
const keyOf = (scratch: DisposalScratch, from: number, price: number): number =>
  from < 0 ? 0 : (scratch.emptied[from] as number) - price * (scratch.kg[from] as number);

/** Weighs emptying behind a position at the site just found, on a trip from another position. */
const offerEmptying = (scratch: DisposalScratch, at: number, length: number, from: number, price: number): void => {
  const weight = price * (scratch.kg[at] as number);
  const cost = keyOf(scratch, from, price) + weight + (scratch.direct[at] as number) + cheapest.detour;
  // The last position's figure is the whole cost; those before are kept less the direct way to the next position.
  const settled = at === length ? cost : cost - (scratch.direct[at + 1] as number);
  if (settled >= (scratch.emptied[at] as number)) return;
  scratch.emptied[at] = settled;
  scratch.tripFrom[at] = from;
  scratch.site[at] = cheapest.site;
};

/** Bits of the streams that join at a position; 0 is the start. */
const streamsAt = ({ model, stops }: Evaluation, type: VehicleType, at: number): number =>
  at === 0 ? type.dayBefore.streams : (model.stream[stops[at] as number] as number);

const clearQueues = ({ queue, head, tail, prices, size }: DisposalScratch): void => {
  for (let index = 0; index < prices.length; index += 1) {
    queue[index * size] = -1;
    head[index] = 0;
    tail[index] = 1;
  }
};

/** Drops from the front of a queue the positions from which a trip could not reach this one; answers the first left, −2 for none. */
const reachable = (
  scratch: DisposalScratch,
  type: VehicleType,
  which: number,
  at: number,
  runStart: number,
): number => {
  const { queue, head, tail, size } = scratch;
  let first = head[which] as number;
  const end = tail[which] as number;
  const base = which * size;
  while (first < end) {
    const from = queue[base + first] as number;
    if (from + 1 >= runStart && hasRoom(scratch, type, from, at)) break;
    first += 1;
  }
  head[which] = first;
  return first === end ? -2 : (queue[base + first] as number);
};

const enqueue = (scratch: DisposalScratch, which: number, at: number, price: number): void => {
  const { queue, head, tail, size } = scratch;
  const base = which * size;
  const key = keyOf(scratch, at, price);
  let end = tail[which] as number;
  while (end > (head[which] as number) && keyOf(scratch, queue[base + end - 1] as number, price) >= key) end -= 1;
  queue[base + end] = at;
  tail[which] = end + 1;
};

/** Whether what joins at a position must not ride with what joined before it. */
const endsRun = (evaluation: Evaluation, type: VehicleType, at: number, streams: number): boolean => {
  if (at === 0 || !evaluation.model.hasConflicts) return false;
  const before = streamsAt(evaluation, type, at - 1);
  return before !== streams && before !== 0;
};

const placeByQueues = (
  evaluation: Evaluation,
  scratch: DisposalScratch,
  type: VehicleType,
  measure: Measure,
  first: number,
  length: number,
): void => {
  const { model } = evaluation;
  const { emptied, prices } = scratch;
  clearQueues(scratch);
  let runStart = 0;
  for (let at = first; at <= length; at += 1) {
    const streams = streamsAt(evaluation, type, at);
    if (endsRun(evaluation, type, at, streams)) runStart = at;
    const place = placeAt(evaluation, type, at, length);
    const following = placeAt(evaluation, type, at + 1, length);
    emptied[at] = Number.POSITIVE_INFINITY;
    for (let which = 0; which < prices.length; which += 1) {
      const from = reachable(scratch, type, which, at, runStart);
      if (from === -2) continue;
      const price = measure.timeCounts ? 0 : (prices[which] as number);
      findSite(model, measure, place, following, streams, prices[which] as number);
      offerEmptying(scratch, at, length, from, price);
    }
    if (emptied[at] === Number.POSITIVE_INFINITY) continue;
    for (let which = 0; which < prices.length; which += 1) {
      enqueue(scratch, which, at, measure.timeCounts ? 0 : (prices[which] as number));
    }
  }
};

/** What the trip under consideration carries: it grows from its last stop to its first. */
const carried = { streams: 0, conflicts: 0 };

/** Whether the stop at a position (0 = what is on board at the start) may ride with what is carried; takes it up if so. */
const ridesAlong = (evaluation: Evaluation, type: VehicleType, at: number): boolean => {
  const { model, stops } = evaluation;
  const stream = streamsAt(evaluation, type, at);
  const conflicts = at === 0 ? 0 : (model.conflicts[stops[at] as number] as number);
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
  const { emptied } = scratch;
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
      for (const costPerKg of scratch.prices) {
        const price = measure.timeCounts ? 0 : costPerKg;
        findSite(evaluation.model, measure, place, following, carried.streams, costPerKg);
        offerEmptying(scratch, at, length, from, price);
      }
    }
  }
};
