import { parseArgs } from 'node:util';
import type { Limit } from '../../shared/environment/limit.ts';
import { limitsOfClass, standardOf, standards } from '../../shared/environment/standards/registry.ts';
import { columnOf, type MappedColumn, wholeNumberOf } from '../replay/options.ts';
import type { Kind } from './recognize-quantity.ts';

export const evaluateUsage = `npm run evaluate -- FILE.csv --standard ID[:CLASS],... [options]

Says what a CSV time series means under limits and indices. Needs no running city and changes nothing.

  --standard ID[:CLASS]          ${standards.map(({ standardId }) => standardId).join(', ')};
                                 several with commas or by saying it again; all classes where none is named
  --with-unverified              also limits that nobody has checked against a source
What the columns say, where the headings do not
  --map "PM2.5=pm25,CO=co:ppm"   which column holds which quantity, and in what unit if not the canonical one
  --time COLUMN[+COLUMN]         --time-format FORMAT   iso | epoch-ms | epoch-s | e.g. "DD-MM-YYYY HH:mm"
  --time-zone ZONE               of a wall-clock format, and whose days are judged (Asia/Ho_Chi_Minh)
  --station COLUMN               which station a row belongs to; or --station-id ID for a file of one
  --kind air|water               what NO2 and Temp mean
  --delimiter SIGN               --decimal-comma
How to count
  --interval SECONDS             between two rows of a station (the most usual one)
  --zeros-missing                exact zeros are no values
  --rows N                       the first N rows only
Where to
  --out FILE.json|FILE.csv       everything as JSON, or the table of limits as CSV, beside what is printed`;

export type EvaluateOptions = {
  readonly file: string;
  readonly limits: readonly Limit[];
  readonly standardIds: readonly string[];
  readonly withUnverified: boolean;
  /** Absent: the headings are recognized. */
  readonly columns?: readonly MappedColumn[];
  readonly time?: readonly string[];
  readonly timeFormat?: string;
  readonly timeZone: string;
  readonly station?: { readonly column: string } | { readonly id: string };
  readonly kind?: Kind;
  readonly delimiter?: string;
  readonly decimalComma: boolean;
  readonly intervalSeconds?: number;
  readonly zerosMissing: boolean;
  readonly rows: number;
  readonly out?: { readonly file: string; readonly format: 'json' | 'csv' };
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const definitions = {
  standard: { type: 'string', multiple: true },
  'with-unverified': flag,
  map: text,
  time: text,
  'time-format': text,
  'time-zone': text,
  station: text,
  'station-id': text,
  kind: text,
  delimiter: text,
  'decimal-comma': flag,
  interval: text,
  'zeros-missing': flag,
  rows: text,
  out: text,
} as const;

const limitsNamed = (choice: string): readonly Limit[] => {
  const [id = '', chosen] = choice.split(':').map((part) => part.trim());
  const standard = standardOf(id);
  if (standard === undefined) {
    throw new Error(`--standard: "${id}" is none of ${standards.map(({ standardId }) => standardId).join(', ')}`);
  }
  if (chosen === undefined) return standard.limits;
  const known = standard.classes.find((name) => name.toLowerCase() === chosen.toLowerCase());
  if (known !== undefined) return limitsOfClass(standard, known);
  const classes = standard.classes.length === 0 ? 'no classes' : `the classes ${standard.classes.join(', ')}`;
  throw new Error(`--standard: ${id} has ${classes}, not "${chosen}"`);
};

const outOf = (file: string): NonNullable<EvaluateOptions['out']> => {
  const format = /\.(json|csv)$/i.exec(file)?.[1]?.toLowerCase();
  if (format === 'json' || format === 'csv') return { file, format };
  throw new Error(`--out wants a file that ends with .json or .csv, not "${file}"`);
};

const kindOf = (value: string): Kind => {
  if (value === 'air' || value === 'water') return value;
  throw new Error(`--kind is air or water, not "${value}"`);
};

const columnsOf = (map: string): readonly MappedColumn[] => {
  const columns = map
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map(columnOf);
  if (new Set(columns.map(({ quantity }) => quantity)).size < columns.length) {
    throw new Error('--map: one quantity comes from two columns');
  }
  return columns;
};

const stationOf = (column: string | undefined, id: string | undefined): Pick<EvaluateOptions, 'station'> => {
  if (column !== undefined && id !== undefined) throw new Error('One of --station and --station-id is enough');
  if (column !== undefined) return { station: { column } };
  return id === undefined ? {} : { station: { id } };
};

/** @throws Error in words for the person at the keyboard. */
export const readEvaluateOptions = (args: readonly string[]): EvaluateOptions => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error('One CSV file is wanted');
  const choices = (values.standard ?? [])
    .flatMap((choice) => choice.split(','))
    .filter((choice) => choice.trim() !== '');
  if (choices.length === 0) {
    throw new Error(`--standard is wanted: ${standards.map(({ standardId }) => standardId).join(', ')}`);
  }
  // Versions of one standard share limits; each is judged once.
  const limits = [...new Map(choices.flatMap(limitsNamed).map((limit) => [limit.limitId, limit])).values()];
  return {
    file,
    limits,
    standardIds: choices,
    withUnverified: values['with-unverified'],
    ...(values.map !== undefined && { columns: columnsOf(values.map) }),
    ...(values.time !== undefined && { time: values.time.split('+').map((name) => name.trim()) }),
    ...(values['time-format'] !== undefined && { timeFormat: values['time-format'] }),
    timeZone: values['time-zone'] ?? 'Asia/Ho_Chi_Minh',
    ...stationOf(values.station, values['station-id']),
    ...(values.kind !== undefined && { kind: kindOf(values.kind) }),
    ...(values.delimiter !== undefined && { delimiter: values.delimiter === '\\t' ? '\t' : values.delimiter }),
    decimalComma: values['decimal-comma'],
    ...(values.interval !== undefined && { intervalSeconds: wholeNumberOf('interval', values.interval, 31_536_000) }),
    zerosMissing: values['zeros-missing'],
    rows: values.rows === undefined ? Number.POSITIVE_INFINITY : wholeNumberOf('rows', values.rows, 1e12),
    ...(values.out !== undefined && { out: outOf(values.out) }),
  };
};
