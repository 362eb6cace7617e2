import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLoggerNumber, writeLoggerNumber } from '../../../../shared/telemetry/station-files/logger-number.ts';

describe('a number in a station file', () => {
  it.each([
    ['29.4', 29.4],
    ['29.4000', 29.4],
    ['1.234', 1.234],
    ['-0.5', -0.5],
    ['+7', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['0', 0],
    ['-0.00', 0],
    ['0e5', 0],
    ['1.5E-3', 0.0015],
    ['23,1', 23.1],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['12,3456', 12.3456],
    [' 7.12 ', 7.12],
  ])('%j is %d', (text, value) => {
    expect(readLoggerNumber(text)).toEqual({ value });
  });

  it.each([
    ['', 'empty-value'],
    ['  ', 'empty-value'],
    ['NaN', 'unparsable-value'],
    ['-', 'unparsable-value'],
    ['.', 'unparsable-value'],
    [',', 'unparsable-value'],
    ['null', 'unparsable-value'],
    ['0x1F', 'unparsable-value'],
    ['Infinity', 'unparsable-value'],
    ['<0.5', 'unparsable-value'],
    ['29.4oC', 'unparsable-value'],
    ['1e999', 'unparsable-value'],
    ['1e-999', 'unparsable-value'],
    [`0.${'0'.repeat(60)}1`, 'unparsable-value'],
    ['9'.repeat(65), 'unparsable-value'],
    ['1,234', 'ambiguous-decimal-comma'],
    ['-12,345', 'ambiguous-decimal-comma'],
    ['1.234.567', 'thousands-separator'],
    ['1,234,567', 'thousands-separator'],
    ['1,234.5', 'thousands-separator'],
    ['1.234,5', 'thousands-separator'],
    ['1 234', 'thousands-separator'],
  ])('%j is missing: %s', (text, missing) => {
    expect(readLoggerNumber(text)).toEqual({ missing });
  });

  it('comes back exactly as it was written', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const text = writeLoggerNumber(value);
        if (text !== undefined) expect(readLoggerNumber(text)).toEqual({ value: value + 0 });
      }),
    );
  });

  it('is 0 only where 0 is written, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,+-eE ') }), (text) => {
        const number = readLoggerNumber(text);
        if ('value' in number && number.value === 0) expect(text.replace(/e.*/i, '')).not.toMatch(/[1-9]/);
      }),
      { numRuns: 5_000 },
    );
  });
});
