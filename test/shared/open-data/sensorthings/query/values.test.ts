import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId, compareIds } from '../../../../../shared/open-data/sensorthings/query/values.ts';

const digits = fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String);
const id = fc.oneof(
  digits,
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom(
    '',
    ' ',
    '007',
    '2.5',
    '1e3',
    '-abc',
    'abc',
    'Infinity',
    '12-',
    '-',
    '012-5',
    '9007199254740993',
    '9007199254740992',
  ),
  fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('-')),
  fc.string({ maxLength: 4 }),
);

describe('ids', () => {
  it('have one order', () => {
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareIds(a, b))).toBe(-Math.sign(compareIds(b, a)) + 0);
        if (compareIds(a, b) <= 0 && compareIds(b, c) <= 0) expect(compareIds(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('go by their numbers, those of observations too', () => {
    const ids = [
      '12-1700000000000',
      '9-1800000000000',
      '10',
      '9',
      'x',
      '12-1600000000000',
      '9007199254740993',
      '9007199254740992',
    ];
    expect(ids.toSorted(compareIds)).toEqual([
      '9',
      '10',
      '9007199254740992',
      '9007199254740993',
      '9-1800000000000',
      '12-1600000000000',
      '12-1700000000000',
      'x',
    ]);
  });

  it('have one spelling where they have one at all, and only equals share it', () => {
    expect([canonicalId('007'), canonicalId('012-05'), canonicalId('7.0'), canonicalId('x')]).toEqual([
      '7',
      '12-5',
      undefined,
      'x',
    ]);
    fc.assert(
      fc.property(id, id, (a, b) => {
        const [one, other] = [canonicalId(a), canonicalId(b)];
        fc.pre(one !== undefined && other !== undefined);
        expect(one === other).toBe(compareIds(a, b) === 0);
      }),
      { numRuns: 3_000 },
    );
  });
});
