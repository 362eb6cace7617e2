import { crewReportSchema, inOrderMade, type ReceivedReport } from '../../shared/routing/crew/crew-report.ts';
import type { CrewReportArchive, RefusedReport } from '../../shared/routing/crew/crew-report-archive.ts';

/** Crews' reports in memory; they are validated as in the real store. */
export const memoryCrewReports = (): CrewReportArchive => {
  const reports = new Map<string, ReceivedReport>();
  const refusals: RefusedReport[] = [];
  const ordered = (keep: (report: ReceivedReport) => boolean) => [...reports.values()].filter(keep).sort(inOrderMade);
  return {
    add: async (report) => {
      crewReportSchema.parse(report);
      if (reports.has(report.reportId)) return false;
      reports.set(report.reportId, structuredClone(report));
      return true;
    },
    get: async (reportId) => reports.get(reportId),
    ofPlan: async (planId) => ordered((report) => report.planId === planId),
    since: async (at) => ordered((report) => report.at >= at),
    refuse: async (refused) => {
      const isSame = ({ code, sent }: RefusedReport) => code === refused.code && sent === refused.sent;
      if (!refusals.some(isSame)) refusals.push(refused);
    },
    refused: async (month) =>
      refusals
        .filter(({ receivedAt }) => new Date(receivedAt).toISOString().startsWith(month))
        .sort((a, b) => b.receivedAt - a.receivedAt),
  };
};
