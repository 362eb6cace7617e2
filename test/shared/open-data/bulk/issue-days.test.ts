import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { metadataKey } from '../../../../shared/open-data/bulk/bulk-issue.ts';
import { notingChanges } from '../../../../shared/open-data/bulk/changed-days.ts';
import { type IssueDaysPorts, issueDays } from '../../../../shared/open-data/bulk/issue-days.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../../shared/telemetry/reading.ts';
import { memoryBulkFiles, memoryBulkIssues, memoryChangedDays } from '../../../support/memory-bulk.ts';
import { memoryRegistry, memorySensorStates } from '../../../support/memory-stores.ts';
import { readWithHyparquet } from '../../../support/parquet.ts';
import { aReading, aSensor, aStation, city } from '../../../support/small-city.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Midnight of 20 November in Thủ Dầu Một. */
const DAY_20 = Date.UTC(2026, 10, 19, 17);

const openCity = (now: number) => {
  const time = { now };
  const clock = (): number => time.now;
  const store = memoryReadingStore();
  const sensorStates = memorySensorStates();
  const changedDays = memoryChangedDays();
  const readings = notingChanges(store, changedDays, clock);
  const ports = {
    cityId: 'tdm',
    registry: memoryRegistry({
      city: [city],
      station: [aStation('air-1'), aStation('reference', { referenceStation: true })],
      sensor: [aSensor('a1', 'air-1', 'air'), aSensor('a2', 'air-1', 'air')],
    }),
    sensorStates,
    readings,
    changedDays,
    bulkIssues: memoryBulkIssues(),
    bulkFiles: memoryBulkFiles(),
    clock,
  };
  const receive = async (...received: readonly Reading[]): Promise<void> => {
    await readings.append(received);
    await sensorStates.record(received);
  };
  const versions = async () =>
    (await ports.bulkIssues.list({ from: '2000-01-01', to: '2100-01-01', limit: 9_999 })).map(
      ({ day, quantity, version, reason, rows }) => `${day} ${quantity} v${version} ${reason} ${rows}`,
    );
  const rowsOf = async (day: string, quantity: 'pm25' | 'pm25Mean24h' | 'vnAqi1h') => {
    const key = (await ports.bulkIssues.newest(day, quantity))?.files.find(({ format }) => format === 'csv.gz')?.key;
    const text = gunzipSync(ports.bulkFiles.files.get(key ?? '') ?? Buffer.alloc(0)).toString();
    const rows: Record<string, string>[] = parse(text, { columns: true, record_delimiter: '\r\n' });
    return rows;
  };
  return { time, ports, receive, versions, rowsOf };
};

let open: ReturnType<typeof openCity>;
beforeEach(async () => {
  open = openCity(DAY_20 + DAY + 4 * HOUR);
  await open.receive(
    aReading('a2', 'pm25', DAY_20 + HOUR, 7),
    aReading('a1', 'pm25', DAY_20, 5),
    aReading('a1', 'pm25', DAY_20 + DAY - 1, null),
    aReading('a1', 'pm25', DAY_20 + DAY, 9),
  );
});

