import type { Position } from '../../city/entities.ts';
import type { Area } from '../../city/fleet/zone.ts';

type Point = readonly [x: number, y: number];
type Polygon = readonly (readonly (readonly number[])[])[];

const METRES_PER_DEGREE = 111_320;

const polygonsOf = (area: Exclude<Area, 'city'>): readonly Polygon[] =>
  area.type === 'Polygon' ? [area.coordinates] : area.coordinates;

/** Metres east and north of a place; good enough over a city. */
const planeAround = ({ latitude, longitude }: Position): ((vertex: readonly number[]) => Point) => {
  const metresPerLongitude = METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  return ([east = 0, north = 0]) => [(east - longitude) * metresPerLongitude, (north - latitude) * METRES_PER_DEGREE];
};

/** Whether the edge crosses the ray from the origin to the east. */
const crosses = ([x, y]: Point, [u, v]: Point): boolean => y > 0 !== v > 0 && x - (y * (u - x)) / (v - y) > 0;

const distanceTo = ([x, y]: Point, [u, v]: Point): number => {
  const [dx, dy] = [u - x, v - y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(x * dx + y * dy) / length));
  return Math.hypot(x + along * dx, y + along * dy);
};

/**
 * Metres from a place to the nearest edge of the area that it lies in; `undefined` outside. Holes are outside (even-odd rule). A
 * place that lies in the whole city is infinitely far from its edge.
 */
export const metresInside = (area: Area, position: Position): number | undefined => {
  if (area === 'city') return Number.POSITIVE_INFINITY;
  const onPlane = planeAround(position);
  let [nearest, isInside] = [Number.POSITIVE_INFINITY, false];
  for (const polygon of polygonsOf(area)) {
    let crossings = 0;
    for (const ring of polygon) {
      for (let index = 1; index < ring.length; index += 1) {
        const [from, to] = [onPlane(ring[index - 1] ?? []), onPlane(ring[index] ?? [])];
        if (crosses(from, to)) crossings += 1;
        nearest = Math.min(nearest, distanceTo(from, to));
      }
    }
    isInside ||= crossings % 2 === 1;
  }
  return isInside ? nearest : undefined;
};
