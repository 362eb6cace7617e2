import {
  inOrderSeen,
  type OverflowReport,
  type OverflowReportStore,
  overflowReportSchema,
} from '../../waste/overflow/overflow-report.ts';
import { sortableInstant } from '../cursor.ts';
import {
  batchGet,
  batchWrite,
  getItem,
  type Item,
  ifFree,
  type Key,
  putItem,
  queryItems,
  type TableOptions,
} from './items.ts';

const DAYS = 'overflow-report-days';

const itself = (reportId: string): Key => ({ pk: `overflow-report#${reportId}`, sk: 'report' });
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const dayPartition = (day: string): string => `overflow-reports-of-day#${day}`;
const binPartition = (binId: string): string => `overflow-reports-of-bin#${binId}`;

const reportOf = (item: Item): OverflowReport => overflowReportSchema.parse(item.report);

const idOf = ({ reportId }: Item): string => String(reportId);

/** Ways to a report, written before it is: one that leads to nothing is harmless, a missing one would lose it. */
const waysTo = ({ reportId, binId, seenAt }: OverflowReport) => [
  { pk: DAYS, sk: dayOf(seenAt) },
  { pk: dayPartition(dayOf(seenAt)), sk: reportId, reportId },
  { pk: binPartition(binId), sk: `${sortableInstant(seenAt)}#${reportId}`, reportId },
];

/**
 * Reports of overflowing bins in DynamoDB. A report's own item is the truth, written once and marked once when it is withdrawn; by day
 * and by bin there are ways to it that hold nothing but its id, so that they can say nothing else than it does.
 */
export const dynamodbOverflowReports = (options: TableOptions): OverflowReportStore => {
  const get = async (reportId: string): Promise<OverflowReport | undefined> => {
    const item = await getItem(options, itself(reportId));
    return item && reportOf(item);
  };
  const read = async (reportIds: readonly string[]): Promise<readonly OverflowReport[]> => {
    const items = await batchGet(options, reportIds.map(itself));
    return items.map(reportOf).sort(inOrderSeen);
  };
  return {
    add: async (report) => {
      const valid = overflowReportSchema.parse(report);
      if ((await getItem(options, itself(valid.reportId))) !== undefined) return false;
      await batchWrite(options, { put: waysTo(valid) });
      const item = { ...itself(valid.reportId), report: valid };
      return putItem(options, item, ifFree);
    },
    get,
    withdraw: async (reportId, withdrawn) => {
      const known = await get(reportId);
      if (known === undefined || known.withdrawn !== undefined) return false;
      const report = overflowReportSchema.parse({ ...known, withdrawn });
      return putItem(
        options,
        { ...itself(reportId), report },
        {
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#report.withdrawn)',
          ExpressionAttributeNames: { '#report': 'report' },
        },
      );
    },
    since: async (seenAt) => {
      const days = await queryItems(options, DAYS, [dayOf(Math.max(0, seenAt)), '9999-12-31']);
      const ids: string[] = [];
      for (const { sk } of days) ids.push(...(await queryItems(options, dayPartition(String(sk)))).map(idOf));
      return (await read(ids)).filter((report) => report.seenAt >= seenAt);
    },
    ofBin: async (binId, seenAt) => {
      const range = [sortableInstant(Math.max(0, seenAt)), '~'] as const;
      const ids = (await queryItems(options, binPartition(binId), range)).map(idOf);
      // A way may have been written for a report that lost its id to another.
      return (await read(ids)).filter((report) => report.binId === binId && report.seenAt >= seenAt);
    },
  };
};
