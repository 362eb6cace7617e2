const FIRST_MS = 30_000;
/** A broker that is back after a night is told within a quarter of an hour. */
const LONGEST_MS = 15 * 60_000;
/** What a broker may ask for with Retry-After. */
const LONGEST_ASKED_MS = 3_600_000;

/**
 * How long to leave a broker alone after so many failures in a row (1 for the first): twice as long every time, half of it by chance (equal
 * jitter: M. Brooker, "Exponential Backoff And Jitter", 2015), and never shorter than the broker asked for. Never shorter than 15 s: what
 * a request left under way at a broker that did not answer in time has come to its end by then.
 */
export const backOffMs = (failures: number, random: number, askedMs = 0): number => {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, failures - 1));
  return Math.round(Math.max(whole / 2 + (random * whole) / 2, Math.min(LONGEST_ASKED_MS, askedMs)));
};
