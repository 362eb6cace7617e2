import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BoundingBox, isInside, readBoundingBox } from '../../../../shared/open-data/features/bounding-box.ts';
import type { Feature } from '../../../../shared/open-data/features/feature.ts';
import { pageOf } from '../../../../shared/open-data/features/select.ts';
import { intersects, readTimeInterval } from '../../../../shared/open-data/features/time-interval.ts';

const feature = fc.record({
  id: fc.stringMatching(/^[a-z0-9.:~_-]{1,6}$/),
  position: fc.option(
    fc.record({
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    }),
    { nil: undefined },
  ),
  properties: fc.record({ kind: fc.constantFrom('a', 'b') }),
});
const features = fc.uniqueArray(feature, { selector: ({ id }) => id, maxLength: 30 });

const allPages = (all: readonly Feature[], limit: number, filters: Record<string, string>): string[] => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = pageOf('things', all, { filters, limit, cursor });
    expect(page.features.length).toBeLessThanOrEqual(limit);
    expect(page.features.length > 0 || page.nextCursor === undefined).toBe(true);
    found.push(...page.features.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

describe('Pages of features', () => {
  it('hold each feature that is wanted once, whatever their size', () => {
    fc.assert(
      fc.property(features, fc.integer({ min: 1, max: 40 }), (all, limit) => {
        const wanted = all.filter(({ properties }) => properties.kind === 'a').map(({ id }) => id);
        expect(allPages(all, limit, { kind: 'a' }).sort()).toEqual(wanted.sort());
        expect(allPages(all, limit, {})).toHaveLength(all.length);
      }),
    );
  });
});

const inBox = (text: string, longitude: number, latitude: number): boolean =>
  isInside(readBoundingBox(text) as BoundingBox, { longitude, latitude });

describe('A bounding box', () => {
  it('holds its edges, and may span the antimeridian', () => {
    expect([inBox('1,2,3,4', 1, 4), inBox('1,2,3,4', 0.999, 3)]).toEqual([true, false]);
    expect([inBox('170,-10,-170,10', 175, 0), inBox('170,-10,-170,10', -175, 0)]).toEqual([true, true]);
    expect(inBox('170,-10,-170,10', 0, 0)).toBe(false);
  });

  it('is read or refused in words, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.array(fc.double(), { maxLength: 7 }).map(String)), (text) => {
        const box = readBoundingBox(text);
        if (typeof box === 'string') return box.length > 0;
        return Object.values(box).every(Number.isFinite) && box.south <= box.north;
      }),
    );
  });
});

describe('An interval', () => {
  const at = Date.UTC(2026, 10, 22, 10);

  it.each([
    ['2026-11-22T10:00:00Z', { from: at, to: at }],
    ['2026-11-22T17:00:00+07:00/..', { from: at, to: undefined }],
    ['/2026-11-22T17:00:00 07:00', { from: undefined, to: at }],
    ['../..', { from: undefined, to: undefined }],
  ])('is read from %s', (text, expected) => {
    expect(readTimeInterval(text)).toEqual(expected);
  });

  it.each(['', '..', 'a/b', '2026-11-22', '2026-11-22T10:00:00', '2026-11-22T10:00:00Z/../..'])('is not %s', (text) => {
    expect(readTimeInterval(text)).toBeTypeOf('string');
  });

  it('shares its ends', () => {
    expect(intersects({ from: 5, to: 9 }, { from: 9, to: 12 })).toBe(true);
    expect(intersects({ from: 5, to: 9 }, { from: 10 })).toBe(false);
    expect(intersects({ from: 5 }, { from: 1, to: 4 })).toBe(false);
    expect(intersects({ from: 5 }, { from: 1 })).toBe(true);
  });
});
