import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { MappedColumn } from '../replay/options.ts';
import type { EvaluateOptions } from './options.ts';
import { type Kind, kindOfColumns, type RecognizedColumn, recognizeColumn } from './recognize-quantity.ts';
import { recognizeTime } from './recognize-time.ts';

/** How a file is read: what each column was taken for, and by whose word. */
export type Layout = {
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly decimalComma: boolean;
  readonly kind: Kind;
  readonly columns: readonly MappedColumn[];
  readonly time: readonly string[];
  readonly timeFormat: string;
  readonly station: { readonly column: string } | { readonly id: string };
  /** Lines for the reader: what was recognized rather than said, and what is in doubt. */
  readonly account: readonly string[];
};

/** What of the options bears on how a file is read. */
export type LayoutOptions = Pick<
  EvaluateOptions,
  'file' | 'columns' | 'time' | 'timeFormat' | 'timeZone' | 'station' | 'kind' | 'delimiter' | 'decimalComma'
>;

/** The heading and the first rows. */
type Sample = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Read of a file before its layout is known: some thousand rows. */
const HEAD_BYTES = 262_144;

/** A heading by its letters alone: `Ngày lấy mẫu` is `ngaylaymau`. */
export const foldHeading = (text: string): string =>
  text
    .replace(/[đĐ]/g, 'd')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

const instantNames = [
  'datetime',
  'timestamp',
  'measuredat',
  'datelocal',
  'localtime',
  'thoigian',
  'ngaygio',
  'sampledat',
];
const dateNames = ['date', 'ngay', 'day', 'ngaylaymau'];
const clockNames = ['time', 'hour', 'gio'];
const stationNames = [
  'station',
  'stationid',
  'stationno',
  'stationname',
  'site',
  'siteid',
  'location',
  'sensor',
  'sensorid',
  'tram',
  'matram',
  'tentram',
  'diem',
  'vitri',
];

const firstNamed = (header: readonly string[], names: readonly string[]): string | undefined =>
  names.map((name) => header.find((column) => foldHeading(column) === name)).find((column) => column !== undefined);

const headOf = async (file: string): Promise<string> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 });
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    // The last line may be cut in two.
    return bytesRead < HEAD_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  } finally {
    await handle.close();
  }
};

/** The sign that occurs most in the first line. */
const delimiterOf = (head: string): string => {
  const first = head.slice(0, head.indexOf('\n') + 1 || undefined);
  const counts = [',', ';', '\t', '|'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).sign;
};

const requireColumns = (header: readonly string[], wanted: readonly string[]): void => {
  const missing = wanted.filter((name) => !header.includes(name));
  if (missing.length === 0) return;
  throw new Error(`No column is called ${missing.join(', ')}: there are ${header.join(', ')}`);
};

const timeColumns = (header: readonly string[]): readonly string[] => {
  const instant = firstNamed(header, instantNames);
  if (instant !== undefined) return [instant];
  const date = firstNamed(header, dateNames);
  const clock = firstNamed(header, clockNames);
  return [date, clock].filter((column) => column !== undefined);
};

const wordsOf = (recognized: RecognizedColumn): string => {
  const { column } = recognized;
  if (recognized.status === 'unknown') return `  ${column}: not known, left aside`;
  if (recognized.status === 'unknown-unit') {
    const { quantity, unit } = recognized;
    return `  ${column}: left aside, for "${unit}" is no unit of ${quantity} (say --map "${column}=${quantity}:UNIT")`;
  }
  const unit = recognized.unit === undefined ? 'its canonical unit, for the heading names none' : recognized.unit;
  return `  ${column}: ${recognized.quantity}, in ${unit}`;
};

const recognizeQuantities = (header: readonly string[], kind: Kind, used: readonly string[]) => {
  const recognized = header.filter((name) => !used.includes(name)).map((column) => recognizeColumn(column, kind));
  const columns: MappedColumn[] = [];
  const account: string[] = [];
  for (const one of recognized) {
    const twice = one.status === 'taken' && columns.some(({ quantity }) => quantity === one.quantity);
    account.push(twice ? `  ${one.column}: left aside, ${one.quantity} has a column already` : wordsOf(one));
    if (one.status !== 'taken' || twice) continue;
    const { column, quantity, unit } = one;
    columns.push({ column, quantity, ...(unit !== undefined && { unit }) });
  }
  return { columns, account };
};

