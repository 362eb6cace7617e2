import type * as GeoJSON from 'geojson';
import type { Corner } from '../panel/outline/outline-text.ts';
import type { Circle, Sketch } from './map-work.ts';

const METRES_A_DEGREE = 111_195;
const SIDES = 48;

/** A circle as corners: plane geometry, which is exact enough for a few kilometres. */
export const circleCorners = ({ centre: { latitude, longitude }, radiusMetres }: Circle): readonly Corner[] => {
  const reach = radiusMetres / METRES_A_DEGREE;
  const narrow = Math.cos((latitude * Math.PI) / 180);
  return Array.from({ length: SIDES }, (_, side): Corner => {
    const angle = (2 * Math.PI * side) / SIDES;
    return [longitude + (reach * Math.cos(angle)) / narrow, latitude + reach * Math.sin(angle)];
  });
};

const feature = (geometry: GeoJSON.Geometry, properties: Record<string, string> = {}): GeoJSON.Feature => ({
  type: 'Feature',
  geometry,
  properties,
});

const position = ([longitude, latitude]: Corner): [number, number] => [longitude, latitude];

const area = (corners: readonly Corner[]): GeoJSON.Feature[] => {
  const [first, ...rest] = corners;
  if (first === undefined || rest.length === 0) return [];
  const line = corners.map(position);
  return rest.length === 1
    ? [feature({ type: 'LineString', coordinates: line })]
    : [feature({ type: 'Polygon', coordinates: [[...line, position(first)]] })];
};

/** What a form draws: its area, and each corner with its number. */
export const sketchFeatures = (sketch: Sketch | undefined): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features:
    sketch === undefined
      ? []
      : [
          ...area(sketch.circle ? circleCorners(sketch.circle) : sketch.corners),
          ...sketch.corners.map((corner, index) =>
            feature({ type: 'Point', coordinates: position(corner) }, { number: String(index + 1) }),
          ),
        ],
});

/** Everything of a sketch that should be in sight. */
export const sketchPlaces = ({ corners, circle }: Sketch): readonly Corner[] =>
  circle ? circleCorners(circle) : corners;
