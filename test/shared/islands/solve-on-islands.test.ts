import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateCity } from '../../../bench/routing/generate-city.ts';
import { type LaunchIsland, launchIsland, launchThread } from '../../../shared/islands/island-thread.ts';
import { bestOf, islandsUpTo, seedOfIsland, solveOnIslands } from '../../../shared/islands/solve-on-islands.ts';
import type { Solution } from '../../../shared/routing/solution.ts';
import { solve } from '../../../shared/routing/solver/solve.ts';

const problem = generateCity({ bins: 40, seed: 2, shift: 'night' });
const options = { seed: 7, iterations: 300 };

/** What does not depend on how long it took. */
const plan = ({ routes, unserved, cost }: Solution) => ({ routes, unserved, cost });

let folder: string;
const entryOf = async (name: string, code: string): Promise<LaunchIsland> => {
  const file = join(folder, name);
  await writeFile(file, code);
  return launchThread(pathToFileURL(file));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'islands-'));
});

afterAll(() => rm(folder, { recursive: true }));

describe('islands', () => {
  it('find the same answer with the same seed and iterations', async () => {
    const [first, again] = [
      await solveOnIslands(problem, { ...options, islands: 3 }),
      await solveOnIslands(problem, { ...options, islands: 3 }),
    ];
    expect(plan(again)).toEqual(plan(first));
    expect(first.iterations).toBe(900);
  });

  it('answer the best of what each finds alone, so that they are never worse than one', async () => {
    const alone = [0, 1, 2].map((island) => solve(problem, { ...options, seed: seedOfIsland(options.seed, island) }));
    const best = bestOf(problem, alone);
    if (best === undefined) throw new Error('three answers');
    expect(plan(await solveOnIslands(problem, { ...options, islands: 3 }))).toEqual(plan(best));
  });

  it('are the plain solver when there is one', async () => {
    const answer = await solveOnIslands(problem, { ...options, islands: 1 });
    expect(plan(answer)).toEqual(plan(solve(problem, options)));
    expect(seedOfIsland(7, 0)).toBe(7);
  });

  it('end together at the deadline', async () => {
    const startedAt = performance.now();
    const answer = await solveOnIslands(problem, { seed: 1, islands: 2, deadlineMs: 600 });
    expect(answer.routes.length).toBeGreaterThan(0);
    // Generous: the machine may be busy. One that forgot the deadline would search for ever.
    expect(performance.now() - startedAt).toBeLessThan(20_000);
  });

  it.each([
    ['throws', 'throw new Error("out of luck")'],
    ['exits', 'process.exit(3)'],
    ['ends without a word', ''],
    ['is no program', 'this is no program'],
  ])('go on without one that %s', async (name, code) => {
    const broken = await entryOf(`${name.replaceAll(' ', '-')}.mjs`, code);
    let launched = 0;
    const launch: LaunchIsland = (task) => (launched++ === 0 ? broken(task) : launchIsland(task));
    const answer = await solveOnIslands(problem, { ...options, islands: 3 }, launch);
    expect(launched).toBe(2);
    expect(answer.iterations).toBe(600);
    expect(answer.routes.length).toBeGreaterThan(0);
  });

  it('do not wait for one that never ends', async () => {
    const endless = await entryOf('endless.mjs', 'for (;;);');
    const answer = await solveOnIslands(problem, { seed: 1, islands: 2, deadlineMs: 100 }, endless);
    expect(answer.routes.length).toBeGreaterThan(0);
  }, 20_000);

  it('throw what the solver throws when none has an answer', async () => {
    const broken = await entryOf('broken.mjs', 'process.exit(1)');
    const impossible = { ...problem, stops: undefined } as unknown as typeof problem;
    await expect(solveOnIslands(impossible, { ...options, islands: 2 }, broken)).rejects.toThrow();
  });

  it('are at most as many as there are cores', () => {
    expect(islandsUpTo(0)).toBe(1);
    expect(islandsUpTo(1_000)).toBeGreaterThanOrEqual(1);
    expect(islandsUpTo(1_000)).toBeLessThan(1_000);
  });
});

describe('the best of several answers', () => {
  const answer = (total: number, ...unserved: string[]): Solution => ({
    routes: [],
    unserved: unserved.map((stopId) => ({ stopId, reason: '', reasonVi: '' })),
    cost: { ...solve(problem, { seed: 1, iterations: 0 }).cost, total },
    iterations: 0,
    seconds: 0,
  });

  it('leaves the least behind, then costs the least, then comes first', () => {
    const [a, b, c, d] = [answer(10, 'bin-1'), answer(30), answer(20), answer(20)];
    expect(bestOf(problem, [a, b])).toBe(b);
    expect(bestOf(problem, [a, b, c, d])).toBe(c);
    expect(bestOf(problem, [])).toBeUndefined();
  });

  it('would rather leave two light stops than one that weighs more', () => {
    const [heavy] = problem.stops;
    const weighed = { ...problem, stops: [{ ...heavy, priority: 5 }, ...problem.stops.slice(1)] } as typeof problem;
    const [one, two] = [answer(10, 'bin-1'), answer(20, 'bin-2', 'bin-3')];
    expect(bestOf(weighed, [one, two])).toBe(two);
  });
});
