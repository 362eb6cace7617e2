import { type CrewReport, inOrderMade, lastWords, type ReceivedReport } from './crew-report.ts';
import type { CrewReportArchive } from './crew-report-archive.ts';

/**
 * The bins whose need the crews left open, with the last word on each: `partly`, `blocked` and `not-found` come back as due. Of several
 * plans' reports the one made last counts, so a bin that another truck collected later is no longer open. Keyed by bin id.
 */
export const openReports = <R extends CrewReport>(reports: readonly R[]): ReadonlyMap<string, R> => {
  const byPlan = Map.groupBy(reports, ({ planId }) => planId);
  const words = [...byPlan.values()].flatMap((ofPlan) => [...lastWords(ofPlan).values()]).sort(inOrderMade);
  const last = new Map(words.map((word) => [word.binId, word]));
  return new Map([...last].filter(([, { outcome }]) => outcome !== 'collected'));
};

/** The same, asked of the archive: reports made at or after `since` (UTC epoch milliseconds). */
export const openReportsSince = async (
  archive: Pick<CrewReportArchive, 'since'>,
  since: number,
): Promise<ReadonlyMap<string, ReceivedReport>> => openReports(await archive.since(since));
