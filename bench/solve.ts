import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import { solveOnIslands } from '../shared/islands/solve-on-islands.ts';
import { checkSolution } from '../shared/routing/checker.ts';
import type { Solution } from '../shared/routing/solution.ts';
import type { Instance } from './instances/instance.ts';
import { objectiveOf, objectiveOptions, withObjective } from './instances/objective.ts';
import { readInstanceFile } from './instances/read.ts';
import { toCvrplibSolution, toJsonSolution } from './instances/write.ts';

/**
 * `npm run --silent solve -- PROBLEM [--seconds S] [--iterations N] [--seed K] [--vehicles-first | --distance-only] [--check]
 * [--islands N] [--out FILE]`: solves one instance and prints one JSON line. The independent checker decides what is feasible; `--check` lists
 * its faults on stderr.
 */
const DEFAULT_SECONDS = 10;

const readArguments = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string' },
      iterations: { type: 'string' },
      seed: { type: 'string', default: '1' },
      islands: { type: 'string', default: '1' },
      ...objectiveOptions,
      check: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('Which problem? Give a file: solve PROBLEM [--seconds S] [--out FILE]');
  const iterations = values.iterations === undefined ? undefined : Number(values.iterations);
  const seconds =
    values.seconds === undefined ? (iterations === undefined ? DEFAULT_SECONDS : undefined) : Number(values.seconds);
  const seed = Number(values.seed);
  const islands = Number(values.islands);
  for (const [name, value] of Object.entries({ iterations, seconds, seed })) {
    if (value !== undefined && !(value >= 0)) throw new Error(`--${name} must be a number of at least 0`);
  }
  if (!(Number.isInteger(islands) && islands > 0)) throw new Error('--islands must be a whole number of at least 1');
  const { check, out } = values;
  return { file, iterations, seconds, seed, islands, objective: objectiveOf(values), check, out };
};

const roundTo = (value: number, decimals: number): number => Number(value.toFixed(decimals));

const writeOut = async (file: string, instance: Instance, solution: Solution): Promise<void> => {
  const text =
    extname(file) === '.sol' ? toCvrplibSolution(solution, instance.report(solution).cost) : toJsonSolution(solution);
  await writeFile(file, text);
};

const main = async (): Promise<void> => {
  const { file, iterations, seconds, seed, islands, objective, check, out } = readArguments();
  const instance = withObjective(readInstanceFile(file), objective);
  const solution = await solveOnIslands(instance.problem, {
    seed,
    islands,
    ...(iterations !== undefined && { iterations }),
    ...(seconds !== undefined && { deadlineMs: seconds * 1_000 }),
  });
  const verdict = checkSolution(instance.problem, solution);
  if (check) for (const fault of verdict.faults) process.stderr.write(`${fault}\n`);
  const { cost, distance } = instance.report(solution);
  const trips = solution.routes.flatMap((route) =>
    route.visits.flatMap((visit) =>
      visit.kind === 'stop' ? `${route.vehicleId} ${route.vehicleIndex} ${visit.trip}` : [],
    ),
  );
  const line = {
    instance: instance.problem.name,
    kind: instance.kind,
    cost: roundTo(cost, 3),
    distance: roundTo(distance, 3),
    vehicles: solution.routes.length,
    trips: new Set(trips).size,
    unserved: solution.unserved.length,
    seconds: roundTo(solution.seconds, 2),
    iterations: solution.iterations,
    feasible: verdict.feasible && verdict.complete,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  if (out !== undefined) await writeOut(out, instance, solution);
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
