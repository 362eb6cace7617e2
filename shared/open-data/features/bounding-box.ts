import type { Position } from '../../city/entities.ts';

/** Degrees, CRS84. One whose west lies east of its east spans the antimeridian. */
export type BoundingBox = {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** Reads `bbox=`: four numbers, or six of which the heights say nothing here. Answers what is wrong as text. */
export const readBoundingBox = (text: string): BoundingBox | string => {
  const parts = text.split(',').map((part) => part.trim());
  if (!parts.every((part) => NUMBER.test(part))) return 'must be numbers between commas';
  if (parts.length !== 4 && parts.length !== 6) return 'must be 4 numbers (or 6 with heights): west,south,east,north';
  const numbers = parts.map(Number);
  const [west = 0, south = 0] = numbers;
  const [east = 0, north = 0] = numbers.slice(parts.length / 2);
  if (![west, east].every((each) => Math.abs(each) <= 180)) return 'longitudes must be from -180 to 180';
  if (![south, north].every((each) => Math.abs(each) <= 90)) return 'latitudes must be from -90 to 90';
  if (south > north) return 'must have its south before its north: longitude stands before latitude';
  return { west, south, east, north };
};

/** Whether a point lies in the box or on its edge. */
export const isInside = ({ west, south, east, north }: BoundingBox, { longitude, latitude }: Position): boolean => {
  const between = west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
  return between && latitude >= south && latitude <= north;
};
