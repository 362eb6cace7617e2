import { countStep, type Progress } from './budget.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import type { Ruined } from './ruin/ruined.ts';
import { type Search, tryStep } from './search.ts';
import { type Keepsake, keep } from './snapshot.ts';
import { commit } from './state/journal.ts';
import type { State } from './state/state.ts';

/** A fall of temperature, in money, from one progress of the budget to another. */
export type Cooling = {
  readonly hottest: number;
  readonly coldest: number;
  readonly from: number;
  readonly to: number;
};

/** The temperature at a progress of the budget. */
export const temperatureAt = ({ hottest, coldest, from, to }: Cooling, progress: number): number =>
  hottest * Math.exp((Math.log(coldest / hottest) * (progress - from)) / (to - from));

/** Told now and then how far the temperature has fallen, 0 to 1. */
export type Look = (cooled: number) => void;

/** The whole state is looked at once in so many steps. */
const STEPS_BETWEEN_STOCKS = 256;

/**
 * What a leg costs in the mean: the scale of temperatures. A vehicle counts for no more than it drives, so that one whose price
 * stands for "as few as possible" does not heat everything else.
 */
export const meanLegCost = (model: Model, state: State): number => {
  let cost = 0;
  let legs = 0;
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    const fixed = model.types[state.typeOf[route] as number]?.fixedCost ?? 0;
    const driven = (state.routeCost[route] as number) - fixed;
    cost += driven + Math.min(fixed, driven);
    legs += (state.size[route] as number) + 1;
  }
  return legs === 0 ? 1 : Math.max(cost / legs, 1e-9);
};

/**
 * Ruin and recreate under simulated annealing with a temperature that falls exponentially (Christiaens and Vanden Berghe 2020),
 * as far as a progress. The best solution seen ends up in `best`.
 */
export const anneal = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  cooling: Cooling,
  until: number,
  best: Keepsake,
  look?: Look,
): void => {
  let at = progress.fraction;
  let temperature = temperatureAt(cooling, at);
  for (let step = 0; model.stopCount > 0 && progress.fraction < until; step += 1) {
    if (step % STEPS_BETWEEN_STOCKS === 0) {
      search.takeStock(state);
      look?.((progress.fraction - cooling.from) / (cooling.to - cooling.from));
    }
    if (progress.fraction !== at) {
      at = progress.fraction;
      temperature = temperatureAt(cooling, at);
    }
    countStep(progress);
    if (!tryStep(model, state, search, ruined, random, state.cost - temperature * Math.log(random()))) continue;
    commit(state);
    if (state.cost < best.cost - 1e-7) keep(best, state);
  }
};
