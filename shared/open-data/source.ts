import * as z from 'zod';
import type { City } from '../city/entities.ts';
import { licenceOf } from './publication.ts';

/** What every payload says of where it comes from and what may be done with it. */
export const sourceShape = {
  licence: z.object({ name: z.string(), url: z.url() }),
  attribution: z.string().meta({ description: 'Whom to name as the source' }),
};
export const sourceSchema = z.object(sourceShape);
export type Source = z.infer<typeof sourceSchema>;

/** Of a city that has not been set up yet: the usual licence, and no name. */
export const sourceOf = (city: Pick<City, 'name' | 'openData'> | undefined): Source => {
  const { url, name } = licenceOf(city?.openData);
  return { licence: { name, url }, attribution: city?.openData?.publisher?.name ?? city?.name ?? 'Phố Sạch' };
};
