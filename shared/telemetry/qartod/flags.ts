import type { Quality, QualityFlag } from '../reading.ts';

/** The tests that may name a quality; in this order the first names it when several say the same. */
export const testNames = ['gross-range', 'rate-of-change', 'flat-line', 'time-gap', 'spike', 'cross-check'] as const;

export type TestName = (typeof testNames)[number];

/**
 * The order in which the worst of several tests is found: missing, not evaluated, good, suspect, fail. Source: ioos_qc's `qartod_compare`, with
 * the flags of IOOS QARTOD, "Manual for Real-Time Oceanographic Data Quality Control Flags" (2014).
 */
const severity: Readonly<Record<QualityFlag, number>> = { 9: 0, 2: 1, 1: 2, 3: 3, 4: 4 };

export const isWorse = (flag: QualityFlag, than: QualityFlag): boolean => severity[flag] > severity[than];

/** The worse of two qualities; of equally bad ones the first. A missing value stays missing whatever a test says of its time. */
export const worse = (first: Quality, second: Quality): Quality =>
  first.flag !== 9 && isWorse(second.flag, first.flag) ? second : first;

const words = (test: TestName): Readonly<Record<QualityFlag, Quality>> => ({
  1: { flag: 1, test },
  2: { flag: 2, test },
  3: { flag: 3, test },
  4: { flag: 4, test },
  9: { flag: 9, test },
});

const shared: Readonly<Record<TestName, Readonly<Record<QualityFlag, Quality>>>> = {
  'gross-range': words('gross-range'),
  'rate-of-change': words('rate-of-change'),
  'flat-line': words('flat-line'),
  'time-gap': words('time-gap'),
  spike: words('spike'),
  'cross-check': words('cross-check'),
};

/** A quality in a test's words; the same object for the same words, so that millions of results share a few. */
export const qualityOf = (flag: QualityFlag, test: TestName): Quality => shared[test][flag];
