import type { Coordinate, Geometry, Ring } from './geometry.ts';

/** OGC 06-103r4, well-known text, as between the quotes of `geography'…'`. */
export type WktResult =
  | { readonly ok: true; readonly geometry: Geometry }
  | { readonly ok: false; readonly position: number; readonly expected: string };

class WktFault extends Error {
  readonly position: number;
  readonly expected: string;
  constructor(position: number, expected: string) {
    super(expected);
    this.position = position;
    this.expected = expected;
  }
}

const numberPattern = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
const kindPattern = /(?:SRID=(\d+)\s*;\s*)?([A-Z]+)(?:\s+(ZM|Z|M))?\s*/iy;

const openReader = (text: string) => {
  let at = 0;
  const skipSpace = (): void => {
    while (text[at] === ' ') at += 1;
  };
  const accept = (character: string): boolean => {
    skipSpace();
    const isThere = text[at] === character;
    at += isThere ? 1 : 0;
    return isThere;
  };
  const need = (character: string): void => {
    if (!accept(character)) throw new WktFault(at, `“${character}”`);
  };
  const number = (): number | undefined => {
    skipSpace();
    numberPattern.lastIndex = at;
    const match = numberPattern.exec(text)?.[0];
    if (match === undefined) return undefined;
    if (!Number.isFinite(Number(match))) throw new WktFault(at, 'a number that a double can hold');
    at += match.length;
    return Number(match) + 0;
  };
  const coordinate = (): Coordinate => {
    const longitude = number();
    const latitude = number();
    if (longitude === undefined || latitude === undefined) throw new WktFault(at, 'longitude and latitude');
    // Height and measure are read over.
    if (number() !== undefined) number();
    return [longitude, latitude];
  };
  const list = <Item>(item: () => Item): readonly Item[] => {
    need('(');
    const items = [item()];
    while (accept(',')) items.push(item());
    need(')');
    return items;
  };
  const kind = (): string => {
    skipSpace();
    kindPattern.lastIndex = at;
    const match = kindPattern.exec(text);
    if (match === null) throw new WktFault(at, 'POINT, LINESTRING, POLYGON or a MULTI of them');
    if (match[1] !== undefined && match[1] !== '4326') throw new WktFault(at, 'SRID=4326 (WGS 84)');
    at += match[0].length;
    return (match[2] ?? '').toUpperCase();
  };
  const end = (): void => {
    skipSpace();
    if (at < text.length) throw new WktFault(at, 'the end of the geometry');
  };
  return { position: () => at, coordinate, list, kind, end, accept };
};

type Reader = ReturnType<typeof openReader>;

const line = (reader: Reader): readonly Coordinate[] => {
  const coordinates = reader.list(reader.coordinate);
  if (coordinates.length < 2) throw new WktFault(reader.position(), 'a line of at least two positions');
  return coordinates;
};

const ring = (reader: Reader): Ring => {
  const coordinates = reader.list(reader.coordinate);
  const [first, last] = [coordinates[0], coordinates.at(-1)];
  if (coordinates.length < 4 || first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
    throw new WktFault(reader.position(), 'a closed ring: at least four positions, the last like the first');
  }
  return coordinates;
};

const rings = (reader: Reader): readonly Ring[] => reader.list(() => ring(reader));

const pointOfMany = (reader: Reader): Coordinate => {
  // Both MULTIPOINT (1 2, 3 4) and MULTIPOINT ((1 2), (3 4)) are in use.
  if (!reader.accept('(')) return reader.coordinate();
  const coordinate = reader.coordinate();
  if (!reader.accept(')')) throw new WktFault(reader.position(), '“)”');
  return coordinate;
};

const geometryOfKind = (kind: string, reader: Reader): Geometry => {
  switch (kind) {
    case 'POINT': {
      const [coordinates, second] = reader.list(reader.coordinate);
      if (coordinates === undefined || second !== undefined) throw new WktFault(reader.position(), 'one position');
      return { type: 'Point', coordinates };
    }
    case 'MULTIPOINT':
      return { type: 'MultiPoint', coordinates: reader.list(() => pointOfMany(reader)) };
    case 'LINESTRING':
      return { type: 'LineString', coordinates: line(reader) };
    case 'MULTILINESTRING':
      return { type: 'MultiLineString', coordinates: reader.list(() => line(reader)) };
    case 'POLYGON':
      return { type: 'Polygon', coordinates: rings(reader) };
    case 'MULTIPOLYGON':
      return { type: 'MultiPolygon', coordinates: reader.list(() => rings(reader)) };
    default:
      throw new WktFault(0, 'POINT, LINESTRING, POLYGON or a MULTI of them');
  }
};

export const parseWkt = (text: string): WktResult => {
  const reader = openReader(text);
  try {
    const geometry = geometryOfKind(reader.kind(), reader);
    reader.end();
    return { ok: true, geometry };
  } catch (error) {
    if (error instanceof WktFault) return { ok: false, position: error.position, expected: error.expected };
    throw error;
  }
};

const position = ([longitude, latitude]: Coordinate): string => `${longitude} ${latitude}`;
const bracketed = (parts: readonly string[]): string => `(${parts.join(',')})`;
const positions = (coordinates: readonly Coordinate[]): string => bracketed(coordinates.map(position));

/** The shortest text that `parseWkt` reads back. */
export const printWkt = (geometry: Geometry): string => {
  const name = geometry.type.toUpperCase();
  switch (geometry.type) {
    case 'Point':
      return `${name}(${position(geometry.coordinates)})`;
    case 'MultiPoint':
    case 'LineString':
      return `${name}${positions(geometry.coordinates)}`;
    case 'MultiLineString':
    case 'Polygon':
      return `${name}${bracketed(geometry.coordinates.map(positions))}`;
    case 'MultiPolygon':
      return `${name}${bracketed(geometry.coordinates.map((polygon) => bracketed(polygon.map(positions))))}`;
  }
};
