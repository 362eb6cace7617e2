/** Turns further apart than this are no rhythm any more. */
const MOST_NIGHTS_APART = 28;
/**
 * So many of the bins fill too fast to last from turn to turn: those are visited beside it, wherever they are. With more of them
 * trucks drive crisscross, with fewer all others are emptied half full (docs/dispatch.md: measured).
 */
const TOO_FAST = 0.25;
/** Nights by which forecasts may shift from one night to the next without a city changing its rhythm. */
const SAME = 0.25;

/**
 * How many nights apart trucks should come round a part of the city, from how many nights each of its bins lasts: 1 or more. Two
 * answers where both are as good; the rhythm that the city is in is then the better one.
 */
export const nightsBetweenTurns = (cycles: readonly number[]): readonly number[] => {
  const sorted = [...cycles].sort((a, b) => a - b);
  const usual = sorted[Math.floor(TOO_FAST * sorted.length)] ?? 1;
  const whole = (nights: number): number => Math.max(1, Math.min(MOST_NIGHTS_APART, Math.floor(nights)));
  return [...new Set([whole(usual + SAME), whole(usual - SAME)])];
};
