const SIGNIFICANT = 4;
const MOST_DECIMALS = 6;

const roundTo = (value: number, decimals: number): number => {
  const written = String(value);
  // Decimal places are moved in the text: 1.005 × 1000 is a little less than 1005.
  const rounded = written.includes('e')
    ? Number(value.toFixed(decimals))
    : Number(`${Math.round(Number(`${written}e${decimals}`))}e-${decimals}`);
  return rounded === 0 ? 0 : rounded;
};

const decimalsOf = (value: number): number => {
  const digitsBefore = value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value))) + 1;
  return Math.min(MOST_DECIMALS, Math.max(0, SIGNIFICANT - digitsBefore));
};

/** A number as reports tell it, the same in every format: four significant digits, whole numbers whole, at most six decimals. */
export const reported = (value: number): number => roundTo(value, decimalsOf(Math.abs(value) < 1e-6 ? 0 : value));

/** As `reported`, with as many digits more as it takes to see on which side of a limit it lies: 45.004 over 45 is not told as 45. */
export const reportedBeside = (value: number, limit: number): number => {
  for (let decimals = decimalsOf(Math.abs(value) < 1e-6 ? 0 : value); decimals <= MOST_DECIMALS; decimals += 1) {
    const rounded = roundTo(value, decimals);
    if (Math.sign(rounded - limit) === Math.sign(value - limit)) return rounded;
  }
  return value;
};

/** A share in percent with one decimal; 100 only for all, 0 only for none. `null` where nothing is expected. */
export const percentOf = (part: number, whole: number): number | null => {
  if (whole <= 0) return null;
  if (part <= 0) return 0;
  if (part >= whole) return 100;
  return Math.min(99.9, Math.max(0.1, roundTo((100 * part) / whole, 1)));
};
