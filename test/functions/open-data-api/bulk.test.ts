import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { openDataApi, operationsOf } from '../../../functions/open-data-api/app.ts';
import { notingChanges } from '../../../shared/open-data/bulk/changed-days.ts';
import { issueDays } from '../../../shared/open-data/bulk/issue-days.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryBulkFiles, memoryBulkIssues, memoryChangedDays } from '../../support/memory-bulk.ts';
import { memoryEpisodes } from '../../support/memory-episodes.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aReading, aSensor, aStation, city } from '../../support/small-city.ts';

/** Noon of 23 November in Thủ Dầu Một. */
const NOW = Date.UTC(2026, 10, 23, 5);
const DAY = 86_400_000;

const openCity = async () => {
  const changedDays = memoryChangedDays();
  const clock = (): number => NOW;
  const parts = {
    cityId: 'tdm',
    registry: memoryRegistry({ city: [city], station: [aStation('air-1')], sensor: [aSensor('a1', 'air-1', 'air')] }),
    readings: notingChanges(memoryReadingStore(), changedDays, clock),
    sensorStates: memorySensorStates(),
    episodes: memoryEpisodes(),
    bulkIssues: memoryBulkIssues(),
    changedDays,
    bulkFiles: memoryBulkFiles(),
    clock,
    publicUrl: 'https://city.example',
  };
  const receive = async (...readings: readonly Reading[]): Promise<void> => {
    await parts.readings.append(readings);
    await parts.sensorStates.record(readings);
    await issueDays(parts, {});
  };
  await receive(
    ...[1, 2, 3].flatMap((days) => [
      aReading('a1', 'pm25', NOW - days * DAY, 10),
      aReading('a1', 'pm10', NOW - days * DAY, 20),
    ]),
  );
  return { parts, receive, call: conformingCaller(openDataApi(parts), operationsOf(parts), '/open/v1') };
};

let open: Awaited<ReturnType<typeof openCity>>;
beforeEach(async () => {
  open = await openCity();
});
const body = async (query: string) => (await open.call({ url: `/open/v1/bulk${query}` })).json();
const named = ({ files }: { files: Record<string, unknown>[] }) =>
  files.map(
    ({ day, quantity, version, format, newest }) => `${day} ${quantity} v${version} ${format}${newest ? '' : ' old'}`,
  );

describe('The index of daily files', () => {
  it('has address, size and checksum of every file, and the day on both clocks', async () => {
    const { files, licence } = await body('?quantity=pm25&from=2026-11-22&to=2026-11-22');
    expect(licence.name).toBe('CC BY 4.0');
    expect(files.map(({ format }: { format: string }) => format)).toEqual(['parquet', 'csv.gz']);
    expect(files[0]).toMatchObject({
      quantity: 'pm25',
      day: '2026-11-22',
      version: 1,
      newest: true,
      rows: 1,
      series: 1,
      reason: 'first',
      from: '2026-11-21T17:00:00.000Z',
      toLocal: '2026-11-23T00:00:00.000+07:00',
      url: expect.stringMatching(
        /^https:\/\/city\.example\/bulk\/v1\/pm25\/2026-11-22\/pm25-2026-11-22-v1-[0-9a-f]{12}\.parquet$/,
      ),
    });
    const key = new URL(files[0].url).pathname.slice(1);
    expect(open.parts.bulkFiles.files.get(key)?.length).toBe(files[0].bytes);
  });

  it('lists the newest versions, and all when asked', async () => {
    await open.receive(aReading('a1', 'pm25', NOW - 2 * DAY + 1_000, 11));
    expect(named(await body('?quantity=pm25&from=2026-11-21&to=2026-11-21'))).toEqual([
      '2026-11-21 pm25 v2 parquet',
      '2026-11-21 pm25 v2 csv.gz',
    ]);
    expect(named(await body('?quantity=pm25&from=2026-11-21&to=2026-11-21&versions=all'))).toEqual([
      '2026-11-21 pm25 v1 parquet old',
      '2026-11-21 pm25 v1 csv.gz old',
      '2026-11-21 pm25 v2 parquet',
      '2026-11-21 pm25 v2 csv.gz',
    ]);
  });

  it('comes in pages that neither repeat nor skip, as links too', async () => {
    const pages = [await body('?limit=2')];
    while (pages.at(-1).nextCursor !== undefined) pages.push(await body(`?limit=2&cursor=${pages.at(-1).nextCursor}`));
    expect(pages).toHaveLength(3);
    expect(pages.flatMap(named)).toEqual(named(await body('')));
    const { headers } = await open.call({ url: '/open/v1/bulk?limit=2' });
    expect(headers.link).toMatch(/<\/open\/v1\/bulk\?.*limit=2.*>; rel="next"/);
  });

  it('is a table in CSV, described by CSVW', async () => {
    const url = '/open/v1/bulk?quantity=pm10&format=csv';
    const csv = await open.call({ url });
    const rows: Record<string, string>[] = parse(csv.body, { columns: true, record_delimiter: '\r\n' });
    expect(rows).toHaveLength(6);
    const sidecar = await open.call({ url: url.replace('/bulk?', '/bulk-metadata.json?') });
    expect(sidecar.json().tableSchema.columns.map(({ name }: { name: string }) => name)).toEqual(
      Object.keys(rows[0] ?? {}),
    );
  });

  it.each([
    '?from=2026-11-23&to=2026-11-22',
    '?from=2025-01-01',
    '?from=yesterday',
    '?quantity=happiness',
    '?format=parquet',
  ])('refuses %s', async (query) => {
    expect((await open.call({ url: `/open/v1/bulk${query}` })).status).toBe(400);
  });

  it('refuses a cursor of another query', async () => {
    const { nextCursor } = await body('?limit=2');
    expect((await open.call({ url: `/open/v1/bulk?quantity=pm25&cursor=${nextCursor}` })).status).toBe(400);
  });
});

describe('The catalogue', () => {
  it('has the daily files of each quantity, with the checksums and sizes of the newest day', async () => {
    const catalogue = (await open.call({ url: '/open/v1/catalog' })).json();
    const dataset = catalogue['dcat:dataset'].find((each: { '@id': string }) =>
      each['@id'].endsWith('dataset-daily-pm25'),
    );
    expect(dataset['dct:accrualPeriodicity']['@id']).toMatch(/frequency\/DAILY$/);
    const { files } = await body('?quantity=pm25&from=2026-11-22&to=2026-11-22');
    for (const { url, sha256, bytes } of files) {
      const distribution = dataset['dcat:distribution'].find(
        (each: { 'dcat:downloadURL': { '@id': string } }) => each['dcat:downloadURL']['@id'] === url,
      );
      expect(distribution['spdx:checksum']['spdx:checksumValue']['@value']).toBe(sha256);
      expect(distribution['dcat:byteSize']['@value']).toBe(String(bytes));
    }
  });
  it('links to the index, which answers in what is promised', async () => {
    for (const format of ['json', 'csv']) {
      expect((await open.call({ url: `/open/v1/bulk?quantity=pm25&format=${format}` })).status).toBe(200);
    }
  });
});
