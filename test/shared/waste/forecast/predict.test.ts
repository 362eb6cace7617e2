import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AS_STATED, correctionOf, learnt, UNCALIBRATED } from '../../../../shared/waste/forecast/calibration.ts';
import { exposureOf } from '../../../../shared/waste/forecast/exposure.ts';
import { ASSUMED } from '../../../../shared/waste/forecast/group.ts';
import { HOUR_MS, localHours } from '../../../../shared/waste/forecast/hours.ts';
import {
  type Forecast,
  fillQuantile,
  probabilityOver,
  timeToLevel,
} from '../../../../shared/waste/forecast/predict.ts';
import { NO_SUMS, profileOf } from '../../../../shared/waste/forecast/profile.ts';
import { type BinModel, rateOf } from '../../../../shared/waste/forecast/rate.ts';

const SECOND_MS = 1_000;
const now = Date.UTC(2026, 10, 23);
const hours = localHours('Asia/Ho_Chi_Minh');
const shop = profileOf({
  ...NO_SUMS,
  hourFill: Array.from({ length: 24 }, (_, hour) => (hour > 7 && hour < 20 ? 8 : 0)),
  hourTime: new Array(24).fill(400),
});
const exposure = exposureOf(shop, hours, now - 30 * 24 * HOUR_MS, now + 60 * 24 * HOUR_MS);

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const model: fc.Arbitrary<BinModel> = fc
  .record({ rate: number(1e-4, 0.1), variation: number(0, 0.8), perFill: number(1e-3, 0.3), perSquare: number(0, 1) })
  .map(({ rate, variation, ...spread }) => ({ rate, variance: (variation * rate) ** 2, ...spread, pieces: 5 }));
const correction = fc
  .array(number(0, 1), { maxLength: 60 })
  .map((transforms) => correctionOf(transforms.reduce((sum, each) => learnt(sum, each), UNCALIBRATED)));
const start = fc.oneof(
  number(0, 1).map((fraction) => ({ status: 'known' as const, fraction, at: now })),
  fc.constant({ status: 'unknown' as const, at: now }),
);
const forecast: fc.Arbitrary<Forecast> = fc.record({ start, model, correction, exposure: fc.constant(exposure) });
const p = number(0.01, 0.99);
const ahead = number(0, 40 * 24).map((each) => now + each * HOUR_MS);

describe('the forecast of a fill', () => {
  it('rises with the probability', () =>
    fc.assert(
      fc.property(forecast, ahead, p, p, (each, at, a, b) => {
        expect(fillQuantile(each, at, Math.max(a, b))).toBeGreaterThanOrEqual(fillQuantile(each, at, Math.min(a, b)));
      }),
    ));

  it('rises with time as long as nobody empties the bin', () =>
    fc.assert(
      fc.property(forecast, ahead, ahead, p, (each, a, b, at) => {
        const later = fillQuantile(each, Math.max(a, b), at);
        expect(later).toBeGreaterThanOrEqual(fillQuantile(each, Math.min(a, b), at) - 1e-6);
      }),
    ));

  it('is a fraction, and never below the present one', () =>
    fc.assert(
      fc.property(forecast, ahead, p, (each, at, probability) => {
        const level = fillQuantile(each, at, probability);
        expect(level).toBeLessThanOrEqual(1);
        // Also fails for NaN.
        expect(level).toBeGreaterThanOrEqual(each.start.status === 'known' ? each.start.fraction : 0);
      }),
    ));

  it('gives a bin of unknown level a wide interval, and never calls it empty', () =>
    fc.assert(
      fc.property(model, ahead, (each, at) => {
        const unknown: Forecast = {
          start: { status: 'unknown', at: now },
          model: each,
          exposure,
          correction: AS_STATED,
        };
        expect(fillQuantile(unknown, at, 0.1)).toBeGreaterThan(0.03);
        expect(fillQuantile(unknown, now, 0.9) - fillQuantile(unknown, now, 0.1)).toBeGreaterThan(0.7);
      }),
    ));

  it('is as wide for a bin without pieces as its group is varied', () => {
    const without = rateOf([], ASSUMED);
    expect(without.rate).toBe(ASSUMED.rate);
    expect(without.variance).toBeCloseTo(ASSUMED.betweenBins, 12);
  });

  it('says the same of level and time: the bin is over a level by the time to it with that probability', () =>
    fc.assert(
      fc.property(forecast, number(0.1, 1), p, (each, level, probability) => {
        const at = timeToLevel(each, level, probability);
        if (at === null || at === now) return;
        // By the second, not by the probability: just below a level one lump decides, and the probability leaps.
        expect(probabilityOver(each, at - SECOND_MS, level)).toBeLessThanOrEqual(probability);
        expect(probabilityOver(each, at + SECOND_MS, level)).toBeGreaterThanOrEqual(probability);
      }),
    ));

  it('has a time to full that rises with the probability and falls with the level already there', () =>
    fc.assert(
      fc.property(forecast, p, p, number(0, 1), (each, a, b, fraction) => {
        const time = (probability: number, from: Forecast): number => timeToLevel(from, 1, probability) ?? Infinity;
        expect(time(Math.max(a, b), each)).toBeGreaterThanOrEqual(time(Math.min(a, b), each));
        if (each.start.status !== 'known') return;
        const fuller = { ...each, start: { ...each.start, fraction: Math.max(fraction, each.start.fraction) } };
        expect(time(a, fuller)).toBeLessThanOrEqual(time(a, each) + 10);
      }),
    ));

  it('does not depend on the unit of the level', () =>
    fc.assert(
      fc.property(model, number(0.1, 0.9), number(0, 0.5), ahead, p, (each, scale, fraction, at, probability) => {
        const whole: Forecast = {
          start: { status: 'known', fraction, at: now },
          model: each,
          exposure,
          correction: AS_STATED,
        };
        const scaled: Forecast = {
          ...whole,
          start: { status: 'known', fraction: fraction * scale, at: now },
          model: {
            ...each,
            rate: each.rate * scale,
            variance: each.variance * scale ** 2,
            perFill: each.perFill * scale,
          },
        };
        const level = fillQuantile(whole, at, probability);
        if (level < 1) expect(fillQuantile(scaled, at, probability)).toBeCloseTo(level * scale, 6);
      }),
    ));

  it('refuses a probability of nothing or of certainty', () => {
    const each: Forecast = {
      start: { status: 'unknown', at: now },
      model: rateOf([], ASSUMED),
      exposure,
      correction: AS_STATED,
    };
    expect(() => fillQuantile(each, now, 0)).toThrow(RangeError);
    expect(() => timeToLevel(each, 1, 1)).toThrow(RangeError);
  });
});
