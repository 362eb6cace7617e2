/** Beyond what any instrument resolves, and coarse enough that 109.49999999999999, which is 109.5, is 109.5 again. */
const DECIMALS = 1_000_000;

const clean = (value: number): number => Math.round(value * DECIMALS) / DECIMALS;

/**
 * Half up, as all worked examples of QĐ 1459/QĐ-TCMT but one are (109.5 gives 110), on the value to six decimals. Neither it nor
 * QĐ 1460 says how to round; of 9.98 it makes 10.
 */
export const roundHalfUp = (value: number): number => Math.floor(clean(value) + 0.5);

/** Cut off after so many decimals, as EPA does with concentrations before looking them up; 0.0780000001 for 0.078 is 0.078. */
export const truncate = (value: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.floor(clean(value * scale)) / scale;
};
