import { describe, expect, it } from 'vitest';
import {
  sensorThresholds,
  thresholdOverridesSchema,
  thresholdsOf,
} from '../../../../shared/telemetry/qartod/thresholds.ts';
import { quantities, quantityNames } from '../../../../shared/telemetry/quantity.ts';

describe('thresholds', () => {
  it('are rates a second and counts of observations', () => {
    expect(thresholdsOf('ph', 300)).toEqual({
      failSpan: [0, 14],
      suspectSpan: [4, 10],
      spike: { suspect: 0.5, fail: 1, method: 'average' },
      rateOfChange: { suspect: 1 / 3_600, fail: undefined },
      flatLine: { suspect: 72, fail: 144, tolerance: 0.001 },
      gapSeconds: undefined,
    });
  });

  it('know every quantity, with its spans', () => {
    for (const quantity of quantityNames) {
      const { failSpan, suspectSpan } = quantities[quantity];
      expect(thresholdsOf(quantity, 900)).toMatchObject({ failSpan, suspectSpan });
    }
  });

  it('have no time gap test unless the sensor asks for one: a value after an outage is as good as any', () => {
    expect(thresholdsOf('fillDistance', 6 * 3_600).gapSeconds).toBeUndefined();
    expect(thresholdsOf('fillDistance', 900, { gapSeconds: 7_200 }).gapSeconds).toBe(7_200);
  });

  it('are a sensor’s own where it has some, and off where it says null', () => {
    const overrides = thresholdOverridesSchema.parse({
      ph: {
        suspectSpan: [6, 9],
        spike: null,
        rateOfChange: { suspectPerHour: 7.2, failPerHour: 36 },
        gapSeconds: 900,
      },
    });
    const thresholds = sensorThresholds(300, overrides);
    expect(thresholds('ph')).toEqual({
      failSpan: [0, 14],
      suspectSpan: [6, 9],
      spike: undefined,
      rateOfChange: { suspect: 0.002, fail: 0.01 },
      flatLine: { suspect: 72, fail: 144, tolerance: 0.001 },
      gapSeconds: 900,
    });
    expect(thresholds('ph')).toBe(thresholds('ph'));
    expect(thresholds('dissolvedOxygen')).toEqual(thresholdsOf('dissolvedOxygen', 300));
  });

  it.each([
    [{ ph: { suspectSpan: [9, 6] } }],
    [{ ph: { spikes: 1 } }],
    [{ sweetness: {} }],
    [{ ph: { gapSeconds: 0 } }],
  ])('refuses %j', (overrides) => {
    expect(thresholdOverridesSchema.safeParse(overrides).success).toBe(false);
  });
});
