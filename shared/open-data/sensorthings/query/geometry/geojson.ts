import type { Coordinate, Geometry, Ring } from './geometry.ts';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const coordinateOf = (value: unknown): Coordinate | undefined => {
  if (!Array.isArray(value)) return undefined;
  const [longitude, latitude]: readonly unknown[] = value;
  const areNumbers = typeof longitude === 'number' && typeof latitude === 'number';
  return areNumbers && Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude, latitude] : undefined;
};

const listOf = <Item>(value: unknown, item: (value: unknown) => Item | undefined): readonly Item[] | undefined => {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const items = value.map(item).filter((read) => read !== undefined);
  return items.length === value.length ? items : undefined;
};

const lineOf = (value: unknown): readonly Coordinate[] | undefined => {
  const line = listOf(value, coordinateOf);
  return line !== undefined && line.length >= 2 ? line : undefined;
};

const ringOf = (value: unknown): Ring | undefined => {
  const ring = listOf(value, coordinateOf);
  const [first, last] = [ring?.[0], ring?.at(-1)];
  const isClosed = first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return ring !== undefined && ring.length >= 4 && isClosed ? ring : undefined;
};

const ringsOf = (value: unknown): readonly Ring[] | undefined => listOf(value, ringOf);

const withCoordinates = <Type extends Geometry['type'], Coordinates>(
  type: Type,
  coordinates: Coordinates | undefined,
): { readonly type: Type; readonly coordinates: Coordinates } | undefined =>
  coordinates === undefined ? undefined : { type, coordinates };

/**
 * RFC 7946 as a geometry in the plane; a Feature gives its geometry. `undefined` for what is no geometry, is empty, or is a
 * collection: such a place is unknown to a filter, not everywhere and not nowhere.
 */
export const geometryOfGeoJson = (value: unknown): Geometry | undefined => {
  if (!isObject(value)) return undefined;
  const { coordinates } = value;
  switch (value.type) {
    case 'Feature':
      return isObject(value.geometry) && value.geometry.type !== 'Feature'
        ? geometryOfGeoJson(value.geometry)
        : undefined;
    case 'Point':
      return withCoordinates('Point', coordinateOf(coordinates));
    case 'MultiPoint':
      return withCoordinates('MultiPoint', listOf(coordinates, coordinateOf));
    case 'LineString':
      return withCoordinates('LineString', lineOf(coordinates));
    case 'MultiLineString':
      return withCoordinates('MultiLineString', listOf(coordinates, lineOf));
    case 'Polygon':
      return withCoordinates('Polygon', ringsOf(coordinates));
    case 'MultiPolygon':
      return withCoordinates('MultiPolygon', listOf(coordinates, ringsOf));
    default:
      return undefined;
  }
};
