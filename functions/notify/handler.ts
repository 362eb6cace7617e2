import { notifyEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { queued } from '../../shared/lambda/queued.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openNoticeTopic } from '../../shared/storage/sns/notice-topic.ts';
import { openEpisodeQueue } from '../../shared/storage/sqs/episode-queue.ts';
import { attendEach } from './work.ts';

const environment = readEnvironment(notifyEnvironmentSchema);

export const handler = queued(
  attendEach({
    ...openStores(environment),
    publish: openEpisodeQueue(environment.EPISODE_QUEUE_URL).publish,
    topic: openNoticeTopic(environment.NOTICE_TOPIC_ARN),
    cityId: environment.CITY_ID,
    consoleUrl: environment.CONSOLE_URL,
    clock: Date.now,
  }),
);
