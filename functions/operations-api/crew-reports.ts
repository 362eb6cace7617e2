import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { instantParameter, instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { crewReportSchema, lastWords, type ReceivedReport } from '../../shared/routing/crew/crew-report.ts';
import { refusalCodes } from '../../shared/routing/crew/crew-report-archive.ts';
import { openReportsSince } from '../../shared/routing/crew/open-reports.ts';
import { takeReports } from '../../shared/routing/crew/take-reports.ts';
import { REPORTING_GROUPS } from './crew-limits.ts';
import { actingOfficer } from './identity.ts';
import type { OperationsParts } from './parts.ts';

const MAX_BATCH = 100;
const DAY_MS = 86_400_000;
const OPEN_DAYS = 7;

const batchBody = z
  .strictObject({
    reports: z
      .array(z.unknown())
      .min(1, 'must hold at least one report')
      .max(MAX_BATCH, `must hold at most ${MAX_BATCH} reports`)
      .meta({ override: { type: 'array', minItems: 1, maxItems: MAX_BATCH, items: {} } }),
  })
  .meta({
    id: 'CrewReportBatch',
    description:
      'Reports as CrewReport, or of `kind` overflow and overflow-taken-back (docs/crew.md); each is judged for itself',
  });

const refusalAnswer = z.object({ code: z.enum(refusalCodes), reason: z.string(), reasonVi: z.string() });
const outcomeAnswer = z.discriminatedUnion('status', [
  z.object({
    status: z.enum(['accepted', 'known']),
    reportId: z.string(),
    stop: z.enum(['as-planned', 'on-other-truck', 'not-in-plan']),
  }),
  refusalAnswer.extend({ status: z.literal('refused'), reportId: z.string().nullable() }),
]);
const batchAnswer = z
  .object({ receivedAt: instantSchema, results: z.array(outcomeAnswer) })
  .meta({ id: 'CrewReportResults', description: 'One result a report, in the order sent' });

const reportAnswer = crewReportSchema
  .extend({
    at: instantSchema,
    receivedAt: instantSchema,
    reportedBy: z.string().optional(),
    /** What stands of the stop now. */
    isLastWord: z.boolean(),
  })
  .meta({ id: 'ReceivedCrewReport' });
const reportsAnswer = z.object({ reports: z.array(reportAnswer) }).meta({ id: 'CrewReports' });
const refusedAnswer = z
  .object({
    refused: z.array(
      refusalAnswer.extend({ receivedAt: instantSchema, reportedBy: z.string().optional(), sent: z.string() }),
    ),
  })
  .meta({ id: 'RefusedCrewReports' });

const answerOf = (report: ReceivedReport, isLastWord: boolean): z.infer<typeof reportAnswer> => ({
  ...report,
  at: isoInstant(report.at),
  receivedAt: isoInstant(report.receivedAt),
  isLastWord,
});

export const sendCrewReports = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/crew-reports',
    operationId: 'sendCrewReports',
    summary: 'What a crew found at its stops, and bins it saw overflow, up to a hundred reports at once',
    description:
      'Reports are known by reportId: sent again they change nothing. They may come late and in any order; the one made last is the crew’s word. A stop that was planned anew or moved to another truck meanwhile is reported all the same. What is refused is kept, with the reason.',
    body: batchBody,
    responses: {
      200: { description: 'What became of each', content: { 'application/json': batchAnswer } },
    },
    handle: async ({ body, event }) => {
      const reportedBy = actingOfficer(event, parts.officerWithoutToken, 'report collections', REPORTING_GROUPS);
      const receivedAt = parts.clock();
      const { crewReports: reports, plans, registry, overflowReports } = parts;
      const archive = { reports, plans, registry, overflowReports };
      const results = await takeReports(archive, body.reports, { receivedAt, reportedBy });
      return json(batchAnswer, { receivedAt: isoInstant(receivedAt), results: [...results] });
    },
  });

export const listCrewReports = ({ plans, crewReports }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}/crew-reports',
    operationId: 'listCrewReports',
    summary: 'All that crews reported of a plan, in the order made',
    pathParameters: z.object({ planId: z.string().min(1).max(80) }),
    responses: { 200: { description: 'The reports', content: { 'application/json': reportsAnswer } } },
    handle: async ({ path: { planId } }) => {
      const reports = await crewReports.ofPlan(planId);
      if (reports.length === 0 && (await plans.summary(planId)) === undefined) {
        throw notFound(`There is no plan ${planId}`);
      }
      const last = lastWords(reports);
      return json(reportsAnswer, {
        reports: reports.map((report) => answerOf(report, last.get(report.binId)?.reportId === report.reportId)),
      });
    },
  });

export const listOpenReports = ({ crewReports, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/crew-reports/open',
    operationId: 'listOpenReports',
    summary: 'Bins that crews left partly emptied, could not reach or did not find: what comes back as due',
    query: z.strictObject({
      since: instantParameter('Reports made since; of the last seven days when absent').optional(),
    }),
    responses: { 200: { description: 'The last word on each', content: { 'application/json': reportsAnswer } } },
    handle: async ({ query: { since = clock() - OPEN_DAYS * DAY_MS } }) => {
      const open = await openReportsSince(crewReports, since);
      return json(reportsAnswer, { reports: [...open.values()].map((report) => answerOf(report, true)) });
    },
  });

export const listRefusedReports = ({ crewReports, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/crew-reports/refused',
    operationId: 'listRefusedReports',
    summary: 'Reports that were refused, with the reason and what was sent, newest first',
    query: z.strictObject({
      month: z
        .string()
        .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'must be a month, YYYY-MM')
        .optional()
        .meta({ description: 'Of their arrival, UTC; this month when absent' }),
    }),
    responses: { 200: { description: 'The refused reports', content: { 'application/json': refusedAnswer } } },
    handle: async ({ query: { month = isoInstant(clock()).slice(0, 7) } }) => {
      const refused = await crewReports.refused(month);
      return json(refusedAnswer, {
        refused: refused.map(({ receivedAt, ...more }) => ({ ...more, receivedAt: isoInstant(receivedAt) })),
      });
    },
  });
