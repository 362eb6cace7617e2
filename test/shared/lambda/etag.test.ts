import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesCurrent, strongEtag } from '../../../shared/lambda/etag.ts';

describe('An entity tag', () => {
  it('is a quoted string without the weak mark: RFC 9110, 8.8.3', () => {
    expect(strongEtag('Phố Sạch')).toMatch(/^"[\x21\x23-\x7e]+"$/);
  });

  it('differs for different bodies and repeats for the same', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(strongEtag(a) === strongEtag(b)).toBe(a === b);
      }),
    ));
});

// The table of RFC 9110, 8.8.3.2, in the column of weak comparison.
describe('If-None-Match', () => {
  it.each([
    ['"1"', '"1"', true],
    ['W/"1"', '"1"', true],
    ['"2"', '"1"', false],
    ['"0", W/"1"', '"1"', true],
    ['*', '"1"', true],
    ['', '"1"', false],
    [undefined, '"1"', false],
  ])('%s names %s: %s', (header, etag, expected) => {
    expect(namesCurrent(header, etag)).toBe(expected);
  });
});
