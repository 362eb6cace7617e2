import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { QualityFlag } from '../../telemetry/reading.ts';
import { orUnavailable } from '../availability.ts';
import { type Item, queryItems, type TableOptions } from './items.ts';
import { DAY_MS, dayKey, dayName, daysPartition, type SeriesName } from './reading-items.ts';

/**
 * The item of one day of a series: that the day has readings, and, once it is closed, its rollup by hours.
 *
 * A rollup is never wrong, because whoever writes into a day that may be rolled up says so first:
 * - A day accepts rollups only `SEAL_AFTER_MS` after its end. A writer that begins later than `LATE_AFTER_MS` after a day's end
 *   is late for it: before its readings it adds a token to the day's `pending` set, and afterwards takes it out and raises
 *   `lateWrites`. A writer that is not late has the time between the two to finish, far more than any function may run.
 * - A rollup is stored only while nothing is pending and `lateWrites` is what it was before its readings were read, and is
 *   believed only while both still hold.
 * - A late writer that dies leaves its token behind: that day is then summed from its readings, until the token is so old that
 *   its writer cannot be at work any more.
 */
export type DayItem = {
  readonly day: number;
  readonly lateWrites: number;
  readonly pending: ReadonlySet<string>;
  readonly rollup?: { readonly lateWrites: number; readonly cells: readonly RollupCell[] };
};

/** Readings of one hour and flag: the end of the hour in hours since the day's start, 0 to 24. */
export type RollupCell = {
  readonly hour: number;
  readonly flag: QualityFlag;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
};

/** Days beyond have no name of ten characters. */
const LAST_DAY = Date.UTC(9999, 11, 31);

const LATE_AFTER_MS = DAY_MS;
const SEAL_AFTER_MS = 2 * DAY_MS;
/** No function runs for so long (Lambda ends them after 15 minutes). */
const WRITER_LIFETIME_MS = 6 * 3_600_000;

export const isLateFor = (day: number, now: number): boolean => now > day + DAY_MS + LATE_AFTER_MS;

export const isClosed = (day: number, now: number): boolean => now > day + DAY_MS + SEAL_AFTER_MS;

/** The rollup's cells while they are sure to be right. */
export const validCells = ({ rollup, lateWrites, pending }: DayItem): readonly RollupCell[] | undefined =>
  rollup !== undefined && rollup.lateWrites === lateWrites && pending.size === 0 ? rollup.cells : undefined;

/** Days of a series that may hold readings, from one day to another (inclusive), oldest first. */
export const listDays = async (
  options: TableOptions,
  series: SeriesName,
  first: number,
  last: number,
): Promise<readonly DayItem[]> => {
  const range = [Math.max(first, 0), Math.min(last, LAST_DAY)] as const;
  if (range[0] > range[1]) return [];
  const items = await queryItems(options, daysPartition(series), [dayName(range[0]), dayName(range[1])]);
  return items.map(dayItemOf);
};

/** Makes the day known, and while a late writer is at work on it, says so. */
export const openDay = async (
  { client, tableName }: TableOptions,
  series: SeriesName,
  day: number,
  { token, expiresAt }: { readonly token: string | undefined; readonly expiresAt: number | undefined },
): Promise<void> => {
  const expression = [
    ...(expiresAt === undefined ? [] : ['SET expiresAt = :expiresAt']),
    ...(token === undefined ? [] : ['ADD pending :token']),
  ];
  const command = new UpdateCommand({
    TableName: tableName,
    Key: dayKey(series, day),
    // Without an expression, the update makes the item.
    ...(expression.length > 0 && {
      UpdateExpression: expression.join(' '),
      ExpressionAttributeValues: {
        ...(expiresAt !== undefined && { ':expiresAt': expiresAt }),
        ...(token !== undefined && { ':token': new Set([token]) }),
      },
    }),
  });
  await orUnavailable(client.send(command));
};

/** Ends late writers' work on a day: what was rolled up before it is void. */
export const closeDay = async (
  { client, tableName }: TableOptions,
  series: SeriesName,
  day: number,
  tokens: readonly string[],
): Promise<void> => {
  const command = new UpdateCommand({
    TableName: tableName,
    Key: dayKey(series, day),
    UpdateExpression: 'ADD lateWrites :one DELETE pending :tokens',
    ExpressionAttributeValues: { ':one': 1, ':tokens': new Set(tokens) },
  });
  await orUnavailable(client.send(command));
};

/** Stores a rollup, unless a late writer has been or is at work since `found` was read. */
export const storeRollup = async (
  { client, tableName }: TableOptions,
  series: SeriesName,
  found: DayItem,
  cells: readonly RollupCell[],
): Promise<void> => {
  const unchanged = found.lateWrites === 0 ? 'attribute_not_exists(lateWrites)' : 'lateWrites = :lateWrites';
  const command = new UpdateCommand({
    TableName: tableName,
    Key: dayKey(series, found.day),
    UpdateExpression: 'SET hourly = :hourly',
    ConditionExpression: `attribute_exists(pk) AND attribute_not_exists(pending) AND ${unchanged}`,
    ExpressionAttributeValues: {
      ':hourly': { lateWrites: found.lateWrites, cells: cells.map(cellTuple) },
      ...(found.lateWrites !== 0 && { ':lateWrites': found.lateWrites }),
    },
  });
  try {
    await orUnavailable(client.send(command));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

/** A token for a writer that begins now. */
export const writerToken = (now: number): string => `${now}#${crypto.randomUUID()}`;

/** Tokens whose writers must be dead. */
export const abandonedTokens = ({ pending }: DayItem, now: number): readonly string[] =>
  [...pending].filter((token) => Number(token.split('#')[0]) < now - WRITER_LIFETIME_MS);

const flagSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(9)]);
const cellSchema = z.tuple([z.int(), flagSchema, z.int(), z.number(), z.number(), z.number()]);

const cellTuple = ({ hour, flag, count, sum, min, max }: RollupCell): z.infer<typeof cellSchema> => [
  hour,
  flag,
  count,
  sum,
  min,
  max,
];

const dayItemSchema = z.object({
  sk: z.iso.date(),
  lateWrites: z.int().default(0),
  pending: z.set(z.string()).default(new Set()),
  hourly: z.object({ lateWrites: z.int(), cells: z.array(cellSchema) }).optional(),
});

const dayItemOf = (item: Item): DayItem => {
  const { sk, lateWrites, pending, hourly } = dayItemSchema.parse(item);
  const day = { day: Date.parse(sk), lateWrites, pending };
  if (hourly === undefined) return day;
  const cells = hourly.cells.map(([hour, flag, count, sum, min, max]) => ({ hour, flag, count, sum, min, max }));
  return { ...day, rollup: { lateWrites: hourly.lateWrites, cells } };
};
