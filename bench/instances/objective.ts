import type { CollectionProblem } from '../../shared/routing/problem.ts';
import type { Instance } from './instance.ts';

/** What is asked for: the objective the instance is published with, the fewest vehicles before all else, or distance alone. */
export type Objective = 'as-published' | 'vehicles-first' | 'distance-only';

/** For `parseArgs`: the two objectives that a command can ask for. */
export const objectiveOptions = {
  'vehicles-first': { type: 'boolean', default: false },
  'distance-only': { type: 'boolean', default: false },
} as const;

/** @throws Error when both are asked for. */
export const objectiveOf = (values: Readonly<Record<keyof typeof objectiveOptions, boolean>>): Objective => {
  if (values['vehicles-first'] && values['distance-only'])
    throw new Error('--vehicles-first or --distance-only, not both');
  if (values['vehicles-first']) return 'vehicles-first';
  return values['distance-only'] ? 'distance-only' : 'as-published';
};

const longest = (matrix: CollectionProblem['distanceMetres']): number => {
  let most = 0;
  for (const row of matrix) for (const value of row) most = Math.max(most, value ?? 0);
  return most;
};

/** More than any plan can spend on the road: three of the longest ways for every stop, and every vehicle's whole shift. */
const outweighsTheRest = ({ distanceMetres, stops, vehicles }: CollectionProblem): number => {
  const road = 3 * stops.length * longest(distanceMetres) * Math.max(...vehicles.map((each) => each.costPerMetre));
  const time = vehicles.reduce(
    (sum, each) => sum + each.count * each.costPerSecond * (each.shift[1] - each.shift[0]),
    0,
  );
  return Math.ceil(road + time) + 1;
};

/**
 * The same problem, with the fewest vehicles first and the instance's own cost second: each vehicle costs more than anything a
 * further one could save. The reported cost is without that.
 */
export const vehiclesFirst = (instance: Instance): Instance => {
  const { problem } = instance;
  const extra = outweighsTheRest(problem);
  const vehicles = problem.vehicles.map((vehicle) => ({ ...vehicle, fixedCost: vehicle.fixedCost + extra }));
  return {
    ...instance,
    problem: { ...problem, vehicles },
    report: (solution) => {
      const surplus = extra * solution.routes.length;
      const { fixed, total } = solution.cost;
      return instance.report({
        ...solution,
        cost: { ...solution.cost, fixed: fixed - surplus, total: total - surplus },
      });
    },
  };
};

/** The same problem, where only distance counts: no vehicle costs anything for being used, nor its time. */
const distanceOnly = (instance: Instance): Instance => {
  const { problem } = instance;
  const vehicles = problem.vehicles.map((vehicle) => ({
    ...vehicle,
    fixedCost: 0,
    costPerMetre: 1,
    costPerSecond: 0,
  }));
  return {
    ...instance,
    problem: { ...problem, vehicles },
    report: (solution) => {
      const { distance } = instance.report(solution);
      return { cost: distance, distance };
    },
  };
};

export const withObjective = (instance: Instance, objective: Objective): Instance => {
  if (objective === 'vehicles-first') return vehiclesFirst(instance);
  return objective === 'distance-only' ? distanceOnly(instance) : instance;
};
