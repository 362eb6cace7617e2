import { readEnvironment, updateOutlooksEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { scheduled } from '../../shared/lambda/scheduled.ts';
import { openStores } from '../../shared/storage/open.ts';
import { updateOutlooks } from '../../shared/waste/outlook/update-outlooks.ts';

const environment = readEnvironment(updateOutlooksEnvironmentSchema);
const sources = { ...openStores(environment), cityId: environment.CITY_ID };

export const handler = scheduled(async ({ time }) => {
  const summary = await updateOutlooks(sources, time);
  logger.info('Outlooks updated', { ...summary });
  return summary;
});
