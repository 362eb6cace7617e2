import { Buffer } from 'node:buffer';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { BulkFiles } from '../../open-data/bulk/bulk-issue.ts';
import { orUnavailable } from '../availability.ts';
import { isThereAlready, openS3 } from './client.ts';

const REQUEST_TIMEOUT_MS = 60_000;

/** A key names its bytes, so they may be kept for ever. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

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

/** The files of this deployment’s bucket. */
export const openBulkFiles = (bucket: string): BulkFiles => s3BulkFiles(openS3(REQUEST_TIMEOUT_MS), bucket);
