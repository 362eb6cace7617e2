import { openDataApiEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openDataApi } from './app.ts';

const environment = readEnvironment(openDataApiEnvironmentSchema);

export const handler = openDataApi({
  ...openStores(environment),
  cityId: environment.CITY_ID,
  publicUrl: environment.PUBLIC_URL,
  clock: Date.now,
});
