import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { StationFileSource } from '../../telemetry/station-files/station-file-source.ts';
import { orUnavailable } from '../availability.ts';
import { openS3 } from './client.ts';

const REQUEST_TIMEOUT_MS = 10_000;

const isAbsence = (error: unknown): boolean =>
  error instanceof NoSuchKey || (error instanceof S3ServiceException && error.name === 'NoSuchVersion');

/** Station files in S3. The version that the event names is read, for a resend may have replaced it by the time of its turn. */
export const s3StationFileSource = (client: S3Client): StationFileSource => ({
  read: async ({ bucket, key, versionId }, maxBytes) => {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId && { VersionId: versionId }) });
    try {
      const { Body, ContentLength = 0 } = await orUnavailable(client.send(command));
      if (Body === undefined) throw new Error(`S3 answered without a body for ${key}`);
      if (ContentLength <= maxBytes)
        return { status: 'found', bytes: await orUnavailable(Body.transformToByteArray()) };
      // Unread, the body would hold its socket.
      if ('destroy' in Body && typeof Body.destroy === 'function') Body.destroy();
      return { status: 'too-large', size: ContentLength };
    } catch (error) {
      if (isAbsence(error)) return { status: 'absent' };
      throw error;
    }
  },
});

/** The files of this deployment. */
export const openStationFileSource = (): StationFileSource => s3StationFileSource(openS3(REQUEST_TIMEOUT_MS));
