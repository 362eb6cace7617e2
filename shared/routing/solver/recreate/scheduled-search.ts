import type { Model } from '../model/model.ts';
import { createDisposalScratch } from '../schedule/disposal-scratch.ts';
import { createEvaluation } from '../schedule/evaluation.ts';
import { type Pricing, priceOrder } from '../schedule/price-order.ts';
import { createTimetable } from '../schedule/timetable.ts';
import { createCandidates } from './candidates.ts';
import type { PlaceSearch } from './consider-place.ts';
import { noInsertion } from './insertion.ts';
import { type MovedDisposal, noMovedDisposal } from './move-disposal.ts';
import type { Detour } from './place-cost.ts';

/** What recreating by schedule works with. */
export type ScheduledSearch = PlaceSearch & {
  readonly moved: MovedDisposal;
  readonly detour: Detour;
  readonly pricing: Pricing;
  /** Number of the stop being placed, and by route of the last for which it was asked. */
  asking: number;
  readonly askedAt: Float64Array;
  /** By open route: 1 where its vehicle could take the stop that is being placed. */
  readonly takes: Uint8Array;
  /** By open route: what a unit of weight costs its vehicle. */
  readonly costPerWeight: Float64Array;
  /** By open route: 1 where a place costs just its detour. */
  readonly isExact: Uint8Array;
  /** No place can cost less than it is reckoned at: where time costs, a stop may fall into a wait, and other disposal visits may do better. */
  readonly knowsDetours: boolean;
  /** Cost of a vehicle that serves one stop alone, by type and stop; not a number until it is asked for. */
  readonly soloCost: Float64Array;
};

/** Around a disposal visit there are up to four places, and each may be listed three times, as what it turns out to be. */
const mostCandidates = (model: Model): number => 12 * (model.stopCount + model.routeSlots);

export const createScheduledSearch = (model: Model): ScheduledSearch => ({
  timetable: createTimetable(model),
  candidates: createCandidates(mostCandidates(model)),
  best: noInsertion(),
  moved: noMovedDisposal(),
  detour: { metres: 0, fees: 0 },
  pricing: { evaluation: createEvaluation(model), scratch: createDisposalScratch(model) },
  asking: 0,
  askedAt: new Float64Array(model.routeSlots),
  takes: new Uint8Array(model.routeSlots),
  costPerWeight: new Float64Array(model.routeSlots),
  isExact: new Uint8Array(model.routeSlots),
  leastCost: new Float64Array(model.routeSlots),
  knowsDetours: model.sites.length === 0 && model.types.every((type) => type.paysByDetour),
  soloCost: new Float64Array(model.types.length * model.stopCount).fill(Number.NaN),
});

/** What it costs to send a vehicle of a type out for one stop alone. */
export const soloCostOf = (model: Model, search: ScheduledSearch, type: number, stop: number): number => {
  const at = type * model.stopCount + stop;
  if (Number.isNaN(search.soloCost[at])) {
    search.pricing.evaluation.stops[1] = stop;
    search.soloCost[at] = priceOrder(search.pricing, type, 1, true);
  }
  return search.soloCost[at] as number;
};
