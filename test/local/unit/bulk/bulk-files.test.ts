import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { asyncBufferFromUrl, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BULK_BUCKET } from '../../../../local/bulk/places.ts';
import { serveBulkFiles } from '../../../../local/bulk/serve-files.ts';
import { startObjectEndpoint } from '../../../../local/station-files/object-endpoint.ts';
import { parquetSink, ROW_GROUP_ROWS } from '../../../../shared/open-data/tables/parquet.ts';
import { column } from '../../../../shared/open-data/tables/table.ts';
import { s3BulkFiles } from '../../../../shared/storage/s3/bulk-files.ts';
import { testAwsConfiguration } from '../../../support/dynamodb.ts';

const KEY = 'bulk/v1/pm25/2026-11-20/pm25-2026-11-20-v1-0123456789ab.csv.gz';
const bytes = Buffer.from('0123456789');
const sha256 = (of: Uint8Array): string => createHash('sha256').update(of).digest('hex');

let home: string;
let endpoint: Awaited<ReturnType<typeof startObjectEndpoint>>;
let server: Server;
let address: string;
let client: S3Client;
const put = (key: string, content: Uint8Array, hash = sha256(content)) =>
  s3BulkFiles(client, BULK_BUCKET).put({ key, mediaType: 'application/gzip', bytes: content, sha256: hash });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'phosach-bulk-'));
  endpoint = await startObjectEndpoint({ home, host: '127.0.0.1' });
  client = new S3Client({ ...testAwsConfiguration, endpoint: endpoint.url, maxAttempts: 1 });
  const serve = serveBulkFiles(home);
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await put(KEY, bytes);
});
afterAll(async () => {
  client.destroy();
  server.closeAllConnections();
  server.close();
  await endpoint.close();
  await rm(home, { recursive: true });
});

const get = async (headers: Record<string, string> = {}, method = 'GET', path = `/${KEY}`) => {
  const response = await fetch(`${address}${path}`, { method, headers });
  return { status: response.status, headers: response.headers, body: await response.text() };
};

describe('A bulk file that is put', () => {
  it('is there whole, and nothing beside it', async () => {
    expect(await readdir(join(home, 'bulk/v1/pm25/2026-11-20'))).toEqual(['pm25-2026-11-20-v1-0123456789ab.csv.gz']);
    expect((await get()).body).toBe('0123456789');
  });
  it('is not replaced', async () => {
    await put(KEY, Buffer.from('other bytes'));
    expect((await get()).body).toBe('0123456789');
  });
  it('is refused where its bytes are not those of its checksum', async () => {
    const key = KEY.replace('v1', 'v2');
    await expect(put(key, bytes, sha256(Buffer.from('others')))).rejects.toThrow();
    expect((await get({}, 'GET', `/${key}`)).status).toBe(404);
  });
  it.each(['bulk/v1/../../run.json', 'run.json', 'bulk/v1/pm25/2026-11-20/../x', 'bulk/v1/pm25/day/x'])(
    'is refused at %s, which is no place for one',
    async (key) => {
      const command = new PutObjectCommand({ Bucket: BULK_BUCKET, Key: key, Body: 'x', IfNoneMatch: '*' });
      await expect(client.send(command)).rejects.toThrow();
    },
  );
});

describe('A bulk file is served', () => {
  it('with what a reader of ranges asks for first', async () => {
    const { status, headers, body } = await get({}, 'HEAD');
    expect([status, body, headers.get('content-length'), headers.get('accept-ranges')]).toEqual([
      200,
      '',
      '10',
      'bytes',
    ]);
    expect(headers.get('cache-control')).toContain('immutable');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('content-type')).toBe('application/gzip');
  });
  it.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=0-1,4-5', 200, '0123456789', null],
    ['bytes=5-2', 200, '0123456789', null],
    ['lines=1-2', 200, '0123456789', null],
  ])('by the range %s: %i', async (range, status, body, contentRange) => {
    const answer = await get({ range });
    expect([answer.status, answer.body, answer.headers.get('content-range')]).toEqual([status, body, contentRange]);
  });
  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('not beyond its end: %s', async (range) => {
    const answer = await get({ range });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10']);
  });
  it('in ranges only to whoever has the same file (If-Range)', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect((await get({ range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
    expect((await get({ range: 'bytes=0-1', 'if-range': '"another"' })).body).toBe('0123456789');
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
  });
  it('and nothing else is', async () => {
    await writeFile(join(home, 'run.json'), '{}');
    for (const path of ['/bulk/v1/pm25/2026-11-20/none.parquet', '/bulk/v1/%2e%2e/run.json', '/bulk/run.json']) {
      expect((await get({}, 'GET', path)).status).toBe(404);
    }
    expect((await get({}, 'POST')).status).toBe(405);
    expect((await get({}, 'OPTIONS')).status).toBe(204);
  });
});

it('A Parquet file is read by ranges: of one column of one row group a part of it', async () => {
  const table = {
    name: 't',
    title: { en: 't', vi: 't' },
    columns: ['a', 'b'].map((name) => column(name, 'number', '', '')),
    key: [],
  };
  const sink = parquetSink(table, { licence: { name: 'x', url: 'https://x.example/' }, attribution: 'x' });
  const seeded = (index: number): number => Math.sin(index) * 1_000;
  sink.add(Array.from({ length: 2 * ROW_GROUP_ROWS }, (_, index) => ({ a: index, b: seeded(index) })));
  const file = Buffer.concat(sink.finish());
  const key = 'bulk/v1/pm25/2026-11-20/pm25-2026-11-20-v3-0123456789ab.parquet';
  await put(key, file);
  let fetched = 0;
  const counting: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method !== 'HEAD') fetched += Number(response.headers.get('content-length'));
    return response;
  };
  const remote = await asyncBufferFromUrl({ url: `${address}/${key}`, fetch: counting });
  const metadata = await parquetMetadataAsync(remote, { initialFetchSize: 4_096 });
  const rows = await parquetReadObjects({
    file: remote,
    metadata,
    columns: ['a'],
    rowStart: ROW_GROUP_ROWS,
    rowEnd: ROW_GROUP_ROWS + 2,
  });
  expect(rows).toEqual([{ a: ROW_GROUP_ROWS }, { a: ROW_GROUP_ROWS + 1 }]);
  expect(fetched).toBeLessThan(file.length / 2);
});
