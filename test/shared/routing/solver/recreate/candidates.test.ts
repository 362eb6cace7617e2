import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AS_IT_DOES,
  clearCandidates,
  countAnew,
  createCandidates,
  isOutdone,
  isWorthChoosingAnew,
  listCandidate,
  takeCheapest,
} from '../../../../../shared/routing/solver/recreate/candidates.ts';

describe('candidates', () => {
  it('come by what they are reckoned to cost, whole, up to the bound', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 30 }),
        fc.integer({ min: -60, max: 60 }),
        (estimates, most) => {
          const candidates = createCandidates(estimates.length);
          estimates.forEach((estimate, place) => {
            listCandidate(candidates, estimate, place, 100 + place, 200 + place, 300 + place, AS_IT_DOES);
          });
          const came: number[] = [];
          for (let at = takeCheapest(candidates, most); at >= 0; at = takeCheapest(candidates, most)) {
            expect(candidates.estimate[at]).toBe(estimates[candidates.after[at] as number]);
            came.push(candidates.estimate[at] as number);
            const place = candidates.after[at] as number;
            expect(candidates.route[at]).toBe(100 + place);
            expect(candidates.siteBefore[at]).toBe(200 + place);
            expect(candidates.siteBehind[at]).toBe(300 + place);
          }
          expect(came).toEqual(estimates.filter((estimate) => estimate < most).sort((a, b) => a - b));
          expect(candidates.left).toBe(estimates.length - came.length);
        },
      ),
    ));

  it('let only the five most promising have their disposal visits chosen anew', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { maxLength: 30 }), (estimates) => {
        const candidates = createCandidates(1);
        for (const estimate of estimates) {
          if (isWorthChoosingAnew(candidates, estimate)) countAnew(candidates, estimate);
        }
        const five = [...estimates].sort((a, b) => a - b).slice(0, 5);
        expect(estimates.filter((estimate) => !isOutdone(candidates, estimate)).sort((a, b) => a - b)).toEqual(five);
        clearCandidates(candidates);
        expect(estimates.every((estimate) => isWorthChoosingAnew(candidates, estimate))).toBe(true);
      }),
    ));
});
