import { type Episode, type EpisodeEvent, episodeSchema, isLive } from '../../shared/environment/episodes/episode.ts';
import type {
  ChunkKey,
  EpisodeStore,
  JudgedChunk,
  JudgedPeriodStore,
} from '../../shared/environment/episodes/episode-store.ts';
import type { Notice, NoticeStore } from '../../shared/environment/notices/notify.ts';
import { InvalidCursorError } from '../../shared/telemetry/reading-store.ts';

const monthOf = (instant: number): string => new Date(instant).toISOString().slice(0, 7);
const fromBase64 = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

/** Episodes in memory: what the contract of the store means, as plainly as it can be said. */
export const memoryEpisodes = (): EpisodeStore => {
  const stored = new Map<string, Episode>();
  const trail = new Map<string, EpisodeEvent>();
  const all = (): Episode[] => structuredClone([...stored.values()]);
  return {
    get: async (episodeId) => structuredClone(stored.get(episodeId)),
    live: async () => all().filter(isLive),
    around: async ({ from, to }) =>
      all().filter(
        (episode) =>
          isLive(episode) || (monthOf(episode.trackedTo) >= monthOf(from) && monthOf(episode.startsAt) <= monthOf(to)),
      ),
    put: async (episode) => {
      if ((stored.get(episode.episodeId)?.version ?? 0) !== episode.version) return false;
      stored.set(episode.episodeId, episodeSchema.parse({ ...structuredClone(episode), version: episode.version + 1 }));
      return true;
    },
    unsettled: async () => all().filter(({ pending }) => pending.length > 0),
    settle: async (episode) => {
      for (const event of episode.pending) trail.set(event.eventId, structuredClone(event));
      const known = stored.get(episode.episodeId);
      if (known?.version !== episode.version) return;
      stored.set(episode.episodeId, { ...known, pending: [], version: known.version + 1 });
    },
    events: async (episodeId) => {
      const told = [...trail.values()].filter((event) => event.episodeId === episodeId);
      const events = [...told, ...(stored.get(episodeId)?.pending ?? [])];
      return [...new Map(events.map((event) => [event.seq, event])).values()].sort((a, b) => a.seq - b.seq);
    },
    list: async ({ from, to, stationId, quantity, phase, handling, limit, cursor }) => {
      const found = all()
        .filter(({ anchorAt }) => anchorAt >= from && anchorAt < to)
        .filter((episode) => stationId === undefined || episode.stationId === stationId)
        .filter((episode) => quantity === undefined || episode.limit.quantity === quantity)
        .filter((episode) => phase === undefined || episode.phase === phase)
        .filter((episode) => handling === undefined || episode.handling === handling)
        .sort((a, b) => b.anchorAt - a.anchorAt || (a.episodeId < b.episodeId ? 1 : -1));
      const start = cursor === undefined ? 0 : found.findIndex((one) => one.episodeId === fromBase64(cursor)) + 1;
      if (cursor !== undefined && start === 0) throw new InvalidCursorError(`Not a cursor of this list: ${cursor}`);
      const episodes = found.slice(start, start + limit);
      const last = episodes.at(-1);
      return start + limit < found.length && last !== undefined
        ? { episodes, nextCursor: Buffer.from(last.episodeId).toString('base64url') }
        : { episodes };
    },
  };
};

/** Judged periods in memory. */
export const memoryJudgedPeriods = (): JudgedPeriodStore => {
  const chunks = new Map<string, JudgedChunk>();
  const keyOf = ({ sensorId, averagingPeriod, chunk }: ChunkKey): string => `${sensorId}|${averagingPeriod}|${chunk}`;
  return {
    read: async (keys) => keys.flatMap((key) => chunks.get(keyOf(key)) ?? []),
    range: async (sensorId, averagingPeriod, [first, last]) =>
      [...chunks.values()]
        .filter((one) => one.sensorId === sensorId && one.averagingPeriod === averagingPeriod)
        .filter(({ chunk }) => chunk >= first && chunk <= last)
        .sort((a, b) => (a.chunk < b.chunk ? -1 : 1)),
    write: async (wanted) =>
      wanted.flatMap((chunk) => {
        if ((chunks.get(keyOf(chunk))?.version ?? 0) !== chunk.version) return [chunk];
        // Nobody changes a chunk: it is read-only data.
        chunks.set(keyOf(chunk), { ...chunk, version: chunk.version + 1 });
        return [];
      }),
  };
};

/** Notices in memory. */
export const memoryNotices = (): NoticeStore => {
  const sent = new Set<string>();
  const waiting = new Map<string, Notice>();
  const seqOf = ({ eventId }: Notice): number => Number(eventId.split('~').at(-1));
  const idOf = ({ recipientId, episodeId, eventId }: Notice): string => [recipientId, episodeId, eventId].join('#');
  return {
    isSent: async (notice) => sent.has(idOf(notice)),
    markSent: async (notices) => {
      for (const notice of notices) sent.add(idOf(notice));
    },
    hold: async (notice) => void waiting.set(idOf(notice), notice),
    held: async () => {
      const whose = ({ recipientId, episodeId }: Notice): string => `${recipientId}#${episodeId}`;
      return [...waiting.values()].sort((a, b) =>
        whose(a) === whose(b) ? seqOf(a) - seqOf(b) : whose(a) < whose(b) ? -1 : 1,
      );
    },
    release: async (notices) => {
      for (const notice of notices) waiting.delete(idOf(notice));
    },
  };
};
