/** The percentiles that reports tell; the 98th is EPA's for 24-hour PM2.5, the 99th WHO's for daily means. */
export const reportedPercentiles = [50, 90, 95, 98, 99] as const;

/**
 * A percentile by nearest rank: the least value that at least so many percent of the values do not exceed. It is always a value that
 * was measured, so that an officer can point at it; of an even number the 50th is the lower of the two in the middle.
 * @param ascending in ascending order.
 * @param percent above 0, at most 100.
 * @returns `undefined` of no values.
 */
export const nearestRank = (ascending: ArrayLike<number>, percent: number): number | undefined => {
  // 0.07 × 100 is a little more than 7: what floating point adds must not reach the next rank.
  const rank = Math.ceil((percent / 100) * ascending.length - 1e-9);
  return ascending[Math.max(1, rank) - 1];
};
