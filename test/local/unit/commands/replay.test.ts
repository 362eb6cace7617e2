import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RefusedMessage } from '../../../../events/refused-message.ts';
import type { UplinkMessage } from '../../../../events/uplink-message.ts';
import { settleAccount } from '../../../../local/replay/account.ts';
import { readReplayOptions } from '../../../../local/replay/options.ts';
import { peek } from '../../../../local/replay/queues.ts';
import { replay } from '../../../../local/replay/replay.ts';
import { summarize } from '../../../../local/replay/summary.ts';
import { createIngest } from '../../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import { memoryRawUplinks } from '../../../support/memory-raw-uplinks.ts';
import { memoryRegistry, memorySensorStates } from '../../../support/memory-stores.ts';

const now = Date.UTC(2026, 10, 22);

/** The first rows of the HealthyAir data set, with its gaps and zeros, and what else a file may hold. */
const csv = `date,Station_No,TSP,PM2.5,O3,CO,Temperature
23-02-2021 21:00,1,32.93571429,15.6047619,55.43138095,1330.451429,28.36190476
23-02-2021 22:00,1,30.93235294,14.59411765,,1200.603529,28.32058824
23-02-2021 23:00,2,0,0,NaN,,28.32
24-02-2021 00:00,2,24.38,12.365,54.7677,1267.476,
`;
const common = [
  '--map',
  'TSP=tsp,PM2.5=pm25,O3=o3:ppb,CO=co,Temperature=airTemperature',
  '--time',
  'date',
  '--time-format',
  'DD-MM-YYYY HH:mm',
  '--sensor',
  'Station_No',
  '--sensor-prefix',
  'hcmc-',
];
const register = ['--register', '--latitude', '10.776', '--longitude', '106.701'];

/** A city in memory behind the line: what is published is ingested at once by the city's own code. */
const cityInMemory = () => {
  const readings = memoryReadingStore();
  const registry = memoryRegistry();
  const refused: RefusedMessage[] = [];
  const ingest = createIngest({
    readings,
    registry,
    sensorStates: memorySensorStates(),
    rawUplinks: memoryRawUplinks(),
    refused: {
      send: async (messages) => {
        refused.push(...messages);
        return [];
      },
    },
    clock: () => now,
    report: ({ error }) => {
      throw error;
    },
  });
  const payloads: string[] = [];
  const connect = async (sensorId: string) => ({
    publish: async (payload: string) => {
      payloads.push(payload);
      const uplink: UplinkMessage = {
        envelope: 'city-json',
        payloadBase64: Buffer.from(payload).toString('base64'),
        topic: `phosach/uplink/${sensorId}`,
        sensorId,
        clientId: sensorId,
        receivedAt: now,
      };
      await ingest([{ messageId: String(payloads.length), body: JSON.stringify(uplink) }]);
    },
    close: async () => undefined,
  });
  async function* deadLetters() {
    for (const [index, message] of refused.entries()) {
      yield { messageId: String(index), receipt: '', body: JSON.stringify(message), sentAt: now };
    }
  }
  return { readings, registry, refused, payloads, connect, deadLetters };
};

