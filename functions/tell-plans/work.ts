import type { Registry } from '../../shared/city/registry.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { type TellPorts, type TellRun, type TellSummary, tellPlans } from '../../shared/routing/webhooks/tell-plans.ts';

export type TellWork = TellPorts & {
  readonly registry: Pick<Registry, 'get'>;
  readonly newRunId: () => string;
};

/** A receiver is held for longer than the function may run (60 s). */
const TIMES: Omit<TellRun, 'owner'> = { sendingMs: 40_000, holdingMs: 90_000 };

const report = (summary: TellSummary): void => {
  if (summary.result === 'unavailable') logger.warn('A receiver of plans is not to be told', { ...summary });
  else if (summary.told > 0) logger.info('A receiver was told of plans', { ...summary });
};

/**
 * Every receiver of the city by itself: one that is down keeps no other waiting.
 * @throws the first error of ours, once all have had their turn: the next run tells what this one could not.
 */
export const tellAll = async (work: TellWork): Promise<{ readonly summaries: readonly TellSummary[] }> => {
  const city = await work.registry.get('city', work.cityId);
  const webhooks = city?.webhooks ?? [];
  const runs = webhooks.map((webhook) => tellPlans(work, webhook, { ...TIMES, owner: work.newRunId() }));
  const outcomes = await Promise.allSettled(runs);
  const summaries = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  for (const summary of summaries) report(summary);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return { summaries };
};
