import { type Model, siteAt } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { State } from '../state/state.ts';
import { startClock } from './clock.ts';
import type { DisposalScratch } from './disposal-scratch.ts';
import { type Evaluation, walk } from './evaluation.ts';
import { placeByClock } from './place-by-clock.ts';
import { byMoney, byTime, placeDisposals } from './place-disposals.ts';

/** Memory for pricing whole orders. */
export type Pricing = { readonly evaluation: Evaluation; readonly scratch: DisposalScratch };

/** Writes a route's order into the evaluation, with `extra` behind `after` (−1 = as it stands). Answers its length. */
export const writeOrder = (
  model: Model,
  state: State,
  evaluation: Evaluation,
  route: number,
  extra: number,
  after: number,
): number => {
  const { stops } = evaluation;
  const sentinel = model.stopCount + route;
  let length = 0;
  if (after === sentinel) {
    length += 1;
    stops[length] = extra;
  }
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    length += 1;
    stops[length] = stop;
    if (stop !== after) continue;
    length += 1;
    stops[length] = extra;
  }
  return length;
};

/** Writes where a route empties beside the order that `writeOrder` wrote of it. */
export const writeSites = (model: Model, state: State, { sites }: Evaluation, route: number): void => {
  const sentinel = model.stopCount + route;
  sites[0] = state.siteAfter[sentinel] as number;
  let at = 0;
  for (let stop = state.next[sentinel] as number; stop < model.stopCount; stop = state.next[stop] as number) {
    at += 1;
    sites[at] = state.siteAfter[stop] as number;
  }
};

/** Whether the vehicle may take these stops in one shift, whatever their order. A new bound on a whole day goes here. */
const isWithinShift = ({ model, stops }: Evaluation, type: VehicleType, length: number): boolean => {
  if (length > type.maxStops) return false;
  let litres = 0;
  for (let at = 1; at <= length; at += 1) {
    const stop = stops[at] as number;
    if (type.serves[stop] === 0) return false;
    litres += model.litres[stop] as number;
  }
  return litres <= type.maxLitres;
};

/** Whether all stops ride on one trip, where there is nowhere to empty. What is on board already is, too much or not. */
const fitsOneTrip = ({ model, stops }: Evaluation, type: VehicleType, length: number): boolean => {
  if (length === 0) return true;
  let { litres, kg, units, streams } = type.dayBefore;
  for (let at = 1; at <= length; at += 1) {
    const stop = stops[at] as number;
    if ((streams & (model.conflicts[stop] as number)) !== 0) return false;
    litres += model.litres[stop] as number;
    kg += model.kg[stop] as number;
    units += model.units[stop] as number;
    streams |= model.stream[stop] as number;
  }
  return litres <= type.litres && kg <= type.kg && units <= type.units;
};

/** A trip that is under way has left, and takes nothing that is released later. */
const suitsTripUnderWay = ({ model, stops, sites }: Evaluation, type: VehicleType, length: number): boolean => {
  if (!model.hasReleases || !type.dayBefore.isUnderWay) return true;
  for (let at = 1; at <= length && (sites[at - 1] as number) < 0; at += 1) {
    if ((model.release[stops[at] as number] as number) > type.dayBefore.departed) return false;
  }
  return true;
};

const dayOf = (evaluation: Evaluation, type: VehicleType, length: number): number => {
  if (!suitsTripUnderWay(evaluation, type, length)) return Number.POSITIVE_INFINITY;
  startClock(evaluation.clock, type);
  return walk(evaluation, type, type.startPlace, length, !type.dayBefore.isUnderWay);
};

/** Metres, disposal and moved stops along the order with its sites, and the vehicle. */
const moneyOf = (evaluation: Evaluation, type: VehicleType, typeIndex: number, length: number): number => {
  const { model, stops, sites } = evaluation;
  const { placeCount, distance } = model;
  let metres = 0;
  let cost = type.fixedCost;
  let kg = type.dayBefore.kg;
  let place = type.startPlace;
  for (let at = 0; at <= length; at += 1) {
    if (at > 0) {
      const stop = stops[at] as number;
      metres += distance[place * placeCount + stop] as number;
      kg += model.kg[stop] as number;
      place = stop;
      const published = model.publishedType[stop] as number;
      if (published >= 0 && published !== typeIndex) cost += model.costPerMovedStop;
    }
    const site = siteAt(model, sites[at] as number);
    if (site === undefined) continue;
    metres += distance[place * placeCount + site.place] as number;
    cost += site.costPerVisit + site.costPerKg * kg;
    kg = 0;
    place = site.place;
  }
  metres += distance[place * placeCount + type.endPlace] as number;
  return cost + type.costPerMetre * metres;
};

