import { featuresApiEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { featuresApi } from './app.ts';

const environment = readEnvironment(featuresApiEnvironmentSchema);

export const handler = featuresApi({
  ...openStores(environment),
  cityId: environment.CITY_ID,
  publicUrl: environment.PUBLIC_URL,
  clock: Date.now,
});
