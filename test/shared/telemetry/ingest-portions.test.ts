import { describe, expect, it } from 'vitest';
import { createIngest } from '../../../shared/telemetry/ingest.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { ReadingStore } from '../../../shared/telemetry/reading-store.ts';
import { memoryRawUplinks } from '../../support/memory-raw-uplinks.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { deviceUplink } from './uplinks.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');

/** An ingest that notes how many readings it handed to the store at a time. */
const setUp = () => {
  const appended: number[] = [];
  const store = memoryReadingStore();
  const readings: ReadingStore = {
    ...store,
    append: (batch) => {
      appended.push(batch.length);
      return store.append(batch);
    },
  };
  const ingest = createIngest({
    readings,
    sensorStates: memorySensorStates(),
    rawUplinks: memoryRawUplinks(),
    registry: memoryRegistry({ sensor: [{ id: 'air-1', kind: 'air', intervalSeconds: 900, status: 'active' }] }),
    refused: { send: async () => [] },
    clock: () => NOW,
    report: ({ error }) => {
      throw error;
    },
  });
  return { ingest, appended };
};

/** The largest back-fill a device may send, about 120 KB. */
const backfill = (message: number) =>
  deviceUplink(
    'air-1',
    Array.from({ length: 2_000 }, (_, entry) => ({
      measuredAt: NOW - (message * 2_000 + entry + 1) * 1_000,
      values: { pm25: entry % 100 },
    })),
    NOW,
  );

describe('a batch of large back-fills', () => {
  it('is stored whole, a few messages at a time, so that its readings are never all in memory', async () => {
    const { ingest, appended } = setUp();
    const messages = Array.from({ length: 30 }, (_, index) => backfill(index));
    const outcome = await ingest(messages);
    expect(outcome).toMatchObject({ retry: [], received: 30, refused: {}, readings: { stored: 60_000 } });
    expect(Math.max(...appended)).toBeLessThanOrEqual(10_000);
  });

  it('of ordinary size still goes to the store in one call', async () => {
    const { ingest, appended } = setUp();
    const messages = Array.from({ length: 100 }, (_, index) =>
      deviceUplink('air-1', { measuredAt: NOW - index * 1_000, values: { pm25: 12, pm10: 20 } }, NOW),
    );
    await ingest(messages);
    expect(appended).toEqual([200]);
  });
});
