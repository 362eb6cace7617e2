import { describe, expect, it } from 'vitest';
import { createIngest } from '../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { memoryRawUplinks } from '../../support/memory-raw-uplinks.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aSensor } from '../../support/small-city.ts';
import { deviceUplink } from './uplinks.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
const MINUTE = 60_000;

const setUp = () => {
  const suspected: Reading[] = [];
  const queue = { isDown: false };
  const ingest = createIngest({
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    rawUplinks: memoryRawUplinks(),
    registry: memoryRegistry({
      sensor: [aSensor('air-1', 's', 'air'), { ...aSensor('air-2', 's', 'air'), alarms: { pm25: 80 } }],
    }),
    refused: { send: async () => [] },
    suspect: async (readings) => {
      if (queue.isDown) throw new Error('the queue is down');
      suspected.push(...readings);
    },
    clock: () => NOW,
    report: () => undefined,
  });
  return { ingest, suspected, queue };
};

const air = (sensorId: string, minutesAgo: number, pm25: number | null) =>
  deviceUplink(sensorId, { measuredAt: NOW - minutesAgo * MINUTE, values: { pm25 } }, NOW);

describe('readings over an alarm threshold', () => {
  it('are passed on at once, by the sensor’s own threshold, and no others', async () => {
    const { ingest, suspected } = setUp();
    await ingest([air('air-1', 9, 240), air('air-1', 4, 260), air('air-2', 4, 90), air('air-2', 1, null)]);
    expect(suspected.map(({ sensorId, value }) => [sensorId, value])).toEqual([
      ['air-1', 260],
      ['air-2', 90],
    ]);
  });

  it('are not when they fail the quality tests', async () => {
    const { ingest, suspected } = setUp();
    await ingest([air('air-1', 4, 5_000)]);
    expect(suspected).toEqual([]);
  });

  it('bring their messages back, and those alone, when nobody takes the suspicion', async () => {
    const { ingest, suspected, queue } = setUp();
    const [calm, alarming] = [air('air-1', 9, 20), air('air-2', 4, 90)];
    queue.isDown = true;
    expect((await ingest([calm, alarming])).retry).toEqual([alarming.messageId]);
    queue.isDown = false;
    expect((await ingest([alarming])).retry).toEqual([]);
    expect(suspected.map(({ value }) => value)).toEqual([90]);
  });
});
