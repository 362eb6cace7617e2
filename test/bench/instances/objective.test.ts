import { describe, expect, it } from 'vitest';
import { withObjective } from '../../../bench/instances/objective.ts';
import { readInstance } from '../../../bench/instances/read.ts';
import { solve } from '../../../shared/routing/solver/solve.ts';

/** Early and late customers on both sides of the depot: one vehicle can serve them by driving to and fro, two stay on their side. */
const solomon = [
  'R1\n\nVEHICLE\nNUMBER CAPACITY\n5 10\n\nCUSTOMER\nCUST NO. XCOORD. YCOORD. DEMAND READY TIME DUE DATE SERVICE TIME\n',
  '0 0 0 0 0 100 0',
  '1 10 0 1 10 10 0',
  '2 -10 0 1 30 30 0',
  '3 10 0 1 50 50 0',
  '4 -10 0 1 70 70 0',
].join('\n');

const answer = (objective: Parameters<typeof withObjective>[1]) => {
  const instance = withObjective(readInstance(solomon, 'r1'), objective);
  const solution = solve(instance.problem, { seed: 1, iterations: 300 });
  return { vehicles: solution.routes.length, ...instance.report(solution) };
};

describe('objectives', () => {
  it('count distance alone where that is asked for', () => {
    expect(answer('distance-only')).toEqual({ vehicles: 2, cost: 40, distance: 40 });
  });

  it('put vehicles first without showing what that costs', () => {
    expect(answer('vehicles-first')).toMatchObject({ vehicles: 1, distance: 80 });
    expect(answer('vehicles-first').cost).toBeCloseTo(80, 6);
    expect(answer('as-published')).toEqual(answer('vehicles-first'));
  });
});
