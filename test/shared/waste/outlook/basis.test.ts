import { describe, expect, it } from 'vitest';
import { basisOf, withBasis } from '../../../../shared/waste/outlook/basis.ts';

const words = { reason: '50% now', reasonVi: 'hiện 50%' };

describe('what a forecast rests on', () => {
  it.each([
    [24, 24, 'own-history'],
    [23, 400, 'similar-bins'],
    [23, 23, 'assumed'],
    [0, 0, 'assumed'],
  ])('is told by hours seen of the bin (%i) and of the one followed longest (%i): %s', (own, most, source) => {
    expect(basisOf(own, most, 0)).toEqual({ source, hoursSeen: own, updatedAt: 0 });
  });

  it('is said where it is not the bin’s own history, with how long that is', () => {
    expect(withBasis(words, basisOf(30, 30, 0))).toEqual(words);
    expect(withBasis(words, undefined)).toEqual(words);
    expect(withBasis(words, basisOf(9.6, 30, 0))).toEqual({
      reason: '50% now; judged by similar bins, as its own filling is known for 10 h only',
      reasonVi: 'hiện 50%; xét theo thùng tương tự, vì mới theo dõi thùng này 10 giờ',
    });
  });
});
