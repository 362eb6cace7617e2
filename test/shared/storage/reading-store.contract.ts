import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../../shared/telemetry/quantity.ts';
import type { QualityFlag, Reading } from '../../../shared/telemetry/reading.ts';
import {
  type Bucket,
  type BucketQuery,
  InvalidCursorError,
  type ReadingStore,
  type SeriesQuery,
} from '../../../shared/telemetry/reading-store.ts';
import { expectSameStory, storyArbitrary } from './reading-stories.ts';

/** The adapter's clock in the contract: all instants below lie before it. */
export const CONTRACT_NOW = Date.UTC(2026, 10, 20);

export type OpenedStore = { readonly store: ReadingStore; readonly close: () => Promise<void> };

export type ContractTraits = {
  /** Timestream cannot tell a first reading from an exact repeat of it: it answers `stored` to both. */
  readonly tellsExactRepeats: boolean;
  /** Readings of the long series. */
  readonly longSeries: number;
  /** Readings asked for a page of the long series. */
  readonly pageSize: number;
  readonly generatedRuns: number;
};

const VIETNAM = 420;
const at = (iso: string): number => Date.parse(iso);

let sensorCount = 0;
/** A sensor that no other test has written for. */
const newSensor = (): string => {
  sensorCount += 1;
  return `contract-${sensorCount}`;
};

const reading = (overrides: Partial<Reading> = {}): Reading => ({
  sensorId: 'contract',
  quantity: 'pm25',
  value: 12.5,
  measuredAt: at('2026-10-05T01:00:00Z'),
  receivedAt: at('2026-10-05T01:00:02Z'),
  quality: { flag: 1, test: 'none' },
  ...overrides,
});

const statuses = async (store: ReadingStore, readings: readonly Reading[]): Promise<readonly string[]> =>
  (await store.append(readings)).map(({ status }) => status);

