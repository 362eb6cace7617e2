import {
  QueryCommand,
  type Row,
  type TimestreamQueryClient,
  ValidationException,
} from '@aws-sdk/client-timestream-query';
import * as z from 'zod';
import { isQuantity, type Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { Bucket, BucketQuery } from '../../telemetry/reading-store.ts';
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

const recordRow = z.tuple([
  z.string(),
  z.string(),
  z.coerce.number().int(),
  z.coerce.number().optional(),
  z.coerce.number().pipe(z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)])),
  z.string(),
  z.coerce.number().int(),
  z.coerce.number().int(),
]);

/** Reads a row of the record queries' columns. */
export const recordOf = (row: Cells): FoundRecord => {
  const [sensorId, measureName, measuredAt, value, flag, test, receivedAt, revision] = recordRow.parse(row);
  const { quantity, superseded } = parseMeasureName(measureName);
  const known = value === undefined || flag === 9 ? null : value;
  return {
    reading: { sensorId, quantity, value: known, measuredAt, receivedAt, quality: { flag, test } },
    revision,
    superseded,
  };
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
