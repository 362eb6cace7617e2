import { greatCircleMetres } from '../../../routing/travel/great-circle.ts';
import { geometryOfGeoJson } from '../../sensorthings/query/geometry/geojson.ts';
import type { Coordinate } from '../../sensorthings/query/geometry/geometry.ts';
import {
  contains,
  disjoint,
  equals,
  intersects,
  overlaps,
  within,
} from '../../sensorthings/query/geometry/predicates.ts';
import { type Edge, type Shape, shapeOf } from '../../sensorthings/query/geometry/shape.ts';
import type { NgsiEntity } from '../entity.ts';
import { QueryFault } from './query-fault.ts';

/** The parameters of a geo-query, ETSI GS CIM 009 V1.8.1, 4.10. */
export type GeoParameters = {
  readonly georel?: string | undefined;
  readonly geometry?: string | undefined;
  readonly coordinates?: string | undefined;
  readonly geoproperty?: string | undefined;
};
export type GeoTest = (entity: NgsiEntity) => boolean;

const MOST_CHARACTERS = 20_000;
const MOST_VERTICES = 500;

const relations = { within, contains, intersects, equals, disjoint, overlaps } as const;
const isRelation = (name: string): name is keyof typeof relations => Object.hasOwn(relations, name);

const geometryTypes = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'];

const readCoordinates = (text: string): unknown => {
  if (text.length > MOST_CHARACTERS) throw new QueryFault('coordinates', `longer than ${MOST_CHARACTERS} characters`);
  try {
    return JSON.parse(text);
  } catch {
    throw new QueryFault('coordinates', 'must be JSON as GeoJSON has it, e.g. [106.65,10.98]');
  }
};

const isOnEarth = ([longitude, latitude]: Coordinate): boolean =>
  Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;

const readShape = ({ geometry, coordinates }: GeoParameters): Shape => {
  if (geometry === undefined || !geometryTypes.includes(geometry))
    throw new QueryFault('geometry', `must be one of ${geometryTypes.join(', ')}`);
  if (coordinates === undefined) throw new QueryFault('coordinates', 'must be given with geometry and georel');
  const read = geometryOfGeoJson({ type: geometry, coordinates: readCoordinates(coordinates) });
  if (read === undefined) throw new QueryFault('coordinates', `are not those of a ${geometry} in GeoJSON`);
  const shape = shapeOf(read);
  if (shape.vertices.length > MOST_VERTICES)
    throw new QueryFault('coordinates', `has more than ${MOST_VERTICES} positions`);
  if (!shape.vertices.every(isOnEarth))
    throw new QueryFault('coordinates', 'must be longitude, latitude in degrees, in this order');
  return shape;
};

const at = ([longitude, latitude]: Coordinate) => ({ longitude, latitude });

/** The place on an edge nearest to a point, in a plane that is true around the point. */
const nearestOn = (point: Coordinate, [[x1, y1], [x2, y2]]: Edge): Coordinate => {
  const shrink = Math.cos((point[1] * Math.PI) / 180);
  const [dx, dy] = [(x2 - x1) * shrink, y2 - y1];
  const along = ((point[0] - x1) * shrink * dx + (point[1] - y1) * dy) / (dx * dx + dy * dy);
  const part = Math.min(1, Math.max(0, along));
  return [x1 + part * (x2 - x1), y1 + part * (y2 - y1)];
};

/** Metres from a point to the nearest place of a geometry; 0 within an area. */
export const metresTo = (point: Coordinate, shape: Shape): number => {
  if (intersects(shapeOf({ type: 'Point', coordinates: point }), shape)) return 0;
  const places = [...shape.vertices, ...shape.edges.map((edge) => nearestOn(point, edge))];
  return Math.min(...places.map((place) => greatCircleMetres(at(point), at(place))));
};

const placeOf = (entity: NgsiEntity, geoproperty: string): Coordinate | undefined => {
  const attribute = entity.attributes[geoproperty];
  return attribute?.type === 'GeoProperty' ? attribute.value.coordinates : undefined;
};

/** `near;maxDistance==2000`, in metres. */
const nearTest = (georel: string, shape: Shape): ((point: Coordinate) => boolean) => {
  const [, bound, metres] = /^near;(maxDistance|minDistance)==(\d{1,9}(?:\.\d{1,6})?)$/.exec(georel) ?? [];
  if (bound === undefined)
    throw new QueryFault(
      'georel',
      `must be near;maxDistance==<metres>, near;minDistance==<metres> or one of ${Object.keys(relations).join(', ')}`,
    );
  const limit = Number(metres);
  return (point) => (bound === 'maxDistance' ? metresTo(point, shape) <= limit : metresTo(point, shape) >= limit);
};

/**
 * The test that a geo-query asks for; `undefined` where there is none. An entity without the geo-property never passes.
 * @throws QueryFault
 */
export const geoTest = (parameters: GeoParameters): GeoTest | undefined => {
  const { georel, geometry, coordinates, geoproperty = 'location' } = parameters;
  if (georel === undefined) {
    if (geometry === undefined && coordinates === undefined) return undefined;
    throw new QueryFault('georel', 'must be given with geometry and coordinates');
  }
  const shape = readShape(parameters);
  const related = isRelation(georel) ? relations[georel] : undefined;
  const test =
    related === undefined
      ? nearTest(georel, shape)
      : (point: Coordinate) => related(shapeOf({ type: 'Point', coordinates: point }), shape);
  return (entity) => {
    const point = placeOf(entity, geoproperty);
    return point !== undefined && test(point);
  };
};
