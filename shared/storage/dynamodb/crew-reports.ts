import { createHash } from 'node:crypto';
import * as z from 'zod';
import { crewReportSchema, inOrderMade, type ReceivedReport } from '../../routing/crew/crew-report.ts';
import { type CrewReportArchive, type RefusedReport, refusalCodes } from '../../routing/crew/crew-report-archive.ts';
import { batchWrite, getItem, type Item, ifFree, type Key, putItem, queryItems, type TableOptions } from './items.ts';

const reportSchema = crewReportSchema.extend({ receivedAt: z.int(), reportedBy: z.string().optional() });
const refusedSchema = z.object({
  receivedAt: z.int(),
  reportedBy: z.string().optional(),
  code: z.enum(refusalCodes),
  reason: z.string(),
  reasonVi: z.string(),
  sent: z.string(),
});

const reportOf = (item: Item): ReceivedReport => reportSchema.parse(item.report) as ReceivedReport;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const itself = (reportId: string): Key => ({ pk: `crew-report#${reportId}`, sk: 'report' });
const planPartition = (planId: string): string => `crew-reports-of-plan#${planId}`;
const dayPartition = (day: string): string => `crew-reports-of-day#${day}`;
const DAYS = 'crew-report-days';
const refusalPartition = (month: string): string => `crew-refusals#${month}`;

/**
 * Crews' reports in DynamoDB. A report's own item is the truth, written once; behind it, before anything is acknowledged, copies
 * under its plan and its day. A writer that dies between leaves no report that was acknowledged without them: the phone sends it
 * again, and copies are written for known ones too.
 */
export const dynamodbCrewReports = (options: TableOptions): CrewReportArchive => {
  const get = async (reportId: string): Promise<ReceivedReport | undefined> => {
    const item = await getItem(options, itself(reportId));
    return item && reportOf(item);
  };
  const writeCopies = (report: ReceivedReport): Promise<void> => {
    const day = dayOf(report.at);
    const { planId, reportId: sk } = report;
    return batchWrite(options, {
      put: [
        { pk: planPartition(planId), sk, report },
        { pk: dayPartition(day), sk, report },
        { pk: DAYS, sk: day },
      ],
    });
  };
  const ordered = (items: readonly Item[]): readonly ReceivedReport[] => items.map(reportOf).sort(inOrderMade);

  return {
    add: async (report) => {
      const valid = reportSchema.parse(report) as ReceivedReport;
      const isNew = await putItem(options, { ...itself(valid.reportId), report: valid }, ifFree);
      const kept = isNew ? valid : await get(valid.reportId);
      if (kept !== undefined) await writeCopies(kept);
      return isNew;
    },
    get,
    ofPlan: async (planId) => ordered(await queryItems(options, planPartition(planId))),
    since: async (at) => {
      const days = await queryItems(options, DAYS, [dayOf(Math.max(0, at)), '9999-12-31']);
      const found: ReceivedReport[] = [];
      for (const { sk } of days) found.push(...ordered(await queryItems(options, dayPartition(String(sk)))));
      return found.filter((report) => report.at >= at);
    },
    refuse: async (refused) => {
      const digest = createHash('sha256').update(`${refused.code}\n${refused.sent}`).digest('hex');
      const key = { pk: refusalPartition(dayOf(refused.receivedAt).slice(0, 7)), sk: digest };
      await putItem(options, { ...key, refused: refusedSchema.parse(refused) }, ifFree);
    },
    refused: async (month) =>
      (await queryItems(options, refusalPartition(month)))
        .map(({ refused }) => refusedSchema.parse(refused) as RefusedReport)
        .sort((a, b) => b.receivedAt - a.receivedAt),
  };
};
