import fc from 'fast-check';
import { expect } from 'vitest';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';
import type { QualityFlag, Reading } from '../../../../shared/telemetry/reading.ts';
import type { Bucket, BucketQuery, ReadingStore } from '../../../../shared/telemetry/reading-store.ts';

/** A generated life of a store: calls of `append`, then questions. Sensors are numbers, so that each run names its own. */
export type Story = {
  readonly calls: readonly (readonly StoryReading[])[];
  readonly pageSize: number;
  readonly questions: readonly Omit<BucketQuery, 'sensorIds' | 'quantity'>[];
};

type StoryReading = Omit<Reading, 'sensorId'> & { readonly sensor: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Midnight in Vietnam at the end of October 2026, when the month changes, and midnight in UTC after it. */
const cityMidnight = Date.UTC(2026, 9, 31, 17);
const utcMidnight = Date.UTC(2026, 10, 1);

/** Few instants, so that identities meet; all around the edges of hours, days and months. */
const instants = [cityMidnight, utcMidnight].flatMap((edge) =>
  [-25 * HOUR, -HOUR, -30 * MINUTE, -1, 0, 1, 30 * MINUTE, HOUR, 25 * HOUR].map((offset) => edge + offset),
);

const contentArbitrary: fc.Arbitrary<Pick<Reading, 'value' | 'quality'>> = fc.oneof(
  fc.record({
    value: fc.constantFrom(0, 0.1, 12.5, -3.75, 1_013.25),
    quality: fc.record({
      flag: fc.constantFrom<QualityFlag>(1, 2, 3, 4),
      test: fc.constantFrom('none', 'gross-range'),
    }),
  }),
  fc.constant({ value: null, quality: { flag: 9 as QualityFlag, test: 'none' } }),
);

const readingArbitrary: fc.Arbitrary<StoryReading> = fc
  .record({
    sensor: fc.nat({ max: 1 }),
    quantity: fc.constantFrom<Quantity>('pm25', 'fillDistance'),
    measuredAt: fc.constantFrom(...instants),
    receivedAt: fc.constantFrom(0, 1, 2, 3).map((order) => utcMidnight + 30 * HOUR + order * 1_000),
    content: contentArbitrary,
  })
  .map(({ content, ...rest }) => ({ ...rest, ...content }));

const edgeArbitrary = fc
  .tuple(fc.constantFrom(...instants), fc.constantFrom(-HOUR, -1, 0, 1, HOUR))
  .map(([instant, offset]) => instant + offset);

const questionArbitrary: fc.Arbitrary<Story['questions'][number]> = fc
  .record({
    edges: fc.tuple(edgeArbitrary, edgeArbitrary),
    size: fc.constantFrom('hour' as const, 'day' as const),
    utcOffsetMinutes: fc.constantFrom(420, 0, 330, -210),
    flags: fc.subarray<QualityFlag>([1, 2, 3, 4, 9]),
  })
  .map(({ edges, ...rest }) => ({ ...rest, from: Math.min(...edges), to: Math.max(...edges) }));

export const storyArbitrary: fc.Arbitrary<Story> = fc.record({
  calls: fc.array(fc.array(readingArbitrary, { maxLength: 8 }), { minLength: 1, maxLength: 5 }),
  pageSize: fc.integer({ min: 1, max: 4 }),
  questions: fc.array(questionArbitrary, { minLength: 1, maxLength: 4 }),
});

/** Tells the story to both stores and compares every answer. */
export const expectSameStory = async (
  store: ReadingStore,
  reference: ReadingStore,
  { calls, pageSize, questions }: Story,
  { prefix, tellsExactRepeats }: { readonly prefix: string; readonly tellsExactRepeats: boolean },
): Promise<void> => {
  const named = calls.map((call) => call.map(({ sensor, ...rest }) => ({ ...rest, sensorId: `${prefix}-${sensor}` })));
  for (const call of named) {
    const outcomes = (await store.append(call)).map(({ status }) => status);
    const expected = (await reference.append(call)).map(({ status }) => status);
    const acceptable = expected.map((status, i) =>
      status === 'unchanged' && !tellsExactRepeats && outcomes[i] === 'stored' ? 'stored' : status,
    );
    expect(outcomes).toEqual(acceptable);
    // Asking in between makes whatever a store remembers of its answers show itself.
    await expectSameBuckets(store, reference, prefix, questions);
  }
  for (const one of named.flat()) expect(await store.versions(one)).toEqual(await reference.versions(one));
  for (const quantity of ['pm25', 'fillDistance'] as const) {
    const query = { sensorId: `${prefix}-0`, quantity, from: cityMidnight - 26 * HOUR, to: utcMidnight + 25 * HOUR };
    expect(await pages(store, { ...query, limit: pageSize })).toEqual(
      await pages(reference, { ...query, limit: pageSize }),
    );
  }
};

const expectSameBuckets = async (
  store: ReadingStore,
  reference: ReadingStore,
  prefix: string,
  questions: Story['questions'],
): Promise<void> => {
  for (const question of questions) {
    const query = { ...question, sensorIds: [`${prefix}-0`, `${prefix}-1`], quantity: 'pm25' as const };
    expect((await store.buckets(query)).map(rounded)).toEqual((await reference.buckets(query)).map(rounded));
  }
};

/** Sums of floating-point numbers differ in their last digits with the order of summing. */
const rounded = ({ mean, ...rest }: Bucket): Bucket => ({ ...rest, mean: Math.round(mean * 1e9) / 1e9 + 0 });

const pages = async (
  store: ReadingStore,
  query: Parameters<ReadingStore['series']>[0],
): Promise<readonly (readonly Reading[])[]> => {
  const found: (readonly Reading[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.series({ ...query, ...(cursor !== undefined && { cursor }) });
    found.push(page.readings);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
};
