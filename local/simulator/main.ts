import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoCity } from '../demo-city/demo-city.ts';
import type { SensorClient } from './client.ts';
import { type SimulatedDevice, simulatedDevices } from './device.ts';
import { limitConcurrency } from './limit.ts';
import { openProgress } from './progress.ts';
import { DAY_MS } from './rhythm.ts';
import { liveAsSensor } from './sensor-life.ts';

export type SimulatorOptions = {
  readonly city: Pick<DemoCity, 'sensors'>;
  /** How a sensor gets on the line; see `connectSensor`. */
  readonly connect: (sensorId: string) => Promise<SensorClient>;
  /** Where it remembers what was delivered. */
  readonly stateFile: string;
  /** How many times faster the model runs than the clock; 1 when absent. */
  readonly speed?: number;
  /** Days in the sensors' memories at the first start; 14 when absent. */
  readonly historyDays?: number;
  /** UTC epoch milliseconds. */
  readonly clock?: () => number;
  readonly log?: (event: string, detail: Readonly<Record<string, unknown>>) => void;
};

export type Simulator = { readonly stop: () => Promise<void> };

/** Between two TLS handshakes, so that a hundred sensors do not hold up the broker. */
const STAGGER_MS = 25;
const SAVE_EVERY_MS = 2_000;
/** Memories that pour out at the same time. */
const BACKFILL_SLOTS = 4;

/**
 * Lets the demo city's sensors live: each is an MQTT client of its own. The first time they deliver what their memories hold of
 * the last `historyDays`; after a restart they go on where they were, and fill the gap.
 */
export const runSimulator = (options: SimulatorOptions): Simulator => {
  const { city, stateFile, speed = 1, historyDays = 14, clock = Date.now, log } = options;
  const progress = openProgress(stateFile, clock(), speed);
  const stopping = new AbortController();
  const limitBackfill = limitConcurrency(BACKFILL_SLOTS);
  const clients: SensorClient[] = [];

  const live = async (device: SimulatedDevice, index: number): Promise<void> => {
    try {
      await sleep(index * STAGGER_MS, undefined, { signal: stopping.signal });
      const client = await options.connect(device.sensorId);
      clients.push(client);
      if (stopping.signal.aborted) return await client.close();
      const historyMs = historyDays * DAY_MS;
      await liveAsSensor({ device, client, progress, historyMs, speed, clock, signal: stopping.signal, limitBackfill });
    } catch (error) {
      if (!stopping.signal.aborted) log?.('sensor-died', { sensorId: device.sensorId, error: String(error) });
    }
  };
  const lives = simulatedDevices(city, progress.firstStart).map(live);
  const saving = setInterval(() => {
    if (progress.completesHistory(lives.length)) log?.('history-delivered', { sensors: lives.length });
    progress.save();
  }, SAVE_EVERY_MS);
  log?.('simulator-started', { sensors: lives.length, speed, firstStart: progress.firstStart });

  return {
    stop: async () => {
      stopping.abort();
      clearInterval(saving);
      await Promise.all(clients.map((client) => client.close()));
      await Promise.all(lives);
      progress.save();
    },
  };
};
