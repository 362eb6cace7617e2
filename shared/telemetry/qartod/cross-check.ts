import type { QualityFlag } from '../reading.ts';

/** Two optical channels differ by some percent on the same air. */
const TOLERANCE = 1.05;

/**
 * PM2.5 is a part of PM10, so PM2.5 ≤ PM10 × 1.05 at one instant from one sensor, else both are suspect: nothing says which is wrong.
 * Micrograms in a cubic metre. Source: our own proposal in the manner of IOOS QARTOD's multi-variate test (2016, test 9).
 */
export const crossCheck = (pm25: number, pm10: number): QualityFlag => (pm25 <= pm10 * TOLERANCE ? 1 : 3);
