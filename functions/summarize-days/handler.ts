import { readEnvironment, summarizeDaysEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { scheduled } from '../../shared/lambda/scheduled.ts';
import { openStores } from '../../shared/storage/open.ts';
import { summarizeDays } from '../../shared/waste/kpis/kpi-days.ts';

const environment = readEnvironment(summarizeDaysEnvironmentSchema);
const stores = openStores(environment);

export const handler = scheduled(async ({ time }) => {
  const city = await stores.registry.get('city', environment.CITY_ID);
  // A city that is not registered yet has no days to sum up.
  const days = city === undefined ? [] : await summarizeDays(stores, city, time);
  logger.info('Days summed up', { days });
  return { days };
});
