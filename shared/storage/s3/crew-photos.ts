import { Buffer } from 'node:buffer';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { type CrewPhotoStore, type Photo, photoKeyOf, photoTypeOf } from '../../routing/crew/photo.ts';
import { orUnavailable } from '../availability.ts';

const REQUEST_TIMEOUT_MS = 15_000;
const PRECONDITION_FAILED = 412;

const isThereAlready = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === PRECONDITION_FAILED;

/** Crews' photos in S3, put once. What type they have is told by their own bytes. */
export const s3CrewPhotos = (client: S3Client, bucket: string): CrewPhotoStore => {
  const get = async (reportId: string): Promise<Photo | undefined> => {
    try {
      const command = new GetObjectCommand({ Bucket: bucket, Key: photoKeyOf(reportId) });
      const bytes = await orUnavailable(
        (await orUnavailable(client.send(command))).Body?.transformToByteArray() ??
          Promise.reject(new Error('S3 answered without a body')),
      );
      const type = photoTypeOf(bytes);
      if (type === undefined) throw new Error(`What lies at ${photoKeyOf(reportId)} is no photo`);
      return { type, bytes };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  const put: CrewPhotoStore['put'] = async (reportId, { type, bytes }) => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: photoKeyOf(reportId),
      Body: bytes,
      ContentType: type,
      // A photo is evidence: never replaced.
      IfNoneMatch: '*',
    });
    try {
      await orUnavailable(client.send(command));
      return 'stored';
    } catch (error) {
      if (!isThereAlready(error)) throw error;
      const known = await get(reportId);
      return known !== undefined && Buffer.compare(known.bytes, bytes) === 0 ? 'known' : 'differs';
    }
  };
  return { put, get };
};

/** The bucket as this deployment reaches it; region, credentials and endpoint are the SDK's own business. */
export const openCrewPhotos = (bucket: string): CrewPhotoStore =>
  s3CrewPhotos(
    new S3Client({
      retryMode: 'standard',
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 2_000, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
    }),
    bucket,
  );
