import { contextPushSchema } from '../../events/context-push.ts';
import { parseJson } from '../../events/parse-json.ts';
import { logger } from '../../shared/lambda/observability.ts';
import {
  type PushPorts,
  type PushRun,
  type PushSummary,
  pushChanges,
} from '../../shared/open-data/context-push/push-changes.ts';
import { type CityEntitiesPorts, cityEntities } from '../../shared/open-data/ngsi-ld/city-entities.ts';

export type PushWork = CityEntitiesPorts & Omit<PushPorts, 'entities'> & { readonly newRunId: () => string };

/** A broker is held for longer than the function may run (120 s), so that a run that is ended for its time cannot be overtaken. */
const TIMES: Omit<PushRun, 'owner'> = { sendingMs: 60_000, holdingMs: 180_000 };

const report = (summary: PushSummary): void => {
  if (summary.result === 'unavailable') logger.warn('A context broker is not to be told', { ...summary });
  else if (summary.told + summary.removed + summary.refused > 0)
    logger.info('A context broker was told', { ...summary });
};

/** Into the dead-letter queue, and into the log for whoever looks there first. */
const noted = (refusals: PushWork['refusals']): PushWork['refusals'] => ({
  send: async (refused) => {
    for (const { brokerId, entityId, reason } of refused) {
      logger.warn('A context broker refused an entity', { brokerId, entityId, reason });
    }
    await refusals.send(refused);
  },
});

/** Every broker of the city by itself: one that is down keeps no other waiting for longer than its request. */
const sweep = async (work: PushWork): Promise<void> => {
  const city = await work.registry.get('city', work.cityId);
  const brokers = city?.contextBrokers ?? [];
  const entities: PushPorts['entities'] = ({ types }, at) => cityEntities(work, at, types);
  const runs = brokers.map((broker) =>
    pushChanges({ ...work, entities, refusals: noted(work.refusals) }, broker, { ...TIMES, owner: work.newRunId() }),
  );
  const outcomes = await Promise.allSettled(runs);
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') report(outcome.value);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
};

/** However many messages lie there, one look at the city serves them all. Answers the ids of those that must come again. */
export const pushOnce =
  (work: PushWork) =>
  async (messages: readonly { readonly messageId: string; readonly body: string }[]): Promise<readonly string[]> => {
    const understood = messages.filter(({ body }) => contextPushSchema.safeParse(parseJson(body)).success);
    const retry = messages.filter((message) => !understood.includes(message)).map(({ messageId }) => messageId);
    try {
      if (understood.length > 0) await sweep(work);
    } catch (error) {
      logger.error('Telling context brokers comes again', { error });
      retry.push(...understood.map(({ messageId }) => messageId));
    }
    return retry;
  };
