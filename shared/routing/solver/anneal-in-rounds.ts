import { anneal, type Cooling, meanLegCost } from './anneal.ts';
import type { Progress } from './budget.ts';
import type { Model } from './model/model.ts';
import type { Random } from './random.ts';
import { recombine } from './recombine/recombine.ts';
import { createRoutePool, rememberRoutes } from './recombine/route-pool.ts';
import { restore, stateOf } from './restore.ts';
import type { Ruined } from './ruin/ruined.ts';
import type { Search } from './search.ts';
import { type Keepsake, keep } from './snapshot.ts';
import { innerArcs } from './state/inner-arcs.ts';
import type { State } from './state/state.ts';

/**
 * Temperatures in mean arcs between stops. Ways to and from the depot say nothing of what exchanges between routes cost: where
 * routes are short and far away, a mean leg is several times as long.
 */
const HOTTEST = 0.8;
const WARM = 0.2;
const COLDEST = 0.1;
/** What the best solution still gains at the very end, where nothing has to be climbed out of any more. */
const COOL = 0.05;
const FROZEN = 0.01;

/** Walking hot for so much of the budget shows how many steps there will be. */
const MEASURED_SHARE = 0.02;
/** Steps that an anneal needs to be worth its while, for each pair of stops. */
const STEPS_PER_PAIR = 15;
const MOST_ROUNDS = 20;
/** What is left of the budget when the last round ends, and for the very end. */
const LAST_SHARE = 0.06;
const FROZEN_SHARE = 0.02;

/** So much of a round's cooling goes by until its routes are good enough to be remembered. */
const SETTLED = 0.25;
/** Steps in whose time a region is chosen anew, and the share of a round's time that may go into that. */
const STEPS_PER_REGION = 400;
const RECOMBINED_SHARE = 0.04;

/** Whether routes can be exchanged for others with the same stops: they cost what they drive, with vehicles all alike. */
export const mayRecombine = (model: Model): boolean => model.capacityOnly && model.types.length === 1;

const meanInnerArc = (model: Model, state: State): number => {
  const { metres, arcs } = innerArcs(model, state);
  const cost = metres * (model.types[0]?.costPerMetre ?? 0);
  return arcs === 0 || cost === 0 ? meanLegCost(model, state) : cost / arcs;
};

const roundsFor = (model: Model, progress: Progress): number => {
  const steps = progress.iterations / progress.fraction;
  const rounds = Math.round(steps / (STEPS_PER_PAIR * model.stopCount ** 2));
  return Math.max(1, Math.min(MOST_ROUNDS, rounds));
};

/**
 * Several anneals, as many as the budget has steps for, each hot enough to forget where the last one ended. Their routes go into
 * a pool, and after each round those of the best solution are recombined with them. A last warm stretch goes on from the best, and a cold one
 * after it.
 */
export const annealInRounds = (
  model: Model,
  state: State,
  search: Search,
  ruined: Ruined,
  random: Random,
  progress: Progress,
  best: Keepsake,
): void => {
  if (model.stopCount === 0 || progress.fraction >= 1) return;
  const pool = createRoutePool(model);
  const scale = meanInnerArc(model, state);
  const hottest = HOTTEST * scale;
  const coldest = COLDEST * scale;
  const from = progress.fraction;
  const measured = from + MEASURED_SHARE * (1 - from);
  const walk: Cooling = { hottest, coldest: hottest, from, to: measured };
  anneal(model, state, search, ruined, random, progress, walk, measured, best);
  const rounds = roundsFor(model, progress);
  const share = (1 - LAST_SHARE - progress.fraction) / rounds;
  for (let round = 1; round <= rounds; round += 1) {
    const until = 1 - LAST_SHARE - share * (rounds - round);
    const before = progress.iterations;
    const cooling: Cooling = { hottest, coldest, from: progress.fraction, to: until };
    anneal(model, state, search, ruined, random, progress, cooling, until, best, (cooled) => {
      if (cooled >= SETTLED) rememberRoutes(model, state, pool);
    });
    const regions = Math.floor((RECOMBINED_SHARE * (progress.iterations - before)) / STEPS_PER_REGION);
    const routes = regions > 0 ? recombine(model, restore(model, search, best), pool, random, regions) : undefined;
    if (routes === undefined) continue;
    const recombined = stateOf(model, search, routes);
    if (recombined.cost < best.cost) keep(best, recombined);
  }
  const goOn = (from: number, down: number, until: number): void => {
    const cooling: Cooling = { hottest: from * scale, coldest: down * scale, from: progress.fraction, to: until };
    anneal(model, restore(model, search, best), search, ruined, random, progress, cooling, until, best);
  };
  goOn(WARM, COLDEST, 1 - FROZEN_SHARE);
  goOn(COOL, FROZEN, 1);
};
