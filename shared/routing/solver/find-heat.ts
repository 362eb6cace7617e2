import { countStep, type Progress } from './budget.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import type { Ruined } from './ruin/ruined.ts';
import { type Search, tryStep } from './search.ts';
import { type Keepsake, keep } from './snapshot.ts';
import { commit } from './state/journal.ts';
import type { State } from './state/state.ts';

/**
 * Share of steps that change the solution where annealing begins (the idea of a chosen first acceptance: Johnson, Aragon, McGeoch and
 * Schevon, "Optimization by simulated annealing, part I", Operations Research 37 (1989) 865–892). Much is lost where fewer do, as the
 * solution remembers what it was; more melt what has long been forgotten.
 */
const CHANGING = 0.2;

/** The heat is set anew once in so many steps, by so much of what the share is off, within bounds around the first guess. */
const WINDOW = 64;
const GAIN = 0.1;
const FURTHEST = 4;

/**
 * Walks until a progress of the budget, warmer or colder until as many steps change something as should where annealing begins;
 * answers that temperature. How much money that is differs from one problem to another by several times: where there is hardly room
 * for exchanges, only a hot walk gets anywhere. The best solution seen ends up in `best`.
 */
export const findHeat = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  guess: number,
  until: number,
  best: Keepsake,
): number => {
  const halfway = (progress.fraction + until) / 2;
  let offset = 0;
  let changed = 0;
  let offsets = 0;
  let windows = 0;
  for (let step = 1; progress.fraction < until; step += 1) {
    if (step % WINDOW === 1) search.takeStock(state);
    countStep(progress);
    const temperature = guess * Math.exp(offset);
    if (tryStep(model, state, search, ruined, random, state.cost - temperature * Math.log(random()))) {
      if (Math.abs(state.cost - state.costAtCommit) > 1e-7) changed += 1;
      commit(state);
      if (state.cost < best.cost - 1e-7) keep(best, state);
    }
    if (step % WINDOW !== 0) continue;
    offset += GAIN * (1 - changed / (CHANGING * WINDOW));
    offset = Math.max(-Math.log(FURTHEST), Math.min(Math.log(FURTHEST), offset));
    changed = 0;
    if (progress.fraction < halfway) continue;
    offsets += offset;
    windows += 1;
  }
  return guess * Math.exp(windows === 0 ? offset : offsets / windows);
};
