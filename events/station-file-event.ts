import * as z from 'zod';

/** Folder of the bucket under which each station has a folder of its own; only what is put there is announced. */
export const STATION_FILES_PREFIX = 'incoming/';

/** How long a city keeps station files and the records of how they were taken. Loggers keep 60 days (TT 10/2021, Điều 39). */
export const STATION_FILE_RETENTION_DAYS = 400;

/** Keys come as HTML forms write them: spaces as plus signs, the rest in percents. */
const keySchema = z.string().transform((text, context) => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    context.addIssue('not URL-encoded');
    return z.NEVER;
  }
});

const createdSchema = z
  .object({
    eventName: z.string().startsWith('ObjectCreated:'),
    eventTime: z.iso.datetime().transform((text) => Date.parse(text)),
    s3: z.object({
      bucket: z.object({ name: z.string().min(1) }),
      object: z.object({ key: keySchema, versionId: z.string().min(1).optional() }),
    }),
  })
  .transform(
    ({ eventTime, s3: { bucket, object } }): StationFilePut => ({
      bucket: bucket.name,
      key: object.key,
      ...(object.versionId !== undefined && { versionId: object.versionId }),
      putAt: eventTime,
    }),
  );

/** A station file that arrived in the bucket. */
export type StationFilePut = {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** When it arrived, UTC epoch milliseconds; the same however often the event is delivered. */
  readonly putAt: number;
};

/**
 * What S3 puts on the queue: object-created events, or once, when the notification is set up, a test event, which names no file.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export const stationFileEventSchema = z.union([
  z.object({ Records: z.array(createdSchema).min(1) }).transform(({ Records }): readonly StationFilePut[] => Records),
  z.object({ Event: z.literal('s3:TestEvent') }).transform((): readonly StationFilePut[] => []),
]);

/** The same event, for one file, as S3 would send it: for cities on one machine, and to ask for a file once more. */
export const stationFileEvent = ({ bucket, key, versionId, putAt }: StationFilePut): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        eventTime: new Date(putAt).toISOString(),
        eventName: 'ObjectCreated:Put',
        s3: {
          bucket: { name: bucket },
          object: {
            key: encodeURIComponent(key).replaceAll('%2F', '/'),
            ...(versionId !== undefined && { versionId }),
          },
        },
      },
    ],
  });

/** What the function answers of each file that it took. */
export const stationFileReportSchema = z.object({
  key: z.string(),
  /** Whether at least one line was kept. */
  kept: z.boolean(),
  /** Why the file or lines of it were refused, for a person; absent when nothing was. */
  reasons: z.string().optional(),
});

export type StationFileReport = z.infer<typeof stationFileReportSchema>;
