import type { OverflowReport } from './overflow-report.ts';

const DAY_MS = 86_400_000;

/** A report older than this was seen to, or was wrong: nobody is sent for it any more. */
export const REPORTS_COUNT_MS = 7 * DAY_MS;

/** Whether a report still sends somebody, and if not, why. */
export type ReportStanding = 'open' | 'emptied' | 'withdrawn' | 'expired';

/**
 * How a report stands at an instant. It is over as soon as the bin has been emptied after it was seen, by its sensor or by a crew's
 * word. Instants are UTC epoch milliseconds; `lastEmptiedAt` is `null` where no emptying is known.
 */
export const standingOfReport = (
  { seenAt, withdrawn }: Pick<OverflowReport, 'seenAt' | 'withdrawn'>,
  lastEmptiedAt: number | null,
  at: number,
): ReportStanding => {
  if (withdrawn !== undefined) return 'withdrawn';
  if (isEmptiedSince(seenAt, lastEmptiedAt)) return 'emptied';
  return seenAt < at - REPORTS_COUNT_MS ? 'expired' : 'open';
};

/** Whether a bin has been emptied since something was seen of it. */
export const isEmptiedSince = (seenAt: number, lastEmptiedAt: number | null): boolean =>
  lastEmptiedAt !== null && lastEmptiedAt >= seenAt;
