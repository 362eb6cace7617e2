import type { City } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { notFound } from './problem.ts';

/** @throws ProblemError 404 while the city has not been set up. */
export const requireCity = async ({
  registry,
  cityId,
}: {
  readonly registry: Pick<Registry, 'get'>;
  readonly cityId: string;
}): Promise<City> => {
  const city = await registry.get('city', cityId);
  if (city === undefined) throw notFound(`The city ${cityId} has not been set up yet`);
  return city;
};
