import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectConfig } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { eventually } from '../support/device.ts';
import { runCommand } from '../support/run-command.ts';
import { airFile, called, connectTo, instant, nameOf, stamp } from '../support/station-logger.ts';

/** Station files from end to end: the real process, a real SFTP client, the watched folder, the function as it runs on AWS. */
const CODE = 'BD_BAUB_KHIBBA';
const OTHER = 'BD_BAUB_NUOBBA';

let home: string;
let city: ChildCity;

const folder = (...parts: readonly string[]): string => join(home, 'station-files', ...parts);
const environment = { PHOSACH_SETTLE_SECONDS: '1' };

const station = (...args: readonly string[]) => runCommand(home, 'local/commands/station.ts', args);

const get = async (path: string) => (await fetch(`${city.running.http}${path}`)).json();

type Answer = {
  readonly quantity: string;
  readonly value: number | null;
  readonly flag: number;
  readonly test: string;
};
const readingsAt = async (sensorId: string, at: number): Promise<readonly Answer[]> => {
  const [from, to] = [new Date(at).toISOString(), new Date(at + 1_000).toISOString()];
  return (await get(`/open/v1/readings?sensor=${sensorId}&from=${from}&to=${to}&limit=1000`)).readings;
};

const connect = (login: Partial<ConnectConfig> = {}) => {
  const password = readFileSync(folder('access', `${CODE}.password`), 'utf8').trim();
  return connectTo({ ...city.running.sftp, username: CODE, password, ...login });
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-stations-'));
  city = await startChildCity(home, environment);
  const place = ['--latitude', '10.98', '--longitude', '106.65'];
  const air = await station('add', 'bba', '--kind', 'air', ...place, '--code', CODE, '--class', 'reference');
  expect(air).toMatchObject({ code: 0, stdout: expect.stringContaining('no index') });
  expect(await station('add', 'song', '--kind', 'water', ...place, '--code', OTHER)).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('a file by SFTP', () => {
  it('becomes readings that the API shows, and lies in done/', async () => {
    const at = instant(0);
    const session = await connect();
    await session.write(`/${nameOf(CODE, at)}`, airFile(at, '18.5'));
    // Clients look whether the file arrived whole, even when the city has taken it already.
    await eventually(
      async () => readdirSync(folder('incoming', CODE)),
      (names) => names.length === 0,
    );
    expect(await session.size(`/${nameOf(CODE, at)}`)).toBe(Buffer.byteLength(airFile(at, '18.5')));
    await session.end();
    const stored = await eventually(
      () => readingsAt(CODE, at),
      (list) => list.length === 3,
    );
    const by = Object.fromEntries(stored.map((reading) => [reading.quantity, reading]));
    expect(by.pm25).toMatchObject({ value: 18.5, unit: 'µg/m³', stationId: 'bba', flag: 1 });
    expect(by.airTemperature).toMatchObject({ value: 31.2 });
    expect(by.o3).toMatchObject({ value: null, flag: 9, test: 'device-fault' });
    await eventually(async () => existsSync(folder('done', CODE)), Boolean);
    expect(readdirSync(folder('done', CODE))).toEqual([expect.stringMatching(`-${nameOf(CODE, at)}$`)]);
  });

  it('is taken under its final name, from a folder of the logger’s own, with a key as well as with a password', async () => {
    const at = instant(5);
    const key = readFileSync(folder('access', `${CODE}.key`));
    const session = await connect({ password: undefined as never, privateKey: key });
    await called((done) => session.sftp.mkdir('/2026', done));
    await session.write(`/2026/${nameOf(CODE, at)}.tmp`, airFile(at, '19.5'));
    await session.rename(`/2026/${nameOf(CODE, at)}.tmp`, `/2026/${nameOf(CODE, at)}`);
    await session.end();
    const stored = await eventually(
      () => readingsAt(CODE, at),
      (list) => list.length === 3,
    );
    expect(stored.find(({ quantity }) => quantity === 'pm25')?.value).toBe(19.5);
  });

  it('stays in the folder of its station: no way out, nothing to read, no one else’s name', async () => {
    const at = instant(10);
    const session = await connect();
    for (const path of [
      `../${OTHER}/${nameOf(OTHER, at)}`,
      `/../${OTHER}/x.txt`,
      '/../../../run.json',
      '/a\\..\\b.txt',
    ]) {
      await expect(session.write(path, 'x')).rejects.toThrow('No such place');
    }
    await expect(called<unknown>((done) => session.sftp.readdir('/..', done))).rejects.toThrow('No such place');
    await expect(called<unknown>((done) => session.sftp.readFile('/x.txt', done))).rejects.toThrow('not out');
    await expect(called((done) => session.sftp.symlink('/etc', '/etc', done))).rejects.toThrow('No links');
    // In its own folder, but in another's name.
    await session.write(`/${nameOf(OTHER, at)}`, `pH\t7\t-\t${stamp(at)}\t00\r\n`);
    await session.end();
    const reasons = await eventually(
      async () => (existsSync(folder('refused', CODE)) ? readdirSync(folder('refused', CODE)) : []),
      (names) => names.length === 2,
    );
    const [text = ''] = reasons.filter((name) => name.endsWith('.reasons.txt'));
    expect(readFileSync(folder('refused', CODE, text), 'utf8')).toContain('identity-mismatch');
    expect(await readingsAt(OTHER, at)).toEqual([]);
  });

  it('is nothing while it is broken off, and nobody gets in without password or key', async () => {
    const at = instant(15);
    const session = await connect();
    const handle = await called<Buffer>((done) => session.sftp.open(`/${nameOf(CODE, at)}`, 'w', done));
    await called((done) => session.sftp.write(handle, Buffer.from('Temp\t31'), 0, 7, 0, done));
    await session.end();
    await eventually(
      async () => readdirSync(folder('uploading')),
      (names) => names.length === 0,
    );
    expect(readdirSync(folder('uploading'))).toEqual([]);
    expect(existsSync(folder('incoming', CODE, nameOf(CODE, at)))).toBe(false);
    await expect(connect({ password: 'guess' })).rejects.toThrow(/authentication/i);
    await expect(connect({ username: 'BD_NO_ONE', password: '' })).rejects.toThrow(/authentication/i);
  });
});

describe('a file in the watched folder', () => {
  const drop = (code: string, name: string, text: string): void => {
    mkdirSync(folder('incoming', code), { recursive: true });
    writeFileSync(folder('incoming', code, name), text);
  };

  it('keeps its good lines and tells of the others, in the folder, in the dead letters and in its record', async () => {
    const at = instant(20);
    const mutated = `${airFile(at, '1.234,5')}PM10\t4,5\tug/m3\t${stamp(at)}\t07\r\nXX\t1\t%\t${stamp(at)}\t00\r\nNO2\t12`;
    drop(CODE, nameOf(CODE, at), mutated);
    const stored = await eventually(
      () => readingsAt(CODE, at),
      (list) => list.length === 3,
    );
    expect(stored.find(({ quantity }) => quantity === 'pm25')).toMatchObject({ value: null, flag: 9 });
    const files = await eventually(
      async () => (await get('/api/v1/stations/bba/files')).files as { file: string }[],
      (list) => list.some(({ file }) => file === nameOf(CODE, at)),
    );
    expect(files.find(({ file }) => file === nameOf(CODE, at))).toMatchObject({
      lines: 6,
      readings: { stored: 3 },
      refusedLines: 3,
      refused: { 'unknown-status': 1, 'unknown-symbol': 1, 'cut-off': 1 },
    });
    const done = await eventually(
      async () => readdirSync(folder('done', CODE)).filter((name) => name.includes(nameOf(CODE, at))),
      (names) => names.length === 2,
    );
    const reasons = readFileSync(
      folder('done', CODE, done.find((name) => name.endsWith('.reasons.txt')) ?? ''),
      'utf8',
    );
    expect(reasons).toMatch(/line 4: unknown-status: .*07/);
    const letters = await runCommand(home, 'local/commands/redrive.ts', [
      '--station-files',
      '--list',
      '--sensor',
      CODE,
    ]);
    expect(letters.stdout).toContain(`XX\t1\t%\t${stamp(at)}\t00`);
    expect(letters.stdout).toContain('line 6: the file ends within the line');
  });

  it('is read again when its station was registered after it came', async () => {
    const at = instant(25);
    const code = 'BD_BAUB_NUOMOI';
    drop(code, nameOf(code, at), `pH\t7.1\t-\t${stamp(at)}\t00\r\n`);
    await eventually(
      async () => existsSync(folder('refused', code)) && readdirSync(folder('refused', code)).length === 2,
      Boolean,
    );
    await station('add', 'moi', '--kind', 'water', '--latitude', '10.9', '--longitude', '106.6', '--code', code);
    const redriven = await runCommand(home, 'local/commands/redrive.ts', [
      '--station-files',
      '--code',
      'unknown-station',
    ]);
    expect(redriven).toMatchObject({ code: 0, stdout: expect.stringContaining('1 sent back') });
    expect(
      await eventually(
        () => readingsAt(code, at),
        (list) => list.length === 1,
      ),
    ).toMatchObject([{ value: 7.1 }]);
    await eventually(
      async () => readdirSync(folder('refused', code)),
      (names) => names.length === 0,
    );
    expect(readdirSync(folder('done', code))).toHaveLength(1);
  });

  it('is not lost when the city is killed before it was read', async () => {
    const times = Array.from({ length: 12 }, (_, index) => instant(30 + 5 * index));
    for (const at of times) drop(CODE, nameOf(CODE, at), airFile(at, '22'));
    await eventually(
      async () => readdirSync(folder('incoming', CODE)).filter((name) => name.endsWith('.txt')),
      (names) => names.length < 12,
    );
    await city.kill();
    city = await startChildCity(home, environment);
    for (const at of times) {
      expect(
        await eventually(
          () => readingsAt(CODE, at),
          (list) => list.length === 3,
        ),
      ).toHaveLength(3);
    }
    await eventually(
      async () => readdirSync(folder('taken', CODE)),
      (names) => names.length === 0,
    );
    expect(readdirSync(folder('taken', CODE))).toEqual([]);
  });
});

describe('stored readings as files', () => {
  it('come out as they went in, and say nothing new when they come back', async () => {
    const [from, to] = [instant(90), instant(25)];
    const out = join(home, 'export');
    const range = ['--from', new Date(from).toISOString(), '--to', new Date(to).toISOString(), '--out', out];
    const first = await runCommand(home, 'local/commands/export-tt10.ts', ['--station', 'bba', ...range]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const names = readdirSync(out).sort();
    expect(names).toHaveLength(12);
    const at = instant(30);
    expect(readFileSync(join(out, nameOf(CODE, at)), 'utf8')).toBe(
      `Temp\t31.2\t°C\t${stamp(at)}\t00\r\nO3\t\tµg/Nm3\t${stamp(at)}\t02\r\nPM2,5\t22\tµg/Nm3\t${stamp(at)}\t00\r\n`,
    );
    for (const name of names) copyFileSync(join(out, name), folder('incoming', CODE, name));
    const files = await eventually(
      async () => (await get('/api/v1/stations/bba/files?limit=12')).files as { readings: { unchanged: number } }[],
      (list) => list.every(({ readings }) => readings.unchanged === 3),
    );
    expect(files.map(({ readings }) => readings.unchanged)).toEqual(Array.from({ length: 12 }, () => 3));
  });
});

describe('a reference station', () => {
  it('is called one wherever it is shown', async () => {
    const expected = { referenceStation: true, mayPublishIndex: false };
    const { stations } = await get('/api/v1/stations');
    expect(stations.find(({ id }: { id: string }) => id === 'bba')).toMatchObject({
      ...expected,
      class: 'reference',
      fileCode: CODE,
    });
    const open = await get('/open/v1/stations');
    expect(open.stations.find(({ id }: { id: string }) => id === 'bba')).toMatchObject({
      ...expected,
      stationClass: 'reference',
    });
  });
});
