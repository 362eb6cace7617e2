import { StoreUnavailableError } from '../../telemetry/reading-store.ts';
import type { JudgedPeriod } from '../judged-period.ts';
import { breaks } from '../limit.ts';
import { type Episode, type EpisodeEvent, type EpisodeKey, isLive, isStanding, keyText } from './episode.ts';
import type { EpisodeStore, JudgedPeriodStore } from './episode-store.ts';
import type { EpisodeFacts } from './facts.ts';
import { foldPeriods } from './fold-periods.ts';
import { enterJudged, readSeries } from './journal.ts';
import { type EpisodePolicy, episodePolicies, longestPeriodHours } from './policy.ts';
import { reconcileEpisodes } from './reconcile-episodes.ts';

const HOUR_MS = 3_600_000;
const CONFLICT_ATTEMPTS = 6;
/** Records are read for this long before what is asked for, so that most ranges are read once. */
const MARGIN_MS = 10 * 24 * HOUR_MS;

export type TrackingPorts = {
  readonly episodes: EpisodeStore;
  readonly judgedPeriods: JudgedPeriodStore;
  /** Takes events that must be told, durably; one that came before does no harm. Nobody is told when absent. */
  readonly publish?: (events: readonly EpisodeEvent[]) => Promise<void>;
};

export type TrackingRequest = TrackingPorts & {
  /** The instant of the run, UTC epoch milliseconds: what has been silent until then for too long is closed. */
  readonly at: number;
  readonly judged: readonly JudgedPeriod[];
};

type Range = { readonly from: number; readonly to: number };
type Work = { readonly key: EpisodeKey; changed: Range; hasBreach: boolean };

const policyOf = ({ limit }: Pick<EpisodeKey, 'limit'>): EpisodePolicy => episodePolicies[limit.averagingPeriod];

/** Within this of any change nothing outside can matter, unless an episode lies across it. */
const reachOf = (key: Pick<EpisodeKey, 'limit'>): number =>
  (policyOf(key).bridgesHours + longestPeriodHours[key.limit.averagingPeriod] + 1) * HOUR_MS;

type Span = Pick<EpisodeFacts, 'startsAt' | 'trackedTo'>;

/** The range with every episode that lies across one of its ends, or so near that it might. */
const widened = (range: Range, spans: readonly Span[], reach: number, now: number): Range => {
  let { from, to } = range;
  for (const { startsAt, trackedTo } of spans) {
    if (trackedTo < from - reach || startsAt > to + reach) continue;
    if (startsAt < from + reach) from = Math.max(0, Math.min(from, startsAt - reach));
    if (trackedTo > to - reach) to = Math.max(to, Math.min(now, trackedTo + reach));
  }
  return { from, to };
};

/** Reads records around a range once, and again only when more is asked for. */
const recordsAround = (episodes: EpisodeStore) => {
  let loaded: Range | undefined;
  let records: readonly Episode[] = [];
  return {
    around: async (range: Range): Promise<readonly Episode[]> => {
      if (loaded === undefined || range.from < loaded.from || range.to > loaded.to) {
        const from = Math.min(loaded?.from ?? range.from, range.from - MARGIN_MS);
        loaded = { from: Math.max(0, from), to: Math.max(loaded?.to ?? range.to, range.to) };
        records = await episodes.around(loaded);
      }
      return records;
    },
    forget: () => {
      loaded = undefined;
    },
  };
};
type Records = ReturnType<typeof recordsAround>;

const isIn = ({ startsAt, trackedTo }: Span, { from, to }: Range): boolean => trackedTo >= from && startsAt <= to;

/**
 * The episodes around a stretch of time, worked out again from the last word on every period, and those on record there. The stretch is
 * widened until none lies across its ends, so that what comes out does not depend on where it was cut.
 */
