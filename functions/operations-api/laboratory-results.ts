import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { indexAnswer, indexAnswerOf } from '../../shared/environment/indices/index-answer.ts';
import { type EntryOutcome, enterSample } from '../../shared/environment/laboratory/enter-sample.ts';
import { laboratoryQuantities } from '../../shared/environment/laboratory/quantities.ts';
import { type ReportedResult, readResult } from '../../shared/environment/laboratory/read-result.ts';
import {
  type LaboratorySample,
  laboratoryQuantitySchema,
  laboratorySampleSchema,
} from '../../shared/environment/laboratory/sample.ts';
import { json } from '../../shared/lambda/answer.ts';
import {
  cursorParameter,
  instantParameter,
  instantSchema,
  isoInstant,
  limitParameter,
} from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { type Fault, invalidRequest, notFound, ProblemError } from '../../shared/lambda/problem.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import { actingOfficer } from './identity.ts';
import type { OperationsParts } from './parts.ts';

const DAY_MS = 86_400_000;
const MAX_RESULTS = 100;

const resultBody = z.strictObject({
  quantity: laboratoryQuantitySchema.meta({ description: `One of ${laboratoryQuantities.join(', ')}` }),
  value: z.union([z.number(), z.string().trim().min(1).max(40)]).meta({
    description: 'A number; or "<0.01"; or "KPH" (not detected) beside its detectionLimit',
  }),
  unit: z.string().max(32).optional().meta({ description: 'The canonical one when absent' }),
  detectionLimit: z.number().optional().meta({ description: 'In the same unit' }),
  method: z.string().trim().min(1).max(200).optional(),
});

const sampleBody = z.strictObject({
  stationId: entityIdSchema,
  sampledAt: instantParameter('When the sample was taken'),
  laboratory: z.string().trim().min(1, 'must name the laboratory').max(200),
  note: z.string().trim().max(2_000).optional(),
  results: z.array(resultBody).min(1, 'must hold at least one result').max(MAX_RESULTS),
  correctionReason: z.string().trim().min(1).max(2_000).optional().meta({
    description: 'Why this takes the place of results that were entered for the same station and time',
  }),
});

const sampleAnswer = laboratorySampleSchema
  .extend({
    sampledAt: instantSchema,
    enteredAt: instantSchema,
    results: z.array(
      z.object({
        quantity: z.string(),
        qualifier: z.enum(['=', '<']),
        value: z.number(),
        unit: z.string(),
        detectionLimit: z.number().optional(),
        reported: z.string(),
        method: z.string().optional(),
      }),
    ),
  })
  .meta({ id: 'LaboratorySample', description: 'A sample of water; values in canonical units, "<" below detection' });

const entryAnswer = z
  .object({ status: z.enum(['entered', 'corrected', 'unchanged']), sample: sampleAnswer, vnWqi: indexAnswer })
  .meta({ id: 'LaboratoryEntry' });

const samplesAnswer = z
  .object({ samples: z.array(sampleAnswer), nextCursor: z.string().optional() })
  .meta({ id: 'LaboratorySamples' });

const versionsAnswer = z.object({ versions: z.array(sampleAnswer) }).meta({ id: 'LaboratorySampleVersions' });

const answerOf = (sample: LaboratorySample): z.infer<typeof sampleAnswer> => ({
  ...sample,
  sampledAt: isoInstant(sample.sampledAt),
  enteredAt: isoInstant(sample.enteredAt),
  results: sample.results.map((result) => ({ ...result, unit: quantities[result.quantity].unit })),
});

/** Every result in canonical units; @throws ProblemError 400 that names each field at fault. */
const readResults = (results: readonly ReportedResult[]): LaboratorySample['results'] => {
  const faults: Fault[] = [];
  const fault = (index: number, field: string, message: string): void => {
    faults.push({ in: 'body', field: `results.${index}.${field}`, pointer: `/results/${index}/${field}`, message });
  };
  const read = results.flatMap((reported, index) => {
    const outcome = readResult(reported);
    if (results.findIndex(({ quantity }) => quantity === reported.quantity) < index) {
      fault(index, 'quantity', 'is there twice');
    }
    if (outcome.ok) return [outcome.result];
    fault(index, outcome.fault.field, outcome.fault.message);
    return [];
  });
  if (faults.length > 0) throw invalidRequest(faults);
  return read;
};

