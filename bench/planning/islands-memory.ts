import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { solveOnIslands } from '../../shared/islands/solve-on-islands.ts';
import type { CollectionProblem } from '../../shared/routing/problem.ts';
import { draftMatrix, matrixRows } from '../../shared/routing/travel/matrix.ts';
import { generateCity } from '../routing/generate-city.ts';

/**
 * What a city's night takes in memory on several islands: `node bench/planning/islands-memory.ts [--bins 2000] [--islands 2] [--rows
 * shared|plain] [--seconds 5]`. `plain`: matrices as arrays of numbers, which every thread copies.
 */
const { values } = parseArgs({
  options: {
    bins: { type: 'string', default: '2000' },
    islands: { type: 'string', default: '2' },
    rows: { type: 'string', default: 'shared' },
    seconds: { type: 'string', default: '5' },
  },
});

const shared = (matrix: CollectionProblem['distanceMetres']): CollectionProblem['distanceMetres'] => {
  const draft = draftMatrix(matrix.length);
  matrix.forEach((row, from) => {
    for (let to = 0; to < row.length; to += 1)
      draft.values[from * matrix.length + to] = row[to] ?? Number.POSITIVE_INFINITY;
  });
  return matrixRows(draft);
};

const peakMb = (): number =>
  Math.round(Number(readFileSync('/proc/self/status', 'utf8').match(/VmHWM:\s+(\d+) kB/)?.[1] ?? 0) / 1_024);

const city = generateCity({ bins: Number(values.bins), seed: 1, shift: 'night' });
const problem =
  values.rows === 'plain'
    ? city
    : { ...city, distanceMetres: shared(city.distanceMetres), durationSeconds: shared(city.durationSeconds) };
const before = Math.round(process.memoryUsage.rss() / 1e6);
const from = performance.now();
const { iterations, cost } = await solveOnIslands(problem, {
  seed: 1,
  islands: Number(values.islands),
  deadlineMs: Number(values.seconds) * 1_000,
});
const seconds = Number(((performance.now() - from) / 1_000).toFixed(1));
console.log(
  JSON.stringify({ ...values, beforeMb: before, peakMb: peakMb(), seconds, iterations, cost: Math.round(cost.total) }),
);
process.exit(0);
