import { CsvError, parse } from 'csv-parse/sync';
import type * as z from 'zod';
import { type Coded, codedIssue, type FaultCode } from '../editing/fault-code.ts';
import { unknownMembers } from '../editing/unknown-members.ts';
import { CellError } from './cells.ts';
import { type Column, columnsOf } from './columns.ts';
import { withValue } from './members.ts';

/** What is wrong with a cell, a row or the file: the line on which the row begins, from 1, and the column's name. */
export type TableFault = Partial<Coded> & {
  readonly line: number;
  readonly column?: string;
  readonly message: string;
};

export type TableRow<T> = { readonly line: number; readonly entity: T };

export type Table<T> = { readonly rows: readonly TableRow<T>[]; readonly faults: readonly TableFault[] };

type Line = { readonly line: number; readonly cells: readonly string[] };

const delimiters = [',', ';', '\t'] as const;

/** Spreadsheets in Vietnamese part columns by semicolons: the header says, whose names hold none of them. */
const delimiterOf = (text: string): string => {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string): number => header.split(delimiter).length;
  return delimiters.reduce<string>((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ',');
};

const linesOf = (text: string, delimiter: string): readonly Line[] => {
  const lines: Line[] = [];
  let before = 0;
  parse(text, {
    bom: true,
    delimiter,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    on_record: (cells: readonly string[], { lines: last }) => {
      if (cells.some((cell) => cell.trim() !== '')) lines.push({ line: before + 1, cells });
      before = last;
    },
  });
  return lines;
};

/** Columns in the order of the header, and what is wrong with it. */
const readHeader = (header: Line, known: readonly Column[]) => {
  const columns = header.cells.map((cell) => known.find(({ name }) => name === cell.trim()));
  const faults: TableFault[] = header.cells.flatMap((cell, index): TableFault[] => {
    const name = cell.trim();
    if (columns[index] === undefined)
      return [{ line: header.line, column: name, message: 'is not a column of this table', code: 'not-a-column' }];
    const isTwice = columns.indexOf(columns[index]) < index;
    return isTwice ? [{ line: header.line, column: name, message: 'is there twice', code: 'column-twice' }] : [];
  });
  if (!columns.some((column) => column?.name === 'id')) {
    faults.push({ line: header.line, column: 'id', message: 'is missing from the header', code: 'column-missing' });
  }
  return { columns, faults };
};

type Raw = Readonly<Record<string, unknown>>;

/** One row laid over what is registered under its id: what the file has no column for stays as it is. */
const readRow = (
  { line, cells }: Line,
  columns: readonly (Column | undefined)[],
  registered: Raw,
  decimalComma: boolean,
): { readonly raw: Raw; readonly faults: readonly TableFault[] } => {
  const faults: TableFault[] = [];
  let raw = registered;
  columns.forEach((column, index) => {
    if (column === undefined) return;
    const text = cells[index] ?? '';
    try {
      raw = withValue(raw, column.path, text === '' ? undefined : column.cell.read(text, decimalComma));
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      faults.push({ line, column: column.name, message: error.message, ...error.coded });
    }
  });
  if (cells.length > columns.length)
    faults.push({
      line,
      message: `has ${cells.length} cells for ${columns.length} columns`,
      code: 'too-many-cells',
      values: { cells: cells.length, columns: columns.length },
    });
  return { raw, faults };
};

/** The column in which a schema's fault is to be mended. */
const columnAt = (columns: readonly Column[], path: readonly PropertyKey[]): string | undefined => {
  const names = path.filter((part) => typeof part === 'string');
  const dotted = names.join('.');
  const own = columns.find(({ name }) => dotted === name || dotted.startsWith(`${name}.`));
  return (own ?? columns.find(({ name }) => name.startsWith(`${dotted}.`)))?.name;
};

const faultOf = (line: number, columns: readonly Column[], issue: z.core.$ZodIssue): TableFault => {
  const column = columnAt(columns, issue.path);
  const coded = codedIssue(issue);
  return {
    line,
    ...(column !== undefined && { column }),
    message: coded.code === 'missing' ? 'must not be empty' : issue.message,
    ...coded,
  };
};

/** A member of a JSON cell that nobody knows. */
const strangers = (line: number, columns: readonly Column[], given: unknown, parsed: unknown): readonly TableFault[] =>
  unknownMembers(given, parsed).map((path) => {
    const column = columnAt(columns, path);
    const message = `${path.join('.')} is not known here`;
    return { line, ...(column !== undefined && { column }), message, code: 'not-known' };
  });

const MARK = '\uFEFF';

const unreadable = (line: number, message: string, code: FaultCode): Table<never> => ({
  rows: [],
  faults: [{ line, message, code }],
});

const readLines = <T extends { readonly id: string }>(
  schema: z.ZodType<T>,
  [header, ...lines]: readonly Line[],
  registered: (id: string) => T | undefined,
  decimalComma: boolean,
): Table<T> => {
  if (header === undefined) return unreadable(1, 'There is nothing in the file', 'nothing-in-file');
  const known = columnsOf(schema);
  const { columns, faults: headerFaults } = readHeader(header, known);
  if (headerFaults.length > 0) return { rows: [], faults: headerFaults };
  const idAt = columns.findIndex((column) => column?.name === 'id');
  const firstLine = new Map<string, number>();
  const rows: TableRow<T>[] = [];
  const faults: TableFault[] = [];
  for (const row of lines) {
    const id = row.cells[idAt] ?? '';
    const read = readRow(row, columns, registered(id) ?? {}, decimalComma);
    const parsed = schema.safeParse(read.raw);
    const found = [...read.faults];
    const first = firstLine.get(id);
    if (first !== undefined)
      found.push({
        line: row.line,
        column: 'id',
        message: `${id} stands in line ${first} already`,
        code: 'row-twice',
        values: { id, line: first },
      });
    firstLine.set(id, first ?? row.line);
    const named = new Set(read.faults.map(({ column }) => column));
    if (parsed.success) found.push(...strangers(row.line, known, read.raw, parsed.data));
    else
      found.push(
        ...parsed.error.issues
          .map((issue) => faultOf(row.line, known, issue))
          .filter(({ column }) => !named.has(column)),
      );
    if (parsed.success && found.length === 0) rows.push({ line: row.line, entity: parsed.data });
    faults.push(...found);
  }
  return { rows, faults };
};

/**
 * Reads a table that `writeTable` wrote or a person did: comma, semicolon or tab between columns, decimal commas where columns are
 * not parted by commas, columns in any order. A row's empty cell takes the value away; a column that the file does not have leaves it
 * as `registered` has it. Every fault is answered; the rows are those without any.
 */
export const readTable = <T extends { readonly id: string }>(
  schema: z.ZodType<T>,
  text: string,
  registered: (id: string) => T | undefined = () => undefined,
): Table<T> => {
  const delimiter = delimiterOf(text.startsWith(MARK) ? text.slice(1) : text);
  try {
    return readLines(schema, linesOf(text, delimiter), registered, delimiter !== ',');
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return unreadable(Number(error.lines) || 1, `This is no CSV: ${error.message}`, 'no-csv');
  }
};
