import type { Reading } from '../../telemetry/reading.ts';
import type { Point } from '../../telemetry/reading-store.ts';
import type { Series } from '../series.ts';
import type { Catalogue } from './city/catalogue.ts';
import type { WrittenObservationStore } from './writing/written-entity.ts';

/** From when to when: UTC epoch milliseconds, `from` inclusive, `to` exclusive. */
export type TimeRange = { readonly from: number; readonly to: number };

export type ReadingRange = TimeRange & { readonly descending: boolean; readonly limit: number };

/** Ahead of every reading, and within what all stores can tell; a whole day of UTC, so that none need be counted in part. */
export const END_OF_TIME = 104_166 * 86_400_000;

/** The first and the last instant of which a series has a reading, UTC epoch milliseconds. */
export type Extent = { readonly first: number; readonly last: number };

/** Of a day's readings, in the quantity's unit. */
export type Extremes = { readonly min: number; readonly max: number };

/** One string a series, for maps. */
export const seriesName = ({ sensorId, quantity }: Series): string => `${sensorId}|${quantity}`;

/** What the SensorThings service asks for. A port. */
export type SensorThingsSource = {
  /** Everything but observations; it may be some seconds old. */
  readonly catalogue: () => Promise<Catalogue>;
  /** Readings of one series in order, no more than `limit`, which is at most 10,000, behind the first `skip`. */
  readonly readings: (series: Series, range: ReadingRange & { readonly skip?: number }) => Promise<readonly Reading[]>;
  /** The same, but of each reading only when it was measured and its value. `undefined` where they are not readings of the city's. */
  readonly points: (series: Series, range: ReadingRange) => Promise<readonly Point[] | undefined>;
  /** The newest or oldest reading of each of many series, by `seriesName`; one call however many they are. */
  readonly edges: (
    series: readonly Series[],
    edge: 'newest' | 'oldest',
    range: TimeRange,
  ) => Promise<ReadonlyMap<string, Reading>>;
  /** By `seriesName`; a series without readings is absent. */
  readonly extents: (series: readonly Series[]) => Promise<ReadonlyMap<string, Extent>>;
  /** By `seriesName`; a series without readings may be absent. */
  readonly counts: (series: readonly Series[], range: TimeRange) => Promise<ReadonlyMap<string, number>>;
  /** All of these series together. */
  readonly total: (series: readonly Series[], range: TimeRange) => Promise<number>;
  /**
   * Readings of many series in the order of time, at most `limit`; of the last instant some may be missing when there are as many.
   * `undefined` from a store that has no such order.
   */
  readonly across: (series: readonly Series[], range: ReadingRange) => Promise<readonly Reading[] | undefined>;
  /** By `seriesName`: the least and greatest value of each day (of UTC) that has any, within the range. */
  readonly days: (series: readonly Series[], range: TimeRange) => Promise<ReadonlyMap<string, readonly Extremes[]>>;
  /** Observations of third parties, where the writable profile is on. */
  readonly written?: WrittenObservationStore;
};
