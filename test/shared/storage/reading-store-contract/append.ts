import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import type { QualityFlag, Reading } from '../../../../shared/telemetry/reading.ts';
import type { ReadingStore } from '../../../../shared/telemetry/reading-store.ts';
import { at, type ContractTraits, newSensor, reading, seriesOf, statuses, wholeSeries } from './fixtures.ts';

/** What becomes of readings that are appended. */
export const appendRules = (store: () => ReadingStore, { tellsExactRepeats }: ContractTraits): void => {
  describe('append', () => {
    const later = (first: Reading, value: number | null, receivedAfterMs: number): Reading => ({
      ...first,
      value,
      receivedAt: first.receivedAt + receivedAfterMs,
    });

    it('stores a reading and gives back all of it', async () => {
      const first = reading({ sensorId: newSensor(), value: 0.1 + 0.2, quality: { flag: 3, test: "o'clock" } });
      expect(await statuses(store(), [first])).toEqual(['stored']);
      expect(await store().versions(first)).toEqual([first]);
    });

    it('keeps a missing value missing', async () => {
      const missing = reading({ sensorId: newSensor(), value: null, quality: { flag: 9, test: 'none' } });
      await store().append([missing]);
      expect(await store().versions(missing)).toEqual([missing]);
    });

    it('takes a replay that was received again for what it is: nothing new', async () => {
      const first = reading({ sensorId: newSensor() });
      await store().append([first]);
      expect(await statuses(store(), [later(first, first.value, 60_000)])).toEqual(['unchanged']);
      expect(await store().versions(first)).toEqual([first]);
    });

    it('changes nothing when the very same reading comes again', async () => {
      const first = reading({ sensorId: newSensor() });
      await store().append([first]);
      expect(await statuses(store(), [first])).toEqual([tellsExactRepeats ? 'unchanged' : 'stored']);
      expect(await store().versions(first)).toEqual([first]);
    });

    it('makes a later correction current and the earlier reading history', async () => {
      const first = reading({ sensorId: newSensor() });
      const correction = later(first, 99, 1_000);
      await store().append([first]);
      expect(await statuses(store(), [correction])).toEqual(['corrected']);
      expect(await store().versions(first)).toEqual([first, correction]);
      expect(await wholeSeries(store(), seriesOf(first))).toEqual([[correction]]);
    });

    it('keeps what was received earlier, but comes later, as history', async () => {
      const current = reading({ sensorId: newSensor() });
      const earlier = later(current, 7, -5_000);
      await store().append([current]);
      expect(await statuses(store(), [earlier, earlier])).toEqual(['superseded', 'superseded']);
      expect(await store().versions(current)).toEqual([earlier, current]);
    });

    it('lets the one that came first stay when two were received at the same instant', async () => {
      const first = reading({ sensorId: newSensor() });
      const rival = { ...first, value: 3 };
      expect(await statuses(store(), [first, rival])).toEqual(['stored', 'superseded']);
      expect(await store().versions(first)).toEqual([rival, first]);
    });

    it('takes a correction to a missing value, and back', async () => {
      const first = reading({ sensorId: newSensor() });
      const missing = { ...later(first, null, 1_000), quality: { flag: 9 as QualityFlag, test: 'none' } };
      const back = later(first, first.value, 2_000);
      for (const one of [first, missing, back]) await store().append([one]);
      expect(await store().versions(first)).toEqual([first, missing, back]);
    });

    it('decides several readings of one identity in one call by the same rules, in their order', async () => {
      const first = reading({ sensorId: newSensor() });
      const all = [first, later(first, 12.5, 10), later(first, 20, 30), later(first, 15, 20), later(first, 20, 40)];
      expect(await statuses(store(), all)).toEqual(['stored', 'unchanged', 'corrected', 'superseded', 'unchanged']);
      expect(await store().versions(first)).toEqual([first, later(first, 15, 20), later(first, 20, 30)]);
    });

    it('is harmless when a whole call is made again', async () => {
      const first = reading({ sensorId: newSensor() });
      const all = [first, later(first, 1, 10), later(first, 2, 20)];
      await store().append(all);
      const before = await store().versions(first);
      await store().append(all);
      expect(await store().versions(first)).toEqual(before);
    });

    it('keeps sensors, quantities and instants apart', async () => {
      const one = reading({ sensorId: newSensor() });
      const others = [
        one,
        { ...one, sensorId: newSensor(), value: 1 },
        { ...one, quantity: 'pm10' as Quantity, value: 2 },
        { ...one, measuredAt: one.measuredAt + 1, value: 3 },
      ];
      expect(await statuses(store(), others)).toEqual(['stored', 'stored', 'stored', 'stored']);
      for (const other of others) expect(await store().versions(other)).toEqual([other]);
    });

    it('answers in order for more readings than one request may carry', async () => {
      const sensorId = newSensor();
      const many = Array.from({ length: 250 }, (_, i) =>
        reading({ sensorId, measuredAt: at('2026-10-05T00:00:00Z') + i * 1_000, value: i }),
      );
      await store().append(many.filter((_, i) => i % 3 === 0));
      const again = many.map((one) => ({ ...one, receivedAt: one.receivedAt + 1 }));
      expect(await statuses(store(), again)).toEqual(many.map((_, i) => (i % 3 === 0 ? 'unchanged' : 'stored')));
    });

    it('lets every one of several writers at once be seen', async () => {
      const first = reading({ sensorId: newSensor() });
      const writers = Array.from({ length: 5 }, (_, i) => later(first, 100 + i, i * 10));
      await Promise.all(writers.map((one) => store().append([one])));
      const versions = await store().versions(first);
      expect(versions).toEqual(writers);
    });
  });
};
