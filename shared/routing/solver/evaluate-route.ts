import { findDisposalPlaces, isDisposalPlace } from './disposal-places.ts';
import { breakStillPossible, drive, waysToBreak, worthTrying } from './drive.ts';
import type { Evaluation } from './evaluation.ts';
import { type Dominance, LABELS_PER_STAGE, NO_BREAK, offer, store } from './labels.ts';
import type { DisposalNode, VehicleType } from './model.ts';

const offerStop = (
  evaluation: Evaluation,
  type: VehicleType,
  dominance: Dominance,
  from: number,
  at: number,
  startsTrip: boolean,
  leaveAt: number,
): void => {
  const { model, labels, candidate, counts, sequence, litresAhead, kgAhead } = evaluation;
  const stop = sequence[at] as number;
  const litres = (startsTrip ? 0 : (labels.litres[from] as number)) + (model.litres[stop] as number);
  const kg = (startsTrip ? 0 : (labels.kg[from] as number)) + (model.kg[stop] as number);
  if (litres > type.litres || kg > type.kg) return;
  const stage = 2 * (at + 1);
  for (let way = NO_BREAK; way <= waysToBreak(type); way += 1) {
    if (!worthTrying(evaluation, type, from, stop, way)) continue;
    if (!drive(evaluation, type, from, stop, leaveAt, way) || !breakStillPossible(candidate, type)) continue;
    // Where all that lies ahead still fits, how much room is left makes no difference: one figure for all lets more labels go.
    candidate.litres = Math.max(litres, type.litres - (litresAhead[at] as number));
    candidate.kg = Math.max(kg, type.kg - (kgAhead[at] as number));
    candidate.departed = startsTrip
      ? Math.max(leaveAt, labels.time[from] as number)
      : (labels.departed[from] as number);
    counts[stage] = offer(labels, stage * LABELS_PER_STAGE, counts[stage] as number, candidate, dominance);
  }
};

/**
 * Starts a trip at the `at`-th stop. A stop must not leave before its release, so a trip may have to wait at its start for the
 * sake of any stop it picks up later: each release that rises above those before it is a departure to try.
 */
const startTrip = (
  evaluation: Evaluation,
  type: VehicleType,
  dominance: Dominance,
  from: number,
  at: number,
  length: number,
): void => {
  const { model, labels, sequence } = evaluation;
  const now = labels.time[from] as number;
  const stop = sequence[at] as number;
  let leaveAt = Math.max(now, model.release[stop] as number);
  offerStop(evaluation, type, dominance, from, at, true, leaveAt);
  if (!model.hasReleases) return;
  let litres = model.litres[stop] as number;
  let kg = model.kg[stop] as number;
  for (let ahead = at + 1; ahead < length; ahead += 1) {
    const later = sequence[ahead] as number;
    litres += model.litres[later] as number;
    kg += model.kg[later] as number;
    if (litres > type.litres || kg > type.kg || model.stream[later] !== model.stream[stop]) return;
    if ((model.release[later] as number) <= leaveAt) continue;
    leaveAt = model.release[later] as number;
    offerStop(evaluation, type, dominance, from, at, true, leaveAt);
  }
};

const offerDisposal = (
  evaluation: Evaluation,
  type: VehicleType,
  dominance: Dominance,
  from: number,
  stage: number,
  site: DisposalNode,
): void => {
  const { labels, candidate, counts } = evaluation;
  for (let way = NO_BREAK; way <= waysToBreak(type); way += 1) {
    if (!worthTrying(evaluation, type, from, site.node, way)) continue;
    if (!drive(evaluation, type, from, site.node, 0, way) || !breakStillPossible(candidate, type)) continue;
    candidate.cost += site.costPerVisit;
    candidate.litres = 0;
    candidate.kg = 0;
    candidate.departed = 0;
    counts[stage] = offer(labels, stage * LABELS_PER_STAGE, counts[stage] as number, candidate, dominance);
  }
};

/** From the labels after the stop at a position to disposal sites that take its stream. */
const visitDisposals = (evaluation: Evaluation, type: VehicleType, dominance: Dominance, at: number): void => {
  const { model, labels, counts, places, sequence } = evaluation;
  const stage = 2 * (at + 1);
  const base = stage * LABELS_PER_STAGE;
  const stream = model.stream[sequence[at] as number] as number;
  for (let from = base; from < base + (counts[stage] as number); from += 1) {
    if (!isDisposalPlace(places, type, at, labels.litres[from] as number, labels.kg[from] as number)) continue;
    for (let index = 0; index < model.disposals.length; index += 1) {
      const site = model.disposals[index];
      if (site === undefined || site.accepts[stream] === 0 || (places.active && places.site[at] !== index)) continue;
      offerDisposal(evaluation, type, dominance, from, stage + 1, site);
    }
  }
};

