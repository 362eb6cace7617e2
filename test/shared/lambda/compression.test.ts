import { describe, expect, it } from 'vitest';
import { acceptsGzip, codingFor } from '../../../shared/lambda/compression.ts';

describe('Accept-Encoding (RFC 9110, 12.5.3)', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['deflate, zstd', undefined],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['GZIP ; q=1.0 , br;q=0.9', 'gzip'],
    ['br;q=0, gzip;q=0.1', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0.5, identity;q=1', undefined],
    ['gzip;q=nonsense', undefined],
    ['gzip;q=0.000', undefined],
  ])('%s is answered with %s', (header, coding) => {
    expect(codingFor(header)).toBe(coding);
  });

  it('takes gzip also where it likes another coding better', () => {
    expect(acceptsGzip('br, gzip;q=0.2')).toBe(true);
    expect(acceptsGzip('br')).toBe(false);
  });
});
