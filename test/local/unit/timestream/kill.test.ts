import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paginateQuery } from '@aws-sdk/client-timestream-query';
import { RejectedRecordsException, TimestreamWriteClient, WriteRecordsCommand } from '@aws-sdk/client-timestream-write';
import { describe, expect, it } from 'vitest';
import { startTimestreamEndpoint } from '../../../../local/timestream/endpoint.ts';
import { clientsFor, createReadings, pm25, table } from './support.ts';

const worker = new URL('./killed-endpoint.ts', import.meta.url).pathname;

/** A small generator with a seed (mulberry32), so that a failure can be run again. */
const random = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

const startChild = async (directory: string): Promise<{ readonly child: ChildProcess; readonly url: string }> => {
  const child = spawn(process.execPath, [worker, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim() };
};

type Key = string;
/** What the endpoint may hold for each key: the version last acknowledged, and those sent without an answer. */
type Expected = Map<Key, { acknowledged: number; readonly unanswered: Set<number> }>;

const START = Date.now() - 3_600_000;
const SENSORS = 40;

/** Writes batches until the endpoint is gone; some records are new, some are later versions (value = version) of old ones. */
const writeUntilKilled = async (
  client: TimestreamWriteClient,
  next: () => number,
  expected: Expected,
  writer: number,
): Promise<void> => {
  for (;;) {
    const batch = new Map<Key, number>();
    for (let i = 0; i < 50; i += 1) {
      // Writers have sensors of their own, so that the order of versions is known.
      const sensor = writer * SENSORS + Math.floor(next() * SENSORS);
      const key = `s${sensor} ${START + Math.floor(next() * 400) * 1000}`;
      const known = expected.get(key);
      batch.set(key, Math.max(known?.acknowledged ?? 0, ...(known?.unanswered ?? [])) + 1);
    }
    for (const [key, version] of batch) {
      const entry = expected.get(key) ?? { acknowledged: 0, unanswered: new Set() };
      entry.unanswered.add(version);
      expected.set(key, entry);
    }
    const records = [...batch].map(([key, version]) => {
      const [sensor = '', time] = key.split(' ');
      return pm25(sensor, Number(time), version, version);
    });
    try {
      await client.send(new WriteRecordsCommand({ ...table, Records: records }));
    } catch (error) {
      if (error instanceof RejectedRecordsException) throw error;
      return;
    }
    for (const [key, version] of batch) expected.set(key, { acknowledged: version, unanswered: new Set() });
  }
};

const readAll = async (client: ReturnType<typeof clientsFor>['query']): Promise<ReadonlyMap<Key, number>> => {
  const found = new Map<Key, number>();
  const sql = 'SELECT sensor_id, to_milliseconds(time), measure_value::double FROM "city"."readings"';
  for await (const { Rows = [] } of paginateQuery({ client }, { QueryString: sql }))
    for (const { Data = [] } of Rows) {
      const [sensor, time, value] = Data.map(({ ScalarValue }) => ScalarValue);
      const key = `${sensor} ${time}`;
      if (found.has(key)) throw new Error(`${key} is there twice`);
      found.set(key, Number(value));
    }
  return found;
};

describe('kill -9 at any moment', () => {
  it.each([1, 2])('loses and doubles no acknowledged record (seed %i)', async (seed) => {
    const next = random(seed);
    const directory = mkdtempSync(join(tmpdir(), 'timestream-kill-'));
    const expected: Expected = new Map();
    const first = await startTimestreamEndpoint({ directory });
    await createReadings(clientsFor(first.url).write);
    await first.close();
    // Each life begins with what the one before left; the time of death falls before, within and after the taking over by DuckDB.
    for (const lifetime of [60 + next() * 300, 500 + next() * 500]) {
      const { child, url } = await startChild(directory);
      clientsFor(url);
      const writers = [0, 1, 2, 3].map((writer) =>
        writeUntilKilled(new TimestreamWriteClient({ maxAttempts: 1 }), next, expected, writer),
      );
      await new Promise((resolve) => setTimeout(resolve, lifetime));
      child.kill('SIGKILL');
      await Promise.all(writers);
      await once(child, 'close');
    }
    const endpoint = await startTimestreamEndpoint({ directory });
    const found = await readAll(clientsFor(endpoint.url).query);
    await endpoint.close();
    const acknowledged = [...expected].filter(([, entry]) => entry.acknowledged > 0);
    expect(acknowledged.length).toBeGreaterThan(10);
    const wrong = [...expected].filter(([key, entry]) => {
      const held = found.get(key) ?? 0;
      return held !== entry.acknowledged && !entry.unanswered.has(held);
    });
    expect(wrong).toEqual([]);
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([
    [
      'after DuckDB took the records over and before SQLite forgot them',
      (name: string) => name.startsWith('timestream.sqlite'),
    ],
    ['before DuckDB took the records over', () => true],
  ])('%s is no loss and no repetition', async (_, isRestored) => {
    const directory = mkdtempSync(join(tmpdir(), 'timestream-kill-'));
    const earlier = mkdtempSync(join(tmpdir(), 'timestream-earlier-'));
    const first = await startTimestreamEndpoint({ directory });
    const { write, query } = clientsFor(first.url);
    await createReadings(write);
    const records = [pm25('aq-1', START, 1, 1), pm25('aq-2', START, 1, 1), pm25('aq-1', START, 2, 2)];
    await write.send(new WriteRecordsCommand({ ...table, Records: records }));
    cpSync(directory, earlier, { recursive: true });
    expect((await readAll(query)).size).toBe(2);
    await first.close();
    // What the files would be had the process died there: those of then, in part or all.
    for (const name of readdirSync(directory)) if (isRestored(name)) rmSync(join(directory, name));
    for (const name of readdirSync(earlier)) if (isRestored(name)) cpSync(join(earlier, name), join(directory, name));
    const second = await startTimestreamEndpoint({ directory });
    expect(await readAll(clientsFor(second.url).query)).toEqual(
      new Map([
        [`aq-1 ${START}`, 2],
        [`aq-2 ${START}`, 1],
      ]),
    );
    await second.close();
    for (const folder of [directory, earlier]) rmSync(folder, { recursive: true });
  });
});
