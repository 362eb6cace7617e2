import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { decideBins } from '../../shared/routing/pick-bins.ts';
import { nextServiceDate } from '../../shared/routing/service-date.ts';
import { REPORTS_COUNT_MS } from '../../shared/waste/overflow/standing.ts';
import { type Decision, dueReasons } from '../../shared/waste/policy/decide.ts';
import { eventsBetween } from '../../shared/waste/policy/event-bins.ts';
import { knownCircumstances } from '../../shared/waste/policy/known-circumstances.ts';
import { binParameters, requireBin } from './bins.ts';
import { answersOf, overflowReportAnswer } from './overflow-reports.ts';
import type { OperationsParts } from './parts.ts';

const EVENTS_AHEAD_MS = 14 * 86_400_000;

const decisionAnswer = z
  .object({
    serviceDate: z.iso.date(),
    status: z.enum(['due', 'optional', 'not-due', 'no-data']),
    because: z.enum(dueReasons).optional(),
    reason: z.string().optional(),
    reasonVi: z.string().optional(),
  })
  .meta({
    id: 'BinDecision',
    description:
      'What a plan of that day’s shifts, made now, would do with the bin by its own need, and why. Whether trucks come round its part of the city then, so that it is offered early or left until they do, only the plan tells.',
  });

const circumstancesAnswer = z
  .object({
    binId: z.string(),
    generatedAt: instantSchema,
    decision: decisionAnswer,
    reports: z.array(overflowReportAnswer).meta({ description: 'Of the last seven days, in the order seen' }),
    events: z
      .array(
        z.object({
          eventId: z.string(),
          name: z.string(),
          nameEn: z.string(),
          from: instantSchema,
          to: instantSchema,
        }),
      )
      .meta({ description: 'That concern the bin and are not over, of the next fourteen days, by their beginning' }),
  })
  .meta({ id: 'BinCircumstances', description: 'What people know of a bin, and what follows from all that is known' });

const decisionOf = (serviceDate: string, decision: Decision): z.infer<typeof decisionAnswer> => {
  const { status } = decision;
  if (status === 'not-due' || status === 'no-data') return { serviceDate, status };
  const { reason, reasonVi } = decision;
  return { serviceDate, status, ...(status === 'due' && { because: decision.because }), reason, reasonVi };
};

export const getBinCircumstances = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/bins/{binId}/circumstances',
    operationId: 'getBinCircumstances',
    summary: 'Reports and events of a bin, and whether it is due next and why',
    pathParameters: binParameters,
    responses: { 200: { description: 'As known now', content: { 'application/json': circumstancesAnswer } } },
    handle: async ({ path: { binId } }) => {
      const { registry, cityId, overflowReports } = parts;
      const at = parts.clock();
      const [bin, city, vehicles, registered, kept] = await Promise.all([
        requireBin(registry, binId),
        requireCity({ registry, cityId }),
        registry.list('vehicle'),
        registry.list('special-event'),
        overflowReports.ofBin(binId, at - REPORTS_COUNT_MS),
      ]);
      const serviceDate = nextServiceDate(vehicles, city.timeZone, at);
      const sources = { ...parts, circumstances: knownCircumstances({ ...parts, only: bin }) };
      const [judged] = await decideBins(sources, city, vehicles, serviceDate, at, [binId]);
      if (judged === undefined) throw notFound(`There is no bin ${binId}`);
      const events = eventsBetween(registered, [bin], city.timeZone, at, at + EVENTS_AHEAD_MS);
      return json(circumstancesAnswer, {
        binId,
        generatedAt: isoInstant(at),
        decision: decisionOf(serviceDate, judged.demand),
        reports: await answersOf(parts, kept),
        events: events.map(({ eventId, name, nameEn, from, to }) => ({
          eventId,
          name,
          nameEn,
          from: isoInstant(from),
          to: isoInstant(to),
        })),
      });
    },
  });
