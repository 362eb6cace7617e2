import { type CrewReportStore, crewReportSchema, type ReceivedReport } from '../../shared/routing/crew/crew-report.ts';

/** Crews' reports in memory. */
export const memoryCrewReports = (): CrewReportStore => {
  const reports = new Map<string, ReceivedReport>();
  const order = (a: ReceivedReport, b: ReceivedReport): number =>
    a.at - b.at || a.sequence - b.sequence || (a.reportId < b.reportId ? -1 : 1);
  return {
    add: async (report) => {
      if (reports.has(report.reportId)) return false;
      crewReportSchema.parse(report);
      reports.set(report.reportId, report);
      return true;
    },
    ofPlan: async (planId) => [...reports.values()].filter((report) => report.planId === planId).sort(order),
  };
};
