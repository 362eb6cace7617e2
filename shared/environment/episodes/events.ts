import { type Episode, type EpisodeEvent, type EpisodeEventKind, SYSTEM } from './episode.ts';

type Told = Pick<EpisodeEvent, 'at'> & Partial<Pick<EpisodeEvent, 'by' | 'cause' | 'note' | 'otherEpisodeId'>>;

/** The episode with one more transition on record, which has still to be told. Its version is the writer's business. */
export const withEvent = (episode: Episode, kind: EpisodeEventKind, { at, by = SYSTEM, ...more }: Told): Episode => {
  const { episodeId, phase, startsAt, breaches, valid, peak, latest } = episode;
  const seq = episode.eventCount + 1;
  const event: EpisodeEvent = {
    eventId: `${episodeId}~${seq}`,
    episodeId,
    seq,
    kind,
    at,
    by,
    data: { phase, startsAt, breaches, valid, peak, latest },
    ...more,
  };
  return { ...episode, changedAt: at, eventCount: seq, pending: [...episode.pending, event] };
};
