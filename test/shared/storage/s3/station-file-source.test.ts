import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { s3StationFileSource } from '../../../../shared/storage/s3/station-file-source.ts';
import { StoreUnavailableError } from '../../../../shared/telemetry/reading-store.ts';

const s3 = mockClient(S3Client);
const source = s3StationFileSource(new S3Client({ region: 'ap-southeast-1' }));
const file = { bucket: 'files', key: 'incoming/A_B_C/x.txt', putAt: 1 };
const metadata = { httpStatusCode: 404 };

const bodyOf = (text: string) => {
  const stream = Readable.from([Buffer.from(text)]);
  return Object.assign(stream, { transformToByteArray: async () => new Uint8Array(Buffer.from(text)) }) as never;
};

describe('station files in S3', () => {
  beforeEach(() => {
    s3.reset();
  });

  it('are read in the version that was announced', async () => {
    s3.on(GetObjectCommand).resolves({ Body: bodyOf('pH'), ContentLength: 2 });
    expect(await source.read({ ...file, versionId: 'v1' }, 10)).toEqual({
      status: 'found',
      bytes: new Uint8Array([0x70, 0x48]),
    });
    expect(s3.commandCalls(GetObjectCommand).map(({ args }) => args[0].input)).toEqual([
      { Bucket: 'files', Key: file.key, VersionId: 'v1' },
    ]);
  });

  it('are not even loaded when they are too large', async () => {
    const body = bodyOf('x');
    s3.on(GetObjectCommand).resolves({ Body: body, ContentLength: 11 });
    expect(await source.read(file, 10)).toEqual({ status: 'too-large', size: 11 });
    expect((body as Readable).destroyed).toBe(true);
  });

  it.each([
    new NoSuchKey({ message: 'gone', $metadata: metadata }),
    new S3ServiceException({ name: 'NoSuchVersion', $fault: 'client', message: 'gone', $metadata: metadata }),
  ])('may be gone: $name', async (error) => {
    s3.on(GetObjectCommand).rejects(error);
    expect(await source.read(file, 10)).toEqual({ status: 'absent' });
  });

  it('are asked for again when S3 is busy, and when something is wrong with the permissions', async () => {
    const fault = { $fault: 'server', message: '', $metadata: { httpStatusCode: 503 } } as const;
    s3.on(GetObjectCommand).rejectsOnce(new S3ServiceException({ ...fault, name: 'SlowDown' }));
    await expect(source.read(file, 10)).rejects.toThrow(StoreUnavailableError);
    s3.on(GetObjectCommand).rejects(
      new S3ServiceException({
        name: 'AccessDenied',
        $fault: 'client',
        message: 'no',
        $metadata: { httpStatusCode: 403 },
      }),
    );
    await expect(source.read(file, 10)).rejects.toThrow('no');
  });
});
