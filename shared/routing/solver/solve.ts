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
import { paysToSaveVehicles, reduceFleet } from './reduce-fleet.ts';
import { restore } from './restore.ts';
import { ruinScratch } from './ruin/ruined.ts';
import { createSearch } from './search.ts';
import { keepsakeOf, toSnapshot } from './snapshot.ts';

/**
 * Temperatures, with what was measured in `docs/optimizer.md`: mixed fleets and long routes over disposal sites have to climb higher, since a
 * vehicle more or less is worth many legs.
 */
const coolingFor = (model: Model): Cooling => {
  const start = model.sites.length > 0 ? 3 : model.types.length > 1 ? 2 : 1;
  return { start, end: 0.02 };
};

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
  if (paysToSaveVehicles(model, state)) {
    reduceFleet(model, state, search, ruined, random, progress, meanLegCost(model, state), best);
    state = restore(model, search, best);
  }
  if (mayRecombine(model)) annealInRounds(model, state, search, ruined, random, progress, best);
  else anneal(model, state, search, ruined, random, progress, coolingFor(model), best);
  return buildSolution(model, toSnapshot(model, best), {
    iterations: progress.iterations,
    seconds: elapsed() / 1_000,
  });
};
