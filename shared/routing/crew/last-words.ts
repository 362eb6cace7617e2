import type { CrewReport } from './crew-report.ts';

/**
 * The crew's last word on each stop: whatever order reports came in, and however often, it is the same. Keyed by bin id. A stop whose
 * last word takes back what was said is not among them. Reports must be those of one plan.
 */
export const lastWords = <R extends CrewReport>(reports: readonly R[]): ReadonlyMap<string, R> => {
  const last = new Map<string, R>();
  for (const report of reports) {
    const known = last.get(report.binId);
    if (known === undefined || inOrderMade(report, known) > 0) last.set(report.binId, report);
  }
  for (const [binId, { takenBack }] of last) if (takenBack) last.delete(binId);
  return last;
};

type Made = Pick<CrewReport, 'at' | 'sequence' | 'reportId'>;

/** Orders reports as they were made: by instant, then sequence, then id. */
export const inOrderMade = (a: Made, b: Made): number =>
  a.at - b.at || a.sequence - b.sequence || (a.reportId < b.reportId ? -1 : a.reportId > b.reportId ? 1 : 0);