describe('replaying a CSV file', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'replay-'));
    file = join(directory, 'air.csv');
    writeFileSync(file, csv);
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  const run = async (city: ReturnType<typeof cityInMemory>, ...args: string[]) => {
    const options = readReplayOptions([file, ...common, ...args]);
    const { counts, ledger } = await replay(options, { ...city, clock: () => now });
    return { counts, account: await settleAccount(ledger.series(), city.readings, city.deadLetters) };
  };
  const series = async (city: ReturnType<typeof cityInMemory>, sensorId: string, quantity: 'tsp' | 'o3' | 'co') =>
    (await city.readings.series({ sensorId, quantity, from: 0, to: now })).readings;

  it('stores every value at its city time, leaves gaps as gaps and zeros as zeros, and balances its books', async () => {
    const city = cityInMemory();
    const { counts, account } = await run(city, ...register);
    expect(counts).toMatchObject({
      rows: 4,
      cells: 20,
      empty: 4,
      published: 16,
      messages: 4,
      acknowledged: 4,
      sensors: 2,
    });
    expect(account).toMatchObject({ distinct: 16, stored: 16, unaccounted: 0 });
    // 21:00 in Ho Chi Minh City is 14:00 in Greenwich.
    expect(await series(city, 'hcmc-1', 'co')).toMatchObject([
      { measuredAt: Date.UTC(2021, 1, 23, 14), value: 1330.451429 },
      { measuredAt: Date.UTC(2021, 1, 23, 15), value: 1200.603529 },
    ]);
    expect(await series(city, 'hcmc-2', 'tsp')).toMatchObject([{ value: 0 }, { value: 24.38 }]);
    expect(await series(city, 'hcmc-2', 'o3')).toHaveLength(1);
    expect(await city.registry.list('station')).toMatchObject([
      { id: 'hcmc-1', kind: 'air', positionApproximate: true },
      { id: 'hcmc-2' },
    ]);
  });

  it('converts units where the file’s are not the city’s: 1 ppb of ozone is 1.96 µg/m³ at 25 °C', async () => {
    const city = cityInMemory();
    await run(city, ...register);
    const [first] = await series(city, 'hcmc-1', 'o3');
    expect((first?.value ?? 0) / 55.43138095).toBeCloseTo(1.96, 2);
  });

  it('puts several rows of a sensor into one message, and never two words about one instant', async () => {
    writeFileSync(file, `${csv}24-02-2021 00:00,2,99,12.365,54.7677,1267.476,\n`);
    const city = cityInMemory();
    const { counts, account } = await run(city, '--batch', '10', ...register);
    expect(counts).toMatchObject({ rows: 5, published: 20, messages: 3 });
    expect(account).toMatchObject({ distinct: 16, stored: 16, unaccounted: 0 });
    expect(city.refused).toEqual([]);
  });

  it('changes nothing when it is run again', async () => {
    const city = cityInMemory();
    await run(city, ...register);
    const { counts, account } = await run(city, ...register);
    expect(counts.registered).toBe(0);
    expect(account).toMatchObject({ distinct: 16, stored: 16 });
  });

  it('finds what the city refused, with the reason', async () => {
    writeFileSync(file, `${csv}22-11-2031 00:00,2,1,2,3,4,5\n`);
    const city = cityInMemory();
    const { counts, account } = await run(city, ...register);
    expect(account).toMatchObject({ distinct: 21, stored: 16, unaccounted: 0 });
    expect(account.refused.get('clock-ahead')?.readings).toBe(5);
    const lines = summarize(counts, account, { publishedMs: 1_000, drainedMs: 2_000 });
    expect(lines.join('\n')).toContain('21 in = 16 stored + 5 refused');
    expect(lines.join('\n')).toMatch(/5 refused, clock-ahead: /);
  });

  it('says so when a reading is in neither place', async () => {
    const city = cityInMemory();
    const options = readReplayOptions([file, ...common, ...register]);
    const deaf = async () => ({ publish: async () => undefined, close: async () => undefined });
    const { counts, ledger } = await replay(options, { ...city, connect: deaf, clock: () => now });
    const account = await settleAccount(ledger.series(), city.readings, city.deadLetters);
    expect(account).toMatchObject({ distinct: 16, stored: 0, unaccounted: 16 });
    expect(summarize(counts, account, { publishedMs: 1, drainedMs: 1 }).join('\n')).toContain('16 in ≠ 0 stored');
  });

  it('publishes nothing for a row without a time, a cell without a number and a stranger, and counts why', async () => {
    writeFileSync(file, `${csv}31-02-2021 00:00,1,1,2,3,4,5\n24-02-2021 01:00,1,high,2,,,\n`);
    const city = cityInMemory();
    await city.registry.put('sensor', { id: 'hcmc-1', kind: 'air', intervalSeconds: 3_600, status: 'active' });
    const { counts } = await run(city);
    expect(Object.fromEntries(counts.unreadable)).toEqual({
      '"31-02-2021 00:00" is no time of the format DD-MM-YYYY HH:mm': 5,
      'TSP is "high", not a number': 1,
      'hcmc-2 is not registered (--register)': 10,
    });
    const unreadable = [...counts.unreadable.values()].reduce((a, b) => a + b);
    expect(counts.cells).toBe(counts.empty + unreadable + counts.published);
  });

  it('stops at a file that lacks a column, and names those that it has', async () => {
    writeFileSync(file, 'date,TSP\n1,2\n');
    await expect(run(cityInMemory(), ...register)).rejects.toThrow(/PM2\.5.*Station_No.*there are date, TSP/);
  });

  it('stops at a file that is not there', async () => {
    rmSync(file);
    await expect(run(cityInMemory(), ...register)).rejects.toThrow(/ENOENT/);
  });

  it('stops when the line is lost for good, and hangs up', async () => {
    const city = cityInMemory();
    const options = readReplayOptions([file, ...common, ...register]);
    let open = 0;
    const broken = async () => {
      open += 1;
      return {
        publish: () => Promise.reject(new Error('no route')),
        close: async () => {
          open -= 1;
        },
      };
    };
    await expect(replay(options, { ...city, connect: broken, clock: () => now })).rejects.toThrow('no route');
    expect(open).toBe(0);
  });

  it('keeps the pace that is asked for', async () => {
    const started = performance.now();
    await run(cityInMemory(), '--rows-per-second', '20', ...register);
    expect(performance.now() - started).toBeGreaterThan(140);
    // Three hours of file time, then an hour back at the second station, at 3 hours in 0.3 seconds.
    const again = performance.now();
    await run(cityInMemory(), '--speed', '36000', ...register);
    expect(performance.now() - again).toBeGreaterThan(280);
    expect(performance.now() - again).toBeLessThan(30_000);
  });
});

