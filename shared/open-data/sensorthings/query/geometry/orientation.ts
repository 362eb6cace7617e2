import type { Coordinate } from './geometry.ts';

/**
 * On which side of the line from `a` to `b` the point `c` lies: 1 left, -1 right, 0 exactly on it. Decided without rounding, so
 * that a station on the border of a ward is on it whichever way the border was drawn.
 */
export const orientation = (a: Coordinate, b: Coordinate, c: Coordinate): -1 | 0 | 1 => {
  const left = (a[0] - c[0]) * (b[1] - c[1]);
  const right = (a[1] - c[1]) * (b[0] - c[0]);
  const determinant = left - right;
  // Shewchuk (1997), Adaptive Precision Floating-Point Arithmetic, ccwerrboundA: beyond it the sign is certain.
  const bound = 3.3306690738754716e-16 * (Math.abs(left) + Math.abs(right));
  if (determinant > bound || -determinant > bound) {
    return determinant > 0 ? 1 : -1;
  }
  return exactOrientation(a, b, c);
};

const view = new DataView(new ArrayBuffer(8));

/** A finite double as `mantissa` × 2^`exponent`. */
const partsOf = (value: number): { readonly mantissa: bigint; readonly exponent: number } => {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent: Math.max(biased, 1) - 1075 };
};

const exactOrientation = (a: Coordinate, b: Coordinate, c: Coordinate): -1 | 0 | 1 => {
  const parts = [a[0], a[1], b[0], b[1], c[0], c[1]].map(partsOf);
  const lowest = parts.reduce(
    (least, { mantissa, exponent }) => (mantissa === 0n ? least : Math.min(least, exponent)),
    972,
  );
  const whole = parts.map(({ mantissa, exponent }) => (mantissa === 0n ? 0n : mantissa << BigInt(exponent - lowest)));
  const [ax = 0n, ay = 0n, bx = 0n, by = 0n, cx = 0n, cy = 0n] = whole;
  const determinant = (ax - cx) * (by - cy) - (ay - cy) * (bx - cx);
  return determinant > 0n ? 1 : determinant < 0n ? -1 : 0;
};
