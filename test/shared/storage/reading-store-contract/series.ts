import { describe, expect, it } from 'vitest';
import { InvalidCursorError, type ReadingStore } from '../../../../shared/telemetry/reading-store.ts';
import { at, type ContractTraits, newSensor, reading, seriesOf, wholeSeries } from './fixtures.ts';

/** Ranges and pages. */
export const seriesRules = (store: () => ReadingStore, { longSeries, pageSize }: ContractTraits): void => {
  describe('series', () => {
    it('is in the order of measurement, its range closed at the start and open at the end', async () => {
      const sensorId = newSensor();
      const clock = ['23:00:00.000', '21:00:00.000', '23:00:00.001', '20:59:59.999', '22:00:00.000'];
      const times = clock.map((time) => at(`2026-10-31T${time}Z`));
      await store().append(times.map((measuredAt) => reading({ sensorId, measuredAt })));
      const query = { sensorId, quantity: 'pm25' as const };
      const from = at('2026-10-31T21:00:00Z');
      const to = at('2026-10-31T23:00:00Z');
      const { readings, nextCursor } = await store().series({ ...query, from, to });
      expect(readings.map(({ measuredAt }) => measuredAt)).toEqual([from, at('2026-10-31T22:00:00Z')]);
      expect(nextCursor).toBeUndefined();
      expect(await store().series({ ...query, from: to + 2, to: to + 3 })).toEqual({ readings: [] });
      expect(await store().series({ ...query, from: to, to: from })).toEqual({ readings: [] });
    });

    it('goes on behind a page when readings are inserted before its end', async () => {
      const sensorId = newSensor();
      const times = [0, 10, 20, 30].map((minutes) => at('2026-10-05T23:45:00Z') + minutes * 60_000);
      await store().append(times.map((measuredAt) => reading({ sensorId, measuredAt })));
      const query = { ...seriesOf(reading({ sensorId })), limit: 2 };
      const first = await store().series(query);
      await store().append([reading({ sensorId, measuredAt: (times[0] ?? 0) + 1 })]);
      const second = await store().series({ ...query, cursor: first.nextCursor ?? '' });
      expect(second.readings.map(({ measuredAt }) => measuredAt)).toEqual(times.slice(2));
      expect(second.nextCursor).toBeUndefined();
    });

    it('refuses a cursor that is none, or of another query', async () => {
      const sensorId = newSensor();
      await store().append([0, 1, 2].map((i) => reading({ sensorId, measuredAt: at('2026-10-05T00:00:00Z') + i })));
      const query = { ...seriesOf(reading({ sensorId })), limit: 1 };
      const { nextCursor = '' } = await store().series(query);
      for (const cursor of ['', 'x', 'bnVsbA', `${nextCursor}A`]) {
        await expect(store().series({ ...query, cursor })).rejects.toBeInstanceOf(InvalidCursorError);
      }
      await expect(store().series({ ...query, quantity: 'pm10', cursor: nextCursor })).rejects.toBeInstanceOf(
        InvalidCursorError,
      );
    });

    it(`gives a series of ${longSeries} readings page by page, each once`, async () => {
      const sensorId = newSensor();
      const start = at('2026-06-01T00:00:00Z');
      const measuredAts = Array.from({ length: longSeries }, (_, i) => start + i * 60_000);
      const all = measuredAts.map((measuredAt, i) => reading({ sensorId, measuredAt, value: i % 500 }));
      for (let i = 0; i < all.length; i += 10_000) await store().append(all.slice(i, i + 10_000));
      const pages = await wholeSeries(store(), { ...seriesOf(reading({ sensorId })), from: start, limit: pageSize });
      expect(pages.map(({ length }) => length).slice(0, -1)).toEqual(
        Array.from({ length: Math.ceil(longSeries / pageSize) - 1 }, () => pageSize),
      );
      expect(pages.flat().map(({ measuredAt }) => measuredAt)).toEqual(measuredAts);
    });
  });
};
