import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { SampleEntry } from '../../shared/environment/laboratory/enter-sample.ts';
import { readResult } from '../../shared/environment/laboratory/read-result.ts';
import type { LaboratoryResult } from '../../shared/environment/laboratory/sample.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import { foldHeading, type Layout, layoutOf } from '../evaluate/layout.ts';
import { evaluationTimeReader } from '../evaluate/recognize-time.ts';
import { entityIdFrom } from '../import/entity-id.ts';
import type { LaboratoryOptions } from './options.ts';

/** What is wrong with a sample, and where in the file. */
export type SampleFault = { readonly line: number; readonly column: string; readonly reason: string };

/** A row: a sample that can be entered, or all that keeps it from being one. */
export type SampleRow =
  | { readonly ok: true; readonly line: number; readonly entry: Omit<SampleEntry, 'enteredBy'> }
  | { readonly ok: false; readonly line: number; readonly faults: readonly SampleFault[] };

export type ReadSamples = { readonly rows: readonly SampleRow[]; readonly account: readonly string[] };

const DEFAULT_ZONE = 'Asia/Ho_Chi_Minh';

const laboratoryNames = ['laboratory', 'lab', 'phongthinghiem', 'ptn', 'phongthunghiem'];
const noteNames = ['note', 'notes', 'ghichu'];
const named = (header: readonly string[], names: readonly string[]): number =>
  header.findIndex((column) => names.includes(foldHeading(column)));

/** Columns that nobody knows would be results that nobody enters. */
const checkColumns = ({ header, columns, time, station }: Layout, options: LaboratoryOptions): void => {
  const known = new Set([
    ...columns.map(({ column }) => column),
    ...time,
    ...('column' in station ? [station.column] : []),
    ...options.ignore,
  ]);
  const places = new Set([named(header, laboratoryNames), named(header, noteNames)]);
  const unknown = header.filter((column, place) => !known.has(column) && !places.has(place));
  if (unknown.length === 0) return;
  throw new Error(
    `Not known: ${unknown.join(', ')}. Rename the columns, or leave them out with --ignore "${unknown.join(',')}"`,
  );
};

const rowsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

type Book = { readonly line: number; readonly faults: SampleFault[] };

const tell = ({ line, faults }: Book, column: string, reason: string): void => {
  faults.push({ line, column, reason });
};

const resultsOf = (layout: Layout, cells: readonly string[], book: Book): readonly LaboratoryResult[] =>
  layout.columns.flatMap(({ column, quantity, unit }) => {
    const cell = cells[layout.header.indexOf(column)]?.trim() ?? '';
    if (cell === '' || cell === '-') return [];
    if (quantities[quantity].kind !== 'water') {
      tell(book, column, `${quantity} is no quantity of water`);
      return [];
    }
    const value = layout.decimalComma ? cell.replace(',', '.') : cell;
    const outcome = readResult({ quantity, value, unit });
    if (outcome.ok) return [outcome.result];
    const hint = outcome.fault.field === 'detectionLimit' ? ': write "<" and the detection limit' : '';
    tell(book, column, `${outcome.fault.message}${hint}`);
    return [];
  });

type Placed = Pick<SampleEntry, 'stationId' | 'sampledAt'>;

/** Where and when a sample was taken; `undefined` with its faults told. */
const placeReader = ({ header, time, station, timeFormat }: Layout, timeZone: string) => {
  const readTime = evaluationTimeReader(timeFormat, timeZone);
  const cellOf = (cells: readonly string[], column: string): string => cells[header.indexOf(column)]?.trim() ?? '';
  return (cells: readonly string[], book: Book): Placed | undefined => {
    const instant = time.map((column) => cellOf(cells, column)).join(' ');
    const sampledAt = readTime(instant);
    if (sampledAt === undefined) tell(book, time.join('+'), `"${instant}" is no time of the format ${timeFormat}`);
    const name = 'id' in station ? station.id : cellOf(cells, station.column);
    const stationId = entityIdFrom('', name);
    if (stationId === undefined) tell(book, 'column' in station ? station.column : '', `"${name}" names no station`);
    return sampledAt === undefined || stationId === undefined ? undefined : { stationId, sampledAt };
  };
};

const rowReader = (layout: Layout, options: LaboratoryOptions, timeZone: string) => {
  const { header } = layout;
  const placeOf = placeReader(layout, timeZone);
  const laboratoryPlace = named(header, laboratoryNames);
  const notePlace = named(header, noteNames);
  return (cells: readonly string[], line: number): SampleRow => {
    const book: Book = { line, faults: [] };
    if (cells.length !== header.length) {
      tell(book, '', `${cells.length} cells where the heading has ${header.length}`);
      return { ok: false, ...book };
    }
    const placed = placeOf(cells, book);
    const laboratory = cells[laboratoryPlace]?.trim() || options.laboratory;
    if (laboratory === undefined) tell(book, '', 'no laboratory: a column of that name, or --laboratory');
    const results = resultsOf(layout, cells, book);
    if (results.length === 0 && book.faults.length === 0) tell(book, '', 'no result in the row');
    if (placed === undefined || laboratory === undefined || book.faults.length > 0) return { ok: false, ...book };
    const note = cells[notePlace]?.trim();
    const { correctionReason } = options;
    const entry = { ...placed, laboratory, results: [...results], enteredThrough: 'import' as const };
    return {
      ok: true,
      line,
      entry: { ...entry, ...(note && { note }), ...(correctionReason !== undefined && { correctionReason }) },
    };
  };
};

/** Of two rows for one sample neither can be believed. */
const withoutTwins = (rows: readonly SampleRow[], column: string): readonly SampleRow[] => {
  const lines = new Map<string, number[]>();
  const keyOf = ({ stationId, sampledAt }: SampleEntry | Omit<SampleEntry, 'enteredBy'>) => `${stationId}|${sampledAt}`;
  for (const row of rows) {
    if (row.ok) lines.set(keyOf(row.entry), [...(lines.get(keyOf(row.entry)) ?? []), row.line]);
  }
  return rows.map((row) => {
    const same = row.ok ? (lines.get(keyOf(row.entry)) ?? []) : [];
    if (same.length < 2) return row;
    const reason = `the same station and time as line ${same.filter((line) => line !== row.line).join(', ')}`;
    return { ok: false, line: row.line, faults: [{ line: row.line, column, reason }] };
  });
};

/**
 * Reads samples from a file, one a row.
 * @throws Error in words when the file or its columns cannot be understood.
 */
export const readSamples = async (options: LaboratoryOptions, timeZone = DEFAULT_ZONE): Promise<ReadSamples> => {
  const { file, station, time, timeFormat, delimiter, decimalComma } = options;
  const layout = await layoutOf({
    file,
    timeZone: options.timeZone ?? timeZone,
    kind: 'water',
    decimalComma,
    ...(station !== undefined && { station }),
    ...(time !== undefined && { time }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(delimiter !== undefined && { delimiter }),
  });
  checkColumns(layout, options);
  const read = rowReader(layout, options, options.timeZone ?? timeZone);
  const parsed = parse(await readFile(file), {
    bom: true,
    delimiter: layout.delimiter,
    skip_empty_lines: true,
    relax_column_count: true,
    info: true,
    from: 2,
  });
  const rows = rowsSchema.parse(parsed).map(({ record, info }) => read(record, info.lines));
  const doubtful = layout.account.filter((line) => !/not known, left aside/.test(line));
  return { rows: withoutTwins(rows, layout.time.join('+')), account: doubtful };
};
