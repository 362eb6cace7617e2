import * as z from 'zod';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { Reading, ReadingIdentity } from '../../telemetry/reading.ts';
import { versionKey } from '../../telemetry/reading-versions.ts';
import { sortableInstant } from '../cursor.ts';
import type { Item, Key } from './items.ts';
import { readingBodySchema } from './stored-reading.ts';

/** Keys and items of the readings table; `tables.ts` shows them in a table. */
export type SeriesName = Pick<Reading, 'sensorId' | 'quantity'>;

export const DAY_MS = 86_400_000;

/** Start of the UTC day that holds an instant: its partition. */
export const dayOf = (instant: number): number => Math.floor(instant / DAY_MS) * DAY_MS;

/** A day as it stands in keys, `YYYY-MM-DD`. */
export const dayName = (day: number): string => new Date(day).toISOString().slice(0, 10);

export const seriesPartition = ({ sensorId, quantity }: SeriesName, day: number): string =>
  `${sensorId}|${quantity}|${dayName(day)}`;

export const dayKey = ({ sensorId, quantity }: SeriesName, day: number): Key => ({
  pk: daysPartition({ sensorId, quantity }),
  sk: dayName(day),
});

export const daysPartition = ({ sensorId, quantity }: SeriesName): string => `${sensorId}|${quantity}|days`;

export const currentSortKey = (measuredAt: number): string => `current#${sortableInstant(measuredAt)}`;

export const currentKey = (identity: ReadingIdentity): Key => ({
  pk: seriesPartition(identity, dayOf(identity.measuredAt)),
  sk: currentSortKey(identity.measuredAt),
});

/** First and last sort key of the superseded versions of one identity. */
export const supersededRange = (measuredAt: number): readonly [string, string] => {
  const prefix = `superseded#${sortableInstant(measuredAt)}`;
  // "$" sorts directly behind "#".
  return [`${prefix}#`, `${prefix}$`];
};

export const currentItem = (reading: Reading, expiresAt: number | undefined): Key & Item => ({
  ...currentKey(reading),
  ...body(reading, expiresAt),
});

export const supersededItem = (reading: Reading, expiresAt: number | undefined): Key & Item => ({
  pk: currentKey(reading).pk,
  sk: `${supersededRange(reading.measuredAt)[0]}${versionKey(reading)}`,
  ...body(reading, expiresAt),
});

const body = ({ value, receivedAt, quality }: Reading, expiresAt: number | undefined): Item => ({
  value,
  receivedAt,
  quality: { ...quality },
  ...(expiresAt !== undefined && { expiresAt }),
});

const sortKeySchema = z
  .string()
  .transform((sk) => Number(sk.split('#')[1]))
  .pipe(z.int());

/** The reading in an item of a series' day partition. */
export const readingOf = ({ sensorId, quantity }: { sensorId: string; quantity: Quantity }, item: Item): Reading => ({
  sensorId,
  quantity,
  measuredAt: sortKeySchema.parse(item.sk),
  ...readingBodySchema.parse(item),
});
