/** A break-point: a concentration and the index there. */
export type Point = readonly [concentration: number, index: number];

/**
 * The index on the line between the two break-points around a concentration; exactly a break-point's index at a break-point.
 * `undefined` outside the first and the last. Points are in ascending order of concentration.
 */
export const interpolate = (points: readonly Point[], concentration: number): number | undefined => {
  for (const [at, [high, indexHigh]] of points.entries()) {
    if (concentration === high) return indexHigh;
    const below = points[at - 1];
    if (concentration > high || below === undefined) continue;
    const [low, indexLow] = below;
    if (concentration < low) return undefined;
    return indexLow + ((indexHigh - indexLow) / (high - low)) * (concentration - low);
  }
  return undefined;
};
