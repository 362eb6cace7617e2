import type { Registry } from '../../../city/registry.ts';
import type { Reading } from '../../../telemetry/reading.ts';
import type { ReadingStore } from '../../../telemetry/reading-store.ts';
import type { SensorStateStore } from '../../../telemetry/sensor-state.ts';
import type { Series } from '../../series.ts';
import { listSites } from '../../site.ts';
import { END_OF_TIME, type SensorThingsSource, seriesName, type TimeRange } from '../source.ts';
import { buildCatalogue, type Catalogue, type IdBook } from './catalogue.ts';
import { dailyExtremes } from './daily-extremes.ts';
import { type Draft, describeCity } from './describe-city.ts';
import type { EntityIds, NumberedType } from './entity-ids.ts';

/** How long a catalogue serves: the registry changes by hand, and a new sensor's datastream may come this much later. */
const CATALOGUE_MS = 10_000;
/** How long a series' oldest reading is believed to be its oldest: only an import of old data changes it. */
const OLDEST_MS = 600_000;

export type CitySourceParts = {
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly readings: ReadingStore;
  readonly entityIds: EntityIds;
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

const loadCatalogue = async ({ registry, sensorStates, entityIds, clock }: CitySourceParts): Promise<Catalogue> => {
  const [sites, sensors, states] = await Promise.all([
    listSites(registry),
    registry.list('sensor'),
    sensorStates.list(),
  ]);
  const drafts = describeCity({ sites, sensors, states });
  const at = clock();
  const books = await Promise.all(
    numberedTypes.map(async (type) => [type, await entityIds.identify(type, keysOf(drafts, type), at)] as const),
  );
  return buildCatalogue(drafts, Object.fromEntries(books) as IdBook);
};

/** One load serves all who ask within a while, and nobody is served a failed one. */
const kept = <Value>(load: () => Promise<Value>, lifetime: number, clock: () => number): (() => Promise<Value>) => {
  let current: { readonly value: Promise<Value>; readonly until: number } | undefined;
  return () => {
    if (current === undefined || clock() >= current.until) {
      const value = load();
      current = { value, until: clock() + lifetime };
      value.catch(() => {
        current = undefined;
      });
    }
    return current.value;
  };
};

const byName = (readings: readonly Reading[]): ReadonlyMap<string, Reading> =>
  new Map(readings.map((reading) => [seriesName(reading), reading]));

/** SensorThings' source over the city's stores. */
export const citySource = (parts: CitySourceParts): SensorThingsSource => {
  const { sensorStates, readings, clock } = parts;
  const oldest = new Map<string, { readonly at: number; readonly until: number }>();

  const newestOf = async (series: readonly Series[]): Promise<ReadonlyMap<string, Reading>> => {
    // A state holds the newest reading of whatever a sensor itself said; what was derived from it, the store alone knows.
    const states = await sensorStates.list();
    const known = byName(states.flatMap(({ latest }) => Object.values(latest)));
    const unknown = series.filter((each) => !known.has(seriesName(each)));
    const found = await readings.edges({ series: unknown, edge: 'newest', from: 0, to: END_OF_TIME });
    return new Map([...known, ...byName(found)]);
  };

  const edges: SensorThingsSource['edges'] = async (series, edge, { from, to }) => {
    if (series.length === 0 || from >= to) return new Map();
    if (edge === 'oldest' || to < END_OF_TIME) return byName(await readings.edges({ series, edge, from, to }));
    const newest = await newestOf(series);
    return new Map([...newest].filter(([, { measuredAt }]) => measuredAt >= from));
  };

  const oldestOf = async (series: readonly Series[]): Promise<void> => {
    const now = clock();
    const unknown = series.filter((each) => (oldest.get(seriesName(each))?.until ?? 0) <= now);
    if (unknown.length === 0) return;
    const found = await readings.extents({ series: unknown, from: 0, to: END_OF_TIME });
    for (const extent of found) oldest.set(seriesName(extent), { at: extent.first, until: now + OLDEST_MS });
  };

  const extents: SensorThingsSource['extents'] = async (series) => {
    const [newest] = await Promise.all([edges(series, 'newest', { from: 0, to: END_OF_TIME }), oldestOf(series)]);
    const found = series.flatMap((each) => {
      const name = seriesName(each);
      const [last, first] = [newest.get(name)?.measuredAt, oldest.get(name)?.at];
      return last === undefined ? [] : [[name, { first: Math.min(first ?? last, last), last }] as const];
    });
    return new Map(found);
  };

  return {
    catalogue: kept(() => loadCatalogue(parts), CATALOGUE_MS, clock),
    readings: async (series, { from, to, descending, limit }) =>
      readSeries(readings, series, { from, to }, descending, limit),
    edges,
    extents,
    days: async (series, range) => dailyExtremes(readings, series, range, await extents(series)),
    counts: async (series, range) => {
      const counts = series.length === 0 ? [] : await readings.counts({ series, ...range });
      return new Map(counts.map((each) => [seriesName(each), each.count]));
    },
    total: async (series, range) => (series.length === 0 ? 0 : readings.total({ series, ...range })),
    across: async (series, { descending, ...query }) => {
      if (query.from >= query.to || series.length === 0) return [];
      return readings.across?.({ ...query, series, order: descending ? 'descending' : 'ascending' });
    },
    instantAt: (series, { from, to, descending }, index) =>
      readings.instantAt({ ...series, from, to, index, order: descending ? 'descending' : 'ascending' }),
  };
};

const readSeries = async (
  store: ReadingStore,
  series: Series,
  range: TimeRange,
  descending: boolean,
  limit: number,
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
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < limit);
  return found;
};
