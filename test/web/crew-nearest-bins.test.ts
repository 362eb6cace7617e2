import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greatCircleMetres } from '../../shared/routing/travel/great-circle.ts';
import { type BinPlace, nearestBins } from '../../web/src/crew/state/nearest-bins.ts';

const place = (id: string, latitude: number, longitude: number, name = `Thùng ${id}`): BinPlace => ({
  id,
  name,
  ward: 'Phường Phú Lợi',
  position: { latitude, longitude },
});
const here = { latitude: 10.98, longitude: 106.65 };
const bins = [place('b-3', 10.99, 106.65), place('b-1', 10.9801, 106.65, 'Đinh Bộ Lĩnh'), place('b-2', 10.981, 106.65)];
const ids = (text: string, from?: typeof here, most = 6) => nearestBins(bins, { text, from, most }).map(({ id }) => id);

describe('the bins that a phone offers', () => {
  it('are the nearest, with how far they are', () => {
    expect(ids('', here)).toEqual(['b-1', 'b-2', 'b-3']);
    expect(ids('', here, 2)).toEqual(['b-1', 'b-2']);
    expect(nearestBins(bins, { text: '', from: here, most: 1 })[0]?.metres).toBeCloseTo(11.1, 0);
  });

  it('are found by name, id or ward, without Vietnamese marks, and by name where nobody knows where the phone is', () => {
    expect(ids('dinh bo')).toEqual(['b-1']);
    expect(ids('B-2')).toEqual(['b-2']);
    expect(ids('phu loi', here)).toEqual(['b-1', 'b-2', 'b-3']);
    expect(ids('')).toEqual(['b-1', 'b-2', 'b-3']);
    expect(ids('nowhere')).toEqual([]);
  });

  it('leave out none that is nearer', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ min: 10.9, max: 11, noNaN: true }), fc.double({ min: 106.6, max: 106.7, noNaN: true })),
          {
            maxLength: 40,
          },
        ),
        fc.integer({ min: 1, max: 8 }),
        (places, most) => {
          const all = places.map(([latitude, longitude], n) => place(`b-${n}`, latitude, longitude));
          const offered = nearestBins(all, { text: '', from: here, most });
          expect(offered).toHaveLength(Math.min(most, all.length));
          const furthest = Math.max(0, ...offered.map(({ metres = 0 }) => metres));
          const left = all.filter(({ id }) => !offered.some((bin) => bin.id === id));
          expect(left.every(({ position }) => greatCircleMetres(here, position) >= furthest)).toBe(true);
        },
      ),
    ));
});
