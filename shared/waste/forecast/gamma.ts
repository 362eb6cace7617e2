/**
 * The gamma distribution, as far as a forecast needs it. Formulas: Press, Teukolsky, Vetterling & Flannery, Numerical Recipes,
 * 3rd ed. 2007, §6.1 (Lanczos) and §6.2 (series and continued fraction of the incomplete gamma function).
 */
const LANCZOS = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
];
const LONGEST = 500;
const EXACT = 1e-12;

/** Natural logarithm of Γ(x), x > 0. */
const logGamma = (x: number): number => {
  let series = 1.000000000190015;
  LANCZOS.forEach((coefficient, index) => {
    series += coefficient / (x + index + 1);
  });
  const shifted = x + 5.5;
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((2.5066282746310007 * series) / x);
};

const bySeries = (shape: number, x: number): number => {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < LONGEST && term > sum * EXACT; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * Math.exp(-x + shape * Math.log(x) - logGamma(shape));
};

/** The upper tail by Lentz's continued fraction. */
const byFraction = (shape: number, x: number): number => {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < LONGEST; n += 1) {
    const a = -n * (n - shape);
    b += 2;
    d = a * d + b;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = b + a / c;
    if (Math.abs(c) < tiny) c = tiny;
    h *= d * c;
    if (Math.abs(d * c - 1) < EXACT) break;
  }
  return h * Math.exp(-x + shape * Math.log(x) - logGamma(shape));
};

/** From this shape on the cube root of a gamma variable is normal to four decimals (Wilson & Hilferty, PNAS 17, 1931, 684). */
const NEARLY_NORMAL = 400;

/** Φ(z); Numerical Recipes §6.2.2, relative error below 1.2e-7. */
const normalCdf = (z: number): number => {
  const t = 1 / (1 + Math.abs(z) / (2 * Math.SQRT2));
  const coefficients = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
    -1.26551223,
  ];
  const polynomial = coefficients.reduce((sum, coefficient) => sum * t + coefficient, 0);
  const tail = 0.5 * t * Math.exp((-z * z) / 2 + polynomial);
  return z > 0 ? 1 - tail : tail;
};

/** P(X ≤ x) for a gamma variable of this shape and scale. */
export const gammaCdf = (shape: number, scale: number, x: number): number => {
  if (x <= 0) return 0;
  const scaled = x / scale;
  if (shape > NEARLY_NORMAL) {
    const ninth = 1 / (9 * shape);
    return normalCdf((Math.cbrt(scaled / shape) - 1 + ninth) / Math.sqrt(ninth));
  }
  return Math.min(1, Math.max(0, scaled < shape + 1 ? bySeries(shape, scaled) : 1 - byFraction(shape, scaled)));
};
