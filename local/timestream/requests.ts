import * as z from 'zod';
import { invalid } from './errors.ts';

// The members this endpoint acts on; Timestream's request shapes carry more (tags, encryption, partition keys), which it ignores.

/** Naming constraints of the service: letters, digits, dashes, periods and underscores. */
const resourceName = z
  .string()
  .min(3)
  .max(256)
  .regex(/^[a-zA-Z0-9_.-]+$/);

const retention = z.object({
  MemoryStoreRetentionPeriodInHours: z.int().min(1).max(8766),
  MagneticStoreRetentionPeriodInDays: z.int().min(1).max(73_000),
});

const magneticWrites = z.object({ EnableMagneticStoreWrites: z.boolean() });

export const createDatabaseRequest = z.object({ DatabaseName: resourceName });
export const describeDatabaseRequest = z.object({ DatabaseName: z.string() });

export const tableRequest = z.object({ DatabaseName: z.string(), TableName: z.string() });
export const createTableRequest = z.object({
  DatabaseName: z.string(),
  TableName: resourceName,
  RetentionProperties: retention.optional(),
  MagneticStoreWriteProperties: magneticWrites.optional(),
});
export const updateTableRequest = z.object({
  DatabaseName: z.string(),
  TableName: z.string(),
  RetentionProperties: retention.optional(),
  MagneticStoreWriteProperties: magneticWrites.optional(),
});
const page = { NextToken: z.string().optional(), MaxResults: z.int().min(1).max(20).optional() };
export const listTablesRequest = z.object({ DatabaseName: z.string().optional(), ...page });
export const listDatabasesRequest = z.object(page);

const scalarType = z.enum(['DOUBLE', 'BIGINT', 'VARCHAR', 'BOOLEAN', 'TIMESTAMP']);
export type ScalarType = z.infer<typeof scalarType>;

const dimension = z.object({
  Name: z.string().min(1),
  Value: z.string(),
  DimensionValueType: z.literal('VARCHAR').optional(),
});

const record = z.object({
  Dimensions: z.array(dimension).max(128).optional(),
  MeasureName: z.string().max(1024).optional(),
  MeasureValue: z.string().max(2048).optional(),
  MeasureValueType: z.enum([...scalarType.options, 'MULTI']).optional(),
  MeasureValues: z
    .array(z.object({ Name: z.string().min(1), Value: z.string().min(1).max(2048), Type: scalarType }))
    .optional(),
  Time: z.string().max(256).optional(),
  TimeUnit: z.enum(['MILLISECONDS', 'SECONDS', 'MICROSECONDS', 'NANOSECONDS']).optional(),
  // Versions are 64-bit; beyond 2^53 JSON numbers lose digits, and a lost digit would be a lost correction.
  Version: z.int().optional(),
});
/** A record as it came: attributes it leaves out are in the request's common attributes. */
export type WireRecord = z.infer<typeof record>;

export const writeRecordsRequest = z.object({
  DatabaseName: z.string(),
  TableName: z.string(),
  CommonAttributes: record.optional(),
  Records: z.array(record).min(1).max(100),
});

export const queryRequest = z.object({
  QueryString: z.string().min(1).max(262_144),
  NextToken: z.string().min(1).max(2048).optional(),
  MaxRows: z.int().min(1).max(1000).optional(),
});
export const cancelQueryRequest = z.object({ QueryId: z.string().min(1) });

const memberPath = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? String(key + 1) : String(key).replace(/^./, (c) => c.toLowerCase())))
    .join('.');

const describe = ({ code, path, message, ...rest }: z.core.$ZodIssue): string => {
  const at = `at '${memberPath(path)}' failed to satisfy constraint:`;
  if (code === 'too_big' && 'origin' in rest && rest.origin === 'array')
    return `Value ${at} Member must have length less than or equal to ${String('maximum' in rest ? rest.maximum : '')}`;
  return `Value ${at} ${message}`;
};

/**
 * A request's members, checked.
 * @throws TimestreamError ValidationException, worded as the service words its constraint errors.
 */
export const parseRequest = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const plural = issues.length === 1 ? 'error' : 'errors';
  throw invalid(`${issues.length} validation ${plural} detected: ${issues.map(describe).join('; ')}`);
};
