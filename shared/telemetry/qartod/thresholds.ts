import * as z from 'zod';
import { type Quantity, quantities } from '../quantity.ts';
import { type FlatLine, type FlatLineCounts, flatLineCounts } from './flat-line.ts';
import type { GrossRange } from './gross-range.ts';
import type { RateOfChange } from './rate-of-change.ts';
import type { Spike } from './spike.ts';

const spanSchema = z.tuple([z.number(), z.number()]).refine(([min, max]) => min <= max, 'min above max');

/**
 * What a city may set for one quantity of one sensor, in canonical units. What is absent stays at its default, `null` switches a test off.
 * The gross range cannot be switched off. The time gap test is off unless `gapSeconds` is set: the first value after an outage is as good as
 * any, and to fail it would leave out of means, and leave in the street, what is known; silence is found by schedule instead.
 */
const overrideSchema = z.strictObject({
  failSpan: spanSchema.optional(),
  suspectSpan: spanSchema.optional(),
  spike: z
    .strictObject({
      suspect: z.number().positive().optional(),
      fail: z.number().positive().optional(),
      method: z.enum(['average', 'differential']).default('average'),
    })
    .nullish(),
  rateOfChange: z
    .strictObject({ suspectPerHour: z.number().positive(), failPerHour: z.number().positive().optional() })
    .nullish(),
  flatLine: z
    .strictObject({
      suspectSeconds: z.number().positive(),
      failSeconds: z.number().positive(),
      tolerance: z.number().positive(),
    })
    .nullish(),
  gapSeconds: z.number().positive().nullish(),
});

/** Thresholds of one sensor, by quantity, as the registry may keep them. */
export const thresholdOverridesSchema = z.partialRecord(
  z.enum(Object.keys(quantities) as [Quantity, ...Quantity[]]),
  overrideSchema,
);

type Override = z.infer<typeof overrideSchema>;
export type ThresholdOverrides = z.infer<typeof thresholdOverridesSchema>;

type RateOfChangePerHour = { readonly suspectPerHour: number; readonly failPerHour?: number | undefined };

type Defaults = {
  readonly spike?: Spike;
  readonly rateOfChange?: RateOfChangePerHour;
  readonly flatLine?: FlatLine;
};

const HOUR_S = 3_600;

/** Our own proposal, by the QARTOD manuals' method; every city tunes them to its water and its air. */
const defaults: Readonly<Partial<Record<Quantity, Defaults>>> = {
  ph: {
    spike: { suspect: 0.5, fail: 1, method: 'average' },
    rateOfChange: { suspectPerHour: 1 },
    flatLine: { suspectSeconds: 6 * HOUR_S, failSeconds: 12 * HOUR_S, tolerance: 0.001 },
  },
  dissolvedOxygen: {
    spike: { suspect: 1.5, fail: 3, method: 'average' },
    rateOfChange: { suspectPerHour: 3 },
  },
  waterTemperature: {
    spike: { suspect: 1.5, fail: 3, method: 'average' },
    rateOfChange: { suspectPerHour: 3 },
  },
  pm25: { flatLine: { suspectSeconds: 4 * HOUR_S, failSeconds: 8 * HOUR_S, tolerance: 0.05 } },
};

/** The thresholds of one series as the tests use them: rates a second, durations as counts. */
export type SeriesThresholds = GrossRange & {
  readonly spike: Spike | undefined;
  readonly rateOfChange: RateOfChange | undefined;
  readonly flatLine: FlatLineCounts | undefined;
  readonly gapSeconds: number | undefined;
};

/** `null` is off, absent is the default. */
const choose = <T>(override: T | null | undefined, fallback: T | undefined): T | undefined =>
  override === null ? undefined : (override ?? fallback);

const perSecond = ({ suspectPerHour, failPerHour }: RateOfChangePerHour): RateOfChange => ({
  suspect: suspectPerHour / HOUR_S,
  fail: failPerHour === undefined ? undefined : failPerHour / HOUR_S,
});

/**
 * The thresholds of one quantity of a sensor that should report every `intervalSeconds`. The interval is the registry's, not the median of what
 * arrived: a stream does not know what is still to come, and both must say the same.
 */
export const thresholdsOf = (
  quantity: Quantity,
  intervalSeconds: number,
  override: Override = {},
): SeriesThresholds => {
  const { spike, rateOfChange, flatLine } = defaults[quantity] ?? {};
  const rate = choose(override.rateOfChange, rateOfChange);
  const flat = choose(override.flatLine, flatLine);
  return {
    failSpan: override.failSpan ?? quantities[quantity].failSpan,
    suspectSpan: override.suspectSpan ?? quantities[quantity].suspectSpan,
    spike: choose(override.spike, spike),
    rateOfChange: rate && perSecond(rate),
    flatLine: flat && flatLineCounts(flat, intervalSeconds),
    gapSeconds: override.gapSeconds ?? undefined,
  };
};

/** The thresholds of one sensor. */
export type SensorThresholds = (quantity: Quantity) => SeriesThresholds;

/** All thresholds of a sensor, each worked out once, when first asked for. */
export const sensorThresholds = (intervalSeconds: number, overrides: ThresholdOverrides = {}): SensorThresholds => {
  const known: Partial<Record<Quantity, SeriesThresholds>> = {};
  return (quantity) => {
    known[quantity] ??= thresholdsOf(quantity, intervalSeconds, overrides[quantity]);
    return known[quantity];
  };
};
