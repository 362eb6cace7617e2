import { outlineCrossing } from '../../../../shared/city/outline-crossing.ts';

/** Longitude, latitude (RFC 7946). */
export type Corner = readonly [longitude: number, latitude: number];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const geometryTypes = ['Polygon', 'MultiPolygon'];

export type Outline = { readonly type: string; readonly coordinates: unknown };

/** The first polygon of any GeoJSON: a geometry, a feature or a collection of them. */
const polygonOf = (value: unknown): Outline | undefined => {
  if (!isObject(value)) return undefined;
  if (geometryTypes.includes(String(value.type))) return { type: String(value.type), coordinates: value.coordinates };
  if (value.type === 'Feature') return polygonOf(value.geometry);
  return listOf(value.features)
    .map(polygonOf)
    .find((found) => found !== undefined);
};

const outlineOfJson = (text: string): Outline | undefined => {
  try {
    return polygonOf(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** `10.98, 106.65`; a longitude in front, as no latitude is that large, counts as one. */
const cornerOf = (line: string): Corner | undefined => {
  const match = /^([+-]?\d+(?:\.\d+)?)[\s,;]+([+-]?\d+(?:\.\d+)?)$/.exec(line);
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[2])];
  const [latitude, longitude] = Math.abs(first) > 90 ? [second, first] : [first, second];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [longitude, latitude] : undefined;
};

const linesOf = (text: string): readonly string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const isClosed = (corners: readonly Corner[]): boolean => {
  const [first, last] = [corners[0], corners.at(-1)];
  return corners.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
};

const open = (corners: readonly Corner[]): readonly Corner[] => (isClosed(corners) ? corners.slice(0, -1) : corners);

const isCorner = (value: unknown): value is Corner =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part));

/** The corners of a polygon of one ring; `undefined` of one with holes, of several, and of anything else. */
const ringOf = ({ type, coordinates }: Outline): readonly Corner[] | undefined => {
  const [ring, ...more] = type === 'Polygon' ? listOf(coordinates) : [];
  const corners = listOf(ring);
  return more.length === 0 && corners.length > 0 && corners.every(isCorner) ? open(corners) : undefined;
};

/** The corners that a text names, however many; `undefined` where it is something else than a ring. */
export const cornersOf = (text: string): readonly Corner[] | undefined => {
  if (text.trim().startsWith('{')) {
    const outline = outlineOfJson(text);
    return outline && ringOf(outline);
  }
  const corners = linesOf(text).map(cornerOf);
  return corners.every((corner) => corner !== undefined) ? open(corners) : undefined;
};

/** A tenth of a metre is finer than anybody draws. */
const DECIMALS = 6;

const degrees = (value: number): string => String(Number(value.toFixed(DECIMALS)));

/** A corner a line, latitude first, as maps and telephones tell a place. */
export const textOfCorners = (corners: readonly Corner[]): string =>
  corners.map(([longitude, latitude]) => `${degrees(latitude)}, ${degrees(longitude)}`).join('\n');

/** An outline as people read it: corners by line where it is a plain ring, else GeoJSON. Nothing is lost. */
export const textOfOutline = (outline: unknown): string => {
  const known = polygonOf(outline);
  const corners = known && ringOf(known);
  if (corners === undefined) return JSON.stringify(outline);
  const text = textOfCorners(corners);
  const back = cornersOf(text);
  return JSON.stringify(back) === JSON.stringify(corners) ? text : JSON.stringify(outline);
};

const isVertex = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length >= 2 && value.every((part) => Number.isFinite(part));

const ringsOf = (value: unknown): readonly (readonly (readonly number[])[])[] =>
  listOf(value).map((ring) => listOf(ring).filter(isVertex));

/** Where the outline of a text crosses itself; `undefined` where it does not, or is none yet. */
export const crossingIn = (text: string): Corner | undefined => {
  const { type, coordinates } = outlineOf(text) ?? {};
  const polygons = type === 'MultiPolygon' ? listOf(coordinates) : [coordinates];
  for (const rings of polygons) {
    const crossing = outlineCrossing(ringsOf(rings));
    if (crossing !== undefined) return crossing;
  }
  return undefined;
};

/** A GeoJSON geometry of a text: corners by line (at least three), or any GeoJSON with a polygon in it. */
export const outlineOf = (text: string): Outline | undefined => {
  if (text.trim().startsWith('{')) return outlineOfJson(text);
  const corners = cornersOf(text) ?? [];
  const [first] = corners;
  return first === undefined || corners.length < 3
    ? undefined
    : { type: 'Polygon', coordinates: [[...corners, first]] };
};
