import type { Position } from '../../city/entities.ts';

const EARTH_RADIUS_METRES = 6_371_008.8;

/** Metres east and north. */
export type Point = { readonly east: number; readonly north: number };

/** Metres on a plane that touches the city's middle: within a city as good as the sphere. */
export const planeOf = (positions: readonly Position[]): readonly Point[] => {
  const radians = Math.PI / 180;
  const middle = positions.reduce((sum, { latitude }) => sum + latitude, 0) / Math.max(1, positions.length);
  const perLongitude = EARTH_RADIUS_METRES * radians * Math.cos(middle * radians);
  return positions.map(({ latitude, longitude }) => ({
    east: longitude * perLongitude,
    north: latitude * EARTH_RADIUS_METRES * radians,
  }));
};

export const metresApart = (a: Point, b: Point): number => Math.hypot(a.east - b.east, a.north - b.north);
