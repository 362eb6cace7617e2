import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { cursorParameter, instantSchema, isoInstant, limitParameter } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { stationFileRecordSchema } from '../../shared/telemetry/station-files/station-file-record.ts';
import type { OperationsParts } from './parts.ts';

const fileAnswer = stationFileRecordSchema.extend({ receivedAt: instantSchema }).meta({
  id: 'StationFile',
  description: 'How a station file was taken: lines = stored + unchanged + corrected + superseded + refusedLines',
});

const filesAnswer = z
  .object({ files: z.array(fileAnswer), nextCursor: z.string().optional() })
  .meta({ id: 'StationFiles' });

export const listStationFiles = ({ registry, stationFiles }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/stations/{stationId}/files',
    operationId: 'listStationFiles',
    summary: 'Files of TT 10/2021 from one station and how they were taken, newest first',
    description: 'Empty for a station without a file code. Why lines were refused is in the dead-letter queue.',
    pathParameters: z.object({ stationId: entityIdSchema.meta({ description: 'The station’s id' }) }),
    query: z.strictObject({
      limit: limitParameter(1_000, 100),
      cursor: cursorParameter,
    }),
    responses: { 200: { description: 'The files', content: { 'application/json': filesAnswer } } },
    handle: async ({ path: { stationId }, query: { limit, cursor } }) => {
      const station = await registry.get('station', stationId);
      if (station === undefined) throw notFound(`There is no station ${stationId}`);
      const { fileCode } = station;
      if (fileCode === undefined) return json(filesAnswer, { files: [] });
      const page = await stationFiles.list({ fileCode, limit, ...(cursor !== undefined && { cursor }) });
      return json(filesAnswer, {
        files: page.records.map((record) => ({ ...record, receivedAt: isoInstant(record.receivedAt) })),
        ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
      });
    },
  });
