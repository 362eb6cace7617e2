import * as z from 'zod';
import type { ChunkKey, JudgedChunk, JudgedPeriodStore } from '../../environment/episodes/episode-store.ts';
import type { SeriesPeriod } from '../../environment/episodes/fold-periods.ts';
import { averagingPeriods } from '../../environment/limit.ts';
import { mapInParallel } from '../parallel.ts';
import { batchGet, type Item, ifAtVersion, type Key, putItem, queryItems, type TableOptions } from './items.ts';

const WRITES_IN_FLIGHT = 16;

/** `[startsAt, endsAt]` where nothing counts, else also value, readings found and expected, completeness, and 1 where it is valid. */
const packedSchema = z.union([
  z.tuple([z.int(), z.int()]),
  z.tuple([z.int(), z.int(), z.number(), z.number(), z.number(), z.number(), z.literal([0, 1])]),
]);
type Packed = z.infer<typeof packedSchema>;

const pack = ({ startsAt, endsAt, mean }: SeriesPeriod): Packed =>
  mean === undefined
    ? [startsAt, endsAt]
    : [startsAt, endsAt, mean.value, mean.observed, mean.expected, mean.completeness, mean.isValid ? 1 : 0];

const unpack = (packed: Packed): SeriesPeriod => {
  const [startsAt, endsAt] = packed;
  if (packed.length === 2) return { startsAt, endsAt };
  const [, , value, observed, expected, completeness, valid] = packed;
  const mean = { startsAt, endsAt, value, observed, expected, completeness, isValid: valid === 1 };
  return { startsAt, endsAt, mean };
};

const itemSchema = z.object({
  sensorId: z.string(),
  averagingPeriod: z.enum(averagingPeriods),
  chunk: z.string(),
  version: z.int().positive(),
  /** One string: as lists of lists it would cost several times as much, and nobody queries it. */
  series: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.array(packedSchema))),
});

const partition = ({ sensorId, averagingPeriod }: Pick<ChunkKey, 'sensorId' | 'averagingPeriod'>): string =>
  `judged#${sensorId}#${averagingPeriod}`;
const keyOf = (key: ChunkKey): Key => ({ pk: partition(key), sk: key.chunk });

const chunkOf = (item: Item): JudgedChunk => {
  const { series, ...rest } = itemSchema.parse(item);
  return {
    ...rest,
    series: Object.fromEntries(Object.entries(series).map(([name, packed]) => [name, packed.map(unpack)])),
  };
};

const write = (options: TableOptions, { series, version, ...key }: JudgedChunk): Promise<boolean> => {
  const packed = Object.fromEntries(Object.entries(series).map(([name, periods]) => [name, periods.map(pack)]));
  const item = { ...keyOf(key), ...key, series: JSON.stringify(packed), version: version + 1 };
  return putItem(options, item, ifAtVersion(version));
};

/** Judged periods in DynamoDB: an item a sensor, averaging period and chunk of the calendar, written on condition of its version. */
export const dynamodbJudgedPeriods = (options: TableOptions): JudgedPeriodStore => ({
  read: async (keys) => (await batchGet(options, keys.map(keyOf))).map(chunkOf),
  range: async (sensorId, averagingPeriod, chunks) =>
    (await queryItems(options, partition({ sensorId, averagingPeriod }), chunks)).map(chunkOf),
  write: async (chunks) => {
    const written = await mapInParallel(chunks, WRITES_IN_FLIGHT, (chunk) => write(options, chunk));
    return chunks.flatMap(({ sensorId, averagingPeriod, chunk }, index) =>
      written[index] ? [] : [{ sensorId, averagingPeriod, chunk }],
    );
  },
});
