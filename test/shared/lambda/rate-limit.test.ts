import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressNames, callersOf } from '../../../shared/lambda/client-address.ts';
import { costOf } from '../../../shared/lambda/rate-limit.ts';
import { tokenBuckets } from '../../../shared/lambda/token-buckets.ts';
import { httpEvent } from '../../support/api-gateway.ts';

const NOW = Date.UTC(2026, 10, 23, 4);

describe('A token bucket', () => {
  it('is full at first, empties by what is taken, and fills steadily', () => {
    const buckets = tokenBuckets({ quota: 60, windowSeconds: 60 });
    expect(buckets.standing('a', NOW)).toEqual({ remaining: 60, fullInSeconds: 0, retryInSeconds: 0 });
    expect(buckets.take('a', 60, NOW)).toEqual({ remaining: 0, fullInSeconds: 60, retryInSeconds: 1 });
    expect(buckets.standing('a', NOW + 10_000)).toMatchObject({ remaining: 10, fullInSeconds: 50, retryInSeconds: 0 });
    expect(buckets.standing('b', NOW)).toMatchObject({ remaining: 60 });
  });

  it('lets nobody wait longer than for two windows, whatever they took', () => {
    const buckets = tokenBuckets({ quota: 60, windowSeconds: 60 });
    const { retryInSeconds } = buckets.take('a', 1e9, NOW);
    expect(retryInSeconds).toBe(61);
    expect(buckets.standing('a', NOW + 120_000)).toMatchObject({ remaining: 60 });
  });

  it('forgets the longest unused of too many keys', () => {
    const buckets = tokenBuckets({ quota: 10, windowSeconds: 60, mostKeys: 2 });
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key, 5, NOW);
    expect(['a', 'b', 'c'].map((key) => buckets.standing(key, NOW).remaining)).toEqual([0, 10, 5]);
  });

  it('never gives more than its quota and what flowed in, however requests fall', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ wait: fc.nat(20_000), units: fc.integer({ min: 1, max: 5 }) })), (asked) => {
        const buckets = tokenBuckets({ quota: 20, windowSeconds: 60 });
        let at = NOW;
        let given = 0;
        for (const { wait, units } of asked) {
          at += wait;
          if (buckets.standing('a', at).retryInSeconds > 0) continue;
          buckets.take('a', units, at);
          given += units;
        }
        // The last one may overdraw by what it cost.
        expect(given).toBeLessThanOrEqual(20 + ((at - NOW) / 60_000) * 20 + 5);
      }),
    ));

  it('says a wait after which there is a unit', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (units) => {
        const buckets = tokenBuckets({ quota: 50, windowSeconds: 60 });
        const { retryInSeconds } = buckets.take('a', units, NOW);
        expect(buckets.standing('a', NOW + retryInSeconds * 1_000).retryInSeconds).toBe(0);
      }),
    ));
});

describe('What a request costs', () => {
  it.each([
    [0, 0, 1],
    [99_999, 99, 1],
    [250_000, 0, 3],
    [0, 1_250, 13],
    [1_000_000, 500, 16],
  ])('%i bytes in %i ms: %i', (bytes, ms, cost) => {
    expect(costOf(bytes, ms)).toBe(cost);
  });
});

describe('The address behind a request', () => {
  const asked = (forwarded: string | undefined) => {
    const event = httpEvent({ url: '/', headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });
    return callersOf(event);
  };

  it.each([
    [undefined, '127.0.0.1'],
    ['', '127.0.0.1'],
    ['127.0.0.1', '127.0.0.1'],
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 127.0.0.1', '203.0.113.9'],
    ['made up, 203.0.113.9, 127.0.0.1', '203.0.113.9'],
  ])('with X-Forwarded-For %s is %s', (forwarded, viewer) => {
    expect(asked(forwarded)).toEqual({ viewer, connection: '127.0.0.1' });
  });

  it('is kept only as a name that another process, or another day, does not know', () => {
    const [one, other] = [addressNames(), addressNames()];
    expect(one('203.0.113.9', NOW)).toBe(one('203.0.113.9', NOW + 1));
    expect(one('203.0.113.9', NOW)).not.toContain('203');
    expect(one('203.0.113.9', NOW)).not.toBe(one('203.0.113.10', NOW));
    expect(one('203.0.113.9', NOW)).not.toBe(other('203.0.113.9', NOW));
    const today = one('203.0.113.9', NOW);
    expect(one('203.0.113.9', NOW + 86_400_000)).not.toBe(today);
  });

  it('of IPv6 is its network of 64 bits', () => {
    const name = addressNames();
    expect(name('2001:db8:1:2:3:4:5:6', NOW)).toBe(name('2001:db8:1:2::9', NOW));
    expect(name('2001:db8:1:2::1', NOW)).not.toBe(name('2001:db8:1:3::1', NOW));
  });
});