describe('A day', () => {
  it('is issued when it has been over for three hours, from the city’s midnight to before the next', async () => {
    open.time.now = DAY_20 + DAY + 3 * HOUR - 1;
    await issueDays(open.ports, {});
    expect(await open.versions()).toEqual([]);
    open.time.now += 1;
    expect(await issueDays(open.ports, {})).toMatchObject({ issued: 1, left: 0 });
    expect(await open.versions()).toEqual(['2026-11-20 pm25 v1 first 3']);
    expect(
      (await open.rowsOf('2026-11-20', 'pm25')).map(({ sensorId, value, measuredAtLocal }) => [
        sensorId,
        value,
        measuredAtLocal,
      ]),
    ).toEqual([
      ['a1', '5', '2026-11-20T00:00:00.000+07:00'],
      ['a1', '', '2026-11-20T23:59:59.999+07:00'],
      ['a2', '7', '2026-11-20T01:00:00.000+07:00'],
    ]);
  });

  it('has the same rows as CSV and as Parquet, with checksums and a CSVW description that are true', async () => {
    await issueDays(open.ports, {});
    const issue = await open.ports.bulkIssues.newest('2026-11-20', 'pm25');
    for (const { key, bytes, sha256 } of issue?.files ?? []) {
      const file = open.ports.bulkFiles.files.get(key) ?? Buffer.alloc(0);
      expect(file.length).toBe(bytes);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
    }
    const [parquet, csv] = issue?.files ?? [];
    const rows = await readWithHyparquet(open.ports.bulkFiles.files.get(parquet?.key ?? '') ?? Buffer.alloc(0));
    const expected = await open.rowsOf('2026-11-20', 'pm25');
    expect(
      rows.map(({ sensorId, value, measuredAt, flag }) => [sensorId, value ?? '', measuredAt, flag].join(' ')),
    ).toEqual(expected.map(({ sensorId, value, measuredAt, flag }) => [sensorId, value, measuredAt, flag].join(' ')));
    const sidecar = JSON.parse(
      Buffer.from(open.ports.bulkFiles.files.get(metadataKey(csv?.key ?? '')) ?? []).toString(),
    );
    expect(csv?.key.endsWith(`/${sidecar.url}`)).toBe(true);
    expect(sidecar.tableSchema.columns.map(({ name }: { name: string }) => name)).toEqual(
      Object.keys(expected[0] ?? {}),
    );
  });

  it('holds means and indices by the end of their period, and no index of a reference station', async () => {
    await open.receive(
      aReading('a1', 'pm25Mean24h', DAY_20 + DAY, 6),
      aReading('~air-1', 'vnAqi1h', DAY_20 + HOUR, 40),
      aReading('~reference', 'vnAqi1h', DAY_20 + HOUR, 41),
    );
    await issueDays(open.ports, {});
    expect(await open.rowsOf('2026-11-20', 'pm25Mean24h')).toMatchObject([{ sensorId: 'a1', value: '6' }]);
    expect(await open.rowsOf('2026-11-20', 'vnAqi1h')).toMatchObject([{ stationId: 'air-1', value: '40' }]);
  });

  it('that says the same is not issued again, by schedule or by hand', async () => {
    await issueDays(open.ports, {});
    const days = { from: '2026-11-20', to: '2026-11-20' };
    expect(await issueDays(open.ports, { days })).toMatchObject({ issued: 0, unchanged: 1 });
    expect(await issueDays(open.ports, {})).toMatchObject({ issued: 0, unchanged: 0 });
  });

  it('keeps what was issued when its readings are gone from the store', async () => {
    await issueDays(open.ports, {});
    const emptied = { ...open.ports, readings: memoryReadingStore() };
    await emptied.readings.append([aReading('a1', 'pm25', DAY_20, 5)]);
    const days = { from: '2026-11-20', to: '2026-11-20' };
    expect(await issueDays(emptied, { days })).toMatchObject({ issued: 0, kept: 1 });
    expect(await open.versions()).toHaveLength(1);
  });

  it('is built by hand only when it is over', async () => {
    expect(await issueDays(open.ports, { days: { from: '2026-11-20', to: '2026-11-25' } })).toMatchObject({
      issued: 1,
    });
  });
});

describe('A day that was issued', () => {
  beforeEach(async () => {
    await issueDays(open.ports, {});
  });

  it('is issued again with what came late, and the older version stays', async () => {
    const [before] = await open.ports.bulkIssues.list({ from: '2026-11-20', to: '2026-11-20', limit: 1 });
    open.time.now += 9 * DAY;
    await open.receive(aReading('a1', 'pm25', DAY_20 + 5 * HOUR, 8));
    await issueDays(open.ports, {});
    expect(await open.versions()).toEqual([
      '2026-11-20 pm25 v1 first 3',
      '2026-11-20 pm25 v2 late-or-corrected 4',
      '2026-11-21 pm25 v1 first 1',
    ]);
    for (const { key } of before?.files ?? []) expect(open.ports.bulkFiles.files.has(key)).toBe(true);
    expect(await open.ports.changedDays.list(9)).toEqual([]);
  });

  it('is issued again with a correction', async () => {
    await open.receive({ ...aReading('a1', 'pm25', DAY_20, 5.5), receivedAt: open.time.now });
    await issueDays(open.ports, {});
    expect((await open.rowsOf('2026-11-20', 'pm25'))[0]).toMatchObject({ value: '5.5' });
    expect(await open.versions()).toContain('2026-11-20 pm25 v2 late-or-corrected 3');
  });

  it('is not issued again for a repeat', async () => {
    await open.receive(aReading('a1', 'pm25', DAY_20, 5));
    expect(await issueDays(open.ports, {})).toMatchObject({ issued: 0, unchanged: 1 });
    expect(await open.ports.changedDays.list(9)).toEqual([]);
  });

  it('stays noted when it changes while it is being built', async () => {
    const late = aReading('a1', 'pm25', DAY_20 + 6 * HOUR, 8);
    await open.receive(aReading('a1', 'pm25', DAY_20 + 5 * HOUR, 8));
    const ports: IssueDaysPorts = {
      ...open.ports,
      bulkFiles: {
        put: async (file) => {
          await open.ports.bulkFiles.put(file);
          await open.receive(late);
        },
      },
    };
    await issueDays(ports, {});
    expect(await open.rowsOf('2026-11-20', 'pm25')).toHaveLength(4);
    await issueDays(open.ports, {});
    expect(await open.rowsOf('2026-11-20', 'pm25')).toHaveLength(5);
  });
});

