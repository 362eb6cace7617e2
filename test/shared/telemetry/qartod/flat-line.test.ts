import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceFlatLine,
  copyFlatLineState,
  type FlatLineCounts,
  flatLineCounts,
  newFlatLineState,
} from '../../../../shared/telemetry/qartod/flat-line.ts';

type Values = readonly (number | null)[];

const flagsOf = (values: Values, counts: FlatLineCounts) => {
  const state = newFlatLineState();
  return values.map((value) => advanceFlatLine(state, value, counts));
};

const quarterHours = flatLineCounts({ suspectSeconds: 3_000, failSeconds: 4_800, tolerance: 0.01 }, 900);
const seconds = flatLineCounts({ suspectSeconds: 3, failSeconds: 5, tolerance: 0.1 }, 1);

/** The definition, window by window. */
const byDefinition = (values: Values, { suspect, fail, tolerance }: FlatLineCounts) =>
  values.map((value, index) => {
    if (value === null) return 9;
    const isFlat = (count: number) => {
      const window = values.slice(Math.max(index - count, 0), index + 1).filter((one) => one !== null);
      return index >= count && window.length > 1 && Math.max(...window) - Math.min(...window) < tolerance;
    };
    return isFlat(fail) ? 4 : isFlat(suspect) ? 3 : 1;
  });

// ioos_qc, tests/test_qartod.py, class QartodFlatLineTest.
const published: readonly (readonly [string, Values, FlatLineCounts, readonly number[]])[] = [
  [
    'test_flat_line',
    [1, 2, 2.0001, 2, 2.0001, 2, 2.0001, 2, 4, 5, 3, 3.0001, 3.0005, 3.00001],
    quarterHours,
    [1, 1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3],
  ],
  [
    'test_flat_line, negative',
    [-1, -2, -2.0001, -2, -2.0001, -2, -2.0001, -2, -4, -5, -3, -3.0001, -3.0005, -3.00001],
    quarterHours,
    [1, 1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3],
  ],
  [
    'test_flat_line_starting_from_beginning',
    [2, 2.0001, 2, 2.0001, 2, 2.0001, 2, 4, 5, 3, 3.0001, 3.0005, 3.00001],
    quarterHours,
    [1, 1, 1, 3, 3, 4, 4, 1, 1, 1, 1, 1, 3],
  ],
  [
    'test_flat_line_missing_values',
    [1, null, null, 2, 2.0001, 2, 2.0001, 2, 4, null, 3, null, null, 3.00001],
    quarterHours,
    [1, 9, 9, 1, 3, 3, 4, 4, 1, 9, 1, 9, 9, 3],
  ],
  ['test_flat_line_short_timeseries, empty', [], seconds, []],
  ['test_flat_line_short_timeseries, 1', [5], seconds, [1]],
  ['test_flat_line_short_timeseries, 3', [5, 5, 5], seconds, [1, 1, 1]],
  ['test_flat_line_short_timeseries, 6', [5, 5, 5, 5, 5, 5], seconds, [1, 1, 1, 3, 3, 4]],
  [
    'test_flat_line_with_spike',
    [1, 1, 1, 1, 1, 6, 5, 4, 3, 2],
    { suspect: 3, fail: 6, tolerance: 4 },
    [1, 1, 1, 3, 3, 1, 1, 1, 3, 3],
  ],
];

const steps = fc.array(fc.option(fc.integer({ min: -3, max: 3 })), { maxLength: 60 });
const walks = steps.map((changes) => {
  let level = 0;
  return changes.map((change) => {
    level += change ?? 0;
    return change === null ? null : level;
  });
});
const counts = fc.record({
  suspect: fc.integer({ min: 2, max: 8 }),
  fail: fc.integer({ min: 2, max: 12 }),
  tolerance: fc.integer({ min: 0, max: 6 }),
});

describe('the flat line test', () => {
  it.each(published)('reproduces ioos_qc’s vector: %s', (_, values, thresholds, flags) => {
    expect(flagsOf(values, thresholds)).toEqual(flags);
    expect(byDefinition(values, thresholds)).toEqual(flags);
  });

  it('says of any series what its definition says, window by window', () => {
    fc.assert(
      fc.property(walks, counts, (values, thresholds) => {
        expect(flagsOf(values, thresholds)).toEqual(byDefinition(values, thresholds));
      }),
      { numRuns: 3_000 },
    );
  });

  it('does not call a value flat that only silence came before', () => {
    expect(flagsOf([5, null, null, null, null, 5], seconds)).toEqual([1, 9, 9, 9, 9, 4]);
    expect(flagsOf([null, null, null, null, null, 5], seconds)).toEqual([9, 9, 9, 9, 9, 1]);
  });

  it('needs two values before a third, however short its time', () => {
    expect(flatLineCounts({ suspectSeconds: 60, failSeconds: 60, tolerance: 1 }, 900)).toMatchObject({
      suspect: 2,
      fail: 2,
    });
  });

  it('remembers a handful of numbers of a year that does not move', () => {
    const state = newFlatLineState();
    for (let index = 0; index < 105_120; index += 1)
      advanceFlatLine(state, 7 + (index % 3) * 0.0001, { suspect: 72, fail: 144, tolerance: 0.001 });
    expect(JSON.stringify(state).length).toBeLessThan(200);
  });

  it('does not change what was copied', () => {
    const state = newFlatLineState();
    for (const value of [1, 2, 3]) advanceFlatLine(state, value, seconds);
    const copy = copyFlatLineState(state);
    advanceFlatLine(copy, 2, seconds);
    expect(state).not.toEqual(copy);
    expect(state.seen).toBe(3);
  });
});
