import type { Registry } from '../../../city/registry.ts';
import type { Reading } from '../../../telemetry/reading.ts';
import type { ReadingStore } from '../../../telemetry/reading-store.ts';
import type { SensorState, SensorStateStore } from '../../../telemetry/sensor-state.ts';
import type { Series } from '../../series.ts';
import { listSites } from '../../site.ts';
import type { Source } from '../../source.ts';
import type { ReadingRange, SensorThingsSource } from '../source.ts';
import { believedCounts } from './believed-counts.ts';
import { believedEnds } from './believed-ends.ts';
import { buildCatalogue, type Catalogue, type IdBook } from './catalogue.ts';
import { dailyExtremes } from './daily-extremes.ts';
import { type Draft, describeCity, withSource } from './describe-city.ts';
import type { EntityIds, NumberedType } from './entity-ids.ts';
import { kept } from './kept.ts';

/** How long a catalogue serves: the registry changes by hand, and a new sensor's datastream may come this much later. */
const CATALOGUE_MS = 10_000;
/** From when on it is read anew beside a request, which does not wait: in a busy city nobody does. */
const CATALOGUE_REFRESH_MS = 5_000;
/** How long the latest states serve: all that come meanwhile would read the same thousand items. */
const STATES_MS = 2_000;

export type CitySourceParts = {
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly readings: ReadingStore;
  readonly entityIds: EntityIds;
  /** How the city publishes. While it cannot be told, no data are. */
  readonly publication?: () => Promise<Source>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

const numberedTypes: readonly NumberedType[] = [
  'Thing',
  'Location',
  'HistoricalLocation',
  'Datastream',
  'Sensor',
  'ObservedProperty',
  'FeatureOfInterest',
];

const keysOf = (drafts: readonly Draft[], type: NumberedType): readonly string[] => {
  // A Thing's stay at a place has the place's key.
  const wanted = type === 'HistoricalLocation' ? 'Location' : type;
  return drafts.filter((draft) => draft.type === wanted).map(({ key }) => key);
};

/** The same registry, but a kind that is listed twice is read once. */
const listedOnce = (registry: Registry): Registry => {
  const lists = new Map<string, Promise<unknown>>();
  const list = ((kind: Parameters<Registry['list']>[0]) => {
    const found = lists.get(kind) ?? registry.list(kind);
    lists.set(kind, found);
    return found;
  }) as Registry['list'];
  return { ...registry, list };
};

const loadCatalogue = async (
  { registry, entityIds, publication, clock }: CitySourceParts,
  listStates: () => Promise<readonly SensorState[]>,
): Promise<Catalogue> => {
  const once = listedOnce(registry);
  const [sites, sensors, states, source] = await Promise.all([
    listSites(once),
    once.list('sensor'),
    listStates(),
    publication?.(),
  ]);
  const described = describeCity({ sites, sensors, states });
  const drafts = source === undefined ? described : withSource(described, source);
  const at = clock();
  const books = await Promise.all(
    numberedTypes.map(async (type) => [type, await entityIds.identify(type, keysOf(drafts, type), at)] as const),
  );
  return buildCatalogue(drafts, Object.fromEntries(books) as IdBook);
};

/** SensorThings' source over the city's stores. */
export const citySource = (parts: CitySourceParts): SensorThingsSource => {
  const { sensorStates, readings, clock } = parts;
  const listStates = kept(() => sensorStates.list(), { lifetime: STATES_MS, clock });
  const { edges, extents } = believedEnds(readings, listStates, clock);
  const { counts, total } = believedCounts(readings, clock);
  return {
    catalogue: kept(() => loadCatalogue(parts, listStates), {
      lifetime: CATALOGUE_MS,
      refreshAfter: CATALOGUE_REFRESH_MS,
      clock,
    }),
    readings: async (series, range) => readSeries(readings, series, range),
    points: async (series, { descending, ...range }) => {
      if (range.from >= range.to) return [];
      const order = descending ? 'descending' : 'ascending';
      return readings.points === undefined
        ? readSeries(readings, series, { ...range, descending })
        : readings.points({ ...series, ...range, order });
    },
    edges,
    extents,
    days: async (series, range) => dailyExtremes(readings, series, range, await extents(series)),
    counts,
    total,
    across: async (series, { descending, ...query }) => {
      if (query.from >= query.to || series.length === 0) return [];
      return readings.across?.({ ...query, series, order: descending ? 'descending' : 'ascending' });
    },
  };
};

const readSeries = async (
  store: ReadingStore,
  series: Series,
  { descending, limit, skip, ...range }: ReadingRange & { readonly skip?: number },
): Promise<readonly Reading[]> => {
  if (range.from >= range.to) return [];
  const order = descending ? 'descending' : 'ascending';
  const found: Reading[] = [];
  let cursor: string | undefined;
  do {
    const rest = limit - found.length;
    const page = await store.series({
      ...series,
      ...range,
      order,
      limit: rest,
      ...(skip === undefined ? {} : { skip }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < limit);
  return found;
};