const computeAround = async ({ judgedPeriods, at }: TrackingRequest, { key, changed }: Work, records: Records) => {
  const policy = policyOf(key);
  const reach = reachOf(key);
  const { quantity, averagingPeriod } = key.limit;
  const now = Math.max(at, changed.to);
  let range: Range = { from: Math.max(0, changed.from - reach), to: Math.min(now, changed.to + reach) };
  for (;;) {
    const periods = await readSeries(judgedPeriods, { ...key, quantity, averagingPeriod }, range);
    const computed = foldPeriods(periods, { limit: key.limit, policy }, range.to);
    const recorded = (await records.around(range)).filter((episode) => keyText(episode) === keyText(key));
    const wider = widened(range, [...computed, ...recorded.filter(isStanding)], reach, now);
    if (wider.from === range.from && wider.to === range.to) {
      return { computed, recorded: recorded.filter((episode) => isIn(episode, wider)) };
    }
    range = wider;
  }
};

/** Writes what changed for one series under one limit; false when somebody else wrote first. */
const follow = async (request: TrackingRequest, work: Work, records: Records): Promise<boolean> => {
  const { computed, recorded } = await computeAround(request, work, records);
  for (const episode of reconcileEpisodes(work.key, recorded, computed, request.at)) {
    if (!(await request.episodes.put(episode))) return false;
  }
  return true;
};

/** Tells every event that no run before this one has told for sure, then puts it into the trail. */
export const settleEpisodes = async ({ episodes, publish }: TrackingPorts): Promise<number> => {
  const unsettled = await episodes.unsettled();
  for (const episode of unsettled) {
    await publish?.(episode.pending);
    await episodes.settle(episode);
  }
  return unsettled.length;
};

const workOf = (judged: readonly JudgedPeriod[]): Map<string, Work> => {
  const works = new Map<string, Work>();
  for (const { stationId, sensorId, limit, endsAt, mean } of judged) {
    const key = { stationId, sensorId, limit };
    const text = keyText(key);
    const work = works.get(text) ?? { key, changed: { from: endsAt, to: endsAt }, hasBreach: false };
    works.set(text, work);
    const { from, to } = work.changed;
    if (endsAt < from || endsAt > to) work.changed = { from: Math.min(from, endsAt), to: Math.max(to, endsAt) };
    work.hasBreach ||= mean?.isValid === true && breaks(mean.value, limit);
  }
  return works;
};

const limitOf = ({ inForce: { from, to }, ...rest }: Episode['limit']): EpisodeKey['limit'] => ({
  ...rest,
  inForce: { from, ...(to !== undefined && { to }) },
});

/** What lasts, and of what nothing was judged now: it may have fallen silent. */
const silentWork = (live: readonly Episode[], works: ReadonlyMap<string, Work>): readonly Work[] =>
  live.flatMap((episode) => {
    const { stationId, sensorId, limit, trackedTo } = episode;
    if (works.has(keyText(episode))) return [];
    const key = { stationId, sensorId, limit: limitOf(limit) };
    return [{ key, changed: { from: trackedTo, to: trackedTo }, hasBreach: false }];
  });

/**
 * Follows what an evaluation judged: enters the periods, works out again the episodes around them, and records and tells what changed.
 * Episodes depend on the periods alone, not on when or how often they were judged; running it again changes nothing.
 * @throws StoreUnavailableError when a store cannot answer now. A run after a crash mends what it left half done.
 */
export const trackEpisodes = async (request: TrackingRequest): Promise<void> => {
  const { episodes, judgedPeriods, judged, at } = request;
  await enterJudged(judgedPeriods, judged);
  const works = workOf(judged);
  const ends = [...works.values()].flatMap(({ changed }) => [changed.from, changed.to]);
  const records = recordsAround(episodes);
  const recorded = await records.around({ from: Math.min(at, ...ends), to: Math.max(at, ...ends) });
  const known = new Set(recorded.map(keyText));
  const touched = [...works.values()].filter(({ key, hasBreach }) => hasBreach || known.has(keyText(key)));
  let open = [...touched, ...silentWork(recorded.filter(isLive), works)];
  for (let attempt = 0; open.length > 0; attempt += 1) {
    if (attempt === CONFLICT_ATTEMPTS) {
      throw new StoreUnavailableError(`Episodes of ${open.length} series are written by too many at once`);
    }
    if (attempt > 0) records.forget();
    const again: Work[] = [];
    for (const work of open) if (!(await follow(request, work, records))) again.push(work);
    open = again;
  }
  await settleEpisodes(request);
};
