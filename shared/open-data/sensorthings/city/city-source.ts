import type { Registry } from '../../../city/registry.ts';
import type { Reading } from '../../../telemetry/reading.ts';
import type { ReadingStore } from '../../../telemetry/reading-store.ts';
import type { SensorState, SensorStateStore } from '../../../telemetry/sensor-state.ts';
import type { Series } from '../../series.ts';
import { listSites } from '../../site.ts';
import { END_OF_TIME, type ReadingRange, type SensorThingsSource, seriesName } from '../source.ts';
import { buildCatalogue, type Catalogue, type IdBook } from './catalogue.ts';
import { dailyExtremes } from './daily-extremes.ts';
import { type Draft, describeCity } from './describe-city.ts';
import type { EntityIds, NumberedType } from './entity-ids.ts';

/** How long a catalogue serves: the registry changes by hand, and a new sensor's datastream may come this much later. */
const CATALOGUE_MS = 10_000;
/** From when on it is read anew beside a request, which does not wait: in a busy city nobody does. */
const CATALOGUE_REFRESH_MS = 5_000;
/** How long the latest states serve: all that come meanwhile would read the same thousand items. */
const STATES_MS = 2_000;
/** How long the newest of a series that the city works out is believed: it comes once an hour. */
const DERIVED_MS = 10_000;
/** How long the number of all readings serves, of a series or of many: whoever pages asks for it again with every page. */
const COUNTS_MS = 2_000;
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
  { registry, entityIds, clock }: CitySourceParts,
  listStates: () => Promise<readonly SensorState[]>,
): Promise<Catalogue> => {
  const once = listedOnce(registry);
  const [sites, sensors, states] = await Promise.all([listSites(once), once.list('sensor'), listStates()]);
  const drafts = describeCity({ sites, sensors, states });
  const at = clock();
  const books = await Promise.all(
    numberedTypes.map(async (type) => [type, await entityIds.identify(type, keysOf(drafts, type), at)] as const),
  );
  return buildCatalogue(drafts, Object.fromEntries(books) as IdBook);
};

type Lifetime = {
  readonly lifetime: number;
  /** From when on it is loaded anew without anybody waiting; never when absent. */
  readonly refreshAfter?: number;
  readonly clock: () => number;
};

/** One load serves all who ask within a while, and nobody is served a failed one. */
const kept = <Value>(
  load: () => Promise<Value>,
  { lifetime, refreshAfter, clock }: Lifetime,
): (() => Promise<Value>) => {
  type Held = { readonly value: Promise<Value>; readonly since: number };
  let current: Held | undefined;
  let next: Promise<unknown> | undefined;
  const begin = (): Held => ({ value: load(), since: clock() });
  const refresh = (): void => {
    const held = begin();
    next = held.value
      .then(() => {
        current = held;
      })
      // The one that is held serves on until its time is over, and whoever asks then sees what is wrong.
      .catch(() => undefined)
      .finally(() => {
        next = undefined;
      });
  };
  return () => {
    const age = current === undefined ? Number.POSITIVE_INFINITY : clock() - current.since;
    if (current === undefined || age >= lifetime) {
      const held = begin();
      current = held;
      held.value.catch(() => {
        if (current === held) current = undefined;
      });
      return held.value;
    }
    if (refreshAfter !== undefined && age >= refreshAfter && next === undefined) refresh();
    return current.value;
  };
};

/** What was found for a series, or that there was nothing. */
type Believed<Value> = { readonly value: Value | undefined; readonly until: number };

const notBelieved = (
  known: ReadonlyMap<string, Believed<unknown>>,
  series: readonly Series[],
  now: number,
): readonly Series[] => series.filter((each) => (known.get(seriesName(each))?.until ?? 0) <= now);

const byName = (readings: readonly Reading[]): ReadonlyMap<string, Reading> =>
  new Map(readings.map((reading) => [seriesName(reading), reading]));

/** By `seriesName`, of states that serve several questions. */
const latestBooks = new WeakMap<readonly SensorState[], ReadonlyMap<string, Reading>>();

const latestOf = (states: readonly SensorState[]): ReadonlyMap<string, Reading> => {
  const book = latestBooks.get(states) ?? byName(states.flatMap(({ latest }) => Object.values(latest)));
  latestBooks.set(states, book);
  return book;
};

