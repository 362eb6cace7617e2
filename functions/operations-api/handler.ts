import { randomBytes } from 'node:crypto';
import { settleEpisodes } from '../../shared/environment/episodes/track-episodes.ts';
import { operationsApiEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openCrewPhotos } from '../../shared/storage/s3/crew-photos.ts';
import { openEpisodeQueue } from '../../shared/storage/sqs/episode-queue.ts';
import { openPlanQueue } from '../../shared/storage/sqs/plan-queue.ts';
import { operationsApi } from './app.ts';

const environment = readEnvironment(operationsApiEnvironmentSchema);

const stores = openStores(environment);
const { publish } = openEpisodeQueue(environment.EPISODE_QUEUE_URL);

/** The act is on record whether anybody can be told now or not; the next evaluation tells what was not. */
const tellEpisodes = () =>
  settleEpisodes({ ...stores, publish }).catch((error: unknown) =>
    logger.error('Events of episodes wait to be told', { error }),
  );

export const handler = operationsApi({
  ...stores,
  tellEpisodes,
  cityId: environment.CITY_ID,
  crewPhotos: openCrewPhotos(environment.CREW_PHOTO_BUCKET),
  planQueue: openPlanQueue(environment.PLAN_QUEUE_URL),
  ...(environment.OFFICER_WITHOUT_TOKEN && { officerWithoutToken: environment.OFFICER_WITHOUT_TOKEN }),
  clock: Date.now,
  newSuffix: () => randomBytes(4).toString('hex'),
});
