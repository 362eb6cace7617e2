import {
  inOrderSeen,
  type OverflowReport,
  type OverflowReportStore,
  overflowReportSchema,
} from '../../shared/waste/overflow/overflow-report.ts';

/** Reports of overflowing bins in memory; they are validated as in the real store. */
export const memoryOverflowReports = (): OverflowReportStore => {
  const reports = new Map<string, OverflowReport>();
  const seen = (keep: (report: OverflowReport) => boolean) => [...reports.values()].filter(keep).sort(inOrderSeen);
  return {
    add: async (report) => {
      if (reports.has(report.reportId)) return false;
      reports.set(report.reportId, overflowReportSchema.parse(report));
      return true;
    },
    get: async (reportId) => reports.get(reportId),
    withdraw: async (reportId, withdrawn) => {
      const known = reports.get(reportId);
      if (known === undefined || known.withdrawn !== undefined) return false;
      reports.set(reportId, overflowReportSchema.parse({ ...known, withdrawn }));
      return true;
    },
    since: async (seenAt) => seen((report) => report.seenAt >= seenAt),
    ofBin: async (binId, seenAt) => seen((report) => report.binId === binId && report.seenAt >= seenAt),
  };
};
