import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromUrl, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { connectDevice, eventually } from '../support/device.ts';
import { askDuckDbOf } from '../support/parquet.ts';
import { runCommand } from '../support/run-command.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The city's day before yesterday: over for long, whatever the hour is. */
const DAY_BEFORE = new Date(Date.now() + 7 * HOUR - 2 * DAY).toISOString().slice(0, 10);
const instant = (time: string): string => new Date(`${DAY_BEFORE}T${time}+07:00`).toISOString();

type File = Readonly<Record<'url' | 'sha256' | 'format' | 'reason', string>> & {
  readonly version: number;
  readonly rows: number;
};

/** From uplinks to files over HTTP: the real process, scheduler, function, S3 client and endpoint. */
describe('Daily files of a city on one machine', () => {
  let home: string;
  let city: ChildCity;
  const files = async (query = ''): Promise<readonly File[]> =>
    (await (await fetch(`${city.running.http}/open/v1/bulk?quantity=pm25${query}`)).json()).files;
  const send = async (...times: readonly string[]): Promise<void> => {
    const client = await connectDevice(home, city.running, 'air-1');
    for (const time of times) {
      const payload = JSON.stringify({ measuredAt: instant(time), values: { pm25: 20 } });
      await client.publishAsync('phosach/uplink/air-1', payload, { qos: 1 });
    }
    await client.endAsync();
  };
  const stored = async (count: number): Promise<void> => {
    const url = `/open/v1/readings?sensor=air-1&quantity=pm25&from=${instant('00:00:00')}`;
    await eventually(
      async () => (await (await fetch(`${city.running.http}${url}`)).json()).readings ?? [],
      (readings: readonly unknown[]) => readings.length === count,
    );
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'phosach-bulk-city-'));
    city = await startChildCity(home);
    const place = ['--kind', 'air', '--latitude', '10.98', '--longitude', '106.65'];
    await runCommand(home, 'local/commands/sensor.ts', ['add', 'air-1', ...place]);
    await send('08:00:00', '09:00:00');
    await stored(2);
    await city.kill();
    // The nightly run fell into a time when the city was down.
    writeFileSync(join(home, 'schedules.json'), JSON.stringify({ 'bulk-files': Date.now() - 2 * DAY }));
    city = await startChildCity(home);
  }, 240_000);
  afterAll(async () => {
    await city?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('are issued by the schedule, listed with true checksums, and read by ranges', async () => {
    const listed = await eventually(files, (found) => found.length === 2);
    expect(listed).toMatchObject([
      { format: 'parquet', version: 1, rows: 2, reason: 'first' },
      { format: 'csv.gz', version: 1, rows: 2, reason: 'first' },
    ]);
    for (const { url, sha256 } of listed) {
      const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    const { url = '' } = listed[0] ?? {};
    const tail = await fetch(url, { headers: { range: 'bytes=-4' } });
    expect([tail.status, await tail.text()]).toEqual([206, 'PAR1']);
    const rows = await parquetReadObjects({ file: await asyncBufferFromUrl({ url }), columns: ['value'] });
    expect(rows).toEqual([{ value: 20 }, { value: 20 }]);
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    const sql = 'SELECT count(*)::INT AS rows, strftime(min("measuredAtLocal"), \'%H:%M\') AS first FROM FILE';
    expect(await askDuckDbOf(join(home, 'day.parquet'), bytes, sql)).toEqual([{ rows: 2, first: '08:00' }]);
  });

  it('are issued again with what came late, while the older ones stay', async () => {
    const [before] = await files();
    await send('10:00:00');
    await stored(3);
    const { code, stdout } = await runCommand(home, 'local/commands/bulk.ts', []);
    expect(code).toBe(0);
    expect(stdout).toContain(`${DAY_BEFORE} pm25: version 2, 3 rows of 1 series`);
    expect(await eventually(files, ([newest]) => newest?.version === 2)).toMatchObject([
      { version: 2, rows: 3, reason: 'late-or-corrected' },
      { version: 2 },
    ]);
    expect(await files('&versions=all')).toHaveLength(4);
    expect((await fetch(before?.url ?? '')).status).toBe(200);
    const again = await runCommand(home, 'local/commands/bulk.ts', ['--from', DAY_BEFORE]);
    expect(again.stdout).toContain('0 issued, 1 unchanged');
  });
});
