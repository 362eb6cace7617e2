import { describe, expect, it } from 'vitest';
import { draftMatrix, matrixRows } from '../../../../shared/routing/travel/matrix.ts';
import { bridgeOffNetwork } from '../../../../shared/routing/travel/off-network.ts';

const straight = { detourFactor: 2, speedKmh: 36 };
const places = [0, 0.001, 0.002, 0.003].map((longitude) => ({ latitude: 0, longitude }));

/** All ways a kilometre and a minute, but for the gaps. */
const drafts = (gaps: readonly (readonly [number, number])[]) => {
  const [distance, duration] = [draftMatrix(places.length), draftMatrix(places.length)];
  for (let at = 0; at < distance.values.length; at += 1)
    if (at % (places.length + 1) !== 0) [distance.values[at], duration.values[at]] = [1_000, 60];
  for (const [from, to] of gaps)
    for (const { values } of [distance, duration]) values[from * places.length + to] = Number.POSITIVE_INFINITY;
  return { distance, duration };
};

describe('places off a routing service’s roads', () => {
  it('are reached by straight lines, and the source says how many', () => {
    const island = [0, 1, 3].flatMap((other) => [[2, other] as const, [other, 2] as const]);
    const { distance, duration } = drafts(island);
    expect(bridgeOffNetwork(distance, duration, places, straight)).toBe(
      '; 1 of 4 places off the map by great-circle × 2',
    );
    expect(matrixRows(distance).map((row) => Array.from(row))[2]).toEqual([445, 222, 0, 222]);
    expect(duration.values[2 * 4 + 1]).toBe(22);
    expect(distance.values[1]).toBe(1_000);
  });

  it('are those too that one can only drive into', () => {
    const { distance, duration } = drafts([0, 1, 3].map((to) => [2, to] as const));
    expect(bridgeOffNetwork(distance, duration, places, straight)).toContain('1 of 4');
  });

  it('are those too that the service said it moved too far', () => {
    const { distance, duration } = drafts([]);
    expect(bridgeOffNetwork(distance, duration, places, straight, new Set([0]))).toContain('1 of 4');
    expect(distance.values[1]).toBe(222);
  });

  it('do not hide that one way is missing among places on the roads', () => {
    const { distance, duration } = drafts([[0, 1]]);
    expect(bridgeOffNetwork(distance, duration, places, straight)).toBe('');
    expect(matrixRows(distance)[0]).toEqual([0, null, 1_000, 1_000]);
    expect(matrixRows(duration)[0]?.[1]).toBeNull();
  });
});
