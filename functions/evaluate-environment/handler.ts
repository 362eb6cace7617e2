import * as z from 'zod';
import { trackEpisodes } from '../../shared/environment/episodes/track-episodes.ts';
import { evaluateCity } from '../../shared/environment/evaluate.ts';
import { evaluateEnvironmentEnvironmentSchema, readEnvironment } from '../../shared/lambda/environment.ts';
import { logger } from '../../shared/lambda/observability.ts';
import { scheduled } from '../../shared/lambda/scheduled.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openEpisodeQueue } from '../../shared/storage/sqs/episode-queue.ts';

const environment = readEnvironment(evaluateEnvironmentEnvironmentSchema);
const { registry, readings, exceedances, sensorStates, lateData, episodes, judgedPeriods } = openStores(environment);

const { publish } = openEpisodeQueue(environment.EPISODE_QUEUE_URL);

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** By hand: `{ "from": "2026-11-01T00:00:00+07:00", "to": ... }` evaluates the periods that end in between. */
const requestSchema = z
  .object({
    from: instant.optional(),
    to: instant.optional(),
    lookbackHours: z.int().min(1).max(8_784).optional(),
  })
  .refine(({ from, to }) => to === undefined || (from !== undefined && from < to), '`to` needs an earlier `from`');

export const handler = scheduled(async ({ time, event }) => {
  const { from, to, lookbackHours } = requestSchema.parse(event);
  const summary = await evaluateCity({
    at: time,
    cityId: environment.CITY_ID,
    registry,
    readings,
    exceedances,
    sensorStates,
    lateData,
    clock: Date.now,
    onJudged: (judged) => trackEpisodes({ at: time, judged, episodes, judgedPeriods, publish }),
    ...(lookbackHours !== undefined && { lookbackHours }),
    ...(from !== undefined && { range: { from, ...(to !== undefined && { to }) } }),
  });
  logger.info('Environment evaluated', { ...summary });
  return summary;
});
