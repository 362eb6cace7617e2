import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nowcast } from '../../../../shared/environment/indices/nowcast.ts';
import { mean, slots } from './means.ts';

const hour = fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }), { nil: null });
const hours = fc.array(hour, { maxLength: 15 });

describe('a NowCast', () => {
  it('is 20.3 in the decision’s example (QĐ 1459/QĐ-TCMT, 2.3 a), 20.2658 unrounded', () => {
    const newestFirst = slots(20.6, 19.6, 22.4, 20.3, 16.5, 19, 16.5, 19.5, 23.5, 20.5, 24.7, 26.9);
    expect(nowcast(newestFirst)?.value).toBeCloseTo(20.2658, 4);
  });

  it('is 28.409801 in EPA’s example, where the second hour is missing', () => {
    // AirNow, "The NowCast for PM2.5 and PM10", printed to six decimals.
    const newestFirst = slots(21, null, 35, 49.2, 48.6, 53.7, 66.2, 69.2, 64.9, 50, 43, 34.9);
    expect(nowcast(newestFirst)?.value).toBeCloseTo(28.409801, 6);
    expect(nowcast(newestFirst)?.completeness).toBeCloseTo(11 / 12);
  });

  it('is no lower for an hour that is missing: divided by the weights that are there', () => {
    // Not normalised, as the decision prints the case of w = 1/2, these gave 63.0.
    const newestFirst = slots(100, null, 80, 30, 20, 20, 20, 10, 10, 10, 10, 10);
    expect(nowcast(newestFirst)?.value).toBeCloseTo(84.1, 1);
  });

  it.each([
    [[30, 30, null], 30],
    [[30, null, 30], 30],
    [[null, 30, 30], 30],
    [[30, null, null, 30, 30], undefined],
    [[null, 30, null, 30, 30], undefined],
    [[null, null, 30, 30, 30], undefined],
    [[null, null, null, 30], undefined],
    [[30], undefined],
    [[], undefined],
  ])('needs two of the newest three hours: %j gives %s', (values, expected) => {
    expect(nowcast(slots(...values))?.value).toBe(expected);
  });

  it('takes no mean that is not valid', () => {
    expect(nowcast([mean(30), mean(500, { isValid: false }), mean(30)])?.value).toBe(30);
    expect(nowcast([mean(30), mean(500, { isValid: false }), mean(30, { isValid: false })])).toBeUndefined();
  });

  it('is 0 in air without any particles', () => {
    expect(nowcast(slots(0, 0, 0))?.value).toBe(0);
  });

  it('lies between the least and the greatest of its hours, and looks at twelve only', () => {
    fc.assert(
      fc.property(hours, fc.array(hour, { maxLength: 3 }), (values, older) => {
        const newest = values.slice(0, 12);
        const known = newest.filter((value) => value !== null);
        const cast = nowcast(slots(...newest));
        if (cast === undefined) return;
        expect(cast.value).toBeGreaterThanOrEqual(Math.min(...known) - 1e-9);
        expect(cast.value).toBeLessThanOrEqual(Math.max(...known) + 1e-9);
        if (newest.length === 12) expect(nowcast(slots(...newest, ...older))).toEqual(cast);
      }),
    );
  });
});
