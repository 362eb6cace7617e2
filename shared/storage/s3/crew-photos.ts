import { Buffer } from 'node:buffer';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type CrewPhotoStore, type Photo, photoKeyOf, photoTypeOf } from '../../routing/crew/photo.ts';
import { orUnavailable } from '../availability.ts';
import { isThereAlready, openS3 } from './client.ts';

const REQUEST_TIMEOUT_MS = 15_000;

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

/** The photos of this deployment’s bucket. */
export const openCrewPhotos = (bucket: string): CrewPhotoStore => s3CrewPhotos(openS3(REQUEST_TIMEOUT_MS, 3), bucket);
