import type { Container } from '../city/entities.ts';

/** How far beyond the empty floor an echo may lie (settling, sensor tolerance) and still be believed. */
const FLOOR_TOLERANCE = 1.1;

/**
 * How full the container is, 0 (empty) to 1 (full), for a measured distance in millimetres, straight walls assumed.
 * `undefined` when the echo came from beyond the floor by more than a tenth of the depth: a lost echo is no measurement, and
 * no measurement is never "empty".
 */
export const fillFraction = (container: Container, distanceMm: number): number | undefined => {
  if (!Number.isFinite(distanceMm) || distanceMm < 0) return undefined;
  if (distanceMm > container.depthMm * FLOOR_TOLERANCE) return undefined;
  if (distanceMm <= container.blindZoneMm) return 1;
  const usableDepthMm = container.depthMm - container.blindZoneMm;
  return Math.min(1, Math.max(0, (container.depthMm - distanceMm) / usableDepthMm));
};
