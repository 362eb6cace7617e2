import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../../shared/telemetry/observation.ts';
import { assessObservations, type QualityState } from '../../../../shared/telemetry/qartod/assess-observations.ts';
import { worse } from '../../../../shared/telemetry/qartod/flags.ts';
import { grossRange } from '../../../../shared/telemetry/qartod/gross-range.ts';
import { rateOfChange } from '../../../../shared/telemetry/qartod/rate-of-change.ts';
import { spike } from '../../../../shared/telemetry/qartod/spike.ts';
import { sensorThresholds, thresholdOverridesSchema } from '../../../../shared/telemetry/qartod/thresholds.ts';
import { timeGap } from '../../../../shared/telemetry/qartod/time-gap.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import type { Quality } from '../../../../shared/telemetry/reading.ts';

const START = Date.parse('2026-11-22T00:00:00Z');
const MINUTE = 60_000;

const thresholds = sensorThresholds(
  300,
  thresholdOverridesSchema.parse({
    ph: {
      spike: { suspect: 0.5, fail: 1 },
      rateOfChange: { suspectPerHour: 6, failPerHour: 20 },
      flatLine: { suspectSeconds: 900, failSeconds: 1_500, tolerance: 0.15 },
      gapSeconds: 1_000,
    },
    pm25: { spike: { suspect: 10, method: 'differential' } },
  }),
);

const at = (minutes: number, value: number | null, quantity: Quantity = 'ph'): Observation => ({
  quantity,
  value,
  measuredAt: START + minutes * MINUTE,
});
const flagsOf = (qualities: readonly Quality[]) => qualities.map(({ flag, test }) => `${flag} ${test}`);

/**
 * The last word on each arrival when they come in these portions, the state going through JSON in between, as a store keeps it. A revision
 * holds for all that said the same of the instant.
 */
const inPortions = (observations: readonly Observation[], sizes: readonly number[]): readonly Quality[] => {
  let state: QualityState | undefined;
  const qualities: Quality[] = [];
  const portions = [...sizes, observations.length];
  for (let from = 0; from < observations.length; ) {
    const size = Math.max(portions.shift() ?? 1, 1);
    const assessment = assessObservations(state, observations.slice(from, from + size), thresholds);
    for (const { quantity, measuredAt, value, quality } of assessment.revisions) {
      for (const [index, told] of observations.slice(0, from).entries()) {
        if (told.quantity === quantity && told.measuredAt === measuredAt && told.value === value)
          qualities[index] = quality;
      }
    }
    qualities.push(...assessment.qualities);
    state = JSON.parse(JSON.stringify(assessment.state));
    from += size;
  }
  return qualities;
};

describe('the tests together', () => {
  it('name the one that found the worst', () => {
    const { qualities } = assessObservations(
      undefined,
      [at(0, 7), at(5, 7.1), at(10, 7.9), at(15, 12), at(45, 7), at(50, null), at(55, 15)],
      thresholds,
    );
    expect(flagsOf(qualities)).toEqual([
      '1 gross-range',
      '1 gross-range',
      '4 spike',
      '4 rate-of-change',
      '4 time-gap',
      '9 missing',
      '4 gross-range',
    ]);
  });

  it('find a sensor that is stuck', () => {
    const stuck = Array.from({ length: 7 }, (_, index) => at(index * 5, 7 + (index % 2) * 0.1));
    expect(flagsOf(assessObservations(undefined, stuck, thresholds).qualities)).toEqual([
      '1 gross-range',
      '1 gross-range',
      '1 gross-range',
      '3 flat-line',
      '3 flat-line',
      '4 flat-line',
      '4 flat-line',
    ]);
  });

  it('keep a missing value missing, with the device’s reason', () => {
    const { qualities } = assessObservations(
      undefined,
      [at(0, 7), { ...at(600, null), missing: 'no-probe' }],
      thresholds,
    );
    expect(flagsOf(qualities)).toEqual(['1 gross-range', '9 no-probe']);
  });

  it('fail a value that is no number, and do not compare with it', () => {
    const { qualities, state } = assessObservations(undefined, [at(0, 7), at(5, Number.NaN), at(10, 7)], thresholds);
    expect(flagsOf(qualities)).toEqual(['1 gross-range', '4 gross-range', '1 gross-range']);
    expect(state.ph?.before).toBeNull();
  });

  it('tell of a spike when the next value comes, and only then', () => {
    const first = assessObservations(undefined, [at(0, 7), at(20, 8.2)], thresholds);
    expect(flagsOf(first.qualities)).toEqual(['1 gross-range', '4 time-gap']);
    const calm = sensorThresholds(300, { ph: { rateOfChange: null, gapSeconds: null } });
    const before = assessObservations(undefined, [at(0, 7), at(20, 8.2)], calm);
    expect(flagsOf(before.qualities)).toEqual(['1 gross-range', '1 gross-range']);
    const after = assessObservations(before.state, [at(40, 7)], calm);
    expect(flagsOf(after.qualities)).toEqual(['1 gross-range']);
    expect(after.revisions).toEqual([
      { quantity: 'ph', measuredAt: START + 20 * MINUTE, value: 8.2, quality: { flag: 4, test: 'spike' } },
    ]);
  });

  it('suspect both particle sizes where the smaller is more, whichever comes first', () => {
    const pm25 = at(0, 60, 'pm25');
    const pm10 = at(0, 50, 'pm10');
    for (const [first, second] of [
      [pm25, pm10],
      [pm10, pm25],
    ] as const) {
      const one = assessObservations(undefined, [first], thresholds);
      const two = assessObservations(one.state, [second], thresholds);
      expect(flagsOf([...one.qualities, ...two.qualities])).toEqual(['1 gross-range', '3 cross-check']);
      expect(two.revisions).toMatchObject([{ quantity: first.quantity, quality: { flag: 3, test: 'cross-check' } }]);
      expect(flagsOf(assessObservations(undefined, [first, second], thresholds).qualities)).toEqual([
        '3 cross-check',
        '3 cross-check',
      ]);
    }
    expect(
      flagsOf(assessObservations(undefined, [pm25, { ...pm10, measuredAt: START + 1 }], thresholds).qualities),
    ).toEqual(['1 gross-range', '1 gross-range']);
  });

  it('leave the state that they were given as it was', () => {
    const { state } = assessObservations(undefined, [at(0, 60, 'pm25'), at(0, 7), at(5, 8)], thresholds);
    const kept = structuredClone(state);
    assessObservations(state, [at(0, 50, 'pm10'), at(10, 7)], thresholds);
    expect(state).toEqual(kept);
  });
});