const priceWithSites = (evaluation: Evaluation, type: VehicleType, typeIndex: number, length: number): number => {
  const day = dayOf(evaluation, type, length);
  return day === Number.POSITIVE_INFINITY ? day : day + moneyOf(evaluation, type, typeIndex, length);
};

/** Whether no trip of the order with its sites is overloaded or mixes what must not be mixed, and the last one ends empty. */
const tripsFit = ({ model, stops, sites }: Evaluation, type: VehicleType, length: number): boolean => {
  let { litres, kg, units, streams } = type.dayBefore;
  for (let at = 0; at <= length; at += 1) {
    if (at > 0) {
      const stop = stops[at] as number;
      if ((streams & (model.conflicts[stop] as number)) !== 0) return false;
      litres += model.litres[stop] as number;
      kg += model.kg[stop] as number;
      units += model.units[stop] as number;
      streams |= model.stream[stop] as number;
      if (litres > type.litres || kg > type.kg || units > type.units) return false;
    }
    const site = siteAt(model, sites[at] as number);
    if (site === undefined) continue;
    if ((site.accepts & streams) !== streams) return false;
    litres = 0;
    kg = 0;
    units = 0;
    streams = 0;
  }
  return streams === 0;
};

/** What it costs a vehicle to serve the order in `evaluation` and empty at the sites that stand in it; infinite when it cannot. */
export const priceWithItsSites = (evaluation: Evaluation, typeIndex: number, length: number): number => {
  const { model } = evaluation;
  const type = model.types[typeIndex];
  if (type === undefined || model.sites.length === 0 || !isWithinShift(evaluation, type, length)) {
    return Number.POSITIVE_INFINITY;
  }
  return tripsFit(evaluation, type, length)
    ? priceWithSites(evaluation, type, typeIndex, length)
    : Number.POSITIVE_INFINITY;
};

/** What the time of service and breaks costs at least, wherever the vehicle empties. */
const leastTimeCost = ({ model, stops }: Evaluation, type: VehicleType, length: number): number => {
  if (type.costPerSecond === 0) return 0;
  let seconds = 0;
  for (let at = 1; at <= length; at += 1) seconds += model.service[stops[at] as number] as number;
  return type.costPerSecond * seconds;
};

/**
 * What it costs a vehicle to serve `evaluation.stops[1 … length]` in this order, emptying where that is cheap and possible: the
 * sites are left in `evaluation.sites`. Infinite when it cannot, or when no way to was found (`thorough` looks longer for one), or
 * where it plainly costs no less than `most`.
 */
export const priceOrder = (
  { evaluation, scratch }: Pricing,
  typeIndex: number,
  length: number,
  thorough: boolean,
  most = Number.POSITIVE_INFINITY,
): number => {
  const { model } = evaluation;
  const type = model.types[typeIndex];
  if (type === undefined || !isWithinShift(evaluation, type, length)) return Number.POSITIVE_INFINITY;
  if (model.sites.length === 0) {
    if (!fitsOneTrip(evaluation, type, length)) return Number.POSITIVE_INFINITY;
    evaluation.sites.fill(-1, 0, length + 1);
    return priceWithSites(evaluation, type, typeIndex, length);
  }
  const money = placeDisposals(evaluation, scratch, type, byMoney(model, type), length);
  if (money === Number.POSITIVE_INFINITY) return money;
  if (type.fixedCost + money + leastTimeCost(evaluation, type, length) >= most) return Number.POSITIVE_INFINITY;
  const cheapest = priceWithSites(evaluation, type, typeIndex, length);
  if (cheapest < Number.POSITIVE_INFINITY) return cheapest;
  placeDisposals(evaluation, scratch, type, byTime(model, type), length);
  const quickest = priceWithSites(evaluation, type, typeIndex, length);
  if (quickest < Number.POSITIVE_INFINITY || !thorough) return quickest;
  return placeByClock(evaluation, type, length) ? priceWithSites(evaluation, type, typeIndex, length) : quickest;
};