/** All pages of a series, joined. */
export const wholeSeries = async (
  store: ReadingStore,
  query: SeriesQuery,
): Promise<readonly (readonly Reading[])[]> => {
  const pages: (readonly Reading[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.series({ ...query, ...(cursor !== undefined && { cursor }) });
    pages.push(page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
};

/** What every `ReadingStore` must do; each adapter runs it. */
export const readingStoreContract = (
  name: string,
  open: () => Promise<OpenedStore>,
  { tellsExactRepeats, longSeries, pageSize, generatedRuns }: ContractTraits,
): void => {
  describe(`${name} keeps the rules of a reading store`, () => {
    let opened: OpenedStore;
    let store: ReadingStore;
    beforeAll(async () => {
      opened = await open();
      store = opened.store;
    });
    afterAll(() => opened.close());

    describe('before anything was written', () => {
      it('finds nothing, and says so without failing', async () => {
        const identity = { sensorId: 'nobody', quantity: 'pm25' as Quantity, measuredAt: at('2026-10-05T01:00:00Z') };
        expect(await store.series({ ...identity, from: 0, to: Number.MAX_SAFE_INTEGER })).toEqual({ readings: [] });
        expect(await store.versions(identity)).toEqual([]);
        expect(await store.buckets(hours('nobody', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'))).toEqual([]);
        expect(await store.append([])).toEqual([]);
      });
    });

    describe('append', () => {
      const later = (first: Reading, value: number | null, receivedAfterMs: number): Reading => ({
        ...first,
        value,
        receivedAt: first.receivedAt + receivedAfterMs,
      });

      it('stores a reading and gives back all of it', async () => {
        const first = reading({ sensorId: newSensor(), value: 0.1 + 0.2, quality: { flag: 3, test: "o'clock" } });
        expect(await statuses(store, [first])).toEqual(['stored']);
        expect(await store.versions(first)).toEqual([first]);
      });

      it('keeps a missing value missing', async () => {
        const missing = reading({ sensorId: newSensor(), value: null, quality: { flag: 9, test: 'none' } });
        await store.append([missing]);
        expect(await store.versions(missing)).toEqual([missing]);
      });

      it('takes a replay that was received again for what it is: nothing new', async () => {
        const first = reading({ sensorId: newSensor() });
        await store.append([first]);
        expect(await statuses(store, [later(first, first.value, 60_000)])).toEqual(['unchanged']);
        expect(await store.versions(first)).toEqual([first]);
      });

      it('changes nothing when the very same reading comes again', async () => {
        const first = reading({ sensorId: newSensor() });
        await store.append([first]);
        expect(await statuses(store, [first])).toEqual([tellsExactRepeats ? 'unchanged' : 'stored']);
        expect(await store.versions(first)).toEqual([first]);
      });

      it('makes a later correction current and the earlier reading history', async () => {
        const first = reading({ sensorId: newSensor() });
        const correction = later(first, 99, 1_000);
        await store.append([first]);
        expect(await statuses(store, [correction])).toEqual(['corrected']);
        expect(await store.versions(first)).toEqual([first, correction]);
        expect(await wholeSeries(store, seriesOf(first))).toEqual([[correction]]);
      });

      it('keeps what was received earlier, but comes later, as history', async () => {
        const current = reading({ sensorId: newSensor() });
        const earlier = later(current, 7, -5_000);
        await store.append([current]);
        expect(await statuses(store, [earlier, earlier])).toEqual(['superseded', 'superseded']);
        expect(await store.versions(current)).toEqual([earlier, current]);
      });

      it('lets the one that came first stay when two were received at the same instant', async () => {
        const first = reading({ sensorId: newSensor() });
        const rival = { ...first, value: 3 };
        expect(await statuses(store, [first, rival])).toEqual(['stored', 'superseded']);
        expect(await store.versions(first)).toEqual([rival, first]);
      });

      it('takes a correction to a missing value, and back', async () => {
        const first = reading({ sensorId: newSensor() });
        const missing = { ...later(first, null, 1_000), quality: { flag: 9 as QualityFlag, test: 'none' } };
        const back = later(first, first.value, 2_000);
        for (const one of [first, missing, back]) await store.append([one]);
        expect(await store.versions(first)).toEqual([first, missing, back]);
      });

      it('decides several readings of one identity in one call by the same rules, in their order', async () => {
        const first = reading({ sensorId: newSensor() });
        const all = [first, later(first, 12.5, 10), later(first, 20, 30), later(first, 15, 20), later(first, 20, 40)];
        expect(await statuses(store, all)).toEqual(['stored', 'unchanged', 'corrected', 'superseded', 'unchanged']);
        expect(await store.versions(first)).toEqual([first, later(first, 15, 20), later(first, 20, 30)]);
      });

      it('is harmless when a whole call is made again', async () => {
        const first = reading({ sensorId: newSensor() });
        const all = [first, later(first, 1, 10), later(first, 2, 20)];
        await store.append(all);
        const before = await store.versions(first);
        await store.append(all);
        expect(await store.versions(first)).toEqual(before);
      });

      it('keeps sensors, quantities and instants apart', async () => {
        const one = reading({ sensorId: newSensor() });
        const others = [
          one,
          { ...one, sensorId: newSensor(), value: 1 },
          { ...one, quantity: 'pm10' as Quantity, value: 2 },
          { ...one, measuredAt: one.measuredAt + 1, value: 3 },
        ];
        expect(await statuses(store, others)).toEqual(['stored', 'stored', 'stored', 'stored']);
        for (const other of others) expect(await store.versions(other)).toEqual([other]);
      });

      it('answers in order for more readings than one request may carry', async () => {
        const sensorId = newSensor();
        const many = Array.from({ length: 250 }, (_, i) =>
          reading({ sensorId, measuredAt: at('2026-10-05T00:00:00Z') + i * 1_000, value: i }),
        );
        await store.append(many.filter((_, i) => i % 3 === 0));
        const again = many.map((one) => ({ ...one, receivedAt: one.receivedAt + 1 }));
        expect(await statuses(store, again)).toEqual(many.map((_, i) => (i % 3 === 0 ? 'unchanged' : 'stored')));
      });

      it('lets every one of several writers at once be seen', async () => {
        const first = reading({ sensorId: newSensor() });
        const writers = Array.from({ length: 5 }, (_, i) => later(first, 100 + i, i * 10));
        await Promise.all(writers.map((one) => store.append([one])));
        const versions = await store.versions(first);
        expect(versions).toEqual(writers);
      });
    });

    describe('series', () => {
      it('is in the order of measurement, its range closed at the start and open at the end', async () => {
        const sensorId = newSensor();
        const times = [3, 1, 4, 0, 2].map(
          (hour) => at(`2026-10-31T2${hour > 3 ? 3 : hour}:00:00Z`) + (hour > 3 ? 1 : 0),
        );
        await store.append(times.map((measuredAt) => reading({ sensorId, measuredAt })));
        const query = { sensorId, quantity: 'pm25' as const };
        const from = at('2026-10-31T21:00:00Z');
        const to = at('2026-10-31T23:00:00Z');
        const { readings, nextCursor } = await store.series({ ...query, from, to });
        expect(readings.map(({ measuredAt }) => measuredAt)).toEqual([from, at('2026-10-31T22:00:00Z')]);
        expect(nextCursor).toBeUndefined();
        expect(await store.series({ ...query, from: to + 2, to: to + 3 })).toEqual({ readings: [] });
        expect(await store.series({ ...query, from: to, to: from })).toEqual({ readings: [] });
      });

      it('goes on behind a page when readings are inserted before its end', async () => {
        const sensorId = newSensor();
        const times = [0, 10, 20, 30].map((minutes) => at('2026-10-05T23:45:00Z') + minutes * 60_000);
        await store.append(times.map((measuredAt) => reading({ sensorId, measuredAt })));
        const query = { ...seriesOf(reading({ sensorId })), limit: 2 };
        const first = await store.series(query);
        await store.append([reading({ sensorId, measuredAt: (times[0] ?? 0) + 1 })]);
        const second = await store.series({ ...query, cursor: first.nextCursor ?? '' });
        expect(second.readings.map(({ measuredAt }) => measuredAt)).toEqual(times.slice(2));
        expect(second.nextCursor).toBeUndefined();
      });

      it('refuses a cursor that is none, or of another query', async () => {
        const sensorId = newSensor();
        await store.append([0, 1, 2].map((i) => reading({ sensorId, measuredAt: at('2026-10-05T00:00:00Z') + i })));
        const query = { ...seriesOf(reading({ sensorId })), limit: 1 };
        const { nextCursor = '' } = await store.series(query);
        for (const cursor of ['', 'x', 'bnVsbA', `${nextCursor}A`]) {
          await expect(store.series({ ...query, cursor })).rejects.toBeInstanceOf(InvalidCursorError);
        }
        await expect(store.series({ ...query, quantity: 'pm10', cursor: nextCursor })).rejects.toBeInstanceOf(
          InvalidCursorError,
        );
      });

      it(`gives a series of ${longSeries} readings page by page, each once`, async () => {
        const sensorId = newSensor();
        const start = at('2026-06-01T00:00:00Z');
        const measuredAts = Array.from({ length: longSeries }, (_, i) => start + i * 60_000);
        const all = measuredAts.map((measuredAt, i) => reading({ sensorId, measuredAt, value: i % 500 }));
        for (let i = 0; i < all.length; i += 10_000) await store.append(all.slice(i, i + 10_000));
        const pages = await wholeSeries(store, { ...seriesOf(reading({ sensorId })), from: start, limit: pageSize });
        expect(pages.map(({ length }) => length).slice(0, -1)).toEqual(
          Array.from({ length: Math.ceil(longSeries / pageSize) - 1 }, () => pageSize),
        );
        expect(pages.flat().map(({ measuredAt }) => measuredAt)).toEqual(measuredAts);
      });
    });

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
        await store.append(values.map(([time, value]) => reading({ sensorId, measuredAt: at(time), value })));
        expect(await store.buckets(hours(sensorId, '2026-10-05T07:00:00Z', '2026-10-05T08:00:00Z'))).toEqual([
          { sensorId, endsAt: at('2026-10-05T08:00:00Z'), count: 2, mean: 3, min: 2, max: 4 },
        ]);
        const all = await store.buckets(hours(sensorId, '2026-10-05T06:00:00Z', '2026-10-05T09:00:00Z'));
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
        await store.append(times.map((time, i) => reading({ sensorId, measuredAt: at(time), value: 2 ** i })));
        const buckets = await store.buckets(days([sensorId], '2026-02-01T17:00:00Z', '2026-11-10T17:00:00Z'));
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
        await store.append(times.map((time) => reading({ sensorId, measuredAt: at(time) })));
        const query = hours(sensorId, '2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z');
        const buckets = await store.buckets({ ...query, utcOffsetMinutes: 330 });
        expect(buckets.map(({ endsAt, count }) => [new Date(endsAt).toISOString(), count])).toEqual([
          ['2026-10-05T07:30:00.000Z', 1],
          ['2026-10-05T08:30:00.000Z', 2],
        ]);
      });

      it('count only the flags asked for, and never a missing value', async () => {
        const sensorId = newSensor();
        const flags: readonly QualityFlag[] = [1, 2, 3, 4, 9];
        const measuredAt = (i: number): number => at('2026-10-05T07:10:00Z') + i;
        await store.append(
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
        expect(await store.buckets({ ...query, flags: [1, 2] })).toMatchObject([{ count: 2, mean: 15, max: 20 }]);
        expect(await store.buckets({ ...query, flags })).toMatchObject([{ count: 4, mean: 25, max: 40 }]);
        expect(await store.buckets({ ...query, flags: [9] })).toEqual([]);
        expect(await store.buckets({ ...query, flags: [] })).toEqual([]);
      });

      it('are right again after a correction and after late data, however often they were asked for', async () => {
        const sensorId = newSensor();
        const first = reading({ sensorId, measuredAt: at('2026-10-05T07:10:00Z'), value: 10 });
        const query = days([sensorId], '2026-09-30T17:00:00Z', '2026-10-31T17:00:00Z');
        const mean = async (): Promise<number | undefined> => (await store.buckets(query))[0]?.mean;
        await store.append([first]);
        expect([await mean(), await mean()]).toEqual([10, 10]);
        await store.append([{ ...first, value: 20, receivedAt: first.receivedAt + 1 }]);
        expect([await mean(), await mean()]).toEqual([20, 20]);
        await store.append([{ ...first, value: 40, measuredAt: first.measuredAt + 1 }]);
        expect([await mean(), await mean()]).toEqual([30, 30]);
      });

      it('come sorted by sensor, then by end, each sensor once', async () => {
        const sensorIds = [newSensor(), newSensor(), newSensor()].reverse();
        const times = ['2026-10-05T09:30:00Z', '2026-10-05T07:30:00Z'];
        await store.append(
          sensorIds.flatMap((sensorId) => times.map((time) => reading({ sensorId, measuredAt: at(time) }))),
        );
        const query = hours('', '2026-10-05T00:00:00Z', '2026-10-06T00:00:00Z');
        const buckets = await store.buckets({ ...query, sensorIds: [...sensorIds, ...sensorIds] });
        const order = buckets.map(({ sensorId, endsAt }: Bucket) => `${sensorId} ${endsAt}`);
        expect(order).toHaveLength(6);
        expect(order).toEqual([...order].sort());
        expect(await store.buckets({ ...query, sensorIds: [] })).toEqual([]);
      });
    });

    it('tells the same story as the reference, whatever comes in whatever order', () =>
      fc.assert(
        fc.asyncProperty(storyArbitrary, (story) =>
          expectSameStory(store, memoryReadingStore(), story, { prefix: newSensor(), tellsExactRepeats }),
        ),
        { numRuns: generatedRuns },
      ));

    it('ends with the same current reading in whatever order differing versions arrive', () =>
      fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
          fc.integer({ min: 1, max: 5 }),
          async (order, batch) => {
            const sensorId = newSensor();
            const versions = [0, 1, 2, 3, 4].map((i) => reading({ sensorId, value: i, receivedAt: CONTRACT_NOW + i }));
            const arriving = order.flatMap((i) => versions[i] ?? []);
            for (let i = 0; i < arriving.length; i += batch) await store.append(arriving.slice(i, i + batch));
            expect(await store.versions(reading({ sensorId }))).toEqual(versions);
          },
        ),
        { numRuns: Math.ceil(generatedRuns / 2) },
      ));
  });
};

const seriesOf = ({ sensorId, quantity }: Reading): SeriesQuery => ({
  sensorId,
  quantity,
  from: at('2026-01-01T00:00:00Z'),
  to: CONTRACT_NOW,
});

const hours = (sensorId: string, from: string, to: string): BucketQuery => ({
  sensorIds: [sensorId],
  quantity: 'pm25',
  from: at(from),
  to: at(to),
  size: 'hour',
  utcOffsetMinutes: VIETNAM,
  flags: [1, 2],
});
