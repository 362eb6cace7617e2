import type { Registry } from '../../city/registry.ts';
import type { OverflowReport, OverflowReportStore, Withdrawal } from './overflow-report.ts';
import { REPORTS_COUNT_MS } from './standing.ts';

/** Clocks differ by so much; what is seen later than that has not been seen yet. */
const AHEAD_MS = 5 * 60_000;

type Parts = { readonly overflowReports: OverflowReportStore; readonly registry: Pick<Registry, 'get'> };

/** What somebody said; seen now where it does not say when. */
export type ToldOverflow = Omit<OverflowReport, 'seenAt' | 'receivedAt' | 'withdrawn'> & {
  readonly seenAt?: number | undefined;
};

export type TakenReport =
  | { readonly status: 'accepted' | 'known'; readonly report: OverflowReport }
  | {
      readonly status: 'refused';
      readonly code: 'unknown-bin' | 'not-seen-yet' | 'too-old' | 'id-reused';
      /** The member at fault. */
      readonly field: 'binId' | 'seenAt' | 'reportId';
      readonly reason: string;
    };

/** Whether a report that is known says what was said now; what was left out then and now is no difference. */
const saysTheSame = (known: OverflowReport, told: ToldOverflow): boolean =>
  known.binId === told.binId &&
  known.channel === told.channel &&
  known.note === told.note &&
  known.planId === told.planId &&
  known.vehicleId === told.vehicleId &&
  known.photoKey === told.photoKey &&
  (told.seenAt === undefined || told.seenAt === known.seenAt);

const asKnown = (known: OverflowReport, told: ToldOverflow): TakenReport =>
  saysTheSame(known, told)
    ? { status: 'known', report: known }
    : {
        status: 'refused',
        code: 'id-reused',
        field: 'reportId',
        reason: `another report has the id ${told.reportId} already`,
      };

/**
 * Takes a report in, once for each id: sent again it changes nothing, also where it was withdrawn meanwhile. Refused, with the member at fault,
 * where there is no such bin, where it was seen in the future or longer ago than a report counts, or where its id is another's.
 * `at`: now, UTC epoch milliseconds; `aheadMs`: so much later than now it may have been seen, by a clock that is ahead.
 */
export const takeOverflowReport = async (
  { overflowReports, registry }: Parts,
  told: ToldOverflow,
  at: number,
  aheadMs: number = AHEAD_MS,
): Promise<TakenReport> => {
  const { seenAt = at, ...rest } = told;
  const known = await overflowReports.get(told.reportId);
  if (known !== undefined) return asKnown(known, told);
  const refused = (code: 'unknown-bin' | 'not-seen-yet' | 'too-old', reason: string): TakenReport => ({
    status: 'refused',
    code,
    field: code === 'unknown-bin' ? 'binId' : 'seenAt',
    reason,
  });
  if (seenAt > at + aheadMs) return refused('not-seen-yet', 'lies in the future');
  if (seenAt < at - REPORTS_COUNT_MS)
    return refused('too-old', 'is longer ago than the seven days that a report counts');
  if ((await registry.get('bin', told.binId)) === undefined)
    return refused('unknown-bin', `there is no bin ${told.binId}`);
  const report: OverflowReport = { ...rest, seenAt, receivedAt: at };
  if (await overflowReports.add(report)) return { status: 'accepted', report };
  // Somebody was faster with the same id.
  const first = await overflowReports.get(told.reportId);
  if (first === undefined) throw new Error(`The report ${told.reportId} is there and is not`);
  return asKnown(first, told);
};

/** Withdraws a report; of two withdrawals the first is kept. `undefined` where there is no such report. */
export const withdrawOverflowReport = async (
  { overflowReports }: Pick<Parts, 'overflowReports'>,
  reportId: string,
  withdrawal: Withdrawal,
): Promise<OverflowReport | undefined> => {
  await overflowReports.withdraw(reportId, withdrawal);
  return overflowReports.get(reportId);
};
