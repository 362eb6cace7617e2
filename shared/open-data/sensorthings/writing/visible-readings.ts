import type { Reading } from '../../../telemetry/reading.ts';
import type { Series } from '../../series.ts';
import { END_OF_TIME, type Extent, type SensorThingsSource, seriesName, type TimeRange } from '../source.ts';
import type { WrittenObservationStore } from './written-entity.ts';

type CityReadings = Pick<SensorThingsSource, 'readings' | 'edges' | 'extents' | 'counts'>;

const PAGE = 1_000;

/** The city's readings without those that third parties hid. Only series that have hidden ones cost more than before. */
export const visibleReadings = (
  city: CityReadings,
  { hidden }: Pick<WrittenObservationStore, 'hidden'>,
  /** Datastreams by the name of their series. */
  withHidden: ReadonlyMap<string, number>,
): CityReadings => {
  const datastreamOf = (series: Series): number | undefined => withHidden.get(seriesName(series));

  const readings: CityReadings['readings'] = async (series, range) => {
    const datastream = datastreamOf(series);
    if (datastream === undefined) return city.readings(series, range);
    const gone = new Set(await hidden(datastream, range));
    const found: Reading[] = [];
    let { from, to } = range;
    while (found.length < range.limit) {
      const page = await city.readings(series, { ...range, from, to, limit: Math.max(PAGE, range.limit) });
      found.push(...page.filter(({ measuredAt }) => !gone.has(measuredAt)));
      const last = page.at(-1);
      if (last === undefined || page.length < Math.max(PAGE, range.limit)) break;
      if (range.descending) to = last.measuredAt;
      else from = last.measuredAt + 1;
    }
    return found.slice(0, range.limit);
  };

  const edges: CityReadings['edges'] = async (series, edge, range) => {
    const affected = series.filter((each) => datastreamOf(each) !== undefined);
    if (affected.length === 0) return city.edges(series, edge, range);
    const rest = series.filter((each) => datastreamOf(each) === undefined);
    const found = new Map(await city.edges(rest, edge, range));
    for (const each of affected) {
      const [reading] = await readings(each, { ...range, descending: edge === 'newest', limit: 1 });
      if (reading !== undefined) found.set(seriesName(each), reading);
    }
    return found;
  };

  const extents: CityReadings['extents'] = async (series) => {
    const affected = series.filter((each) => datastreamOf(each) !== undefined);
    if (affected.length === 0) return city.extents(series);
    const rest = series.filter((each) => datastreamOf(each) === undefined);
    const whole: TimeRange = { from: 0, to: END_OF_TIME };
    const [found, oldest, newest] = await Promise.all([
      city.extents(rest),
      edges(affected, 'oldest', whole),
      edges(affected, 'newest', whole),
    ]);
    const own = [...oldest].map(([name, { measuredAt }]): [string, Extent] => [
      name,
      { first: measuredAt, last: newest.get(name)?.measuredAt ?? measuredAt },
    ]);
    return new Map([...found, ...own]);
  };

  const counts: CityReadings['counts'] = async (series, range) => {
    const found = new Map(await city.counts(series, range));
    for (const each of series) {
      const datastream = datastreamOf(each);
      const name = seriesName(each);
      if (datastream === undefined || !found.has(name)) continue;
      found.set(name, Math.max(0, (found.get(name) ?? 0) - (await hidden(datastream, range)).length));
    }
    return found;
  };

  return { readings, edges, extents, counts };
};
