import type { DisposalPlace } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import { advance, type Clock, createClock, createDayEnd, endDay, startClock } from './clock.ts';
import type { Evaluation } from './evaluation.ts';

/**
 * Where a vehicle empties along a given order when the cheap choices cannot be driven: trip by trip with the clock running, so
 * that opening hours and breaks are seen (a shortest path with resource constraints; S. Irnich and G. Desaulniers, "Shortest
 * Path Problems with Resource Constraints", 2005). Slow, for orders that nothing else finds a way through.
 */
type Label = {
  readonly clock: Clock;
  readonly place: number;
  readonly money: number;
  readonly parent: Label | undefined;
  /** The vehicle has emptied at `site` behind position `at`; −1 both where the day begins. */
  readonly at: number;
  readonly site: number;
};

const LABELS_PER_POSITION = 4;

const copyClock = (evaluation: Evaluation, clock: Clock): Clock => {
  const copy = createClock(evaluation.model);
  copy.time.set(clock.time);
  copy.waited.set(clock.waited);
  copy.slack.set(clock.slack);
  copy.driving.set(clock.driving);
  copy.fresh = clock.fresh;
  return copy;
};

const earliest = ({ time }: Clock): number => Math.min(...time);

/** Keeps the labels that no other beats in both time and money, the earliest ones when there are too many. */
const keep = (labels: Label[], label: Label): void => {
  const time = earliest(label.clock);
  if (labels.some((other) => earliest(other.clock) <= time && other.money <= label.money)) return;
  const kept = labels.filter((other) => earliest(other.clock) < time || other.money < label.money);
  kept.push(label);
  kept.sort((a, b) => earliest(a.clock) - earliest(b.clock));
  labels.splice(0, labels.length, ...kept.slice(0, LABELS_PER_POSITION));
};

/** What is on board, and what must not join it. */
type OnBoard = { litres: number; kg: number; units: number; streams: number; conflicts: number };

const boards = ({ model }: Evaluation, type: VehicleType, load: OnBoard, stop: number): boolean => {
  const stream = model.stream[stop] as number;
  const conflicts = model.conflicts[stop] as number;
  if ((load.conflicts & stream) !== 0 || (conflicts & load.streams) !== 0) return false;
  load.litres += model.litres[stop] as number;
  load.kg += model.kg[stop] as number;
  load.units += model.units[stop] as number;
  load.streams |= stream;
  load.conflicts |= conflicts;
  return load.litres <= type.litres && load.kg <= type.kg && load.units <= type.units;
};

/** The latest release among stops `first … last`: a trip that carries them leaves no earlier. */
const releaseOf = ({ model, stops }: Evaluation, first: number, last: number): number => {
  let release = 0;
  for (let at = first; at <= last; at += 1) release = Math.max(release, model.release[stops[at] as number] as number);
  return release;
};

const emptyAt = (
  evaluation: Evaluation,
  type: VehicleType,
  from: Label,
  last: number,
  load: OnBoard,
  labels: readonly Label[][],
): void => {
  const { model, stops } = evaluation;
  const { placeCount, distance } = model;
  const isUnderWay = from.at < 0 && type.dayBefore.isUnderWay;
  const release = releaseOf(evaluation, Math.max(1, from.at + 1), last);
  if (isUnderWay && release > type.dayBefore.departed) return;
  const clock = copyClock(evaluation, from.clock);
  let place = from.place;
  let metres = 0;
  for (let at = Math.max(1, from.at + 1); at <= last; at += 1) {
    const stop = stops[at] as number;
    const leaveAt = at === Math.max(1, from.at + 1) && !isUnderWay ? release : 0;
    if (advance(model, type, clock, place, stop, leaveAt) === Number.POSITIVE_INFINITY) return;
    metres += distance[place * placeCount + stop] as number;
    place = stop;
  }
  model.sites.forEach((site: DisposalPlace, index) => {
    if ((site.accepts & load.streams) !== load.streams) return;
    const there = copyClock(evaluation, clock);
    if (advance(model, type, there, place, site.place, 0) === Number.POSITIVE_INFINITY) return;
    const driven = metres + (distance[place * placeCount + site.place] as number);
    const money = from.money + type.costPerMetre * driven + site.costPerVisit + site.costPerKg * load.kg;
    keep(labels[last] as Label[], { clock: there, place: site.place, money, parent: from, at: last, site: index });
  });
};

const extendTrips = (
  evaluation: Evaluation,
  type: VehicleType,
  from: Label,
  length: number,
  labels: readonly Label[][],
): void => {
  const { litres, kg, units, streams } = type.dayBefore;
  const isFirst = from.at < 0;
  const load: OnBoard = isFirst
    ? { litres, kg, units, streams, conflicts: 0 }
    : { litres: 0, kg: 0, units: 0, streams: 0, conflicts: 0 };
  if (isFirst && streams !== 0) emptyAt(evaluation, type, from, 0, load, labels);
  for (let last = Math.max(1, from.at + 1); last <= length; last += 1) {
    if (!boards(evaluation, type, load, evaluation.stops[last] as number)) return;
    emptyAt(evaluation, type, from, last, load, labels);
  }
};

/** Writes sites for `evaluation.stops[1 … length]` into `evaluation.sites`; false when it finds none that can be driven. */
export const placeByClock = (evaluation: Evaluation, type: VehicleType, length: number): boolean => {
  const { model } = evaluation;
  const clock = createClock(model);
  startClock(clock, type);
  const labels: Label[][] = Array.from({ length: length + 1 }, () => []);
  const start: Label = { clock, place: type.startPlace, money: 0, parent: undefined, at: -1, site: -1 };
  extendTrips(evaluation, type, start, length, labels);
  for (let at = 0; at < length; at += 1) {
    for (const label of labels[at] as Label[]) extendTrips(evaluation, type, label, length, labels);
  }
  const end = createDayEnd();
  let best: Label | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const label of labels[length] as Label[]) {
    endDay(model, type, label.clock, label.place, end);
    const home = model.distance[label.place * model.placeCount + type.endPlace] as number;
    const cost = label.money + type.costPerMetre * home + end.cost;
    if (cost >= least) continue;
    least = cost;
    best = label;
  }
  if (best === undefined) return false;
  evaluation.sites.fill(-1, 0, length + 1);
  for (let label: Label | undefined = best; label !== undefined; label = label.parent) {
    if (label.at >= 0) evaluation.sites[label.at] = label.site;
  }
  return true;
};
