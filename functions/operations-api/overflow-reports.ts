import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantParameter, instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { type Fault, invalidRequest, notFound, ProblemError } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { binOutlooks } from '../../shared/waste/outlook/bin-outlooks.ts';
import {
  type OverflowReport,
  overflowReportIdSchema,
  overflowReportSchema,
} from '../../shared/waste/overflow/overflow-report.ts';
import { REPORTS_COUNT_MS, type ReportStanding, standingOfReport } from '../../shared/waste/overflow/standing.ts';
import {
  type TakenReport,
  takeOverflowReport,
  withdrawOverflowReport,
} from '../../shared/waste/overflow/take-report.ts';
import { requireBin } from './bins.ts';
import { actingOfficer } from './identity.ts';
import type { OperationsParts } from './parts.ts';

const DISPATCHING_GROUPS = ['dispatcher', 'officer', 'admin'];
const DAY_MS = 86_400_000;
const LONGEST_LOOK_BACK_DAYS = 366;

export const overflowReportAnswer = overflowReportSchema
  .extend({
    seenAt: instantSchema,
    receivedAt: instantSchema,
    withdrawn: overflowReportSchema.shape.withdrawn.unwrap().extend({ at: instantSchema }).optional(),
    standing: z.enum(['open', 'emptied', 'withdrawn', 'expired']).meta({
      description: 'Only open ones make the bin due: `emptied` since, or older than seven days, they are over',
    }),
  })
  .meta({ id: 'OverflowReport', description: 'Somebody saw a bin overflow' });
type Answer = z.infer<typeof overflowReportAnswer>;

const answerOf = ({ withdrawn, ...report }: OverflowReport, standing: ReportStanding): Answer => ({
  ...report,
  seenAt: isoInstant(report.seenAt),
  receivedAt: isoInstant(report.receivedAt),
  ...(withdrawn && { withdrawn: { ...withdrawn, at: isoInstant(withdrawn.at) } }),
  standing,
});

/** Reports with how each stands now: asks when their bins were emptied last. */
export const answersOf = async (parts: OperationsParts, reports: readonly OverflowReport[]): Promise<Answer[]> => {
  const at = parts.clock();
  const wanted = [...new Set(reports.map(({ binId }) => binId))];
  const city = await requireCity(parts);
  const outlooks = wanted.length === 0 ? [] : await binOutlooks(parts, city, at, wanted);
  const emptiedAt = new Map(outlooks.map(({ bin, lastEmptiedAt }) => [bin.id, lastEmptiedAt]));
  return reports.map((report) => answerOf(report, standingOfReport(report, emptiedAt.get(report.binId) ?? null, at)));
};

const answerFor = async (parts: OperationsParts, report: OverflowReport): Promise<Answer> => {
  const [answer] = await answersOf(parts, [report]);
  if (answer === undefined) throw new Error(`No answer for the report ${report.reportId}`);
  return answer;
};

const faultOf = ({ code, field, reason }: Extract<TakenReport, { status: 'refused' }>): ProblemError => {
  const errors: Fault[] = [{ in: 'body', field, pointer: `/${field}`, message: reason }];
  return code === 'id-reused'
    ? new ProblemError({ status: 409, kind: code, detail: `${field}: ${reason}`, errors })
    : invalidRequest(errors);
};

const reportBody = z
  .strictObject({
    reportId: overflowReportIdSchema.meta({
      description: 'Chosen by you, e.g. a UUID: sent again, it is the same report',
    }),
    binId: entityIdSchema,
    channel: overflowReportSchema.shape.channel.default('dispatcher').meta({
      description: 'Who saw it: what a citizen says on the telephone is a citizen’s word',
    }),
    seenAt: instantParameter('When it was seen; now when absent').optional(),
    note: z.string().trim().min(1, 'must say something, or be left out').max(1_000).optional().meta({
      description: 'No names or telephone numbers of citizens',
    }),
  })
  .meta({ id: 'OverflowReportBody' });

const reportContent = { 'application/json': overflowReportAnswer };

