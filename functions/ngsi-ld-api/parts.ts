import type { CityEntitiesPorts } from '../../shared/open-data/ngsi-ld/city-entities.ts';

/** What the NGSI-LD API stands on. */
export type NgsiLdParts = CityEntitiesPorts & {
  /** Where the public finds the city; absent: where the request says it was sent. */
  readonly publicUrl?: string | undefined;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

export const BASE_PATH = '/ngsi-ld/v1';
