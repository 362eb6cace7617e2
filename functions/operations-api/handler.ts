import { randomBytes } from 'node:crypto';
import { operationsApiEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openPlanQueue } from '../../shared/storage/sqs/plan-queue.ts';
import { operationsApi } from './app.ts';

const environment = readEnvironment(operationsApiEnvironmentSchema);

export const handler = operationsApi({
  ...openStores(environment),
  cityId: environment.CITY_ID,
  planQueue: openPlanQueue(environment.PLAN_QUEUE_URL),
  clock: Date.now,
  newSuffix: () => randomBytes(4).toString('hex'),
});
