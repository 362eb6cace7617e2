import type { RefusedMessage } from '../../../events/refused-message.ts';
import type { Sensor } from '../../../shared/city/entities.ts';
import { createIngest, type IngestPorts, type QueuedUplink } from '../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import type { ReadingStore } from '../../../shared/telemetry/reading-store.ts';
import type { RefusedQueue } from '../../../shared/telemetry/refusal.ts';
import { memoryRawUplinks } from '../../support/memory-raw-uplinks.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { deviceUplink } from './uplinks.ts';

export const NOW = Date.parse('2026-11-22T01:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const sensor = (id: string, fields: Partial<Sensor> = {}): Sensor => ({
  id,
  kind: 'air',
  intervalSeconds: 900,
  status: 'active',
  ...fields,
});

export const EM400 = sensor('bin-7', { kind: 'bin', devEui: '24e124713d000042', codec: 'milesight-em400-mud' });

/** An ingest over memory stores, with everything that went to the dead letters or was complained of. */
export const setUp = (overrides: Partial<IngestPorts> = {}) => {
  const deadLetters: RefusedMessage[] = [];
  const problems: unknown[] = [];
  const refused: RefusedQueue = {
    send: async (messages) => {
      deadLetters.push(...messages);
      return [];
    },
  };
  const time = { now: NOW };
  const ports: IngestPorts = {
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    rawUplinks: memoryRawUplinks(),
    registry: memoryRegistry({
      sensor: [
        sensor('air-1'),
        sensor('air-2'),
        sensor('old-1', { status: 'retired' }),
        sensor('plain-9', { devEui: '0000000000000009' }),
        EM400,
      ],
    }),
    refused,
    clock: () => time.now,
    report: ({ error }) => problems.push(error),
    ...overrides,
  };
  const seriesOf = async (sensorId: string, quantity: Quantity) =>
    (await ports.readings.series({ sensorId, quantity, from: 0, to: NOW * 2 })).readings;
  return { ingest: createIngest(ports), ports, deadLetters, problems, time, seriesOf };
};

export const air = (sensorId: string, measuredAt: number, pm25: number | null, receivedAt = NOW): QueuedUplink =>
  deviceUplink(sensorId, { measuredAt, values: { pm25 } }, receivedAt);

/** A reading store that says no to what `fault` names, and is the reference otherwise. */
export const failingStore = (fault: (pm25: number | null) => Error | undefined): ReadingStore => {
  const store = memoryReadingStore();
  return {
    ...store,
    append: async (readings) => {
      for (const { value } of readings) {
        const error = fault(value);
        if (error !== undefined) throw error;
      }
      return store.append(readings);
    },
  };
};
