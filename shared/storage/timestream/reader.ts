import {
  QueryCommand,
  type Row,
  type TimestreamQueryClient,
  ValidationException,
} from '@aws-sdk/client-timestream-query';
import * as z from 'zod';
import { isQuantity, type Quantity } from '../../telemetry/quantity.ts';
import type { QualityFlag, Reading } from '../../telemetry/reading.ts';
import type { Bucket, BucketQuery, Point } from '../../telemetry/reading-store.ts';
import type { PageRange } from '../../telemetry/series-cursor.ts';
import { orUnavailable } from '../availability.ts';
import { bucketEndOf, withoutValueColumn } from './sql.ts';

/** A record as it was found: the reading, its revision, and whether it is history. */
export type FoundRecord = { readonly reading: Reading; readonly revision: number; readonly superseded: boolean };

type Cells = readonly (string | undefined)[];

/** All rows of a query, page after page; a page may be empty and not the last. */
export const queryRows = async (query: TimestreamQueryClient, sql: string): Promise<readonly Cells[]> => {
  try {
    return await allPages(query, sql);
  } catch (error) {
    // Timestream learns a table's columns from its records: before the first one there are none, and nothing to find.
    const column = unknownColumn(error);
    if (column === undefined) throw error;
    const valueless = withoutValueColumn(sql);
    return column === 'value' && valueless !== sql ? queryRows(query, valueless) : [];
  }
};

const allPages = async (query: TimestreamQueryClient, sql: string): Promise<readonly Cells[]> => {
  const rows: Cells[] = [];
  let nextToken: string | undefined;
  do {
    const command = new QueryCommand({ QueryString: sql, ...(nextToken !== undefined && { NextToken: nextToken }) });
    const { Rows = [], NextToken } = await orUnavailable(query.send(command));
    rows.push(...Rows.map(cells));
    nextToken = NextToken;
  } while (nextToken !== undefined);
  return rows;
};

const cells = ({ Data = [] }: Row): Cells => Data.map(({ ScalarValue }) => ScalarValue);

const unknownColumn = (error: unknown): string | undefined =>
  error instanceof ValidationException
    ? /column '?"?(\w+)"?'? (?:does not exist|cannot be resolved)/i.exec(error.message)?.[1]
    : undefined;

// By hand and not by a schema: a month of a series has 8,640 rows, and this is the greater part of reading them.
const integer = (cell: string | undefined): number => {
  const value = Number(cell);
  if (cell === undefined || !Number.isInteger(value))
    throw new Error(`Not a whole number in a record of ours: ${cell}`);
  return value;
};

const numeric = (cell: string): number => {
  const value = Number(cell);
  if (Number.isNaN(value)) throw new Error(`Not a number in a record of ours: ${cell}`);
  return value;
};

const qualityFlag = (cell: string | undefined): QualityFlag => {
  const value = Number(cell);
  if (value === 1 || value === 2 || value === 3 || value === 4 || value === 9) return value;
  throw new Error(`Not a quality flag: ${cell}`);
};

type Measures = readonly [value: string | undefined, flag: string | undefined, test: string | undefined];

const told = ([value, flag, test]: Measures): Pick<Reading, 'value' | 'quality'> => {
  const quality = { flag: qualityFlag(flag), test: test ?? '' };
  if (value === undefined || quality.flag === 9) return { value: null, quality };
  return { value: numeric(value), quality };
};

/** Reads a row of the record queries' columns. */
export const recordOf = ([
  sensorId = '',
  measureName = '',
  at,
  value,
  flag,
  test,
  received,
  revision,
]: Cells): FoundRecord => {
  const { quantity, superseded } = parseMeasureName(measureName);
  const measuredAt = integer(at);
  const receivedAt = integer(received);
  return {
    reading: { sensorId, quantity, measuredAt, receivedAt, ...told([value, flag, test]) },
    revision: integer(revision),
    superseded,
  };
};

const seriesCell = /^(\d+) (\S*) (\d+) (\d+) (.*)$/s;

/** Reads a row of the query for one series: one cell, without the series' names. */
export const seriesReading = (
  { sensorId, quantity }: Pick<Reading, 'sensorId' | 'quantity'>,
  [cell = '']: Cells,
): Reading => {
  const [, at, value, flag, received, test] = seriesCell.exec(cell) ?? [];
  return {
    sensorId,
    quantity,
    measuredAt: integer(at),
    receivedAt: integer(received),
    ...told([value === '' ? undefined : value, flag, test]),
  };
};

const pointOf = (text: string): Point => {
  const end = text.indexOf(' ');
  const value = text.slice(end + 1);
  return { measuredAt: integer(text.slice(0, end)), value: value === '' ? null : numeric(value) };
};

/** Reads the rows of the query for points: cells with a day's each, which come in no order. */
export const pointsOf = (rows: readonly Cells[], { descending }: Pick<PageRange, 'descending'>): readonly Point[] => {
  const points = rows.flatMap(([cell = '']) => cell.split(',').map(pointOf));
  return points.sort((a, b) => (descending ? b.measuredAt - a.measuredAt : a.measuredAt - b.measuredAt));
};

const parseMeasureName = (measureName: string): { readonly quantity: Quantity; readonly superseded: boolean } => {
  const [quantity = '', suffix] = measureName.split('.');
  if (!isQuantity(quantity)) throw new Error(`Not a measure name of ours: ${measureName}`);
  return { quantity, superseded: suffix !== undefined };
};

const bucketRow = z.tuple([
  z.string(),
  z.coerce.number().int(),
  z.coerce.number().int(),
  z.coerce.number().optional(),
  z.coerce.number().optional(),
  z.coerce.number().optional(),
]);

/** Reads a row of the bucket query; none where the bucket held no value. */
export const bucketsOf = (query: BucketQuery, row: Cells): readonly Bucket[] => {
  const [sensorId, start, count, mean, min, max] = bucketRow.parse(row);
  if (count === 0 || mean === undefined || min === undefined || max === undefined) return [];
  return [{ sensorId, endsAt: bucketEndOf(query, start), count, mean, min, max }];
};
