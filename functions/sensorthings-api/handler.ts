import { readEnvironment, sensorthingsApiEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { cityPublication } from '../../shared/lambda/publication.ts';
import { citySource } from '../../shared/open-data/sensorthings/city/city-source.ts';
import { writableSource } from '../../shared/open-data/sensorthings/writing/writable-source.ts';
import { openStores } from '../../shared/storage/open.ts';
import { sensorthingsApi } from './app.ts';

const environment = readEnvironment(sensorthingsApiEnvironmentSchema);

const stores = openStores(environment);
const publication = cityPublication({ ...stores, cityId: environment.CITY_ID, clock: Date.now });
const city = citySource({ ...stores, publication, clock: Date.now });
const { SENSORTHINGS_WRITE: write } = environment;

export const handler = sensorthingsApi({
  source: city,
  ...(write !== 'off' && {
    writing: {
      source: writableSource(city, stores.writtenEntities, Date.now),
      needsToken: write === 'authorized',
    },
  }),
  publication,
  publicUrl: environment.PUBLIC_URL,
  clock: Date.now,
});
