import { readEnvironment, registryApiEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { registryApi } from './app.ts';

const environment = readEnvironment(registryApiEnvironmentSchema);
const { registry, registryEditor } = openStores(environment);

export const handler = registryApi({
  registry,
  editor: registryEditor,
  ...(environment.OFFICER_WITHOUT_TOKEN && { officerWithoutToken: environment.OFFICER_WITHOUT_TOKEN }),
  clock: Date.now,
});
