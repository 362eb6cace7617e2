import type { ScalarType } from '../requests.ts';

/** A column of a table as Timestream shows it, other than `measure_name` and `time`, which every table has. */
export type Column = {
  readonly name: string;
  readonly kind: 'dimension' | 'measure';
  readonly type: ScalarType;
};

/** The column of single-measure records of one type. */
export const singleMeasureColumn = (type: ScalarType): string => `measure_value::${type.toLowerCase()}`;

const RESERVED = new Set(['time', 'measure_value', 'measure_name', 'ts_non_existent_col']);

/** Why Timestream refuses a name for a dimension or a multi-measure attribute ("System identifiers"); `undefined` when it is good. */
export const nameFault = (name: string): string | undefined => {
  if (RESERVED.has(name.toLowerCase())) return `The column name ${name} is reserved.`;
  if (/^(ts_|measure_name)/i.test(name)) return `The column name ${name} may not start with ts_ or measure_name.`;
  if (name.includes(':')) return `The column name ${name} may not contain a colon.`;
  return undefined;
};
