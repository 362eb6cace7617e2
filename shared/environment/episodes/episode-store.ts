import type { AveragingPeriod } from '../limit.ts';
import type { Episode, EpisodeEvent, EpisodePhase, Handling } from './episode.ts';
import type { SeriesPeriod } from './fold-periods.ts';

export type EpisodeQuery = {
  /** UTC epoch milliseconds on the end of the first period, inclusive and exclusive. */
  readonly from: number;
  readonly to: number;
  readonly stationId?: string;
  readonly quantity?: string;
  readonly phase?: EpisodePhase;
  readonly handling?: Handling;
  readonly limit: number;
  readonly cursor?: string;
};

/** Where episodes and their trail live. A port. */
export type EpisodeStore = {
  readonly get: (episodeId: string) => Promise<Episode | undefined>;
  /** All that are not over, and all (of any phase) that share a calendar month (UTC) with `from` ≤ t ≤ `to`. */
  readonly around: (range: { readonly from: number; readonly to: number }) => Promise<readonly Episode[]>;
  /** Those that are not over. */
  readonly live: () => Promise<readonly Episode[]>;
  /** Writes it as the version after its own on condition that its own is still the last; false, changing nothing, when it is not. */
  readonly put: (episode: Episode) => Promise<boolean>;
  /** Episodes with events that were not settled, wherever the last run ended. */
  readonly unsettled: () => Promise<readonly Episode[]>;
  /** Puts pending events into the trail and takes them off the episode, unless somebody wrote it meanwhile. Again is harmless. */
  readonly settle: (episode: Episode) => Promise<void>;
  /** Oldest first; those still pending too. */
  readonly events: (episodeId: string) => Promise<readonly EpisodeEvent[]>;
  /** Newest first. */
  readonly list: (
    query: EpisodeQuery,
  ) => Promise<{ readonly episodes: readonly Episode[]; readonly nextCursor?: string }>;
};

/** What was judged of one sensor in one stretch of time, by series (`seriesText`). */
export type JudgedChunk = {
  readonly sensorId: string;
  readonly averagingPeriod: AveragingPeriod;
  readonly chunk: string;
  readonly series: Readonly<Record<string, readonly SeriesPeriod[]>>;
  readonly version: number;
};

export type ChunkKey = Pick<JudgedChunk, 'sensorId' | 'averagingPeriod' | 'chunk'>;

/** The last word on every period that was judged, so that episodes can be worked out again around any of them. A port. */
export type JudgedPeriodStore = {
  /** Those that exist, in no order. */
  readonly read: (keys: readonly ChunkKey[]) => Promise<readonly JudgedChunk[]>;
  /** Chunks of one sensor from one to another by name, inclusive, in order. */
  readonly range: (
    sensorId: string,
    averagingPeriod: AveragingPeriod,
    chunks: readonly [first: string, last: string],
  ) => Promise<readonly JudgedChunk[]>;
  /** Writes each on condition that its version is still the stored one (0: none); answers those that somebody else wrote first. */
  readonly write: (chunks: readonly JudgedChunk[]) => Promise<readonly ChunkKey[]>;
};
