import type { CollectionProblem } from '../problem.ts';
import type { Solution } from '../solution.ts';
import { type SolveOptions, solve } from './solve.ts';

/** Parts of the budget: for the stops that must be served alone, for all from there, and for all from the beginning. */
const [MUST, FROM_MUST] = [0.2, 0.4];

/** A part of the steps, and of the time what is left of it after so many milliseconds. */
const part = (options: SolveOptions, of: number, until: number, spent: number): SolveOptions => ({
  ...options,
  ...(options.iterations !== undefined && { iterations: Math.floor(options.iterations * of) }),
  ...(options.deadlineMs !== undefined && { deadlineMs: Math.max(0, options.deadlineMs * until - spent) }),
});

/**
 * `solve` for problems with stops that must be served and stops that may, from two sides: once with all stops at once, and once
 * with the former alone first. Begun with everything, the search fills all vehicles with optional stops and hardly finds back to
 * fewer vehicles; begun with the least, it hardly sends out one vehicle more for a whole street of optional stops, each of
 * which alone is not worth it. The cheaper answer counts. Other problems, and days under way, go to `solve` as they are.
 * @throws What `solve` throws.
 */
export const solvePrized = (problem: CollectionProblem, options: SolveOptions): Solution => {
  const must = problem.stops.filter(({ prize }) => prize === undefined);
  const isMixed = must.length > 0 && must.length < problem.stops.length;
  const isUnderWay =
    problem.published !== undefined || problem.vehicles.some(({ done, committed }) => done ?? committed);
  if (!isMixed || isUnderWay || options.warmStart !== undefined) return solve(problem, options);
  const startedAt = options.now?.() ?? 0;
  const spent = (): number => (options.now?.() ?? 0) - startedAt;
  const least = solve({ ...problem, stops: must }, part(options, MUST, MUST, 0));
  const more = solve(problem, { ...part(options, FROM_MUST, MUST + FROM_MUST, spent()), warmStart: least });
  const all = solve(problem, part(options, 1 - MUST - FROM_MUST, 1, spent()));
  const best = all.cost.total < more.cost.total ? all : more;
  const tried = [least, more, all];
  return {
    ...best,
    iterations: tried.reduce((sum, { iterations }) => sum + iterations, 0),
    seconds: tried.reduce((sum, { seconds }) => sum + seconds, 0),
  };
};
