import type { Reading } from '../../../../shared/telemetry/reading.ts';
import type { BucketQuery, ReadingStore, SeriesQuery } from '../../../../shared/telemetry/reading-store.ts';

/** The adapter's clock in the contract: all instants below lie before it. */
export const CONTRACT_NOW = Date.UTC(2026, 10, 20);

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
export const at = (iso: string): number => Date.parse(iso);

let sensorCount = 0;
/** A sensor that no other test has written for. */
export const newSensor = (): string => {
  sensorCount += 1;
  return `contract-${sensorCount}`;
};

export const reading = (overrides: Partial<Reading> = {}): Reading => ({
  sensorId: 'contract',
  quantity: 'pm25',
  value: 12.5,
  measuredAt: at('2026-10-05T01:00:00Z'),
  receivedAt: at('2026-10-05T01:00:02Z'),
  quality: { flag: 1, test: 'none' },
  ...overrides,
});

export const statuses = async (store: ReadingStore, readings: readonly Reading[]): Promise<readonly string[]> =>
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

export const seriesOf = ({ sensorId, quantity }: Reading): SeriesQuery => ({
  sensorId,
  quantity,
  from: at('2026-01-01T00:00:00Z'),
  to: CONTRACT_NOW,
});

export const hours = (sensorId: string, from: string, to: string): BucketQuery => ({
  sensorIds: [sensorId],
  quantity: 'pm25',
  from: at(from),
  to: at(to),
  size: 'hour',
  utcOffsetMinutes: VIETNAM,
  flags: [1, 2],
});
