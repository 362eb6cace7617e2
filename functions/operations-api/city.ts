import { citySchema } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import type { OperationsParts } from './parts.ts';

const cityAnswer = citySchema.meta({ id: 'City' });

export const getCity = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/city',
    operationId: 'getCity',
    summary: 'The city: its name, time zone and centre',
    responses: { 200: { description: 'The city', content: { 'application/json': cityAnswer } } },
    handle: async () => json(cityAnswer, await requireCity(parts)),
  });
