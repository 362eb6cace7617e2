import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../bench/routing/run-instance.ts';
import { familiesOf, summarize } from '../../../bench/routing/summary.ts';
import { toMarkdown } from '../../../bench/routing/table.ts';

const outcome = (seed: number, cost: number, feasible = true): Outcome => ({
  task: { file: 'x.vrp', seconds: 10, seed, objective: 'as-published' },
  answer: {
    instance: 'x',
    kind: 'CVRP',
    cost,
    distance: cost,
    vehicles: 3,
    trips: 3,
    unserved: 0,
    seconds: 10,
    iterations: 1_000_000,
    feasible,
    peakRssMb: 80 + seed,
  },
  faults: feasible ? [] : ['truck#0: carries 12 litres'],
});

describe('a row of the benchmark', () => {
  it('holds the mean and the worst of the seeds', () => {
    const row = summarize('x', [outcome(1, 101), outcome(2, 103)], { cost: 100, vehicles: 2 });
    expect(row).toMatchObject({ cost: 102, gapPercent: 2, worstGapPercent: 3, feasible: true, peakRssMb: 82 });
    expect(row.iterationsPerSecond).toBe(100_000);
  });

  it('is infeasible when one answer is, or is missing', () => {
    expect(summarize('x', [outcome(1, 101), outcome(2, 90, false)], undefined).feasible).toBe(false);
    const crashed: Outcome = { task: outcome(1, 1).task, faults: ['out of memory'] };
    expect(summarize('x', [crashed], { cost: 100 })).toMatchObject({ feasible: false, faults: ['out of memory'] });
  });
});

describe('families', () => {
  it('have the mean gap of those instances whose best is known', () => {
    const rows = [
      summarize('a', [outcome(1, 101)], { cost: 100, vehicles: 2 }),
      summarize('b', [outcome(1, 103)], { cost: 100 }),
      summarize('c', [outcome(1, 103)], undefined),
    ];
    const [family] = familiesOf(rows);
    expect(family).toMatchObject({ kind: 'CVRP', instances: 2, meanGapPercent: 2, worstGapPercent: 3 });
    expect(family?.vehiclesOverBest).toBe(1);
    expect(toMarkdown(rows, familiesOf(rows))).toContain('| a | CVRP | 10 | 101.00 | 100.00 | 1.000 |');
  });
});
