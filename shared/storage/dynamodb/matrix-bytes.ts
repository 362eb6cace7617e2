import type { Matrices } from '../../routing/lifecycle/plan-basis.ts';

/**
 * Matrices as bytes: 4 + 1 bytes (places, kind), then kind 0: both as whole numbers, each cut into planes of bytes, the lowest first,
 * which compresses them to two thirds; kind 1: as doubles, for engines that answer fractions. No way is the largest value, or NaN.
 */
const WHOLE = 0;
const DOUBLES = 1;
const NO_WAY = 0xffffff;
const PLANES = 3;

type Matrix = Matrices['distanceMetres'];

/** Rows of numbers alone say no way by an infinite one. */
const isNoWay = (value: number | null): value is null => value === null || !Number.isFinite(value);

const isWhole = (matrix: Matrix): boolean => {
  for (const row of matrix)
    for (const value of row)
      if (!isNoWay(value) && !(Number.isInteger(value) && value >= 0 && value < NO_WAY)) return false;
  return true;
};

const writePlanes = (matrix: Matrix, bytes: Uint8Array, from: number): void => {
  const size = matrix.length * matrix.length;
  let at = from;
  for (const row of matrix) {
    for (const value of row) {
      const whole = isNoWay(value) ? NO_WAY : value;
      bytes[at] = whole & 0xff;
      bytes[at + size] = (whole >> 8) & 0xff;
      bytes[at + 2 * size] = whole >> 16;
      at += 1;
    }
  }
};

const readPlanes = (bytes: Uint8Array, from: number, places: number): Matrix => {
  const size = places * places;
  const matrix: Matrix = [];
  for (let row = 0; row < places; row += 1) {
    const values: (number | null)[] = new Array(places);
    for (let column = 0; column < places; column += 1) {
      const at = from + row * places + column;
      const whole =
        (bytes[at] as number) + (bytes[at + size] as number) * 256 + (bytes[at + 2 * size] as number) * 65_536;
      values[column] = whole === NO_WAY ? null : whole;
    }
    matrix.push(values);
  }
  return matrix;
};

export const matricesToBytes = ({ distanceMetres, durationSeconds }: Matrices): Uint8Array => {
  const places = distanceMetres.length;
  const whole = isWhole(distanceMetres) && isWhole(durationSeconds);
  const bytes = new Uint8Array(5 + 2 * places * places * (whole ? PLANES : 8));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, places);
  view.setUint8(4, whole ? WHOLE : DOUBLES);
  if (whole) {
    writePlanes(distanceMetres, bytes, 5);
    writePlanes(durationSeconds, bytes, 5 + PLANES * places * places);
    return bytes;
  }
  let at = 5;
  for (const matrix of [distanceMetres, durationSeconds])
    for (const row of matrix)
      for (const value of row) {
        view.setFloat64(at, isNoWay(value) ? Number.NaN : value);
        at += 8;
      }
  return bytes;
};

const readDoubles = (view: DataView, from: number, places: number): Matrix =>
  Array.from({ length: places }, (_, row) =>
    Array.from({ length: places }, (__, column) => {
      const value = view.getFloat64(from + 8 * (row * places + column));
      return Number.isNaN(value) ? null : value;
    }),
  );

export const matricesFromBytes = (bytes: Uint8Array): Matrices => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = view.getUint32(0);
  const size = places * places;
  const read = view.getUint8(4) === WHOLE ? (at: number) => readPlanes(bytes, at, places) : undefined;
  const second = 5 + size * (read ? PLANES : 8);
  return read
    ? { distanceMetres: read(5), durationSeconds: read(second) }
    : { distanceMetres: readDoubles(view, 5, places), durationSeconds: readDoubles(view, second, places) };
};
