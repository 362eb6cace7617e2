import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localHeat } from '../../../../shared/routing/solver/local-heat.ts';
import { compileModel } from '../../../../shared/routing/solver/model/compile-model.ts';
import { capacityProblem } from './drawn-states.ts';

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('how warm it is around each stop', () => {
  it('is 1 in the mean, and nowhere negative', () =>
    fc.assert(
      fc.property(capacityProblem(20), (problem) => {
        const model = compileModel(problem);
        fc.pre(model.stopCount > 0);
        const heat = localHeat(model);
        expect(heat).toHaveLength(model.stopCount);
        expect(mean(heat)).toBeCloseTo(1, 9);
        expect(Math.min(...heat)).toBeGreaterThanOrEqual(0);
      }),
    ));

  it('grows with the ways to the neighbours, but not as much, whatever they are measured in', () => {
    const centre = 4;
    const gaps = (unit: number) =>
      Float32Array.from({ length: 8 * 3 }, (_, at) => unit * (Math.floor(at / 3) < centre ? 100 : 900));
    const around = (unit: number) => localHeat({ stopCount: 8, neighbourCount: 3, neighbourGaps: gaps(unit) });
    const heat = around(1);
    const ratio = (heat[7] as number) / (heat[0] as number);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(9);
    expect(Math.max(...around(1_000).map((each, at) => Math.abs(each - (heat[at] as number))))).toBeLessThan(1e-9);
  });

  it('is the same everywhere where all stops are at one place, or there is but one', () => {
    expect([...localHeat({ stopCount: 3, neighbourCount: 2, neighbourGaps: new Float32Array(6) })]).toEqual([1, 1, 1]);
    expect([...localHeat({ stopCount: 1, neighbourCount: 0, neighbourGaps: new Float32Array(0) })]).toEqual([1]);
  });
});
