import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createShortlist, isWorthListing, listPlace } from '../../../../../shared/routing/solver/recreate/shortlist.ts';

describe('a shortlist', () => {
  it('holds the places with the least estimates, in order', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 30 }), (estimates) => {
        const list = createShortlist();
        const most = list.estimate.length;
        estimates.forEach((estimate, place) => {
          if (isWorthListing(list, estimate)) listPlace(list, estimate, place, 100 + place, place, place, place % 2);
        });
        const listed = Array.from({ length: list.count }, (_, entry) => entry);
        expect(listed.map((entry) => list.estimate[entry])).toEqual(
          [...estimates].sort((a, b) => a - b).slice(0, most),
        );
        for (const entry of listed) {
          const place = list.after[entry] as number;
          expect(estimates[place]).toBe(list.estimate[entry]);
          expect(list.route[entry]).toBe(100 + place);
          expect([list.siteBefore[entry], list.siteBehind[entry], list.manner[entry]]).toEqual([
            place,
            place,
            place % 2,
          ]);
        }
        expect(new Set(listed.map((entry) => list.after[entry])).size).toBe(list.count);
      }),
    ));
});
