import type { Reading } from '../../../telemetry/reading.ts';
import type { Series } from '../../series.ts';
import type { Catalogue } from '../city/catalogue.ts';
import { END_OF_TIME, type SensorThingsSource, seriesName, type TimeRange } from '../source.ts';
import { inParallel } from './in-parallel.ts';
import { mergeCatalogue } from './merged-catalogue.ts';
import type { Written, WrittenObservation, WrittenObservationStore, WrittenStore } from './written-entity.ts';
import { readingOfWritten, seriesOfWritten, writtenDatastreamOf } from './written-series.ts';

/** How long what was written is believed without a change of the revision: a writer may have died between both. */
const BELIEVED_MS = 10_000;
const AT_ONCE = 16;
const MOST_AT_ONE_INSTANT = 10_000;

export type WritableSource = SensorThingsSource & {
  readonly store: WrittenStore;
  /** The city's own source. */
  readonly city: SensorThingsSource;
  /** The catalogue with the state that it was made of, as new as the last acknowledged write. */
  readonly view: () => Promise<{ readonly catalogue: Catalogue; readonly city: Catalogue; readonly written: Written }>;
};

type View = Awaited<ReturnType<WritableSource['view']>>;

/**
 * Asks only datastreams that have, or had, observations; the others are many, and a call each. A datastream is noted before its first
 * observation is written, and each request has the notes of before it began.
 */
const ofObserved = (store: WrittenObservationStore, observed: ReadonlySet<number>): WrittenObservationStore => ({
  ...store,
  page: async (datastream, query) => (observed.has(datastream) ? store.page(datastream, query) : []),
  count: async (datastream, range) => (observed.has(datastream) ? store.count(datastream, range) : 0),
});

/** Keeps the view until something is written, by whomever: one small read a request asks whether. */
const keepView = (
  city: SensorThingsSource,
  store: WrittenStore,
  clock: () => number,
  observed: Set<number>,
): (() => Promise<View>) => {
  let known: { readonly revision: number; readonly until: number; readonly written: Promise<Written> } | undefined;
  let last: View | undefined;
  return async () => {
    const [revision, catalogue] = await Promise.all([store.revision(), city.catalogue()]);
    if (known === undefined || known.revision !== revision || clock() >= known.until) {
      const written = store.load();
      known = { revision, until: clock() + BELIEVED_MS, written };
      written.catch(() => {
        known = undefined;
      });
    }
    const written = await known.written;
    for (const datastreams of written.datastreamsOfFeatures.values()) for (const id of datastreams) observed.add(id);
    if (last?.written !== written || last.city !== catalogue) {
      last = { catalogue: mergeCatalogue(catalogue, written), city: catalogue, written };
    }
    return last;
  };
};

/** What the questions about many series are answered from. */
type Both = { readonly city: SensorThingsSource; readonly observations: WrittenObservationStore };

/** The newest or oldest of each written datastream. */
const writtenEdges = (
  { observations }: Both,
  datastreams: readonly number[],
  edge: 'newest' | 'oldest',
  { from, to }: TimeRange,
) =>
  inParallel(
    datastreams,
    AT_ONCE,
    async (id): Promise<readonly WrittenObservation[]> =>
      id === 0 || from >= to ? [] : observations.page(id, { from, to, descending: edge === 'newest', limit: 1 }),
  );

const writtenCounts = ({ observations }: Both, datastreams: readonly number[], range: TimeRange) =>
  inParallel(datastreams, AT_ONCE, async (id) => (id === 0 ? 0 : observations.count(id, range)));

const edgesOf =
  (both: Both): SensorThingsSource['edges'] =>
  async (series, edge, range) => {
    const [own, written] = apart(series);
    const [found, others] = await Promise.all([
      both.city.edges(own, edge, range),
      writtenEdges(both, written, edge, range),
    ]);
    const more = others.flat().map((each): [string, Reading] => {
      const reading = readingOfWritten(each);
      return [seriesName(reading), reading];
    });
    return new Map([...found, ...more]);
  };

