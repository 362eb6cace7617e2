import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { checkSolution } from '../../shared/routing/checker.ts';
import type { CollectionProblem } from '../../shared/routing/problem.ts';
import { solve } from '../../shared/routing/solver/solve.ts';
import { InfeasibleProblemError, InvalidProblemError } from '../../shared/routing/validate-problem.ts';
import { generatedProblem } from '../../test/shared/routing/generated-problem.ts';
import { featureNames, features } from '../../test/shared/routing/problem-features.ts';

/**
 * `node bench/routing/fuzz.ts --problems N --seed K --iterations I [--out FILE]`: solves generated problems of every mixture of
 * features and has the independent checker look at each answer. Prints one JSON line; at the first answer that is not feasible
 * it writes problem and faults to FILE and ends with 1.
 */
const BATCH = 200;

/** Many tiny problems, where everything is tried against everything, some that fill several trips, a few with long routes. */
const shapes = [
  ...(['any', 'metric', 'plane'] as const).flatMap((roads) => [
    generatedProblem({ stops: 5, roads }),
    generatedProblem({ stops: 12, roads }),
    fc.noBias(generatedProblem({ stops: 12, roads })),
  ]),
  fc.noBias(generatedProblem({ stops: 50, roads: 'metric' })),
];

type Outcome =
  | { readonly status: 'answered' }
  | { readonly status: 'refused'; readonly as: 'invalid' | 'infeasible'; readonly message: string }
  | { readonly status: 'wrong'; readonly faults: readonly string[] };

const judge = (problem: CollectionProblem, seed: number, iterations: number): Outcome => {
  try {
    const { feasible, faults } = checkSolution(problem, solve(problem, { seed, iterations }));
    return feasible ? { status: 'answered' } : { status: 'wrong', faults };
  } catch (error) {
    if (error instanceof InvalidProblemError) return { status: 'refused', as: 'invalid', message: error.message };
    if (error instanceof InfeasibleProblemError) return { status: 'refused', as: 'infeasible', message: error.message };
    return { status: 'wrong', faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
};

const count = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

/** The `number`-th batch of a run, the same for the same seed. */
const batch = (number: number, seed: number): readonly CollectionProblem[] => {
  const shape = shapes[number % shapes.length] ?? generatedProblem({ stops: 9, roads: 'any' });
  return fc.sample(shape, { numRuns: BATCH, seed: seed * 1_000_003 + number });
};

const { values } = parseArgs({
  options: {
    problems: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    iterations: { type: 'string', default: '60' },
    out: { type: 'string', default: 'fuzz-failure.json' },
  },
});
const wanted = Number(values.problems);
const seed = Number(values.seed);
const iterations = Number(values.iterations);

const used = new Map<string, number>();
const refused = new Map<string, number>();
const examples = new Map<string, string>();

/** Judges the problems until one is answered wrongly; answers how many there were. */
const run = (): number => {
  let solved = 0;
  for (let number = 0; solved < wanted; number += 1) {
    for (const problem of batch(number, seed).slice(0, wanted - solved)) {
      const outcome = judge(problem, seed + solved, iterations);
      solved += 1;
      for (const name of featureNames) if (features[name].isUsed(problem)) count(used, name);
      if (outcome.status === 'refused') {
        count(refused, outcome.as);
        if (!examples.has(outcome.as))
          examples.set(outcome.as, `${outcome.message} (problem ${solved} of seed ${seed})`);
      }
      if (outcome.status === 'wrong') {
        writeFileSync(
          values.out,
          JSON.stringify({ faults: outcome.faults, seed: seed + solved - 1, iterations, problem }, null, 1),
        );
        process.stderr.write(`Problem ${solved}: ${outcome.faults.join('\n')}\nWritten to ${values.out}\n`);
        process.exitCode = 1;
        return solved;
      }
    }
  }
  return solved;
};

const startedAt = performance.now();
const solved = run();
const line = {
  problems: solved,
  perSecond: Math.round(solved / ((performance.now() - startedAt) / 1_000)),
  wrong: process.exitCode === 1 ? 1 : 0,
  refused: Object.fromEntries(refused),
  examples: Object.fromEntries(examples),
  used: Object.fromEntries(used),
};
process.stdout.write(`${JSON.stringify(line)}\n`);