const startLabel = (evaluation: Evaluation, type: VehicleType): void => {
  const { candidate, labels, counts } = evaluation;
  let passed = 0;
  while ((type.breaks[passed]?.to ?? Number.POSITIVE_INFINITY) < type.shiftFrom) passed += 1;
  candidate.time = type.shiftFrom;
  candidate.waited = 0;
  candidate.slack = Number.POSITIVE_INFINITY;
  candidate.cost = type.vehicle.fixedCost;
  candidate.litres = 0;
  candidate.kg = 0;
  candidate.departed = type.shiftFrom;
  candidate.place = type.startNode;
  candidate.breaks = passed;
  candidate.parent = -1;
  candidate.breakTaken = NO_BREAK;
  store(labels, 0, candidate);
  counts[0] = 1;
};

const finish = (evaluation: Evaluation, type: VehicleType, stage: number): number => {
  const { labels, candidate, counts } = evaluation;
  const base = stage * LABELS_PER_STAGE;
  const finalLabel = (stage + 1) * LABELS_PER_STAGE;
  let cheapest = Number.POSITIVE_INFINITY;
  for (let from = base; from < base + (counts[stage] as number); from += 1) {
    for (let way = NO_BREAK; way <= waysToBreak(type); way += 1) {
      if (way !== NO_BREAK && type.breaks[labels.breaks[from] as number] === undefined) continue;
      if (!drive(evaluation, type, from, type.endNode, 0, way)) continue;
      // A break is owed only by who is still on duty when its window opens.
      const due = type.breaks[candidate.breaks];
      if (due !== undefined && candidate.time > due.from) continue;
      const duty = candidate.time - type.shiftFrom - Math.min(candidate.waited, candidate.slack);
      if (duty > type.maxDuty) continue;
      const cost = candidate.cost + type.vehicle.costPerSecond * duty;
      if (cost >= cheapest) continue;
      cheapest = cost;
      store(labels, finalLabel, candidate);
    }
  }
  evaluation.finalLabel = finalLabel;
  return cheapest;
};

/** Sums the loads from the end; false when the vehicle may not take all of these stops in one shift. */
const isWithinShiftTotals = (evaluation: Evaluation, type: VehicleType, length: number): boolean => {
  if (length > type.maxStops) return false;
  const { model, sequence, litresAhead, kgAhead } = evaluation;
  let litres = 0;
  let kg = 0;
  for (let index = length - 1; index >= 0; index -= 1) {
    const stop = sequence[index] as number;
    if (type.serves[stop] === 0) return false;
    litresAhead[index] = litres;
    kgAhead[index] = kg;
    litres += model.litres[stop] as number;
    kg += model.kg[stop] as number;
  }
  return litres <= type.maxLitres;
};

/** From the labels after the stop before: straight on within the trip, or on a new trip from a disposal site. */
const extendTo = (
  evaluation: Evaluation,
  type: VehicleType,
  dominance: Dominance,
  at: number,
  length: number,
): void => {
  const { model, labels, counts, sequence } = evaluation;
  const stage = 2 * at;
  const base = stage * LABELS_PER_STAGE;
  counts[stage + 1] = 0;
  counts[stage + 2] = 0;
  if (at === 0) {
    startTrip(evaluation, type, dominance, base, at, length);
    return;
  }
  const stop = sequence[at] as number;
  const stream = model.stream[sequence[at - 1] as number] as number;
  for (let from = base; stream === model.stream[stop] && from < base + (counts[stage] as number); from += 1) {
    if ((labels.departed[from] as number) < (model.release[stop] as number)) continue;
    offerStop(evaluation, type, dominance, from, at, false, 0);
  }
  visitDisposals(evaluation, type, dominance, at - 1);
  const emptied = base + LABELS_PER_STAGE;
  for (let from = emptied; from < emptied + (counts[stage + 1] as number); from += 1) {
    startTrip(evaluation, type, dominance, from, at, length);
  }
};

/**
 * Finds the cheapest schedule of a route for a given order of stops: where to empty the vehicle, when to take its breaks and
 * when to leave, by dynamic programming with labels over the order (a resource-constrained shortest path; S. Irnich and
 * G. Desaulniers, "Shortest Path Problems with Resource Constraints", 2005). Stage 2i holds the labels after the i-th stop,
 * stage 2i + 1 those that then went to a disposal site.
 *
 * Answers the cost of serving `evaluation.sequence[0 … length − 1]` in this order with a vehicle of the type; infinite when it
 * cannot.
 */
export const evaluateRoute = (evaluation: Evaluation, type: VehicleType, length: number): number => {
  const { model, counts, sequence } = evaluation;
  if (!isWithinShiftTotals(evaluation, type, length)) return Number.POSITIVE_INFINITY;
  const dominance: Dominance = {
    timeCosts: type.vehicle.costPerSecond > 0 || type.maxDuty < Number.POSITIVE_INFINITY,
    releases: model.hasReleases,
  };
  findDisposalPlaces(model, type, sequence, length, evaluation.places);
  startLabel(evaluation, type);
  for (let at = 0; at < length; at += 1) {
    extendTo(evaluation, type, dominance, at, length);
    if (counts[2 * at + 2] === 0) return Number.POSITIVE_INFINITY;
  }
  const last = 2 * length;
  if (model.disposals.length === 0 || length === 0) return finish(evaluation, type, last);
  counts[last + 1] = 0;
  visitDisposals(evaluation, type, dominance, length - 1);
  return finish(evaluation, type, last + 1);
};