describe('an observation that is not newer than its series', () => {
  const known = assessObservations(undefined, [at(0, 7), at(5, 9.5)], thresholds);

  it('is what it was when it repeats the newest', () => {
    const replay = assessObservations(known.state, [at(5, 9.5)], thresholds);
    expect(replay).toEqual({ state: known.state, qualities: [known.qualities[1]], late: [0], revisions: [] });
    expect(flagsOf(replay.qualities)).toEqual(['4 rate-of-change']);
  });

  it('is assessed by its value alone otherwise, and changes nothing', () => {
    const late = assessObservations(known.state, [at(5, 7), at(2, 13), at(-600, 15), at(0, null)], thresholds);
    expect(flagsOf(late.qualities)).toEqual(['1 gross-range', '3 gross-range', '4 gross-range', '9 missing']);
    expect([late.late, late.revisions, late.state]).toEqual([[0, 1, 2, 3], [], known.state]);
  });
});

const arrival = fc.record({
  quantity: fc.constantFrom<Quantity>('ph', 'pm25', 'pm10'),
  value: fc.option(
    fc.oneof(fc.constantFrom(7, 7.1, 7.2, 9, 12, 20, -1), fc.double({ noNaN: true }), fc.constant(Number.NaN)),
    {
      freq: 10,
    },
  ),
  /** Five-minute steps, with gaps and some steps back. */
  step: fc.oneof({ weight: 6, arbitrary: fc.constant(5) }, fc.constantFrom(0, -5, -7, 20, 60)),
});

const arrivals = fc.array(arrival, { maxLength: 60 }).map((steps) => {
  let minutes = 0;
  return steps.map(({ quantity, value, step }) => {
    minutes += step;
    return at(minutes, value, quantity);
  });
});

const series = fc
  .array(fc.option(fc.constantFrom(6.9, 7, 7.1, 7.2, 7.4, 8, 9, 12, 20), { freq: 8 }), { maxLength: 50 })
  .chain((values) =>
    fc.array(fc.constantFrom(5, 5, 5, 6, 30), { minLength: values.length, maxLength: values.length }).map((steps) => {
      let minutes = 0;
      return values.map((value, index) => {
        minutes += steps[index] ?? 5;
        return at(minutes, value);
      });
    }),
  );

/** Each test over the whole series by its definition, and the worst of them. */
const byDefinition = (observations: readonly Observation[]): readonly Quality[] => {
  const { spike: spikes, rateOfChange: rate, flatLine, gapSeconds, ...range } = thresholds('ph');
  if (spikes === undefined || rate === undefined || flatLine === undefined || gapSeconds === undefined)
    throw new Error('off');
  const values = observations.map(({ value }) => value);
  return observations.map(({ value, measuredAt }, index): Quality => {
    if (value === null) return { flag: 9, test: 'missing' };
    const previous = observations[index - 1];
    const passed = previous && (measuredAt - previous.measuredAt) / 1_000;
    const isFlat = (count: number) => {
      const window = values.slice(Math.max(index - count, 0), index + 1).filter((one) => one !== null);
      return index >= count && window.length > 1 && Math.max(...window) - Math.min(...window) < flatLine.tolerance;
    };
    const found: Quality[] = [
      { flag: grossRange(value, range), test: 'gross-range' },
      { flag: rateOfChange(previous?.value, value, passed ?? 0, rate), test: 'rate-of-change' },
      { flag: isFlat(flatLine.fail) ? 4 : isFlat(flatLine.suspect) ? 3 : 1, test: 'flat-line' },
      { flag: timeGap(passed, gapSeconds), test: 'time-gap' },
      { flag: spike(values[index - 1], value, values[index + 1], spikes), test: 'spike' },
    ];
    return found.reduce(worse);
  });
};

describe('a stream of observations', () => {
  it('says in the end what the definitions say of the whole series', () => {
    fc.assert(
      fc.property(series, (observations) => {
        expect(assessObservations(undefined, observations, thresholds).qualities).toEqual(byDefinition(observations));
      }),
      { numRuns: 2_000 },
    );
  });

  it('says the same however it is cut into portions, with late and repeated arrivals', () => {
    fc.assert(
      fc.property(arrivals, fc.array(fc.integer({ min: 1, max: 9 })), (observations, sizes) => {
        expect(inPortions(observations, sizes)).toEqual(
          assessObservations(undefined, observations, thresholds).qualities,
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives every observation one flag, missing exactly where there is no value', () => {
    fc.assert(
      fc.property(arrivals, (observations) => {
        const { qualities, state } = assessObservations(undefined, observations, thresholds);
        expect(qualities.map(({ flag }) => flag === 9)).toEqual(observations.map(({ value }) => value === null));
        expect(JSON.stringify(state).length).toBeLessThan(2_000);
      }),
    );
  });
});
