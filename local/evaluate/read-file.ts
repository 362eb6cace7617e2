import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { type StationTable, stationTables } from '../../shared/environment/what-if/station-table.ts';
import { toCanonical } from '../../shared/telemetry/units.ts';
import { readNumber } from '../replay/read-row.ts';
import type { Layout } from './layout.ts';
import { evaluationTimeReader } from './recognize-time.ts';

/** A cell or row that nothing could be made of. */
export type Fault = { readonly line: number; readonly column: string; readonly reason: string };

export type ReadFile = {
  readonly tables: readonly StationTable[];
  /** Rows below the heading; `rows = taken + refusedRows`. */
  readonly rows: number;
  readonly taken: number;
  /** Rows without a usable time, station or number of cells: nothing of them counts. */
  readonly refusedRows: number;
  /** Cells of quantities that hold something other than a number; the rest of their row counts. */
  readonly refusedCells: number;
  /** The first few of both, by line. */
  readonly faults: readonly Fault[];
};

/** Told by name; the rest are counted, so that a broken file does not fill the screen. */
const MOST_FAULTS = 50;

const faultBook = () => {
  const faults: Fault[] = [];
  let rows = 0;
  let cells = 0;
  const tell = (line: number, column: string, reason: string): void => {
    if (faults.length < MOST_FAULTS) faults.push({ line, column, reason });
  };
  return {
    row: (line: number, column: string, reason: string): void => {
      rows += 1;
      tell(line, column, reason);
    },
    cell: (line: number, column: string, reason: string): void => {
      cells += 1;
      tell(line, column, reason);
    },
    close: () => ({ faults, refusedRows: rows, refusedCells: cells }),
  };
};

type FaultBook = ReturnType<typeof faultBook>;

/** Reads the mapped cells of a row into numbers in canonical units, NaN where nothing was measured. */
const cellReader = ({ header, columns, decimalComma }: Layout, book: FaultBook) => {
  const places = columns.map(({ column }) => header.indexOf(column));
  const values = new Float64Array(columns.length);
  return (row: readonly string[], line: number): Float64Array => {
    for (const [index, { column, quantity, unit }] of columns.entries()) {
      const cell = row[places[index] as number] ?? '';
      const number = readNumber(decimalComma ? cell.replace(',', '.') : cell);
      const value = number === undefined || Number.isNaN(number) ? number : toCanonical(quantity, number, unit);
      if (value === undefined) book.cell(line, column, `"${cell.trim()}" is no number`);
      values[index] = value ?? Number.NaN;
    }
    return values;
  };
};

/**
 * Reads a file row by row into one table a station. A row that cannot be placed, and a cell that is no number, is told with its line and
 * column and spoils nothing else.
 * @throws Error when the file cannot be read or is no CSV, naming the line.
 */
export const readFileInto = async (
  file: string,
  layout: Layout,
  { timeZone, rows: wanted }: { readonly timeZone: string; readonly rows: number },
): Promise<ReadFile> => {
  const { header, time, station, timeFormat, delimiter, columns } = layout;
  const tables = stationTables(columns.map(({ quantity }) => quantity));
  const book = faultBook();
  const readCells = cellReader(layout, book);
  const readTime = evaluationTimeReader(timeFormat, timeZone);
  const timePlaces = time.map((name) => header.indexOf(name));
  const stationPlace = 'column' in station ? header.indexOf(station.column) : -1;
  let rows = 0;

  /** Why a row cannot be placed, or nothing where it could. */
  const place = (row: readonly string[], line: number): Omit<Fault, 'line'> | undefined => {
    if (row.length !== header.length) {
      return { column: '', reason: `${row.length} cells where the heading has ${header.length}` };
    }
    const instant = timePlaces.map((index) => row[index]?.trim() ?? '').join(' ');
    const measuredAt = readTime(instant);
    if (measuredAt === undefined) {
      return { column: time.join('+'), reason: `"${instant}" is no time of the format ${timeFormat}` };
    }
    const stationId = 'id' in station ? station.id : (row[stationPlace]?.trim() ?? '');
    if (stationId === '') return { column: 'column' in station ? station.column : '', reason: 'no station' };
    tables.add(stationId, measuredAt, readCells(row, line));
    return undefined;
  };
  const take = (row: readonly string[], line: number): void => {
    if (rows === wanted) return;
    rows += 1;
    const fault = place(row, line);
    if (fault !== undefined) book.row(line, fault.column, fault.reason);
  };

  const parser = parse({
    bom: true,
    delimiter,
    skip_empty_lines: true,
    relax_column_count: true,
    from: 2,
    on_record: (row: readonly string[], { lines }: { readonly lines: number }) => {
      take(row, lines);
      return null;
    },
  });
  await pipeline(createReadStream(file, { highWaterMark: 262_144 }), parser, async (rest) => {
    for await (const _ of rest);
  });
  const faults = book.close();
  return { tables: tables.finish(), rows, taken: rows - faults.refusedRows, ...faults };
};
