import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CREW_PHOTO_BUCKET } from '../../../../local/crew-photos/places.ts';
import { startObjectEndpoint } from '../../../../local/station-files/object-endpoint.ts';
import type { CrewPhotoStore } from '../../../../shared/routing/crew/photo.ts';
import { s3CrewPhotos } from '../../../../shared/storage/s3/crew-photos.ts';
import { reportIdOf } from '../../../support/crew-reports.ts';
import { testAwsConfiguration } from '../../../support/dynamodb.ts';
import { memoryCrewPhotos } from '../../../support/memory-crew-photos.ts';

const jpeg = (size: number, seed: number) => {
  const bytes = new Uint8Array(size).map((_, index) => (index * seed) % 251);
  bytes.set([0xff, 0xd8, 0xff]);
  return { type: 'image/jpeg', bytes } as const;
};

const closing: (() => Promise<unknown>)[] = [];
let home = '';

const openS3 = async (): Promise<CrewPhotoStore> => {
  home = await mkdtemp(join(tmpdir(), 'phosach-photos-'));
  const endpoint = await startObjectEndpoint({ home, host: '127.0.0.1' });
  const client = new S3Client({ ...testAwsConfiguration, endpoint: endpoint.url });
  closing.push(
    async () => client.destroy(),
    endpoint.close,
    () => rm(home, { recursive: true, force: true }),
  );
  return s3CrewPhotos(client, CREW_PHOTO_BUCKET);
};
afterAll(async () => {
  for (const close of closing) await close();
});

describe.each([
  ['in memory', async () => memoryCrewPhotos()],
  ['in S3, as the local city has it', openS3],
])('crews’ photos %s', (name, open) => {
  let photos: CrewPhotoStore;
  beforeAll(async () => {
    photos = await open();
  });

  it('come back byte for byte, and are never replaced', async () => {
    const photo = jpeg(200_000, 7);
    expect(await photos.put(reportIdOf(1), photo)).toBe('stored');
    expect(await photos.put(reportIdOf(1), photo)).toBe('known');
    expect(await photos.put(reportIdOf(1), jpeg(200_000, 8))).toBe('differs');
    const kept = await photos.get(reportIdOf(1));
    expect(kept?.type).toBe('image/jpeg');
    expect(Buffer.compare(kept?.bytes ?? new Uint8Array(), photo.bytes)).toBe(0);
  });

  it('are absent where none was put', async () => {
    expect(await photos.get(reportIdOf(2))).toBeUndefined();
  });

  it('are stored once when two phones send at once, and leave nothing half written', async () => {
    const answers = await Promise.all([3, 4, 5].map((seed) => photos.put(reportIdOf(3), jpeg(50_000, seed))));
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(1);
    if (name !== 'in memory') {
      expect((await readdir(join(home, 'crew-photos'))).sort()).toEqual([reportIdOf(1), reportIdOf(3)]);
    }
  });
});
