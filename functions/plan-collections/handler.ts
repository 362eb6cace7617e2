import { planCollectionsEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { queued } from '../../shared/lambda/queued.ts';
import { planCollections } from '../../shared/routing/plan-collections.ts';
import { solve } from '../../shared/routing/solver/solve.ts';
import { openStores } from '../../shared/storage/open.ts';
import { planEach } from './plan-queue.ts';

const environment = readEnvironment(planCollectionsEnvironmentSchema);
const planning = {
  ...openStores(environment),
  cityId: environment.CITY_ID,
  clock: Date.now,
  solveSeconds: environment.SOLVE_SECONDS,
  solve: (problem: Parameters<typeof solve>[0], options: { deadlineMs: number; seed: number }) =>
    solve(problem, { ...options, now: () => performance.now() }),
};

export const handler = queued(planEach((request) => planCollections(planning, request)));
