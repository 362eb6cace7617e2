import { episodeNoticeSchema } from '../../events/episode-notice.ts';
import { type AlarmRequest, followAlarms, raiseAlarms } from '../../shared/environment/episodes/follow-alarms.ts';
import { type NotifyPorts, notifyByClock, notifyEvent } from '../../shared/environment/notices/notify.ts';
import { logger } from '../../shared/lambda/observability.ts';

export type NotifyWork = NotifyPorts & Pick<AlarmRequest, 'readings' | 'registry'> & { readonly clock: () => number };

const attend = async (work: NotifyWork, body: string): Promise<void> => {
  const notice = episodeNoticeSchema.parse(JSON.parse(body));
  const at = work.clock();
  if (notice.kind === 'event') {
    const sent = await notifyEvent(work, notice, at);
    logger.info('Event of an episode told', { ...notice, sent });
  } else if (notice.kind === 'suspicion') {
    await raiseAlarms({ ...work, at }, notice.suspicions);
  } else {
    await followAlarms({ ...work, at });
    await notifyByClock(work, at);
  }
};

/** Message by message; answers the ids of those that must come again. What never works ends in the dead-letter queue. */
export const attendEach =
  (work: NotifyWork) =>
  async (messages: readonly { readonly messageId: string; readonly body: string }[]): Promise<readonly string[]> => {
    const retry: string[] = [];
    for (const { messageId, body } of messages) {
      try {
        await attend(work, body);
      } catch (error) {
        logger.error('A notice goes back to the queue', { error, messageId, body: body.slice(0, 1_000) });
        retry.push(messageId);
      }
    }
    return retry;
  };