/** SensorThings' source over the city's stores. */
export const citySource = (parts: CitySourceParts): SensorThingsSource => {
  const { sensorStates, readings, clock } = parts;
  const listStates = kept(() => sensorStates.list(), { lifetime: STATES_MS, clock });
  const oldest = new Map<string, Believed<number>>();
  const derived = new Map<string, Believed<Reading>>();
  const counted = new Map<string, Believed<number>>();
  const totals = new WeakMap<readonly Series[], { readonly value: number; readonly until: number }>();

  /** The newest of series that no state knows. */
  const newestStored = async (series: readonly Series[]): Promise<void> => {
    const unknown = notBelieved(derived, series, clock());
    if (unknown.length === 0) return;
    const found = byName(await readings.edges({ series: unknown, edge: 'newest', from: 0, to: END_OF_TIME }));
    const until = clock() + DERIVED_MS;
    for (const name of unknown.map(seriesName)) derived.set(name, { value: found.get(name), until });
  };

  const newestOf = async (series: readonly Series[], from: number): Promise<ReadonlyMap<string, Reading>> => {
    // A state holds the newest reading of whatever a sensor itself said; what was derived from it, the store alone knows.
    const known = latestOf(await listStates());
    const names = series.map(seriesName);
    await newestStored(series.filter((_, index) => !known.has(names[index] ?? '')));
    const newest = new Map<string, Reading>();
    for (const name of names) {
      const reading = known.get(name) ?? derived.get(name)?.value;
      if (reading !== undefined && reading.measuredAt >= from) newest.set(name, reading);
    }
    return newest;
  };

  const edges: SensorThingsSource['edges'] = async (series, edge, { from, to }) => {
    if (series.length === 0 || from >= to) return new Map();
    if (edge === 'oldest' || to < END_OF_TIME) return byName(await readings.edges({ series, edge, from, to }));
    return newestOf(series, from);
  };

  const oldestOf = async (series: readonly Series[]): Promise<void> => {
    const now = clock();
    const unknown = notBelieved(oldest, series, now);
    if (unknown.length === 0) return;
    const found = await readings.extents({ series: unknown, from: 0, to: END_OF_TIME });
    const firsts = new Map(found.map((extent) => [seriesName(extent), extent.first]));
    for (const name of unknown.map(seriesName)) {
      const value = firsts.get(name);
      oldest.set(name, { value, until: now + (value === undefined ? DERIVED_MS : OLDEST_MS) });
    }
  };

  const extents: SensorThingsSource['extents'] = async (series) => {
    const [newest] = await Promise.all([edges(series, 'newest', { from: 0, to: END_OF_TIME }), oldestOf(series)]);
    const found = series.flatMap((each) => {
      const name = seriesName(each);
      const [last, first] = [newest.get(name)?.measuredAt, oldest.get(name)?.value];
      return last === undefined ? [] : [[name, { first: Math.min(first ?? last, last), last }] as const];
    });
    return new Map(found);
  };

  const countsOf: SensorThingsSource['counts'] = async (series, range) => {
    const counts = series.length === 0 ? [] : await readings.counts({ series, ...range });
    return new Map(counts.map((each) => [seriesName(each), each.count]));
  };

  const counts: SensorThingsSource['counts'] = async (series, range) => {
    if (range.from > 0 || range.to < END_OF_TIME) return countsOf(series, range);
    const now = clock();
    const unknown = notBelieved(counted, series, now);
    const found = await countsOf(unknown, range);
    for (const name of unknown.map(seriesName)) counted.set(name, { value: found.get(name), until: now + COUNTS_MS });
    return new Map(
      series.map(seriesName).flatMap((name) => {
        const value = counted.get(name)?.value;
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  };

  /** Of a list that is the same for seconds, as that of all datastreams is. */
  const totalOf = async (series: readonly Series[]): Promise<number> => {
    const known = totals.get(series);
    if (known !== undefined && known.until > clock()) return known.value;
    const value = await readings.total({ series, from: 0, to: END_OF_TIME });
    totals.set(series, { value, until: clock() + COUNTS_MS });
    return value;
  };

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
    total: async (series, range) => {
      const [only, ...more] = series;
      if (only === undefined) return 0;
      if (more.length === 0) return (await counts(series, range)).get(seriesName(only)) ?? 0;
      return range.from > 0 || range.to < END_OF_TIME ? readings.total({ series, ...range }) : totalOf(series);
    },
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
