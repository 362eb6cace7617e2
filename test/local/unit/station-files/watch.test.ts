import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stationFileEventSchema } from '../../../../events/station-file-event.ts';
import { startObjectEndpoint } from '../../../../local/station-files/object-endpoint.ts';
import { folderPath, makeFolders, STATION_FILES_BUCKET } from '../../../../local/station-files/places.ts';
import { putAside } from '../../../../local/station-files/put-aside.ts';
import { type Watch, watchIncoming } from '../../../../local/station-files/watch.ts';
import { eventually } from '../../../support/device.ts';
import { testAwsConfiguration } from '../../../support/dynamodb.ts';

const CODE = 'BD_BAUB_NUOBBA';
const NAME = `${CODE}_20221201000000.txt`;

let home: string;
let watch: Watch | undefined;
let sent: string[];

const incoming = (...parts: string[]) => join(folderPath(home, 'incoming'), CODE, ...parts);
const start = (settleMs: number, send = async (body: string) => void sent.push(body)) => {
  watch = watchIncoming({ home, settleMs, send, log: () => undefined });
  return watch;
};
const keys = () => sent.flatMap((body) => stationFileEventSchema.parse(JSON.parse(body)).map(({ key }) => key));

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'phosach-watch-'));
  makeFolders(home);
  mkdirSync(incoming(), { recursive: true });
  sent = [];
});
afterEach(async () => {
  await watch?.stop();
  watch = undefined;
  rmSync(home, { recursive: true, force: true });
});

describe('the watched folder', () => {
  it('takes a file that no longer grows, and leaves one that does', async () => {
    writeFileSync(incoming(NAME), 'pH');
    start(1_200);
    const until = Date.now() + 3_000;
    while (Date.now() < until) {
      appendFileSync(incoming(NAME), '.');
      await sleep(200);
    }
    expect(sent).toEqual([]);
    const grown = readFileSync(incoming(NAME), 'utf8');
    await eventually(
      async () => sent.length,
      (count) => count === 1,
    );
    const [taken = ''] = readdirSync(join(folderPath(home, 'taken'), CODE));
    expect(readFileSync(join(folderPath(home, 'taken'), CODE, taken), 'utf8')).toBe(grown);
  });

  it('takes at once what is said to be complete, from folders of folders; other names and links wait', async () => {
    mkdirSync(incoming('2026', '11'), { recursive: true });
    for (const path of [incoming('2026', '11', NAME), incoming(`${NAME}.filepart`), incoming('.hidden.txt')])
      writeFileSync(path, 'pH');
    symlinkSync('/etc/hostname', incoming('link.txt'));
    start(600_000).arrived(incoming('2026', '11', NAME));
    await eventually(
      async () => sent.length,
      (count) => count === 1,
    );
    await sleep(1_200);
    expect(keys()).toEqual([expect.stringMatching(`^incoming/${CODE}/.+/${NAME}$`)]);
    expect(readdirSync(incoming()).sort()).toEqual(['.hidden.txt', '2026', `${NAME}.filepart`, 'link.txt']);
  });

  it('announces again, after a crash, what was taken and not put aside', async () => {
    writeFileSync(incoming(NAME), 'pH');
    const broken = start(0, async () => Promise.reject(new Error('killed')));
    await eventually(
      async () => readdirSync(incoming()),
      (names) => names.length === 0,
    );
    await broken.stop();
    expect(sent).toEqual([]);
    start(0);
    await eventually(
      async () => sent.length,
      (count) => count === 1,
    );
    putAside(home, { key: keys()[0] ?? '', kept: true });
    await watch?.stop();
    sent = [];
    start(0);
    await sleep(700);
    expect(sent).toEqual([]);
  });
});

describe('a file that was taken', () => {
  it('is read through the S3 client, before and after it was put aside; others are not there', async () => {
    writeFileSync(incoming(NAME), 'pH\t7');
    start(0);
    await eventually(
      async () => sent.length,
      (count) => count === 1,
    );
    const [key = ''] = keys();
    const endpoint = await startObjectEndpoint({ home, host: '127.0.0.1' });
    const client = new S3Client({ ...testAwsConfiguration, endpoint: endpoint.url });
    const read = async (Key: string) =>
      (await client.send(new GetObjectCommand({ Bucket: STATION_FILES_BUCKET, Key }))).Body?.transformToString();
    try {
      expect(await read(key)).toBe('pH\t7');
      putAside(home, { key, kept: false, reasons: 'why' });
      expect(await read(key)).toBe('pH\t7');
      await expect(read(`${key}x`)).rejects.toThrow(NoSuchKey);
      await expect(read('incoming/../../run.json')).rejects.toThrow();
    } finally {
      client.destroy();
      await endpoint.close();
    }
  });

  it('leaves refused/ with its reasons when it is taken after all', async () => {
    writeFileSync(incoming(NAME), 'pH\t7');
    start(0);
    await eventually(
      async () => sent.length,
      (count) => count === 1,
    );
    const [key = ''] = keys();
    const list = (folder: 'done' | 'refused') => {
      const path = join(folderPath(home, folder), CODE);
      return existsSync(path) ? readdirSync(path).map((name) => name.slice(27)) : [];
    };
    putAside(home, { key, kept: false, reasons: 'why' });
    putAside(home, { key, kept: false, reasons: 'why' });
    expect(list('refused').sort()).toEqual([NAME, `${NAME}.reasons.txt`]);
    putAside(home, { key, kept: true });
    expect([list('refused'), list('done')]).toEqual([[], [NAME]]);
  });
});
