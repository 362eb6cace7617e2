import { readEnvironment, sensorthingsApiEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { citySource } from '../../shared/open-data/sensorthings/city/city-source.ts';
import { openStores } from '../../shared/storage/open.ts';
import { sensorthingsApi } from './app.ts';

const environment = readEnvironment(sensorthingsApiEnvironmentSchema);

export const handler = sensorthingsApi({
  source: citySource({ ...openStores(environment), clock: Date.now }),
  publicUrl: environment.PUBLIC_URL,
  clock: Date.now,
});
