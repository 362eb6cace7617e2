import type { Reading } from '../../../telemetry/reading.ts';
import type { ReadingStore } from '../../../telemetry/reading-store.ts';
import type { SensorState } from '../../../telemetry/sensor-state.ts';
import type { Series } from '../../series.ts';
import { END_OF_TIME, type SensorThingsSource, seriesName } from '../source.ts';
import { type Believed, notBelieved } from './believed.ts';

/** How long the newest of a series that the city works out is believed: it comes once an hour. */
const DERIVED_MS = 10_000;
/** How long a series' oldest reading is believed to be its oldest: only an import of old data changes it. */
const OLDEST_MS = 600_000;

const byName = (readings: readonly Reading[]): ReadonlyMap<string, Reading> =>
  new Map(readings.map((reading) => [seriesName(reading), reading]));

/** By `seriesName`, of states that serve several questions. */
const latestBooks = new WeakMap<readonly SensorState[], ReadonlyMap<string, Reading>>();

const latestOf = (states: readonly SensorState[]): ReadonlyMap<string, Reading> => {
  const book = latestBooks.get(states) ?? byName(states.flatMap(({ latest }) => Object.values(latest)));
  latestBooks.set(states, book);
  return book;
};

/** The ends of series: what the city says of itself from its states, the rest from the store, asked again only after a while. */
export const believedEnds = (
  readings: Pick<ReadingStore, 'edges' | 'extents'>,
  listStates: () => Promise<readonly SensorState[]>,
  clock: () => number,
): Pick<SensorThingsSource, 'edges' | 'extents'> => {
  const oldest = new Map<string, Believed<number>>();
  const derived = new Map<string, Believed<Reading>>();

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

  return { edges, extents };
};
