import type { City } from '../shared/city/entities.ts';
import type { Registry } from '../shared/city/registry.ts';

/** @throws Error when it is not in the registry. */
export const registeredCity = async (registry: Pick<Registry, 'get'>, cityId: string): Promise<City> => {
  const city = await registry.get('city', cityId);
  if (city === undefined) throw new Error(`The city ${cityId} is not in the registry`);
  return city;
};
