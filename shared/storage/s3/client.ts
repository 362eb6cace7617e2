import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';

const PRECONDITION_FAILED = 412;

/** S3 as this deployment reaches it; region, credentials and endpoint are the SDK's own business. Milliseconds for one attempt. */
export const openS3 = (requestTimeout: number, maxAttempts = 5): S3Client =>
  new S3Client({
    retryMode: 'standard',
    maxAttempts,
    requestHandler: { connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true },
  });

/** What was put on condition that its key is free found it taken. */
export const isThereAlready = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === PRECONDITION_FAILED;
