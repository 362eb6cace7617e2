import type { Series } from '../../series.ts';
import type { Catalogue } from '../city/catalogue.ts';
import type { Entity } from '../city/entity.ts';

const known = new WeakMap<readonly Entity[], { readonly catalogue: Catalogue; readonly series: readonly Series[] }>();

/**
 * The series of a list of datastreams. The same list again for the same datastreams, as those of a whole catalogue are for seconds:
 * what the store writes of thousands of names, it then writes once.
 */
export const seriesOfAll = (catalogue: Catalogue, datastreams: readonly Entity[]): readonly Series[] => {
  const found = known.get(datastreams);
  if (found?.catalogue === catalogue) return found.series;
  const series = datastreams.map(catalogue.seriesOf);
  known.set(datastreams, { catalogue, series });
  return series;
};
