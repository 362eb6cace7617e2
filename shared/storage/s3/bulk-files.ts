import { Buffer } from 'node:buffer';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { BulkFiles } from '../../open-data/bulk/bulk-issue.ts';
import { orUnavailable } from '../availability.ts';

const REQUEST_TIMEOUT_MS = 60_000;
const PRECONDITION_FAILED = 412;

/** A key names its bytes, so they may be kept for ever. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

const isThereAlready = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === PRECONDITION_FAILED;

/** Bulk files in S3: put once, whole and checked against their SHA-256, or not at all. */
export const s3BulkFiles = (client: S3Client, bucket: string): BulkFiles => ({
  put: async ({ key, mediaType, bytes, sha256 }) => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: bytes,
      ContentType: mediaType,
      CacheControl: CACHE_CONTROL,
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      // What is public is never replaced.
      IfNoneMatch: '*',
    });
    try {
      await orUnavailable(client.send(command));
    } catch (error) {
      if (!isThereAlready(error)) throw error;
    }
  },
});

/** The bucket as this deployment reaches it; region, credentials and endpoint are the SDK's own business. */
export const openBulkFiles = (bucket: string): BulkFiles =>
  s3BulkFiles(
    new S3Client({
      retryMode: 'standard',
      maxAttempts: 5,
      requestHandler: {
        connectionTimeout: 2_000,
        requestTimeout: REQUEST_TIMEOUT_MS,
        throwOnRequestTimeout: true,
      },
    }),
    bucket,
  );