const cellsOf = (rows: readonly (readonly string[])[], header: readonly string[], names: readonly string[]) => {
  const places = names.map((name) => header.indexOf(name));
  return rows
    .map((row) => places.map((place) => row[place]?.trim() ?? '').join(' '))
    .filter((cell) => cell.trim() !== '');
};

const parseHead = (head: string, delimiter: string): readonly string[][] => {
  try {
    return parse(head, { bom: true, delimiter, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw new Error(`Not a CSV file: ${error instanceof Error ? error.message : String(error)}`);
  }
};

type Account = string[];

const settleTime = (
  options: LayoutOptions,
  { header, rows }: Sample,
  account: Account,
): Pick<Layout, 'time' | 'timeFormat'> => {
  const time = options.time ?? timeColumns(header);
  if (time.length === 0) throw new Error(`Which column is the time? Say --time: there are ${header.join(', ')}`);
  requireColumns(header, time);
  const cells = cellsOf(rows, header, time);
  const recognized = options.timeFormat === undefined ? recognizeTime(cells, options.timeZone) : undefined;
  if (recognized?.ok === false) throw new Error(`What time is "${recognized.example}"? Say --time-format`);
  const timeFormat = options.timeFormat ?? recognized?.format ?? 'iso';
  account.push(`  ${time.join(' + ')}: the time, ${timeFormat}, on the clock of ${options.timeZone}`);
  if (recognized?.ok === true && recognized.alsoReadAs !== undefined) {
    account.push(`  IN DOUBT: the times could also be ${recognized.alsoReadAs}; say --time-format if they are`);
  }
  return { time, timeFormat };
};

const settleStation = ({ station: said }: LayoutOptions, { header }: Sample, account: Account): Layout['station'] => {
  const found = firstNamed(header, stationNames);
  const station = said ?? (found === undefined ? { id: 'file' } : { column: found });
  if ('column' in station) requireColumns(header, [station.column]);
  account.push('column' in station ? `  ${station.column}: the station` : `  one station, called ${station.id}`);
  return station;
};

const settleQuantities = (
  options: LayoutOptions,
  { header }: Sample,
  used: readonly string[],
  account: Account,
): Pick<Layout, 'kind' | 'columns'> => {
  const kind = options.kind ?? kindOfColumns(header);
  if (options.columns !== undefined) {
    const { columns } = options;
    requireColumns(
      header,
      columns.map(({ column }) => column),
    );
    account.push(
      ...columns.map(
        ({ column, quantity, unit }) => `  ${column}: ${quantity}${unit === undefined ? '' : `, in ${unit}`}`,
      ),
    );
    return { kind, columns };
  }
  const taken = recognizeQuantities(header, kind, used);
  account.push(...taken.account);
  if (taken.columns.length > 0) return { kind, columns: taken.columns };
  throw new Error(`No column is a quantity that we know; say --map: there are ${header.join(', ')}`);
};

/** `12,5` where the comma does not part the cells. */
const hasDecimalComma = (delimiter: string, rows: Sample['rows']): boolean =>
  delimiter !== ',' && rows.some((row) => row.some((cell) => /^-?\d+,\d+$/.test(cell.trim())));

/**
 * Looks at the beginning of a file and settles how it is read: what the options say, else what the headings and cells say.
 * @throws Error in words when that is not enough.
 */
export const layoutOf = async (options: LayoutOptions): Promise<Layout> => {
  const head = await headOf(options.file);
  const delimiter = options.delimiter ?? delimiterOf(head);
  const [names = [], ...rows] = parseHead(head, delimiter);
  const header = names.map((name) => name.trim());
  if (rows.length === 0) throw new Error('The file has no rows below its heading');
  const sample = { header, rows };
  const account: Account = [];
  const { time, timeFormat } = settleTime(options, sample, account);
  const station = settleStation(options, sample, account);
  const used = [...time, ...('column' in station ? [station.column] : [])];
  const { kind, columns } = settleQuantities(options, sample, used, account);
  const decimalComma = options.decimalComma || hasDecimalComma(delimiter, rows);
  if (decimalComma) account.push('  numbers have a decimal comma');
  return { header, delimiter, decimalComma, kind, columns, time, timeFormat, station, account };
};
