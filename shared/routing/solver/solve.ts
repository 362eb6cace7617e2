import { assertValid } from '../assert-valid.ts';
import type { CollectionProblem } from '../problem.ts';
import type { Solution } from '../solution.ts';
import { anneal, type Cooling, meanLegCost } from './anneal.ts';
import { annealInRounds, mayRecombine } from './anneal-in-rounds.ts';
import { buildSolution } from './answer/build-solution.ts';
import { startProgress } from './budget.ts';
import { construct } from './construct.ts';
import { compileModel } from './model/compile-model.ts';
import type { Model } from './model/model.ts';
import { inTourOrder } from './model/tour-order.ts';
import { seededRandom } from './random.ts';
import { type Patience, reduceFleet, worthOfVehicles } from './reduce-fleet.ts';
import { restore } from './restore.ts';
import { ruinScratch } from './ruin/ruined.ts';
import { createSearch } from './search.ts';
import { keep, keepsakeOf, toSnapshot } from './snapshot.ts';
import { squeezeFleet } from './squeeze-fleet.ts';
import type { State } from './state/state.ts';

/**
 * Temperatures in mean legs, with what was measured in `docs/optimizer.md`: mixed fleets and long routes over disposal sites have
 * to climb higher, since a vehicle more or less is worth many legs.
 */
const coolingFor = (model: Model, state: State, from: number): Cooling => {
  const leg = meanLegCost(model, state);
  if (model.sites.length > 0) return { hottest: 3 * leg, coldest: 0.06 * leg, from, to: 1 };
  if (!model.capacityOnly) return { hottest: leg, coldest: 0.06 * leg, from, to: 1 };
  return { hottest: 2 * leg, coldest: 0.02 * leg, from, to: 1 };
};

/** Where vehicles are what costs: for up to a third of the budget at its beginning. */
const AT_ONCE: Patience = { until: 0.35, idle: 0.12 };
/** Elsewhere as long as it goes fast; from there on annealing squeezes stops out of routes. */
const WHILE_EASY: Patience = { until: 0.35, idle: 0.015 };
const SQUEEZED_UNTIL = 0.5;

export type SolveOptions = {
  /** Any integer: the same problem, seed and iterations give the same solution everywhere. */
  readonly seed: number;
  /** Improvement steps. Alone, or with a deadline that may cut them short. */
  readonly iterations?: number;
  /** Milliseconds from the call until the search stops; needs `now`. Building the answer comes on top. */
  readonly deadlineMs?: number;
  /** A plan to begin with: kept as far as the problem allows, and improved from there. */
  readonly warmStart?: Solution;
  /** A clock in milliseconds, read for the deadline alone. */
  readonly now?: () => number;
};

/**
 * Routes for a collection problem: feasible whenever it returns, better with more iterations or time. Stops that no vehicle can
 * take are listed with the reason. Without iterations and deadline it answers the first solution it builds.
 * @throws InvalidProblemError that names the fields at fault.
 * @throws InfeasibleProblemError when a vehicle cannot finish a day that has begun.
 */
export const solve = (problem: CollectionProblem, options: SolveOptions): Solution => {
  const { seed, iterations, deadlineMs, now, warmStart } = options;
  const startedAt = now?.() ?? 0;
  const elapsed = (): number => (now?.() ?? 0) - startedAt;
  const timed = deadlineMs !== undefined && now !== undefined;
  assertValid(problem);
  const model = compileModel(inTourOrder(problem));
  const search = createSearch(model);
  const random = seededRandom(seed);
  let state = construct(model, search, random, warmStart);
  const best = keepsakeOf(state);
  const progress = startProgress({
    iterations: iterations ?? (timed ? Number.POSITIVE_INFINITY : 0),
    elapsedFraction: () => (timed ? elapsed() / deadlineMs : 0),
  });
  const ruined = ruinScratch(model);
  const worth = worthOfVehicles(model, state);
  const kept = keepsakeOf(state);
  let saves = worth !== 'none';
  const saveVehicles = (patience: Patience): void => {
    keep(kept, state);
    saves = reduceFleet(model, state, search, ruined, random, progress, patience, kept);
    state = restore(model, search, kept);
  };
  if (saves) saveVehicles(worth === 'most' ? AT_ONCE : WHILE_EASY);
  if (state.cost < best.cost) keep(best, state);
  let cooling = coolingFor(model, state, progress.fraction);
  if (worth === 'some' && saves) {
    ({ state, cooling } = squeezeFleet(model, state, search, ruined, random, progress, cooling, SQUEEZED_UNTIL, best));
  }
  if (mayRecombine(model)) annealInRounds(model, state, search, ruined, random, progress, best);
  else anneal(model, state, search, ruined, random, progress, cooling, 1, best);
  return buildSolution(model, toSnapshot(model, best), {
    iterations: progress.iterations,
    seconds: elapsed() / 1_000,
  });
};
