import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { demoCity } from '../demo-city/demo-city.ts';
import { openPki } from '../pki/pki.ts';
import { connectSensor } from './client.ts';
import { runSimulator } from './main.ts';

/**
 * Worker thread that runs the simulator beside the city. Takes its options from `workerData`, posts `{ started: true }`, then
 * `{ log: { event, detail } }` now and then; any message to it means stop, after which it posts `{ closed: true }` and ends.
 */
const workerDataSchema = z.object({
  /** The city's folder: certificates are issued there, and `simulator.json` remembers what was delivered. */
  home: z.string().min(1),
  mqtt: z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) }),
  speed: z.number().min(0.01).max(100_000).default(1),
  historyDays: z.number().min(0).max(400).default(14),
});

const { home, mqtt, speed, historyDays } = workerDataSchema.parse(workerData);
const log = (event: string, detail: Readonly<Record<string, unknown>>): void =>
  parentPort?.postMessage({ log: { event, detail } });

const pki = await openPki(home);
const simulator = runSimulator({
  city: demoCity(),
  stateFile: join(home, 'simulator.json'),
  speed,
  historyDays,
  log,
  connect: async (sensorId) => {
    const credential = { ca: pki.ca, ...(await pki.issueDevice(sensorId)) };
    return connectSensor({ ...mqtt, sensorId, credential, log });
  },
});

parentPort?.once('message', async () => {
  await simulator.stop();
  parentPort?.postMessage({ closed: true });
  parentPort?.close();
});
parentPort?.postMessage({ started: true });
