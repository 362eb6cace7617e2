import { type City, citySchema } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import type { OperationsParts } from './parts.ts';

const cityAnswer = citySchema.meta({ id: 'City' });

/** @throws ProblemError 404 while the city has not been set up. */
export const requireCity = async (registry: Registry, cityId: string): Promise<City> => {
  const city = await registry.get('city', cityId);
  if (city === undefined) throw notFound(`The city ${cityId} has not been set up yet`);
  return city;
};

export const getCity = ({ registry, cityId }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/city',
    operationId: 'getCity',
    summary: 'The city: its name, time zone and centre',
    responses: { 200: { description: 'The city', content: { 'application/json': cityAnswer } } },
    handle: async () => json(cityAnswer, await requireCity(registry, cityId)),
  });
