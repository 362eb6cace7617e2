import type { ReadingStore } from '../../../telemetry/reading-store.ts';
import type { Series } from '../../series.ts';
import { END_OF_TIME, type SensorThingsSource, seriesName } from '../source.ts';
import { type Believed, notBelieved } from './believed.ts';

/** How long the number of all readings serves, of a series or of many: whoever pages asks for it again with every page. */
const COUNTS_MS = 2_000;

/** How many readings series have. Those of all time serve for a while. */
export const believedCounts = (
  readings: Pick<ReadingStore, 'counts' | 'total'>,
  clock: () => number,
): Pick<SensorThingsSource, 'counts' | 'total'> => {
  const counted = new Map<string, Believed<number>>();
  const totals = new WeakMap<readonly Series[], { readonly value: number; readonly until: number }>();

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

  const total: SensorThingsSource['total'] = async (series, range) => {
    const [only, ...more] = series;
    if (only === undefined) return 0;
    if (more.length === 0) return (await counts(series, range)).get(seriesName(only)) ?? 0;
    return range.from > 0 || range.to < END_OF_TIME ? readings.total({ series, ...range }) : totalOf(series);
  };

  return { counts, total };
};