describe('times in a file', () => {
  const measuredAt = async (cell: string, ...args: string[]): Promise<number | undefined> => {
    const { rowReader } = await import('../../../../local/replay/read-row.ts');
    const options = readReplayOptions(['f.csv', '--map', 'v=pm25', '--sensor-id', 's', '--time', 't', ...args]);
    const row = rowReader(options)({ t: cell, v: '1' });
    return row.ok ? row.measurement.measuredAt : undefined;
  };

  it.each([
    ['2021-02-23T21:00:00+07:00', Date.UTC(2021, 1, 23, 14), []],
    ['2021-02-23T21:00:00', undefined, []],
    ['1614088800', Date.UTC(2021, 1, 23, 14), ['--time-format', 'epoch-s']],
    ['1614088800000', Date.UTC(2021, 1, 23, 14), ['--time-format', 'epoch-ms']],
    [
      '6/8/2016 3:05',
      Date.UTC(2016, 7, 6, 2, 5),
      ['--time-format', 'DD/MM/YYYY HH:mm', '--time-zone', 'Europe/London'],
    ],
    ['2021-02-30 00:00', undefined, ['--time-format', 'YYYY-MM-DD HH:mm']],
    ['2021-02-23 24:30', undefined, ['--time-format', 'YYYY-MM-DD HH:mm']],
    ['2021-02-23 21:00:30', Date.UTC(2021, 1, 23, 14, 0, 30), ['--time-format', 'YYYY-MM-DD HH:mm:ss']],
  ])('%s', async (cell, instant, args) => expect(await measuredAt(cell, ...args)).toBe(instant));
});

describe('options of a replay', () => {
  it.each([
    [['--sensor', 's'], /--map/],
    [['--map', 'a=dust', '--sensor', 's'], /dust/],
    [['--map', 'a=co:°C', '--sensor', 's'], /°C/],
    [['--map', 'a=co,b=co', '--sensor', 's'], /two columns/],
    [['--map', 'a=co'], /--sensor/],
    [['--map', 'a=co', '--sensor', 's', '--register'], /latitude/],
    [['--map', 'a=co', '--sensor', 's', '--speed', '2', '--as-fast-as-possible'], /enough/],
    [['--map', 'a=co', '--sensor', 's', '--batch', '0'], /batch/],
  ])('that make no sense are refused in words: %j', (args, message) => {
    expect(() => readReplayOptions(['file.csv', ...args])).toThrow(message);
  });

  it('take a column whose name holds a colon or an equals sign', () => {
    const { columns } = readReplayOptions(['f.csv', '--map', 'a=b:c=co:mg/m3', '--sensor', 's']);
    expect(columns).toEqual([{ column: 'a=b:c', quantity: 'co', unit: 'mg/m3' }]);
  });
});

describe('looking into the dead-letter queue', () => {
  it('shows every message once and puts all of them back', async () => {
    const waiting = ['a', 'b', 'c'].map((messageId) => ({ messageId, receipt: messageId, body: messageId, sentAt: 1 }));
    const hidden = new Set<string>();
    const released: string[] = [];
    const queue = {
      receive: async () => {
        const some = waiting.filter(({ messageId }) => !hidden.has(messageId)).slice(0, 2);
        for (const { messageId } of some) hidden.add(messageId);
        return some;
      },
      release: async (messages: readonly { messageId: string }[]) => {
        released.push(...messages.map(({ messageId }) => messageId));
      },
    };
    const seen: string[] = [];
    for await (const { body } of peek(queue)) seen.push(body);
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(released.sort()).toEqual(['a', 'b', 'c']);
  });
});