const problemOf = ({ code, field, reason }: Extract<EntryOutcome, { ok: false }>): ProblemError => {
  const name = field === 'correction' ? 'correctionReason' : field;
  const errors: Fault[] = [{ in: 'body', field: name, pointer: `/${name}`, message: reason }];
  const status = code === 'already-entered' || code === 'nothing-to-correct' ? 409 : 400;
  return new ProblemError({ status, kind: code, detail: reason, errors });
};

export const enterLaboratoryResults = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/laboratory-results',
    operationId: 'enterLaboratoryResults',
    summary: 'Enters the results of a sample of water, or corrects them',
    description:
      'In the name of the token. The same again changes nothing; other results for the same station and time need correctionReason.',
    body: sampleBody,
    responses: {
      200: { description: 'Corrected, or known already', content: { 'application/json': entryAnswer } },
      201: { description: 'Entered', content: { 'application/json': entryAnswer } },
    },
    handle: async ({ body: { results, note, correctionReason, ...sample }, event }) => {
      const enteredBy = actingOfficer(event, parts.officerWithoutToken, 'enter laboratory results');
      const outcome = await enterSample(parts, {
        ...sample,
        results: readResults(results),
        enteredBy,
        enteredThrough: 'api',
        ...(note !== undefined && note !== '' && { note }),
        ...(correctionReason !== undefined && { correctionReason }),
      });
      if (!outcome.ok) throw problemOf(outcome);
      const { status, sample: kept, index } = outcome;
      const answer = { status, sample: answerOf(kept), vnWqi: indexAnswerOf(index) };
      return json(entryAnswer, answer, { status: status === 'entered' ? 201 : 200 });
    },
  });

export const listLaboratoryResults = ({ registry, laboratorySamples, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/laboratory-results',
    operationId: 'listLaboratoryResults',
    summary: 'Samples of one station as they stand now, newest first',
    description: 'Of the last 366 days when no period is given; at most ten years.',
    query: z.strictObject({
      stationId: entityIdSchema,
      from: instantParameter('Start, on the time of sampling; inclusive').optional(),
      to: instantParameter('End, exclusive').optional(),
      limit: limitParameter(1_000, 100),
      cursor: cursorParameter,
    }),
    responses: { 200: { description: 'The samples', content: { 'application/json': samplesAnswer } } },
    handle: async ({ query: { stationId, limit, cursor, ...asked } }) => {
      if ((await registry.get('station', stationId)) === undefined) throw notFound(`There is no station ${stationId}`);
      const { from, to } = requestedPeriod(asked, {
        at: clock() + DAY_MS,
        defaultMs: 367 * DAY_MS,
        maxMs: 3_660 * DAY_MS,
      });
      const page = await laboratorySamples.list({
        stationId,
        from,
        to,
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      return json(samplesAnswer, {
        samples: page.samples.map(answerOf),
        ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
      });
    },
  });

export const listLaboratoryVersions = ({ laboratorySamples }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/laboratory-results/versions',
    operationId: 'listLaboratoryVersions',
    summary: 'All versions of one sample, oldest first: what was entered and corrected, by whom, when and why',
    query: z.strictObject({ stationId: entityIdSchema, sampledAt: instantParameter('When the sample was taken') }),
    responses: { 200: { description: 'The versions', content: { 'application/json': versionsAnswer } } },
    handle: async ({ query: { stationId, sampledAt } }) => {
      const versions = await laboratorySamples.versions(stationId, sampledAt);
      if (versions.length === 0) throw notFound(`${stationId} has no sample of ${isoInstant(sampledAt)}`);
      return json(versionsAnswer, { versions: versions.map(answerOf) });
    },
  });
