import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type ChildCity, startChildCity } from '../local/child-city.ts';
import { cityEnvironment } from '../local/home.ts';
import { openPki } from '../local/pki/pki.ts';
import type { Sensor } from '../shared/city/entities.ts';
import { readEnvironment, storesEnvironmentSchema } from '../shared/lambda/environment.ts';
import { openStores } from '../shared/storage/open.ts';

/**
 * How many MQTT messages a second the local city carries from the wire into stored readings, and what memory it takes: an empty city
 * in a child process, sensors as real TLS clients in another (`ingest-load.ts`), QoS 1, one value a message.
 * Prints one JSON line. Both processes share the machine, so the figure is a lower bound.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '30000' },
    sensors: { type: 'string', default: '200' },
    window: { type: 'string', default: '10' },
    store: { type: 'string', default: 'timestream' },
  },
});
const messages = Number(values.messages);
const sensorIds = Array.from(
  { length: Number(values.sensors) },
  (_, index) => `bench-${String(index).padStart(4, '0')}`,
);

const healthSchema = z.object({
  uplinks: z.object({ visible: z.number(), inFlight: z.number(), delayed: z.number() }),
  deadLetters: z.number(),
});

const health = async (city: ChildCity) =>
  healthSchema.parse(await (await fetch(`${city.running.http}/healthz`)).json());

/** Resident memory of the whole city, megabytes: it is one process. */
const residentMb = (city: ChildCity, field: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${city.process.pid}/status`, 'utf8');
  return Math.round(Number(status.match(new RegExp(`${field}:\\s+(\\d+) kB`))?.[1] ?? 0) / 1_024);
};

const register = async (city: ChildCity): Promise<void> => {
  Object.assign(process.env, cityEnvironment(city.running));
  const { registry } = openStores(readEnvironment(storesEnvironmentSchema));
  const sensors = sensorIds.map((id): Sensor => ({ id, kind: 'bin', intervalSeconds: 60, status: 'active' }));
  await registry.putMany('sensor', sensors);
  const pki = await openPki(city.home);
  for (const id of sensorIds) await pki.issueDevice(id);
};

const load = async (city: ChildCity): Promise<{ readonly acknowledgedMs: number }> => {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'ingest-load.ts'),
      city.home,
      String(messages),
      String(values.window),
      sensorIds.join(','),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The load generator ended with ${code}`);
  return z.object({ acknowledgedMs: z.number() }).parse(JSON.parse(lines.join('')));
};

const drained = async (city: ChildCity): Promise<void> => {
  for (;;) {
    const { uplinks } = await health(city);
    if (uplinks.visible + uplinks.inFlight + uplinks.delayed === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const home = mkdtempSync(join(tmpdir(), 'phosach-bench-'));
const city = await startChildCity(home, { PHOSACH_READING_STORE: String(values.store) });
try {
  await register(city);
  const idleMb = residentMb(city, 'VmRSS');
  const { acknowledgedMs } = await load(city);
  const waitedFrom = performance.now();
  await drained(city);
  const storedMs = acknowledgedMs + (performance.now() - waitedFrom);
  const { deadLetters } = await health(city);
  const result = {
    messages,
    sensors: sensorIds.length,
    store: values.store,
    acknowledgedPerSecond: Math.round(messages / (acknowledgedMs / 1_000)),
    storedPerSecond: Math.round(messages / (storedMs / 1_000)),
    deadLetters,
    idleMb,
    peakMb: residentMb(city, 'VmHWM'),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await city.stop();
  rmSync(home, { recursive: true, force: true });
}
process.exit(0);
