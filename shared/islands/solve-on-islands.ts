import { availableParallelism } from 'node:os';
import type { CollectionProblem } from '../routing/problem.ts';
import type { Solution } from '../routing/solution.ts';
import type { SolveOptions } from '../routing/solver/solve.ts';
import {
  type Island,
  type IslandTask,
  islandClock,
  type LaunchIsland,
  launchIsland,
  solveTask,
} from './island-thread.ts';

export type IslandsOptions = Omit<SolveOptions, 'now'> & {
  /** How many searches go on at once, one of them in the calling thread. */
  readonly islands: number;
};

/** How long after the deadline an island may take to put its answer together. */
const GRACE_MS = 3_000;

/** As many islands as there are cores, but no more than `most`, and at least one. */
export const islandsUpTo = (most: number): number => Math.max(1, Math.min(most, availableParallelism()));

/** The first island has the caller's seed, so that more islands are never worse than one. */
export const seedOfIsland = (seed: number, island: number): number =>
  island === 0 ? seed : (seed + Math.imul(island, 0x9e3779b9)) | 0;

/** What is left behind that should not be, each stop with its weight. */
const leftBehind = (problem: CollectionProblem, { unserved }: Solution): number => {
  const missing = new Set(unserved.map(({ stopId }) => stopId));
  return problem.stops.reduce(
    (sum, { id, prize, priority }) => sum + (prize === undefined && missing.has(id) ? (priority ?? 1) : 0),
    0,
  );
};

/** The answer that leaves least behind, then the cheapest, then that of the lowest island. */
export const bestOf = (problem: CollectionProblem, answers: readonly Solution[]): Solution | undefined => {
  const ranked = answers.map((answer) => ({ answer, missing: leftBehind(problem, answer) }));
  ranked.sort((a, b) => a.missing - b.missing || a.answer.cost.total - b.answer.cost.total);
  return ranked[0]?.answer;
};

/** Nothing, for an island that died or was not done in time. */
const answerOf = async ({ answer, stop }: Island, endsAt: number | undefined): Promise<Solution | undefined> => {
  const timer = endsAt === undefined ? undefined : setTimeout(stop, endsAt + GRACE_MS - islandClock());
  return answer
    .catch(() => undefined)
    .finally(() => {
      clearTimeout(timer);
      stop();
    });
};

/** Here, in the calling thread: what came of it, or why nothing did. */
const solveHere = (task: IslandTask): { readonly answer?: Solution; readonly failure?: unknown } => {
  try {
    return { answer: solveTask(task) };
  } catch (failure) {
    return { failure };
  }
};

const tryLaunch = (launch: () => Island): Island[] => {
  try {
    return [launch()];
  } catch {
    return [];
  }
};

/**
 * Solves a problem on several islands, each a search of its own from a seed of its own, and answers the best they found: with
 * the same seed, islands and iterations the same answer on any machine. One island is the plain solver. An island that dies is missed, no more.
 * `iterations` of the answer counts the steps of all islands.
 * @throws What the solver in the calling thread throws, when no other island has an answer either.
 */
export const solveOnIslands = async (
  problem: CollectionProblem,
  { islands, deadlineMs, ...options }: IslandsOptions,
  launch: LaunchIsland = launchIsland,
): Promise<Solution> => {
  const startedAt = islandClock();
  const endsAt = deadlineMs === undefined ? undefined : startedAt + deadlineMs;
  const taskOf = (island: number): IslandTask => ({
    problem,
    options: { ...options, seed: seedOfIsland(options.seed, island) },
    ...(endsAt !== undefined && { endsAt }),
  });
  if (islands <= 1) return solveTask(taskOf(0));
  const others = Array.from({ length: islands - 1 }, (_, index) => index + 1).flatMap((island) =>
    tryLaunch(() => launch(taskOf(island))),
  );
  const pending = others.map((island) => answerOf(island, endsAt));
  const own = solveHere(taskOf(0));
  const answers = [own.answer, ...(await Promise.all(pending))].filter((answer) => answer !== undefined);
  const best = bestOf(problem, answers);
  if (best === undefined) throw own.failure;
  return {
    ...best,
    iterations: answers.reduce((sum, { iterations }) => sum + iterations, 0),
    seconds: (islandClock() - startedAt) / 1_000,
  };
};
