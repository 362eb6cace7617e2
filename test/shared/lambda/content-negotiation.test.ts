import { describe, expect, it } from 'vitest';
import { negotiate } from '../../../shared/lambda/content-negotiation.ts';

const offers = [
  { format: 'json', mediaType: 'application/json' },
  { format: 'csv', mediaType: 'text/csv' },
  { format: 'geojson', mediaType: 'application/geo+json' },
] as const;

const firefox = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('The representation', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['text/csv', 'csv'],
    ['text/*', 'csv'],
    ['TEXT/CSV; charset=utf-8', 'csv'],
    ['application/*', 'json'],
    ['application/json;q=0.5, text/csv', 'csv'],
    ['application/*;q=0.4, application/geo+json;q=0.9, text/csv;q=0.8', 'geojson'],
    // The most specific range decides: everything but JSON.
    ['*/*, application/json;q=0', 'csv'],
    [firefox, 'json'],
  ])('for Accept "%s" is %s', (accept, format) => {
    expect(negotiate(offers, { accept })).toBe(format);
  });

  it('is the one of format=, whatever Accept says', () => {
    expect(negotiate(offers, { format: 'csv', accept: 'application/geo+json' })).toBe('csv');
    expect(negotiate(offers, { format: 'csv', accept: 'image/png' })).toBe('csv');
  });

  it.each(['image/png', 'application/json;q=0, text/csv;q=0', 'application/json;q=bogus'])(
    'does not exist for Accept "%s"',
    (accept) => {
      expect(() => negotiate(offers, { accept })).toThrow('text/csv (format=csv)');
    },
  );
});