describe('A run', () => {
  it('that has no time left says what is left, and the next one goes on', async () => {
    await open.receive(aReading('a1', 'pm10', DAY_20 + HOUR, 5));
    const first = await issueDays(open.ports, { until: open.time.now, onOutcome: () => {} });
    expect(first).toMatchObject({ issued: 0 });
    expect(first.left).toBeGreaterThan(1);
    const ticking = { ...open.ports, clock: () => (open.time.now += 60_000) };
    expect((await issueDays(ticking, { until: open.time.now + 10 * 60_000 })).left).toBeGreaterThan(0);
    expect((await issueDays(open.ports, {})).left).toBe(0);
    expect(await open.versions()).toHaveLength(2);
  });

  it('issues once what two builders found at the same time', async () => {
    await Promise.all([issueDays(open.ports, {}), issueDays(open.ports, {})]);
    expect(await open.versions()).toEqual(['2026-11-20 pm25 v1 first 3']);
  });

  it('needs the city', async () => {
    await expect(issueDays({ ...open.ports, cityId: 'nowhere' }, {})).rejects.toThrow('nowhere');
  });
});

/** Dies at one of its next calls to a store, as a process does. */
const dyingPorts = (ports: IssueDaysPorts, callsToLive: number): IssueDaysPorts => {
  let left = callsToLive;
  const dying =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      left -= 1;
      if (left < 0) throw new Error('killed');
      return call(...args);
    };
  return {
    ...ports,
    bulkFiles: { put: dying(ports.bulkFiles.put) },
    bulkIssues: { ...ports.bulkIssues, add: dying(ports.bulkIssues.add), newest: dying(ports.bulkIssues.newest) },
    changedDays: { ...ports.changedDays, remove: dying(ports.changedDays.remove) },
  };
};

/** What arrives, hour after hour: for which hour (back from now), from whom, what; and after how many calls the night's run is killed. */
const arrivals = fc.array(
  fc.record({
    hours: fc.integer({ min: 1, max: 30 }),
    ago: fc.integer({ min: 0, max: 80 }),
    sensor: fc.constantFrom('a1', 'a2'),
    value: fc.integer({ min: 0, max: 3 }),
    calls: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 1, maxLength: 25 },
);

it('Whatever comes when, and wherever runs are killed, the newest files hold what the store holds', () =>
  fc.assert(
    fc.asyncProperty(arrivals, async (events) => {
      const city = openCity(DAY_20);
      for (const { hours, ago, sensor, value, calls } of events) {
        city.time.now += hours * HOUR;
        const measuredAt = city.time.now - ago * HOUR;
        await city.receive({ ...aReading(sensor, 'pm25', measuredAt, value), receivedAt: city.time.now });
        await issueDays(dyingPorts(city.ports, calls), {}).catch(() => undefined);
      }
      await issueDays(city.ports, {});
      const last = new Date(city.time.now + 7 * HOUR - 27 * HOUR).toISOString().slice(0, 10);
      for (let day = '2026-11-14'; day <= last; ) {
        const from = Date.parse(`${day}T00:00:00+07:00`);
        const stored = await Promise.all(
          ['a1', 'a2'].map((sensorId) =>
            city.ports.readings.series({ sensorId, quantity: 'pm25', from, to: from + DAY }),
          ),
        );
        const expected = stored.flatMap(({ readings }) =>
          readings.map((each) => [each.sensorId, each.measuredAt, each.value]),
        );
        const issued =
          (await city.ports.bulkIssues.newest(day, 'pm25')) === undefined ? [] : await city.rowsOf(day, 'pm25');
        expect(
          issued.map(({ sensorId, measuredAt, value }) => [sensorId, Date.parse(measuredAt ?? ''), Number(value)]),
        ).toEqual(expected);
        day = new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
      }
    }),
    { numRuns: 40 },
  ));
