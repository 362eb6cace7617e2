import { describe, expect, it } from 'vitest';
import { timeGap } from '../../../../shared/telemetry/qartod/time-gap.ts';

/** Two hours, as in ioos_qc. */
const DEFAULT_GAP_SECONDS = 7_200;

const flagsOf = (times: readonly string[], failSeconds: number) => {
  const instants = times.map((time) => Date.parse(time));
  return instants.map((at, index) =>
    timeGap(index === 0 ? undefined : (at - (instants[index - 1] ?? 0)) / 1_000, failSeconds),
  );
};

// Instants of ioos_qc, tests/test_qartod.py, class QartodTimeGapTest; there the first point inherits the second's flag.
const good = ['2026-01-12T23:05:14Z', '2026-01-12T23:05:15Z', '2026-01-12T23:05:16Z', '2026-01-12T23:05:17Z'];

describe('the time gap test', () => {
  it('passes a series without gaps', () => {
    expect(flagsOf(good, DEFAULT_GAP_SECONDS)).toEqual([1, 1, 1, 1]);
    expect(flagsOf(good, 1_800)).toEqual([1, 1, 1, 1]);
  });

  it('fails the observation after a gap', () => {
    expect(flagsOf([...good, '2026-02-12T23:05:17Z'], DEFAULT_GAP_SECONDS)).toEqual([1, 1, 1, 1, 4]);
    const shifted = [
      good[0] ?? '',
      '2026-01-13T02:05:15Z',
      '2026-01-13T02:05:16Z',
      '2026-01-13T02:05:17Z',
      '2026-02-12T23:05:17Z',
    ];
    expect(flagsOf(shifted, 2.5 * 3_600)).toEqual([1, 4, 1, 1, 4]);
  });

  it('passes a gap as long as the span', () => {
    expect([timeGap(7_200, DEFAULT_GAP_SECONDS), timeGap(7_200.001, DEFAULT_GAP_SECONDS)]).toEqual([1, 4]);
  });
});
