import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import { type Reading, readingKey } from '../../../../shared/telemetry/reading.ts';
import type { ReadingStore } from '../../../../shared/telemetry/reading-store.ts';
import { at, CONTRACT_NOW, type ContractTraits, newSensor, reading, seriesOf, wholeSeries } from './fixtures.ts';

const start = at('2026-10-05T00:00:00Z');
const HOUR = 3_600_000;

/** Descending series, their ends, and how long they are. */
export const edgeRules = (store: () => ReadingStore, { generatedRuns }: ContractTraits): void => {
  describe('the ends of series', () => {
    it('are found for many at once, and nothing for a series without readings', async () => {
      const [one, other] = [newSensor(), newSensor()];
      const readings = [0, 30, 60].flatMap((hours) => [
        reading({ sensorId: one, measuredAt: start + hours * HOUR, value: hours }),
        reading({ sensorId: other, quantity: 'pm10', measuredAt: start + hours * HOUR, value: hours }),
      ]);
      await store().append(readings);
      const series = [
        { sensorId: one, quantity: 'pm25' as const },
        { sensorId: one, quantity: 'pm25' as const },
        { sensorId: other, quantity: 'pm10' as const },
        { sensorId: other, quantity: 'pm25' as const },
        { sensorId: 'nobody', quantity: 'pm25' as const },
      ];
      const valuesOf = async (edge: 'newest' | 'oldest', from: number, to: number) =>
        (await store().edges({ series, edge, from, to })).map(({ value }) => value);
      expect(await valuesOf('newest', 0, CONTRACT_NOW)).toEqual([60, 60]);
      expect(await valuesOf('oldest', 0, CONTRACT_NOW)).toEqual([0, 0]);
      expect(await valuesOf('newest', 0, start + 60 * HOUR)).toEqual([30, 30]);
      expect(await valuesOf('oldest', start + 1, CONTRACT_NOW)).toEqual([30, 30]);
      expect(await valuesOf('oldest', start + 1, start + 2)).toEqual([]);
      expect(await valuesOf('newest', start + 1, start)).toEqual([]);
      expect(await store().edges({ series: [], edge: 'newest', from: 0, to: CONTRACT_NOW })).toEqual([]);
    });

    it('say what is current, also where that is a missing value', async () => {
      const sensorId = newSensor();
      const first = reading({ sensorId, measuredAt: start });
      const missing = reading({
        sensorId,
        measuredAt: start + HOUR,
        value: null,
        quality: { flag: 9, test: 'no-echo' },
      });
      await store().append([
        first,
        { ...missing, value: 4, quality: first.quality, receivedAt: missing.receivedAt - 1 },
      ]);
      await store().append([missing]);
      const series = [{ sensorId, quantity: 'pm25' as const }];
      expect(await store().edges({ series, edge: 'newest', from: 0, to: CONTRACT_NOW })).toEqual([missing]);
      expect(await store().counts({ ...seriesOf(first), series: [...series, ...series] })).toEqual([
        { sensorId, quantity: 'pm25', count: 2 },
      ]);
    });
  });

  it('puts many series together in the order of time, where it can', async () => {
    const { across } = store();
    if (across === undefined) return;
    const sensors = [newSensor(), newSensor(), newSensor()];
    const readings = sensors.flatMap((sensorId, place) =>
      [0, 1, 10, 30].map((hours) =>
        reading({ sensorId, measuredAt: start + (hours * 3 + place) * HOUR, value: hours }),
      ),
    );
    await store().append(readings);
    const query = {
      series: [...sensors.map((sensorId) => seriesOf(reading({ sensorId })))],
      from: 0,
      to: CONTRACT_NOW,
    };
    const inTime = readings.toSorted((a, b) => a.measuredAt - b.measuredAt);
    expect(await across({ ...query, order: 'ascending', limit: 100 })).toEqual(inTime);
    expect(await across({ ...query, order: 'ascending', limit: 4 })).toEqual(inTime.slice(0, 4));
    expect(await across({ ...query, order: 'descending', limit: 5 })).toEqual(inTime.toReversed().slice(0, 5));
    const later = { ...query, from: start + HOUR, to: start + 31 * HOUR };
    expect(await across({ ...later, order: 'ascending', limit: 3 })).toEqual(inTime.slice(1, 4));
    expect(await across({ ...later, order: 'descending', limit: 1 })).toEqual([inTime[6]]);
    expect(await across({ ...query, series: [], order: 'ascending', limit: 3 })).toEqual([]);
  });

  it('hands over instants and values alone, where that is less, a missing value as none', async () => {
    const { points } = store();
    if (points === undefined) return;
    const sensorId = newSensor();
    const readings = [12.5, null, -3e-7, 0, 1e21, 7].map((value, index) =>
      reading({
        sensorId,
        measuredAt: start + index * 13 * HOUR,
        value,
        ...(value === null && { quality: { flag: 9, test: 'no-echo' } }),
      }),
    );
    await store().append(readings);
    const told = readings.map(({ measuredAt, value }) => ({ measuredAt, value }));
    const query = { ...seriesOf(reading({ sensorId })), from: 0, to: CONTRACT_NOW };
    expect(await points(query)).toEqual(told);
    expect(await points({ ...query, order: 'descending', limit: 4 })).toEqual(told.toReversed().slice(0, 4));
    expect(await points({ ...query, from: start + 1, limit: 2 })).toEqual(told.slice(1, 3));
    expect(await points({ ...query, to: start + 1 })).toEqual(told.slice(0, 1));
    expect(await points({ ...query, to: start })).toEqual([]);
    expect(await points({ ...query, from: start + 1, to: start })).toEqual([]);
    expect(await points({ ...query, sensorId: 'nobody' })).toEqual([]);
  });

  describe('a descending series', () => {
    it('is the ascending one from its other end, page by page, and its cursors are its own', async () => {
      const sensorId = newSensor();
      const readings = Array.from({ length: 9 }, (_, index) =>
        reading({ sensorId, measuredAt: start + index * 7 * HOUR, value: index }),
      );
      await store().append(readings);
      const query = { ...seriesOf(reading({ sensorId })), limit: 2, order: 'descending' as const };
      const pages = await wholeSeries(store(), query);
      expect(pages.flat()).toEqual(readings.toReversed());
      expect(pages.map(({ length }) => length)).toEqual([2, 2, 2, 2, 1]);
      const { nextCursor = '' } = await store().series(query);
      const { order: _, ...ascending } = query;
      await expect(store().series({ ...ascending, cursor: nextCursor })).rejects.toThrow(/Not a cursor/);
    });
  });

  it('agrees with the reference about ends, counts and descending order', async () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 6_000 }), { maxLength: 30 });
    const bound = fc.integer({ min: -10, max: 6_010 });
    await fc.assert(
      fc.asyncProperty(minutes, bound, bound, fc.nat(12), async (times, first, last, index) => {
        const reference = memoryReadingStore();
        const sensorId = newSensor();
        const readings: readonly Reading[] = [
          ...new Map(
            times.map((minute) => {
              const each = reading({ sensorId, measuredAt: start + minute * 60_000, value: minute });
              return [readingKey(each), each];
            }),
          ).values(),
        ];
        await Promise.all([reference.append(readings), store().append(readings)]);
        const range = { sensorId, quantity: 'pm25' as const, from: start + first * 60_000, to: start + last * 60_000 };
        for (const ask of [
          async (from: ReadingStore) => (await from.counts({ ...range, series: [range] }))[0]?.count ?? 0,
          (from: ReadingStore) => from.total({ ...range, series: [range, { ...range, quantity: 'pm10' }] }),
          (from: ReadingStore) => from.extents({ ...range, series: [range] }),
          async (from: ReadingStore) => (await wholeSeries(from, { ...range, skip: index, limit: 4 })).flat(),
          (from: ReadingStore) => from.series({ ...range, skip: index, limit: 2, order: 'descending' }),
          (from: ReadingStore) =>
            (from.points ?? reference.points)?.({ ...range, limit: index + 1, order: 'descending' }),
          (from: ReadingStore) => from.edges({ ...range, series: [range], edge: 'newest' }),
          (from: ReadingStore) => from.edges({ ...range, series: [range], edge: 'oldest' }),
          async (from: ReadingStore) => (await wholeSeries(from, { ...range, order: 'descending', limit: 4 })).flat(),
        ]) {
          expect(await ask(store())).toEqual(await ask(reference));
        }
      }),
      { numRuns: generatedRuns },
    );
  });
};
