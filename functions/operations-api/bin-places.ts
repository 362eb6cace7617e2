import * as z from 'zod';
import { binSchema } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import type { OperationsParts } from './parts.ts';

const placesAnswer = z
  .object({
    generatedAt: instantSchema,
    bins: z.array(binSchema.pick({ id: true, name: true, ward: true, stream: true, position: true })),
  })
  .meta({ id: 'BinPlaces', description: 'Where bins stand and what they are called, without what is in them' });

/** What a phone keeps of a city's bins, so that a crew can name one without a network. */
export const listBinPlaces = ({ registry, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/bin-places',
    operationId: 'listBinPlaces',
    summary: 'Every bin’s name and place, small enough for a phone to keep',
    responses: { 200: { description: 'The bins, by id', content: { 'application/json': placesAnswer } } },
    handle: async () => {
      const bins = await registry.list('bin');
      return json(placesAnswer, {
        generatedAt: isoInstant(clock()),
        bins: bins.map(({ id, name, ward, stream, position }) => ({
          id,
          name,
          stream,
          position,
          ...(ward !== undefined && { ward }),
        })),
      });
    },
  });
