import { readEnvironment, registryApiEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { registryApi } from './app.ts';

const environment = readEnvironment(registryApiEnvironmentSchema);
const { registry, registryEditor } = openStores(environment);

export const handler = registryApi({
  cityId: environment.CITY_ID,
  registry,
  editor: registryEditor,
  ...(environment.OFFICER_WITHOUT_TOKEN && { officerWithoutToken: environment.OFFICER_WITHOUT_TOKEN }),
  clock: Date.now,
});
