import * as z from 'zod';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { readSeries } from '../../shared/environment/episodes/journal.ts';
import { episodePhases, handlings } from '../../shared/environment/episodes/vocabulary.ts';
import { json } from '../../shared/lambda/answer.ts';
import { cursorParameter, instantParameter, limitParameter } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { requestedPeriod } from '../../shared/lambda/period.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { quantityNames } from '../../shared/telemetry/quantity.ts';
import { answerOf, episodeAnswer, episodeDetailAnswer, eventAnswerOf, periodAnswerOf } from './episode-answers.ts';
import type { OperationsParts } from './parts.ts';

const DAY_MS = 86_400_000;
/** Periods of one answer; a month of hours and more. */
const MAX_PERIODS = 1_000;

const episodesAnswer = z
  .object({ episodes: z.array(episodeAnswer), nextCursor: z.string().optional() })
  .meta({ id: 'Episodes' });

export const episodePath = z.object({
  episodeId: z.string().min(1).max(400).meta({ example: 'air-1~a1~qcvn-05-2023-no2-1h-200~1792310400000' }),
});

export const noSuchEpisode = (episodeId: string) =>
  notFound(`There is no episode ${episodeId}`, [{ in: 'path', field: 'episodeId', message: 'names no episode' }]);

export const listEpisodes = ({ episodes, registry, clock }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/episodes',
    operationId: 'listEpisodes',
    summary: 'Exceedance episodes, newest first',
    description: 'Those whose first period ended in the last 30 days when no period is given; at most 366 days.',
    query: z.strictObject({
      from: instantParameter('Start, on the end of the first period when it was found; inclusive').optional(),
      to: instantParameter('End, exclusive').optional(),
      stationId: entityIdSchema.optional(),
      quantity: z.enum(quantityNames, `must be one of ${quantityNames.join(', ')}`).optional(),
      phase: z.enum(episodePhases, `must be one of ${episodePhases.join(', ')}`).optional(),
      handling: z.enum(handlings, `must be one of ${handlings.join(', ')}`).optional(),
      limit: limitParameter(500, 100),
      cursor: cursorParameter,
    }),
    responses: { 200: { description: 'The episodes', content: { 'application/json': episodesAnswer } } },
    handle: async ({ query: { stationId, quantity, phase, handling, limit, cursor, ...asked } }) => {
      const period = requestedPeriod(asked, { at: clock() + 1, defaultMs: 30 * DAY_MS, maxMs: 366 * DAY_MS });
      const page = await episodes.list({
        ...period,
        limit,
        ...(stationId !== undefined && { stationId }),
        ...(quantity !== undefined && { quantity }),
        ...(phase !== undefined && { phase }),
        ...(handling !== undefined && { handling }),
        ...(cursor !== undefined && { cursor }),
      });
      const stations = await registry.getMany('station', [...new Set(page.episodes.map((one) => one.stationId))]);
      const names = new Map(stations.map(({ id, name }) => [id, name]));
      return json(episodesAnswer, {
        episodes: page.episodes.map((episode) => answerOf(episode, names.get(episode.stationId) ?? episode.stationId)),
        ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
      });
    },
  });

export const getEpisode = ({ episodes, judgedPeriods, registry }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/episodes/{episodeId}',
    operationId: 'getEpisode',
    summary: 'One episode: its limit with the decision, its transitions, and the periods it rests on',
    description: `The newest ${MAX_PERIODS} periods where it has more.`,
    pathParameters: episodePath,
    responses: { 200: { description: 'The episode', content: { 'application/json': episodeDetailAnswer } } },
    handle: async ({ path: { episodeId } }) => {
      const episode = await episodes.get(episodeId);
      if (episode === undefined) throw noSuchEpisode(episodeId);
      const { stationId, sensorId, limit, firstEndsAt, trackedTo } = episode;
      const { quantity, averagingPeriod } = limit;
      const series = { stationId, sensorId, quantity, averagingPeriod };
      const [events, periods, station] = await Promise.all([
        episodes.events(episodeId),
        readSeries(judgedPeriods, series, { from: firstEndsAt, to: trackedTo }),
        registry.get('station', stationId),
      ]);
      return json(episodeDetailAnswer, {
        ...answerOf(episode, station?.name ?? stationId),
        events: events.map(eventAnswerOf),
        periods: periods.slice(-MAX_PERIODS).map(periodAnswerOf),
      });
    },
  });
