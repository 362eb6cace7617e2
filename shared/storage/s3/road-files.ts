import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { CURRENT_ROADS_KEY, roadsKey, storedRoadsSchema } from '../../../events/road-files.ts';
import { RoadFileError } from '../../routing/travel/roads/osm.ts';
import type { RoadFiles } from '../../routing/travel/roads/road-files.ts';
import { orUnavailable } from '../availability.ts';
import { isThereAlready, openS3 } from './client.ts';

/** A big city's network has some 30 MB. */
const REQUEST_TIMEOUT_MS = 60_000;

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes);

/** Prepared road networks in S3: each under its hash, written once; `current.json` names the one in use. */
export const s3RoadFiles = (client: S3Client, bucket: string): RoadFiles => {
  const read = async (key: string): Promise<Uint8Array | undefined> => {
    try {
      const { Body } = await orUnavailable(client.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
      return await (Body && orUnavailable(Body.transformToByteArray()));
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  const put = (key: string, bytes: Uint8Array, type: string, once: boolean): Promise<unknown> =>
    orUnavailable(
      client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: bytes,
          ContentType: type,
          ChecksumSHA256: sha256Of(bytes).digest('base64'),
          ...(once && { IfNoneMatch: '*' }),
        }),
      ),
    );
  return {
    current: async () => {
      const bytes = await read(CURRENT_ROADS_KEY);
      return bytes && storedRoadsSchema.parse(JSON.parse(Buffer.from(bytes).toString()));
    },
    read: async ({ key, sha256 }) => {
      const bytes = await read(key);
      if (bytes === undefined) throw new RoadFileError(`${key} is not there`);
      if (sha256Of(bytes).digest('hex') !== sha256)
        throw new RoadFileError(`${key} does not have the bytes that were stored`);
      return bytes;
    },
    put: async (file, about) => {
      const sha256 = sha256Of(file).digest('hex');
      const stored = storedRoadsSchema.parse({ ...about, key: roadsKey(sha256), sha256, bytes: file.length });
      try {
        await put(stored.key, file, 'application/octet-stream', true);
      } catch (error) {
        if (!isThereAlready(error)) throw error;
      }
      await put(CURRENT_ROADS_KEY, Buffer.from(`${JSON.stringify(stored, null, 2)}\n`), 'application/json', false);
      return stored;
    },
  };
};

/** The networks of this deployment’s bucket. */
export const openRoadFiles = (bucket: string): RoadFiles => s3RoadFiles(openS3(REQUEST_TIMEOUT_MS), bucket);
