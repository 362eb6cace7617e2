import { ngsiLdApiEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { ngsiLdApi } from './app.ts';

const environment = readEnvironment(ngsiLdApiEnvironmentSchema);

export const handler = ngsiLdApi({
  ...openStores(environment),
  cityId: environment.CITY_ID,
  publicUrl: environment.PUBLIC_URL,
  clock: Date.now,
});
