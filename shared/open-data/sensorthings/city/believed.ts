import type { Series } from '../../series.ts';
import { seriesName } from '../source.ts';

/** What was found for a series, or that there was nothing. */
export type Believed<Value> = { readonly value: Value | undefined; readonly until: number };

export const notBelieved = (
  known: ReadonlyMap<string, Believed<unknown>>,
  series: readonly Series[],
  now: number,
): readonly Series[] => series.filter((each) => (known.get(seriesName(each))?.until ?? 0) <= now);
