import {
  type Episode,
  type EpisodeEvent,
  episodeEventSchema,
  episodeSchema,
  isLive,
} from '../../environment/episodes/episode.ts';
import type { EpisodeQuery, EpisodeStore } from '../../environment/episodes/episode-store.ts';
import { keysetCursor, sortableInstant, sortKeyOf } from '../cursor.ts';
import {
  batchGet,
  batchWrite,
  getItem,
  type Item,
  ifAtVersion,
  type Key,
  putItem,
  queryItems,
  queryPages,
  type TableOptions,
} from './items.ts';

const LIVE = 'episodes-live';
const UNSETTLED = 'episodes-unsettled';
const MONTHS = 'episode-months';
const LIST_KEY = /^\d{15}#.+$/;
const MAX_PAGE = 1_000;
/** Instants beyond have no month with a four-digit year. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);

const monthOf = (instant: number): string => new Date(instant).toISOString().slice(0, 7);

/** The id ends with the anchor; one that does not is no id of ours. */
const anchorOf = (episodeId: string): number | undefined => {
  const text = /~(\d{1,14})$/.exec(episodeId)?.[1];
  return text === undefined ? undefined : Number(text);
};

const stateKey = (anchorAt: number, episodeId: string): Key => ({
  pk: `episodes#${monthOf(anchorAt)}`,
  sk: `${sortableInstant(anchorAt)}#${episodeId}`,
});
const trailPartition = (episodeId: string): string => `episode-events#${episodeId}`;
const eventKey = ({ episodeId, seq }: EpisodeEvent): Key => ({
  pk: trailPartition(episodeId),
  sk: String(seq).padStart(6, '0'),
});
const touchedPartition = (month: string): string => `episodes-in#${month}`;

/** Months (UTC) from one instant to another, oldest first. */
const monthsFrom = (from: number, to: number): readonly string[] => {
  const months: string[] = [];
  const first = new Date(Math.max(0, from));
  const last = monthOf(Math.min(to, LAST_INSTANT));
  for (let month = first.getUTCMonth(); ; month += 1) {
    const text = monthOf(Date.UTC(first.getUTCFullYear(), month, 1));
    if (text > last) return months;
    months.push(text);
  }
};

const keyOfId = (episodeId: string): readonly Key[] => {
  const anchorAt = anchorOf(episodeId);
  return anchorAt === undefined ? [] : [stateKey(anchorAt, episodeId)];
};

const byIds = async (options: TableOptions, ids: readonly string[]): Promise<readonly Episode[]> => {
  const items = await batchGet(options, [...new Set(ids)].flatMap(keyOfId));
  return items.map(episodeOf);
};

const idsIn = async (options: TableOptions, partition: string): Promise<readonly string[]> =>
  (await queryItems(options, partition)).map((item) => String(item.sk));

const episodeOf = (item: Item): Episode => episodeSchema.parse(item.episode);

const putState = (options: TableOptions, episode: Episode): Promise<boolean> => {
  const next = episodeSchema.parse({ ...episode, version: episode.version + 1 });
  const item = { ...stateKey(episode.anchorAt, episode.episodeId), episode: next, version: next.version };
  return putItem(options, item, ifAtVersion(episode.version));
};

/** Where an episode must be found, written before it is: a marker that leads to nothing new is harmless, a missing one loses it. */
const markersOf = ({ episodeId, anchorAt, startsAt, trackedTo, pending, ...episode }: Episode): readonly Key[] => [
  { pk: MONTHS, sk: monthOf(anchorAt) },
  ...monthsFrom(startsAt, trackedTo).map((month) => ({ pk: touchedPartition(month), sk: episodeId })),
  ...(isLive(episode) ? [{ pk: LIVE, sk: episodeId }] : []),
  ...(pending.length > 0 ? [{ pk: UNSETTLED, sk: episodeId }] : []),
];

/**
 * Episodes in DynamoDB: a state a month partition by its first period, its trail beside it, and markers that lead to what is live, what
 * has events to be told, and what touches a month. Markers are written before the state, and removed only by who settles.
 */
