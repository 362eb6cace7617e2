import { describe, expect, it } from 'vitest';
import type { QualityFlag } from '../../../../shared/telemetry/reading.ts';
import type { Bucket, BucketQuery, ReadingStore } from '../../../../shared/telemetry/reading-store.ts';
import { at, hours, newSensor, reading } from './fixtures.ts';

/** Hour-ending buckets on the city’s clock. */
export const bucketRules = (store: () => ReadingStore): void => {
  describe('buckets', () => {
    const days = (sensorIds: readonly string[], from: string, to: string): BucketQuery => ({
      ...hours('', from, to),
      sensorIds,
      size: 'day',
    });

    it('end with their hour: 08:00 belongs to the hour that ends at 08:00', async () => {
      const sensorId = newSensor();
      const values: readonly (readonly [string, number])[] = [
        ['2026-10-05T07:00:00.000Z', 1],
        ['2026-10-05T07:00:00.001Z', 2],
        ['2026-10-05T08:00:00.000Z', 4],
        ['2026-10-05T08:00:00.001Z', 8],
      ];
      await store().append(values.map(([time, value]) => reading({ sensorId, measuredAt: at(time), value })));
      expect(await store().buckets(hours(sensorId, '2026-10-05T07:00:00Z', '2026-10-05T08:00:00Z'))).toEqual([
        { sensorId, endsAt: at('2026-10-05T08:00:00Z'), count: 2, mean: 3, min: 2, max: 4 },
      ]);
      const all = await store().buckets(hours(sensorId, '2026-10-05T06:00:00Z', '2026-10-05T09:00:00Z'));
      expect(all.map(({ endsAt, count }) => [new Date(endsAt).getUTCHours(), count])).toEqual([
        [7, 1],
        [8, 2],
        [9, 1],
      ]);
    });

    it('of a day end at the city’s midnight, over the end of a month and of February', async () => {
      const sensorId = newSensor();
      const times = [
        '2026-02-28T16:59:59.999Z',
        '2026-02-28T17:00:00.000Z',
        '2026-02-28T17:00:00.001Z',
        '2026-10-31T17:00:00.000Z',
        '2026-10-31T17:00:00.001Z',
        '2026-11-01T00:00:00.000Z',
        '2026-11-01T17:00:00.000Z',
      ];
      await store().append(times.map((time, i) => reading({ sensorId, measuredAt: at(time), value: 2 ** i })));
      const buckets = await store().buckets(days([sensorId], '2026-02-01T17:00:00Z', '2026-11-10T17:00:00Z'));
      expect(buckets.map(({ endsAt, count, mean }) => [new Date(endsAt).toISOString(), count, mean])).toEqual([
        ['2026-02-28T17:00:00.000Z', 2, 1.5],
        ['2026-03-01T17:00:00.000Z', 1, 4],
        ['2026-10-31T17:00:00.000Z', 1, 8],
        ['2026-11-01T17:00:00.000Z', 3, (16 + 32 + 64) / 3],
      ]);
    });

    it('follow a city that is half an hour beside the full hours', async () => {
      const sensorId = newSensor();
      const times = ['2026-10-05T07:30:00.000Z', '2026-10-05T07:30:00.001Z', '2026-10-05T08:30:00.000Z'];
      await store().append(times.map((time) => reading({ sensorId, measuredAt: at(time) })));
      const query = hours(sensorId, '2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z');
      const buckets = await store().buckets({ ...query, utcOffsetMinutes: 330 });
      expect(buckets.map(({ endsAt, count }) => [new Date(endsAt).toISOString(), count])).toEqual([
        ['2026-10-05T07:30:00.000Z', 1],
        ['2026-10-05T08:30:00.000Z', 2],
      ]);
    });

    it('count only the flags asked for, and never a missing value', async () => {
      const sensorId = newSensor();
      const flags: readonly QualityFlag[] = [1, 2, 3, 4, 9];
      const measuredAt = (i: number): number => at('2026-10-05T07:10:00Z') + i;
      await store().append(
        flags.map((flag, i) =>
          reading({
            sensorId,
            measuredAt: measuredAt(i),
            value: flag === 9 ? null : flag * 10,
            quality: { flag, test: 'none' },
          }),
        ),
      );
      const query = hours(sensorId, '2026-10-05T07:00:00Z', '2026-10-05T08:00:00Z');
      expect(await store().buckets({ ...query, flags: [1, 2] })).toMatchObject([{ count: 2, mean: 15, max: 20 }]);
      expect(await store().buckets({ ...query, flags })).toMatchObject([{ count: 4, mean: 25, max: 40 }]);
      expect(await store().buckets({ ...query, flags: [9] })).toEqual([]);
      expect(await store().buckets({ ...query, flags: [] })).toEqual([]);
    });

    it('are right again after a correction and after late data, however often they were asked for', async () => {
      const sensorId = newSensor();
      const first = reading({ sensorId, measuredAt: at('2026-10-05T07:10:00Z'), value: 10 });
      const query = days([sensorId], '2026-09-30T17:00:00Z', '2026-10-31T17:00:00Z');
      const mean = async (): Promise<number | undefined> => (await store().buckets(query))[0]?.mean;
      await store().append([first]);
      expect([await mean(), await mean()]).toEqual([10, 10]);
      await store().append([{ ...first, value: 20, receivedAt: first.receivedAt + 1 }]);
      expect([await mean(), await mean()]).toEqual([20, 20]);
      await store().append([{ ...first, value: 40, measuredAt: first.measuredAt + 1 }]);
      expect([await mean(), await mean()]).toEqual([30, 30]);
    });

    it('come sorted by sensor, then by end, each sensor once', async () => {
      const sensorIds = [newSensor(), newSensor(), newSensor()].reverse();
      const times = ['2026-10-05T09:30:00Z', '2026-10-05T07:30:00Z'];
      await store().append(
        sensorIds.flatMap((sensorId) => times.map((time) => reading({ sensorId, measuredAt: at(time) }))),
      );
      const query = hours('', '2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z');
      const buckets = await store().buckets({ ...query, sensorIds: [...sensorIds, ...sensorIds] });
      const order = buckets.map(({ sensorId, endsAt }: Bucket) => `${sensorId} ${endsAt}`);
      expect(order).toHaveLength(6);
      expect(order).toEqual([...order].sort());
      expect(await store().buckets({ ...query, sensorIds: [] })).toEqual([]);
    });
  });
};
