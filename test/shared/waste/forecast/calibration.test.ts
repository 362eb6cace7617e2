import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionOf, learnt, UNCALIBRATED } from '../../../../shared/waste/forecast/calibration.ts';
import { gammaCdf } from '../../../../shared/waste/forecast/gamma.ts';

const transforms = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 100 });

describe('calibration', () => {
  it('corrects a forecast that is too narrow', () => {
    // Outcomes fall into the outer tenths half of the time, where a fifth of them belongs.
    const outer = Array.from({ length: 2_000 }, (_, index) => {
      const within = ((index * 7) % 100) / 100;
      return index % 2 === 0 ? 0.1 + 0.8 * within : index % 4 === 1 ? 0.1 * within : 0.9 + 0.1 * within;
    });
    const { actual } = correctionOf(outer.reduce((sum, each) => learnt(sum, each), UNCALIBRATED));
    expect(actual(0.9) - actual(0.1)).toBeCloseTo(0.5, 1);
  });

  it('changes nothing before anything is learnt', () => {
    for (const p of [0, 0.013, 0.5, 0.9, 1]) expect(correctionOf(UNCALIBRATED).actual(p)).toBeCloseTo(p, 12);
  });

  it('has an inverse, and keeps the order of probabilities', () =>
    fc.assert(
      fc.property(transforms, fc.double({ min: 0, max: 1, noNaN: true }), (all, p) => {
        const { actual, stated } = correctionOf(all.reduce((sum, each) => learnt(sum, each), UNCALIBRATED));
        expect(actual(stated(p))).toBeCloseTo(p, 9);
        expect(actual(Math.min(1, p + 0.01))).toBeGreaterThanOrEqual(actual(p));
      }),
    ));

  it('refuses what is no probability', () => {
    expect(() => learnt(UNCALIBRATED, Number.NaN)).toThrow(RangeError);
    expect(() => learnt(UNCALIBRATED, 0.6, 0.5)).toThrow(RangeError);
  });
});

describe('the gamma distribution', () => {
  it.each([
    // Shape 1 is exponential; a half of a χ² variable with n degrees of freedom has shape n/2 (Abramowitz & Stegun, table 26.8).
    { shape: 1, x: 2, p: 1 - Math.exp(-2) },
    { shape: 0.5, x: 3.841_46 / 2, p: 0.95 },
    { shape: 5, x: 18.307 / 2, p: 0.95 },
    { shape: 15, x: 43.773 / 2, p: 0.95 },
    { shape: 50, x: 124.342 / 2, p: 0.95 },
  ])('is $p at $x for shape $shape', ({ shape, x, p }) => expect(gammaCdf(shape, 1, x)).toBeCloseTo(p, 4));

  it('goes over into its approximation for large shapes without a step', () => {
    for (const z of [-2, -1, 0, 1, 2]) {
      const at = (shape: number): number => gammaCdf(shape, 1, shape + z * Math.sqrt(shape));
      expect(at(400.001)).toBeCloseTo(at(399.999), 4);
    }
  });
});
