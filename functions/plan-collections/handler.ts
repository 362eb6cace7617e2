import { islandsUpTo, solveOnIslands } from '../../shared/islands/solve-on-islands.ts';
import { planCollectionsEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { queued } from '../../shared/lambda/queued.ts';
import { planOrReplan } from '../../shared/routing/lifecycle/plan-or-replan.ts';
import type { CollectionProblem } from '../../shared/routing/problem.ts';
import type { Solution } from '../../shared/routing/solution.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openTravel } from '../../shared/storage/travel/open-travel.ts';
import { knownCircumstances } from '../../shared/waste/policy/known-circumstances.ts';
import { planEach } from './plan-queue.ts';

const environment = readEnvironment(planCollectionsEnvironmentSchema);
const stores = openStores(environment);
const cityId = environment.CITY_ID;
const planning = {
  ...stores,
  cityId,
  circumstances: knownCircumstances({ ...stores, cityId }),
  clock: Date.now,
  solveSeconds: environment.SOLVE_SECONDS,
  travel: openTravel(environment),
  solve: (problem: CollectionProblem, options: { deadlineMs: number; seed: number; warmStart?: Solution }) =>
    solveOnIslands(problem, { ...options, islands: islandsUpTo(environment.SOLVE_ISLANDS) }),
};

export const handler = queued(planEach((request) => planOrReplan(planning, request)));