const extentsOf =
  (both: Both): SensorThingsSource['extents'] =>
  async (series) => {
    const [own, written] = apart(series);
    const whole = { from: 0, to: END_OF_TIME };
    const [found, first, last] = await Promise.all([
      both.city.extents(own),
      writtenEdges(both, written, 'oldest', whole),
      writtenEdges(both, written, 'newest', whole),
    ]);
    const extents = written.flatMap((_, index) => {
      const [oldest, newest] = [first[index]?.[0], last[index]?.[0]];
      if (oldest === undefined || newest === undefined) return [];
      return [[seriesName(readingOfWritten(oldest)), { first: oldest.at, last: endOf(newest) }] as const];
    });
    return new Map([...found, ...extents]);
  };

const countsOf =
  (both: Both): SensorThingsSource['counts'] =>
  async (series, range) => {
    const [own, written] = apart(series);
    const [found, counted] = await Promise.all([both.city.counts(own, range), writtenCounts(both, written, range)]);
    const names = written.map((id) => seriesName(seriesOfWritten(id)));
    return new Map([...found, ...names.map((name, index) => [name, counted[index] ?? 0] as const)]);
  };

/** The city's source with what third parties wrote, and without what they hid. */
export const writableSource = (city: SensorThingsSource, store: WrittenStore, clock: () => number): WritableSource => {
  const observed = new Set<number>();
  const view = keepView(city, store, clock, observed);
  const observations = ofObserved(store.observations, observed);
  const both: Both = { city, observations };
  return {
    store,
    city,
    view,
    written: observations,
    catalogue: async () => (await view()).catalogue,
    readings: async (series, range) => {
      const written = writtenDatastreamOf(series);
      if (written !== undefined) return writtenReadings(observations, written, range);
      return city.readings(series, range);
    },
    points: async (series, range) =>
      writtenDatastreamOf(series) === undefined ? city.points(series, range) : undefined,
    edges: edgesOf(both),
    extents: extentsOf(both),
    counts: countsOf(both),
    total: async (series, range) => {
      const [own, written] = apart(series);
      const [total, counted] = await Promise.all([city.total(own, range), writtenCounts(both, written, range)]);
      return counted.reduce((sum, each) => sum + each, total);
    },
    // What is written, the city's store does not know.
    across: async (series, range) =>
      series.some((each) => writtenDatastreamOf(each) !== undefined) ? undefined : city.across(series, range),
    // Nobody keeps the days of what is written: who asks for them reads it.
    days: async (series, range) => city.days(apart(series)[0], range),
  };
};

/**
 * Written observations as readings. Who asks for the next page asks behind the last one's instant, so all of that instant are on
 * one page, which they may make longer than asked for.
 */
const writtenReadings = async (
  observations: WrittenObservationStore,
  datastream: number,
  { from, to, descending, limit }: TimeRange & { readonly descending: boolean; readonly limit: number },
): Promise<readonly Reading[]> => {
  if (datastream === 0 || from >= to) return [];
  const page = await observations.page(datastream, { from, to, descending, limit });
  const last = page.at(-1);
  if (last === undefined || page.length < limit) return page.map(readingOfWritten);
  const atOnce = { from: last.at, to: last.at + 1, descending, limit: MOST_AT_ONE_INSTANT, after: last };
  return [...page, ...(await observations.page(datastream, atOnce))].map(readingOfWritten);
};

const apart = (series: readonly Series[]): readonly [own: readonly Series[], written: readonly number[]] => [
  series.filter((each) => writtenDatastreamOf(each) === undefined),
  series.flatMap((each) => writtenDatastreamOf(each) ?? []),
];

/** When an observation's phenomenonTime ends, UTC epoch milliseconds. */
const endOf = ({ at, values }: WrittenObservation): number => {
  const end = String(values.phenomenonTime).split('/')[1];
  return end === undefined ? at : Math.max(at, Date.parse(end));
};
