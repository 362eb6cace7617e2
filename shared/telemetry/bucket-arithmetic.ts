import type { Bucket, BucketQuery } from './reading-store.ts';

const MINUTE_MS = 60_000;
const bucketSizeMs = { hour: 3_600_000, day: 86_400_000 } as const;

export type BucketGrid = Pick<BucketQuery, 'size' | 'utcOffsetMinutes'>;

/** The end of the hour-ending bucket that holds the instant `t`: the least city-local hour or midnight that is not before it. */
export const bucketEnd = ({ size, utcOffsetMinutes }: BucketGrid, t: number): number => {
  const sizeMs = bucketSizeMs[size];
  const offsetMs = utcOffsetMinutes * MINUTE_MS;
  return Math.ceil((t + offsetMs) / sizeMs) * sizeMs - offsetMs;
};

/** Length of a bucket in milliseconds. */
export const bucketLength = (size: BucketQuery['size']): number => bucketSizeMs[size];

/** Order of `ReadingStore.buckets`: by sensor id (code units), then by end. */
export const byBucketOrder = (a: Bucket, b: Bucket): number =>
  a.sensorId < b.sensorId ? -1 : a.sensorId > b.sensorId ? 1 : a.endsAt - b.endsAt;
