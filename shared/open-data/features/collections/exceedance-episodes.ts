import * as z from 'zod';
import type { Station } from '../../../city/entities.ts';
import { stationClassOf, stationClassSchema } from '../../../city/station-class.ts';
import { type Episode, isLive, isStanding } from '../../../environment/episodes/episode.ts';
import { closingReasons } from '../../../environment/episodes/facts.ts';
import { dataPhases } from '../../../environment/episodes/vocabulary.ts';
import { averagingPeriods } from '../../../environment/limit.ts';
import { type Quantity, quantities, quantityNames } from '../../../telemetry/quantity.ts';
import { readCursor, writeCursor } from '../../keyset-cursor.ts';
import type { Collection, Feature, FeaturePage, FeatureQuery } from '../feature.ts';
import { type FeaturePorts, isoOrNull } from '../ports.ts';
import { isWanted } from '../select.ts';

const ID = 'exceedance-episodes';
const DAY_MS = 86_400_000;
/** Episodes read from the store at a time, and for one answer at most: then the next link goes on from there. */
const BATCH = 500;
const MOST_READ = 5_000;

const instant = z.iso.datetime();

const properties = z.object({
  stationId: z.string(),
  stationName: z.string().nullable(),
  stationClass: stationClassSchema.nullable(),
  sensorId: z.string(),
  quantity: z.string(),
  quantityVi: z.string(),
  quantityEn: z.string(),
  unit: z.string(),
  phase: z.enum(dataPhases),
  startsAt: instant,
  endsAt: instant.nullable().meta({ description: 'End of the last period over the limit; null while it is not over' }),
  lastBreachEndsAt: instant,
  closedBecause: z.enum(closingReasons).nullable(),
  standard: z.string(),
  decision: z.string(),
  averagingPeriod: z.enum(averagingPeriods),
  bound: z.enum(['max', 'min']),
  limitValue: z.number(),
  peakValue: z.number(),
  peakEndsAt: instant,
  peakCompleteness: z.number().meta({ description: 'Observed over expected readings of that period, 0 to 1' }),
  breaches: z.number().meta({ description: 'Periods over the limit' }),
  validPeriods: z.number(),
});

/** What the data say. Who handled it, what they noted and which cause they suspect is the officers' own. */
const featureOf = (episode: Episode, station: Station | undefined): Feature => {
  const { limit, peak, phase, startsAt, lastBreachEndsAt } = episode;
  const { unit, nameVi, nameEn } = quantities[limit.quantity];
  const endsAt = isLive(episode) ? undefined : lastBreachEndsAt;
  return {
    id: episode.episodeId,
    position: station?.position,
    time: { from: startsAt, to: endsAt },
    properties: {
      stationId: episode.stationId,
      stationName: station?.name ?? null,
      stationClass: station === undefined ? null : stationClassOf(station),
      sensorId: episode.sensorId,
      quantity: limit.quantity,
      quantityVi: nameVi,
      quantityEn: nameEn,
      unit,
      phase: phase === 'merged' || phase === 'withdrawn' ? 'closed' : phase,
      startsAt: new Date(startsAt).toISOString(),
      endsAt: isoOrNull(endsAt),
      lastBreachEndsAt: new Date(lastBreachEndsAt).toISOString(),
      closedBecause: episode.closedBecause ?? null,
      standard: limit.standard,
      decision: limit.decision,
      averagingPeriod: limit.averagingPeriod,
      bound: limit.bound,
      limitValue: limit.value,
      peakValue: peak.value,
      peakEndsAt: new Date(peak.periodEndsAt).toISOString(),
      peakCompleteness: peak.completeness,
      breaches: episode.breaches,
      validPeriods: episode.valid,
    } satisfies z.infer<typeof properties>,
  };
};

const cursorSchema = z.object({ collection: z.literal(ID), anchorAt: z.int(), episodeId: z.string() });
type Position = Pick<Episode, 'anchorAt' | 'episodeId'>;

const isBehind = (episode: Position, after: Position): boolean =>
  episode.anchorAt < after.anchorAt || (episode.anchorAt === after.anchorAt && episode.episodeId < after.episodeId);

/** Standing and other episodes, newest first, from behind a position on; in batches. */
const newestFirst = async function* (
  { episodes, clock }: Pick<FeaturePorts, 'episodes' | 'clock'>,
  after: Position | undefined,
): AsyncGenerator<Episode> {
  const to = after === undefined ? clock() + DAY_MS : after.anchorAt + 1;
  let cursor: string | undefined;
  do {
    const batch = await episodes.list({ from: 0, to, limit: BATCH, ...(cursor !== undefined && { cursor }) });
    for (const episode of batch.episodes) if (after === undefined || isBehind(episode, after)) yield episode;
    cursor = batch.nextCursor;
  } while (cursor !== undefined);
};

const readPage = async (ports: FeaturePorts, query: FeatureQuery): Promise<FeaturePage> => {
  const after = query.cursor === undefined ? undefined : readCursor(cursorSchema, query.cursor);
  const stationOf = new Map((await ports.registry.list('station')).map((station) => [station.id, station]));
  const features: Feature[] = [];
  let last: Position | undefined;
  let read = 0;
  for await (const episode of newestFirst(ports, after)) {
    const feature = featureOf(episode, stationOf.get(episode.stationId));
    const wanted = isStanding(episode) && isWanted(query, feature);
    const full = wanted && features.length === query.limit;
    if (last !== undefined && (full || read >= MOST_READ)) {
      const { anchorAt, episodeId } = last;
      return { features, nextCursor: writeCursor({ collection: ID, anchorAt, episodeId }) };
    }
    if (wanted) features.push(feature);
    last = episode;
    read += 1;
  }
  return { features, ...(after === undefined && { numberMatched: features.length }) };
};

/** Stretches of time in which a station broke a limit, newest first; those that late data disproved or joined are left out. */
export const exceedanceEpisodesCollection = (ports: FeaturePorts): Collection => ({
  id: ID,
  title: { vi: 'Các đợt vượt giới hạn', en: 'Exceedance episodes' },
  description: {
    vi: 'Các khoảng thời gian mà một trạm vượt một giới hạn của quy chuẩn, mới nhất trước; không phải kết luận tuân thủ chính thức.',
    en: 'Stretches of time in which a station broke a limit of a standard, newest first; not an official finding of compliance.',
  },
  properties,
  queryables: {
    stationId: z.string().max(64),
    quantity: z.enum(quantityNames as [Quantity, ...Quantity[]], 'is no quantity that we know'),
    phase: z.enum(dataPhases, `must be one of ${dataPhases.join(', ')}`),
    averagingPeriod: z.enum(averagingPeriods, `must be one of ${averagingPeriods.join(', ')}`),
    standard: z.string().max(200),
  },
  extent: async () => {
    const [stations, newest] = await Promise.all([
      ports.registry.list('station'),
      ports.episodes.list({ from: 0, to: ports.clock() + DAY_MS, limit: 1 }),
    ]);
    return { positions: stations.map(({ position }) => position), to: newest.episodes[0]?.trackedTo };
  },
  page: (query) => readPage(ports, query),
  get: async (id) => {
    const episode = await ports.episodes.get(id);
    if (episode === undefined || !isStanding(episode)) return undefined;
    return featureOf(episode, await ports.registry.get('station', episode.stationId));
  },
});
