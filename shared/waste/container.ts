import type { ContainerShape } from '../city/container-shape.ts';
import type { Container } from '../city/entities.ts';

/** How far beyond the empty floor an echo may lie (settling, sensor tolerance) and still be believed. */
const FLOOR_TOLERANCE = 1.1;
const BISECTIONS = 40;

/** Volume under a height, both as a share of the whole: the integral of the cross-section, which is a product of two linear sides. */
const shareOfVolume = ([bottomA, topA]: readonly number[], [bottomB, topB]: readonly number[], t: number): number => {
  const [a, b] = [bottomA as number, bottomB as number];
  const [growA, growB] = [(topA as number) - a, (topB as number) - b];
  const under = (x: number): number =>
    a * b * x + ((a * growB + b * growA) * x ** 2) / 2 + (growA * growB * x ** 3) / 3;
  return under(t) / under(1);
};

const volumeAt = (shape: ContainerShape | undefined, height: number): number => {
  if (shape?.kind === 'cone') {
    const sides = [shape.bottomDiameterMm, shape.topDiameterMm];
    return shareOfVolume(sides, sides, height);
  }
  if (shape?.kind === 'pyramid') {
    const { bottomLengthMm, topLengthMm, bottomWidthMm, topWidthMm } = shape;
    return shareOfVolume([bottomLengthMm, topLengthMm], [bottomWidthMm, topWidthMm], height);
  }
  return height;
};

/**
 * How full the container is by volume, 0 (empty) to 1 (full), for a measured distance in millimetres. `undefined` when the echo came
 * from beyond the floor by more than a tenth of the depth: a lost echo is no measurement, and no measurement is never "empty".
 */
export const fillFraction = (container: Container, distanceMm: number): number | undefined => {
  const { depthMm, blindZoneMm, shape } = container;
  if (!Number.isFinite(distanceMm) || distanceMm < 0) return undefined;
  if (distanceMm > depthMm * FLOOR_TOLERANCE) return undefined;
  if (distanceMm <= blindZoneMm) return 1;
  const height = (depthMm - distanceMm) / (depthMm - blindZoneMm);
  return Math.min(1, Math.max(0, volumeAt(shape, Math.min(1, Math.max(0, height)))));
};

/** The distance in millimetres that a sensor measures at a fill fraction (0 … 1): the inverse of `fillFraction`. */
export const distanceAtFraction = ({ depthMm, blindZoneMm, shape }: Container, fraction: number): number => {
  let [low, high] = [0, 1];
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (low + high) / 2;
    if (volumeAt(shape, middle) < fraction) low = middle;
    else high = middle;
  }
  return depthMm - ((low + high) / 2) * (depthMm - blindZoneMm);
};
