import { describe, expect, it } from 'vitest';
import { grossRange } from '../../../../shared/telemetry/qartod/gross-range.ts';

describe('the gross range test', () => {
  it('reproduces ioos_qc’s vector (tests/test_qartod.py, test_gross_range_check)', () => {
    const spans = { failSpan: [10, 50], suspectSpan: [20, 40] } as const;
    const values = [5, 10, 15, 20, 25, 30, 35, 40, 45, 51];
    expect(values.map((value) => grossRange(value, spans))).toEqual([4, 3, 3, 1, 1, 1, 1, 1, 3, 4]);
  });

  it('fails what is no number', () => {
    expect(grossRange(Number.NaN, { failSpan: [0, 1], suspectSpan: [0, 1] })).toBe(4);
  });
});
