import { describe, expect, it } from 'vitest';
import { NOTE_AFTER_MS, notingChanges, SETTLED_AFTER_MS } from '../../../../shared/open-data/bulk/changed-days.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { AppendOutcome } from '../../../../shared/telemetry/reading-store.ts';
import { memoryChangedDays } from '../../../support/memory-bulk.ts';
import { aReading } from '../../../support/small-city.ts';

const NOW = Date.UTC(2026, 10, 22, 10);
const HOUR = 3_600_000;
const DAY_20 = Date.UTC(2026, 10, 20);

const noting = () => {
  const changes = memoryChangedDays();
  const readings = notingChanges(memoryReadingStore(), changes, () => NOW);
  const noted = async () => (await changes.list(100)).map(({ quantity, day }) => [quantity, day]);
  return { readings, noted };
};

describe('A note of a changed day', () => {
  it('is made once a quantity and day, however many late readings there are', async () => {
    const { readings, noted } = noting();
    await readings.append([
      aReading('a', 'pm25', DAY_20 + HOUR, 1),
      aReading('b', 'pm25', DAY_20 + 2 * HOUR, 1),
      aReading('a', 'pm10', DAY_20 + HOUR, 1),
      aReading('a', 'pm25', DAY_20 - 1, 1),
    ]);
    expect(await noted()).toEqual([
      ['pm25', DAY_20 - 24 * HOUR],
      ['pm10', DAY_20],
      ['pm25', DAY_20],
    ]);
  });

  it('is not made of readings in time', async () => {
    const { readings, noted } = noting();
    await readings.append([aReading('a', 'pm25', NOW - NOTE_AFTER_MS, 1), aReading('a', 'pm25', NOW, 1)]);
    expect(await noted()).toEqual([]);
  });

  it('is made of a repeat as well, whose first try may have failed before its note', async () => {
    const { readings, noted } = noting();
    const old = aReading('a', 'pm25', DAY_20, 1);
    const changes = memoryChangedDays();
    const store = memoryReadingStore();
    const failing = notingChanges(store, { note: () => Promise.reject(new Error('away')) }, () => NOW);
    await expect(failing.append([old])).rejects.toThrow('away');
    await notingChanges(store, changes, () => NOW).append([old]);
    expect(await changes.list(9)).toHaveLength(1);
    await readings.append([old]);
    expect(await noted()).toHaveLength(1);
  });

  it('is not made of what the store refused', async () => {
    const changes = memoryChangedDays();
    const rejected: AppendOutcome = { status: 'rejected', code: 'too-old', reason: 'too old' };
    const store = notingChanges({ ...memoryReadingStore(), append: async () => [rejected] }, changes, () => NOW);
    expect(await store.append([aReading('a', 'pm25', DAY_20, 1)])).toEqual([rejected]);
    expect(await changes.list(9)).toEqual([]);
  });

  it('is made of everything that can come after a day was issued', () => {
    expect(SETTLED_AFTER_MS).toBeGreaterThan(NOTE_AFTER_MS);
  });
});
