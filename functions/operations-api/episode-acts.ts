import * as z from 'zod';
import { type Act, type ActOutcome, acknowledge, reopen } from '../../shared/environment/episodes/acts.ts';
import type { Episode } from '../../shared/environment/episodes/episode.ts';
import { episodeCauses } from '../../shared/environment/episodes/vocabulary.ts';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { ProblemError } from '../../shared/lambda/problem.ts';
import { answerOf, episodeAnswer } from './episode-answers.ts';
import { episodePath, noSuchEpisode } from './episodes.ts';
import { actingOfficer } from './identity.ts';
import type { OperationsParts } from './parts.ts';

const ATTEMPTS = 6;

const noteSchema = z.string().trim().min(1, 'must say something').max(2_000, 'at most 2000 characters');

const responses = { 200: { description: 'The episode as it is now', content: { 'application/json': episodeAnswer } } };

/** Carries an act out on the episode as it is, again where somebody else wrote it meanwhile. */
const perform = async (
  { episodes }: OperationsParts,
  episodeId: string,
  act: (episode: Episode) => ActOutcome,
): Promise<Episode> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const known = await episodes.get(episodeId);
    if (known === undefined) throw noSuchEpisode(episodeId);
    const outcome = act(known);
    if (!outcome.ok) {
      const errors = [{ in: 'path', field: 'episodeId', message: outcome.reason }] as const;
      throw new ProblemError({ status: 409, kind: outcome.code, detail: outcome.reason, errors });
    }
    if (await episodes.put(outcome.episode)) return outcome.episode;
  }
  throw new ProblemError({ status: 503, detail: 'The episode is being written by others: try again' });
};

const acting = async (
  parts: OperationsParts,
  episodeId: string,
  by: string,
  act: (episode: Episode, on: Act) => ActOutcome,
) => {
  const episode = await perform(parts, episodeId, (known) => act(known, { at: parts.clock(), by }));
  await parts.tellEpisodes?.();
  const station = await parts.registry.get('station', episode.stationId);
  return json(episodeAnswer, answerOf(episode, station?.name ?? episode.stationId));
};

export const acknowledgeEpisode = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/episodes/{episodeId}/acknowledge',
    operationId: 'acknowledgeEpisode',
    summary: 'Says that somebody has seen an episode, and why it came about',
    description: 'In the name of the token. Again is possible: every acknowledgement stays on record.',
    pathParameters: episodePath,
    body: z.strictObject({
      note: noteSchema,
      cause: z.enum(episodeCauses, `must be one of ${episodeCauses.join(', ')}`),
    }),
    responses,
    handle: ({ path: { episodeId }, body: { note, cause }, event }) =>
      acting(parts, episodeId, actingOfficer(event, parts.officerWithoutToken), (episode, on) =>
        acknowledge(episode, { ...on, note, cause }),
      ),
  });

export const reopenEpisode = (parts: OperationsParts): Operation =>
  operation({
    method: 'POST',
    path: '/episodes/{episodeId}/reopen',
    operationId: 'reopenEpisode',
    summary: 'Takes an acknowledgement back: the episode waits for another',
    pathParameters: episodePath,
    body: z.strictObject({ note: noteSchema }),
    responses,
    handle: ({ path: { episodeId }, body: { note }, event }) =>
      acting(parts, episodeId, actingOfficer(event, parts.officerWithoutToken), (episode, on) =>
        reopen(episode, { ...on, note }),
      ),
  });
