import type { Episode, EpisodeCause, EpisodeEvent } from '../../../shared/environment/episodes/episode.ts';
import { API, get, request } from './client.ts';
import type { Instant, OnWire } from './wire.ts';

export type WirePeak = {
  readonly value: number;
  readonly periodStartsAt: Instant;
  readonly periodEndsAt: Instant;
  readonly observed: number;
  readonly expected: number;
  readonly completeness: number;
};

type Hidden = 'pending' | 'version' | 'eventCount' | 'anchorAt' | 'toldValue' | 'wellRun' | 'deepenings';

export type WireAcknowledgement = {
  readonly at: Instant;
  readonly by: string;
  readonly cause: EpisodeCause;
  readonly note: string;
  readonly episodeId: string;
};

export type WireEpisode = Omit<OnWire<Omit<Episode, Hidden>>, 'trackedTo' | 'acknowledgements' | 'peak' | 'latest'> & {
  readonly stationName: string;
  readonly unit: string;
  readonly trackedTo: Instant;
  readonly peak: WirePeak;
  readonly latest: WirePeak;
  readonly acknowledgements: readonly WireAcknowledgement[];
};

export type WireEpisodeEvent = Pick<EpisodeEvent, 'eventId' | 'kind' | 'by'> & {
  readonly at: Instant;
  readonly note?: string;
  readonly cause?: EpisodeCause;
  readonly data: { readonly latest: WirePeak; readonly peak: WirePeak };
};

export type WirePeriod = {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  /** `null` where no reading counts. */
  readonly value: number | null;
  readonly observed: number;
  readonly expected: number | null;
  readonly isValid: boolean;
};

export type WireEpisodeDetail = WireEpisode & {
  readonly events: readonly WireEpisodeEvent[];
  readonly periods: readonly WirePeriod[];
};

type EpisodesAnswer = { readonly episodes: readonly WireEpisode[]; readonly nextCursor?: string };

const DAY_MS = 86_400_000;

/** The newest of the last 90 days, newest first. */
export const getEpisodes = async (now: number, signal?: AbortSignal): Promise<readonly WireEpisode[]> => {
  const from = new Date(now - 90 * DAY_MS).toISOString();
  const query = new URLSearchParams({ from, limit: '200' });
  return (await get<EpisodesAnswer>(`${API}/episodes?${query}`, signal)).episodes;
};

const pathOf = (episodeId: string): string => `${API}/episodes/${encodeURIComponent(episodeId)}`;

export const getEpisode = (episodeId: string, signal?: AbortSignal): Promise<WireEpisodeDetail> =>
  get<WireEpisodeDetail>(pathOf(episodeId), signal);

const act = (episodeId: string, name: 'acknowledge' | 'reopen', body: object): Promise<WireEpisode> =>
  request<WireEpisode>(`${pathOf(episodeId)}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

export const acknowledgeEpisode = (
  episodeId: string,
  body: { readonly note: string; readonly cause: EpisodeCause },
): Promise<WireEpisode> => act(episodeId, 'acknowledge', body);

export const reopenEpisode = (episodeId: string, body: { readonly note: string }): Promise<WireEpisode> =>
  act(episodeId, 'reopen', body);
