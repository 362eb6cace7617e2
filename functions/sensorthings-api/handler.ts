import { readEnvironment, sensorthingsApiEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { cityPublication } from '../../shared/lambda/publication.ts';
import { citySource } from '../../shared/open-data/sensorthings/city/city-source.ts';
import { openStores } from '../../shared/storage/open.ts';
import { sensorthingsApi } from './app.ts';

const environment = readEnvironment(sensorthingsApiEnvironmentSchema);

const stores = openStores(environment);

export const handler = sensorthingsApi({
  source: citySource({ ...stores, clock: Date.now }),
  publication: cityPublication({ ...stores, cityId: environment.CITY_ID, clock: Date.now }),
  publicUrl: environment.PUBLIC_URL,
  clock: Date.now,
});
