import type { ProblemStop, ProblemVehicle } from '../../problem.ts';
import type { Unserved } from '../../solution.ts';
import type { Model } from '../model/model.ts';
import { maySuit, suitsEquipment, suitsLoad, suitsPlace, suitsStream } from '../model/vehicle-type.ts';
import { bothOf } from '../model/windows.ts';
import { createDisposalScratch } from '../schedule/disposal-scratch.ts';
import { createEvaluation } from '../schedule/evaluation.ts';
import { priceOrder } from '../schedule/price-order.ts';
import { clockTime, type Words, words } from './words.ts';

/** Why a stop is served by nobody: the first requirement that leaves no vehicle, in a dispatcher's words. */
type Requirement = {
  readonly isMet: (vehicle: ProblemVehicle, stop: ProblemStop) => boolean;
  readonly words: (stop: ProblemStop) => Words;
};

const requirements: readonly Requirement[] = [
  { isMet: suitsStream, words: words.noCarrier },
  { isMet: suitsEquipment, words: words.noEquipment },
  { isMet: suitsPlace, words: words.noAccess },
  { isMet: suitsLoad, words: words.tooMuch },
];

const vehicleReason = ({ problem }: Model, stop: ProblemStop): Words | undefined => {
  let left: readonly ProblemVehicle[] = problem.vehicles;
  for (const requirement of requirements) {
    left = left.filter((vehicle) => requirement.isMet(vehicle, stop));
    if (left.length === 0) return requirement.words(stop);
  }
  return undefined;
};

const siteReason = ({ problem }: Model, stop: ProblemStop): Words | undefined => {
  if (problem.disposalSites.length === 0) return undefined;
  const taken = problem.disposalSites.some(({ streams }) => streams?.includes(stop.stream) ?? true);
  return taken ? undefined : words.noSite(stop);
};

/** The clock forbids every vehicle that suits it: the windows say when it wanted to be served. */
const timeReason = (model: Model, stop: ProblemStop): Words => {
  const zone = model.problem.zones?.find(({ id }) => id === stop.zone);
  const open = zone?.windows ?? zone?.windowsFor?.flatMap(({ windows }) => windows);
  const windows = bothOf(stop.windows, open) ?? [];
  if (windows.length === 0) return words.noTime;
  const spans = windows.map(([from, to]) => `${clockTime(from)}–${clockTime(to)}`).join(', ');
  const needs = stop.lift ?? stop.skills?.[0];
  const isScarce = model.problem.vehicles.some((vehicle) => !maySuit(vehicle, stop));
  return needs !== undefined && isScarce ? words.noEquipmentInWindow(stop, spans) : words.windowMissed(spans);
};

/** Answers the reason for one stop, by number, that the best solution leaves out. */
export const createReasons = (model: Model): ((node: number) => Unserved) => {
  const pricing = { evaluation: createEvaluation(model), scratch: createDisposalScratch(model) };
  const isPossible = (node: number): boolean =>
    model.types.some((_, type) => {
      pricing.evaluation.stops[1] = node;
      return priceOrder(pricing, type, 1, true) < Number.POSITIVE_INFINITY;
    });
  return (node) => {
    const stop = model.problem.stops[node];
    if (stop === undefined) throw new Error(`No stop ${node}`);
    const reason =
      vehicleReason(model, stop) ??
      siteReason(model, stop) ??
      (isPossible(node) ? undefined : timeReason(model, stop)) ??
      (stop.prize === undefined ? words.fleetIsFull : words.canWait);
    return { stopId: stop.id, reason: reason.en, reasonVi: reason.vi };
  };
};
