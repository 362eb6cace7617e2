import { Buffer } from 'node:buffer';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound, ProblemError } from '../../shared/lambda/problem.ts';
import { MAX_PHOTO_BYTES, type Photo, photoKeyOf, photoTypeOf, photoTypes } from '../../shared/routing/crew/photo.ts';
import { isOnlyCrew, REPORTING_GROUPS } from './crew-limits.ts';
import { actingOfficer, tokenGroups } from './identity.ts';
import type { OperationsParts } from './parts.ts';

const photoParameters = z.object({ reportId: z.uuid('must be a report’s UUID') });
const photoAnswer = z.object({ reportId: z.string(), photoKey: z.string(), bytes: z.int() }).meta({ id: 'CrewPhoto' });

/** @throws ProblemError 413 and 415 for what is no photo that we take. */
const photoIn = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Photo => {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'latin1');
  if (bytes.length > MAX_PHOTO_BYTES) {
    const detail = `The photo has ${bytes.length} bytes; ${MAX_PHOTO_BYTES} are possible`;
    throw new ProblemError({ status: 413, kind: 'too-large', detail });
  }
  const type = photoTypeOf(bytes);
  if (type !== undefined) return { type, bytes };
  throw new ProblemError({
    status: 415,
    kind: 'not-a-photo',
    detail: `The body’s first bytes are not those of ${photoTypes.join(' or ')}`,
  });
};

/** Crews see and send what belongs to their own reports; those in the office see all. */
const checkOwner = async (
  { crewReports, overflowReports }: OperationsParts,
  reportId: string,
  name: string,
  event: APIGatewayProxyEventV2,
) => {
  if (!isOnlyCrew(tokenGroups(event))) return;
  const report = (await crewReports.get(reportId)) ?? (await overflowReports.get(reportId));
  if (report === undefined || report.reportedBy === name) return;
  throw new ProblemError({ status: 403, detail: 'The photo belongs to another crew’s report' });
};

export const putCrewPhoto = (parts: OperationsParts): Operation =>
  operation({
    method: 'PUT',
    path: '/crew-photos/{reportId}',
    operationId: 'putCrewPhoto',
    summary: 'The photo of a report; before the report or after it',
    description: `At most ${MAX_PHOTO_BYTES} bytes. The same photo again changes nothing; another one for the same report is refused.`,
    pathParameters: photoParameters,
    binaryBody: photoTypes,
    responses: {
      200: { description: 'Was there already', content: { 'application/json': photoAnswer } },
      201: { description: 'Kept', content: { 'application/json': photoAnswer } },
    },
    handle: async ({ path: { reportId }, event }) => {
      const name = actingOfficer(event, parts.officerWithoutToken, 'send photos', REPORTING_GROUPS);
      await checkOwner(parts, reportId, name, event);
      const photo = photoIn(event);
      const outcome = await parts.crewPhotos.put(reportId, photo);
      if (outcome === 'differs') {
        throw new ProblemError({ status: 409, kind: 'photo-exists', detail: 'The report has another photo already' });
      }
      const answer = { reportId, photoKey: photoKeyOf(reportId), bytes: photo.bytes.length };
      return json(photoAnswer, answer, { status: outcome === 'stored' ? 201 : 200 });
    },
  });

export const getCrewPhoto = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/crew-photos/{reportId}',
    operationId: 'getCrewPhoto',
    summary: 'The photo of a report',
    description: 'Dispatchers, officers and administrators see all of them, a crew those of its own reports.',
    pathParameters: photoParameters,
    responses: {
      200: { description: 'The photo', content: { 'image/jpeg': z.string(), 'image/webp': z.string() } },
    },
    handle: async ({ path: { reportId }, event }) => {
      const name = actingOfficer(event, parts.officerWithoutToken, 'see crews’ photos', REPORTING_GROUPS);
      await checkOwner(parts, reportId, name, event);
      const photo = await parts.crewPhotos.get(reportId);
      if (photo === undefined) throw notFound(`No photo of report ${reportId} has arrived`);
      return {
        statusCode: 200,
        // People may be seen in it: no cache keeps it.
        headers: { 'content-type': photo.type, 'cache-control': 'private, no-store' },
        body: Buffer.from(photo.bytes).toString('base64'),
        isBase64Encoded: true,
      };
    },
  });