export const dynamodbEpisodes = (options: TableOptions): EpisodeStore => ({
  get: async (episodeId) => {
    const [key] = keyOfId(episodeId);
    const item = key && (await getItem(options, key));
    return item && episodeOf(item);
  },
  live: async () => (await byIds(options, await idsIn(options, LIVE))).filter(isLive),
  around: async ({ from, to }) => {
    const partitions = [LIVE, ...monthsFrom(from, to).map(touchedPartition)];
    const ids = (await Promise.all(partitions.map((partition) => idsIn(options, partition)))).flat();
    const inMonths = (episode: Episode): boolean =>
      monthOf(episode.trackedTo) >= monthOf(Math.max(0, from)) && monthOf(episode.startsAt) <= monthOf(to);
    return (await byIds(options, ids)).filter((episode) => isLive(episode) || inMonths(episode));
  },
  put: async (episode) => {
    await batchWrite(options, { put: markersOf(episode) });
    return putState(options, episode);
  },
  unsettled: async () => {
    const ids = await idsIn(options, UNSETTLED);
    return ids.length === 0 ? [] : (await byIds(options, ids)).filter(({ pending }) => pending.length > 0);
  },
  settle: async (episode) => {
    const valid = episode.pending.map((event) => episodeEventSchema.parse(event));
    await batchWrite(options, { put: valid.map((event) => ({ ...eventKey(event), event })) });
    if (!(await putState(options, { ...episode, pending: [] }))) return;
    const { episodeId } = episode;
    await batchWrite(options, {
      remove: [{ pk: UNSETTLED, sk: episodeId }, ...(isLive(episode) ? [] : [{ pk: LIVE, sk: episodeId }])],
    });
    await restoreMarkers(options, episodeId);
  },
  events: async (episodeId) => {
    const [key] = keyOfId(episodeId);
    // The state first: what is settled between the two reads is then in the trail.
    const state = key && (await getItem(options, key));
    const told = (await queryItems(options, trailPartition(episodeId))).map((item) =>
      episodeEventSchema.parse(item.event),
    );
    const pending = state === undefined ? [] : episodeOf(state).pending;
    const bySeq = new Map([...told, ...pending].map((event) => [event.seq, event]));
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  },
  list: (query) => listEpisodes(options, query),
});

/** Who wrote between a settling and its removal of markers wrote his own before it: they are put back. */
const restoreMarkers = async (options: TableOptions, episodeId: string): Promise<void> => {
  const [episode] = await byIds(options, [episodeId]);
  if (episode !== undefined && episode.pending.length > 0) await batchWrite(options, { put: markersOf(episode) });
};

const isWanted = ({ stationId, quantity, phase, handling }: EpisodeQuery, episode: Episode): boolean =>
  (stationId === undefined || episode.stationId === stationId) &&
  (quantity === undefined || episode.limit.quantity === quantity) &&
  (phase === undefined || episode.phase === phase) &&
  (handling === undefined || episode.handling === handling);

const newestFirst = async function* (options: TableOptions, from: number, before: string): AsyncGenerator<Episode> {
  const range = [monthOf(Math.max(0, from)), monthOf(Number(before.slice(0, 15)))] as const;
  const months = (await queryItems(options, MONTHS, range)).map((item) => String(item.sk)).reverse();
  for (const month of months) {
    const pages = queryPages(options, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :before',
      ExpressionAttributeValues: {
        ':pk': `episodes#${month}`,
        ':first': sortableInstant(Math.max(0, from)),
        ':before': before,
      },
      ScanIndexForward: false,
    });
    // BETWEEN includes its end, which is the last one of the page before.
    for await (const page of pages) for (const item of page) if (item.sk !== before) yield episodeOf(item);
  }
};

const listEpisodes = async (options: TableOptions, query: EpisodeQuery): ReturnType<EpisodeStore['list']> => {
  const wanted = Math.min(MAX_PAGE, Math.max(1, query.limit));
  // "$" sorts directly behind "#": the range ends before the first key of `to`.
  const last = `${sortableInstant(Math.min(query.to - 1, LAST_INSTANT))}$`;
  const before = query.cursor === undefined ? last : sortKeyOf(query.cursor, LIST_KEY);
  const found: Episode[] = [];
  if (query.from < query.to) {
    for await (const episode of newestFirst(options, query.from, before)) {
      if (isWanted(query, episode)) found.push(episode);
      if (found.length > wanted) break;
    }
  }
  const episodes = found.slice(0, wanted);
  const lastShown = episodes.at(-1);
  return found.length > wanted && lastShown
    ? { episodes, nextCursor: keysetCursor(stateKey(lastShown.anchorAt, lastShown.episodeId).sk) }
    : { episodes };
};
