import fc from 'fast-check';
import type { CollectionProblem } from '../../../../shared/routing/problem.ts';
import { construct } from '../../../../shared/routing/solver/construct.ts';
import { compileModel } from '../../../../shared/routing/solver/model/compile-model.ts';
import { seededRandom } from '../../../../shared/routing/solver/random.ts';
import { ruinScratch } from '../../../../shared/routing/solver/ruin/ruined.ts';
import { createSearch } from '../../../../shared/routing/solver/search.ts';
import { InfeasibleProblemError } from '../../../../shared/routing/validate-problem.ts';
import { generatedProblem } from '../generated-problem.ts';
import { capacityProblem } from './drawn-states.ts';

/** Everything that a step of the search works with, the first solution built. A run is thrown away where a day cannot be finished. */
export const build = (problem: CollectionProblem, seed: number) => {
  const model = compileModel(problem);
  const search = createSearch(model);
  const random = seededRandom(seed);
  try {
    const state = construct(model, search, random, undefined);
    return { model, search, random, state, ruined: ruinScratch(model) };
  } catch (error) {
    if (error instanceof InfeasibleProblemError) fc.pre(false);
    throw error;
  }
};

/** Problems for each of the two ways to search: with every rule, and with capacities alone. */
export const problems = {
  'every rule': generatedProblem({ stops: 12, roads: 'metric' }),
  'every rule on roads of any kind': generatedProblem({ stops: 10, roads: 'any' }),
  'capacities alone': capacityProblem(14),
} as const;

export const kinds = Object.keys(problems) as readonly (keyof typeof problems)[];