export const reportOverflow = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/overflow-reports',
    operationId: 'reportOverflow',
    summary: 'Says that a bin overflows: it is due in every plan until it has been emptied',
    description:
      'In the name of the token. The same again changes nothing; another report under a known id is a 409. A report counts for seven days, and is over as soon as the bin was emptied after it was seen.',
    body: reportBody,
    responses: {
      200: { description: 'Known already', content: reportContent },
      201: { description: 'Taken', content: reportContent },
    },
    handle: async ({ body: { note, ...said }, event }) => {
      const reportedBy = actingOfficer(event, parts.officerWithoutToken, 'report overflowing bins', DISPATCHING_GROUPS);
      const told = { ...said, ...(note !== undefined && { note }), reportedBy };
      const taken = await takeOverflowReport(parts, told, parts.clock());
      if (taken.status === 'refused') throw faultOf(taken);
      const status = taken.status === 'accepted' ? 201 : 200;
      return json(overflowReportAnswer, await answerFor(parts, taken.report), { status });
    },
  });

const reportPath = z.object({ reportId: overflowReportIdSchema.meta({ description: 'The report’s id' }) });
const noSuchReport = (reportId: string): ProblemError => notFound(`There is no report ${reportId}`);

export const getOverflowReport = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/overflow-reports/{reportId}',
    operationId: 'getOverflowReport',
    summary: 'One report, and how it stands',
    pathParameters: reportPath,
    responses: { 200: { description: 'The report', content: reportContent } },
    handle: async ({ path: { reportId } }) => {
      const report = await parts.overflowReports.get(reportId);
      if (report === undefined) throw noSuchReport(reportId);
      return json(overflowReportAnswer, await answerFor(parts, report));
    },
  });

export const withdrawOverflow = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/overflow-reports/{reportId}/withdraw',
    operationId: 'withdrawOverflowReport',
    summary: 'Withdraws a report that was wrong; it stays on record with who and when',
    description: 'Again changes nothing: the first withdrawal stays.',
    pathParameters: reportPath,
    body: z.strictObject({ why: z.string().trim().min(1, 'must say why').max(500) }),
    responses: { 200: { description: 'The report as it is now', content: reportContent } },
    handle: async ({ path: { reportId }, body: { why }, event }) => {
      const by = actingOfficer(event, parts.officerWithoutToken, 'withdraw reports', DISPATCHING_GROUPS);
      const report = await withdrawOverflowReport(parts, reportId, { at: parts.clock(), by, why });
      if (report === undefined) throw noSuchReport(reportId);
      return json(overflowReportAnswer, await answerFor(parts, report));
    },
  });

const reportsAnswer = z.object({ reports: z.array(overflowReportAnswer) }).meta({ id: 'OverflowReports' });

const requireSince = (since: number | undefined, now: number): number => {
  const earliest = now - LONGEST_LOOK_BACK_DAYS * DAY_MS;
  if (since === undefined || since >= earliest) return since ?? now - REPORTS_COUNT_MS;
  const message = `must lie at most ${LONGEST_LOOK_BACK_DAYS} days back`;
  throw invalidRequest([{ in: 'query', field: 'since', message }]);
};

export const listOverflowReports = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/overflow-reports',
    operationId: 'listOverflowReports',
    summary: 'Reports of overflowing bins, in the order seen',
    query: z.strictObject({
      since: instantParameter('Seen at or after; in the last seven days when absent').optional(),
      binId: entityIdSchema.optional(),
      standing: overflowReportAnswer.shape.standing.optional().meta({ description: 'All when absent' }),
    }),
    responses: { 200: { description: 'The reports', content: { 'application/json': reportsAnswer } } },
    handle: async ({ query: { since, binId, standing } }) => {
      const from = requireSince(since, parts.clock());
      if (binId !== undefined) await requireBin(parts.registry, binId);
      const { overflowReports } = parts;
      const found = await (binId === undefined ? overflowReports.since(from) : overflowReports.ofBin(binId, from));
      const answers = await answersOf(parts, found);
      const wanted = answers.filter((answer) => standing === undefined || answer.standing === standing);
      return json(reportsAnswer, { reports: wanted });
    },
  });
