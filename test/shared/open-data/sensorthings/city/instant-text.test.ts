import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantText } from '../../../../../shared/open-data/sensorthings/city/instant-text.ts';

describe('The text of an instant', () => {
  it('is what a date writes, before 1970 and behind the year 9999 too', () => {
    const instants = fc.oneof(
      fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 }),
      fc.integer({ min: -100_000_000, max: 100_000_000 }),
    );
    fc.assert(
      fc.property(instants, (at) => {
        expect(instantText(at)).toBe(new Date(at).toISOString());
      }),
    );
  });

  it('has no words for what is no instant', () => {
    expect(() => instantText(Number.NaN)).toThrow(RangeError);
  });
});
