import { readEnvironment, reportsApiEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { reportsApi } from './app.ts';

const environment = readEnvironment(reportsApiEnvironmentSchema);

export const handler = reportsApi({
  ...openStores(environment),
  cityId: environment.CITY_ID,
  clock: Date.now,
});
