import { describe, expect, it } from 'vitest';
import { rateOfChange } from '../../../../shared/telemetry/qartod/rate-of-change.ts';

const STEP_S = 900;
const suspect = 5 / 15 / 60;
const fail = 10 / 15 / 60;

const flagsOf = (values: readonly (number | null)[], thresholds: { suspect: number; fail?: number }) =>
  values.map((value, index) => (value === null ? 9 : rateOfChange(values[index - 1], value, STEP_S, thresholds)));

const values = [2, 10, 2.1, 3, 4, 5, 7, 10, 0, 2, 2.2, 2, 1, 2, 3, 90, 91, 92, 93, 1, 2, 3, 4, 5];

// ioos_qc, tests/test_qartod.py, class QartodRateOfChangeTest.
describe('the rate of change test', () => {
  it('reproduces ioos_qc’s vector: test_rate_of_change', () => {
    expect(flagsOf(values, { suspect })).toEqual([
      1, 3, 3, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1, 1,
    ]);
  });

  it('reproduces ioos_qc’s vector: test_rate_of_change_fail_flag', () => {
    expect(flagsOf(values, { suspect, fail })).toEqual([
      1, 3, 3, 1, 1, 1, 1, 1, 4, 1, 1, 1, 1, 1, 1, 4, 1, 1, 1, 4, 1, 1, 1, 1,
    ]);
  });

  it('reproduces ioos_qc’s vector: test_rate_of_change_missing_values', () => {
    expect(flagsOf([2, 10, 2, 3, null, null, 7, 10], { suspect: 0.005555555555555555 })).toEqual([
      1, 3, 3, 1, 9, 9, 1, 1,
    ]);
  });

  it('reproduces ioos_qc’s vector: test_rate_of_change_negative_values', () => {
    expect(flagsOf([-2, -10, -2, -3], { suspect })).toEqual([1, 3, 3, 1]);
  });

  it('counts the time between, and lets the threshold itself pass', () => {
    expect(rateOfChange(0, 8, 4, { suspect: 2 })).toBe(1);
    expect(rateOfChange(0, 8, 3.999, { suspect: 2 })).toBe(3);
  });
});
