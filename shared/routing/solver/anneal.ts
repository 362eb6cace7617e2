import { changeVehicles } from './change-vehicles.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import { orderRuined } from './recreate/order.ts';
import { ruin } from './ruin/adjacent-strings.ts';
import { ruinScratch } from './ruin/ruined.ts';
import { rejectStep, type Search, settleRuined } from './search.ts';
import { type Snapshot, snapshot } from './snapshot.ts';
import { commit, type State } from './state.ts';

/** When to stop: after so many steps, or when `progress` (0 … 1 of the time) reaches 1; whichever comes first. */
export type Budget = { readonly iterations: number; readonly elapsedFraction: () => number };

/** Start and end temperatures as shares of the mean cost of a leg: a scale that no unit of money changes. */
const START_TEMPERATURE = 0.3;
const END_TEMPERATURE = 0.003;
/** The clock is looked at once in so many steps. */
const STEPS_BETWEEN_LOOKS = 32;

const meanLegCost = (model: Model, state: State): number => {
  let cost = 0;
  let legs = 0;
  for (let index = 0; index < state.openCount; index += 1) {
    const route = state.open[index] as number;
    cost += (state.routeCost[route] as number) - (model.types[state.typeOf[route] as number]?.fixedCost ?? 0);
    legs += (state.size[route] as number) + 1;
  }
  return legs === 0 ? 1 : Math.max(cost / legs, 1e-9);
};

/**
 * Ruin and recreate under simulated annealing with a temperature that falls exponentially (Christiaens and Vanden Berghe 2020).
 * Answers the best solution seen and the steps taken.
 */
export const anneal = (
  model: Model,
  state: State,
  search: Search,
  random: Random,
  budget: Budget,
): { readonly best: Snapshot; readonly iterations: number } => {
  const ruined = ruinScratch(model);
  const scale = meanLegCost(model, state);
  const fall = Math.log(END_TEMPERATURE / START_TEMPERATURE);
  let best = snapshot(model, state);
  let bestCost = state.cost;
  let progress = 0;
  let iterations = 0;
  while (model.stopCount > 0 && iterations < budget.iterations) {
    if (iterations % STEPS_BETWEEN_LOOKS === 0) {
      const elapsed = budget.elapsedFraction();
      if (elapsed >= 1) break;
      progress = Number.isFinite(budget.iterations) ? iterations / budget.iterations : elapsed;
    }
    iterations += 1;
    const temperature = scale * START_TEMPERATURE * Math.exp(fall * progress);
    const threshold = state.cost - temperature * Math.log(random());
    ruin(model, state, ruined, random);
    settleRuined(model, state, search, ruined);
    orderRuined(model, ruined, random);
    search.recreate(state, ruined, random);
    changeVehicles(model, state, search);
    for (let index = 0; index < state.touchedCount; index += 1) {
      const route = state.touched[index] as number;
      if ((state.openAt[route] as number) >= 0) search.polish(state, route);
    }
    if (state.cost >= threshold) {
      rejectStep(model, state, search);
      continue;
    }
    commit(state);
    if (state.cost < bestCost - 1e-7) {
      bestCost = state.cost;
      best = snapshot(model, state);
    }
  }
  return { best, iterations };
};
