import type { City, Station } from '../../city/entities.ts';
import type { IndexQuantity } from '../../telemetry/derived-quantities.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { QualityFlag } from '../../telemetry/reading.ts';
import type { Limit } from '../limit.ts';
import type { MeanPeriod } from '../means.ts';
import type { ReportPeriod } from './report-period.ts';

/**
 * A derived series over the report's period as it was known at its `asOf`, oldest first. Element i ends at `endsAt[i]`; `values[i]` is
 * NaN where the period was judged to have no valid value, `reasons[i]` is then the code that says why.
 */
export type KnownSeries = {
  readonly length: number;
  /** UTC epoch milliseconds. */
  readonly endsAt: Float64Array;
  /** In the quantity's canonical unit. */
  readonly values: Float64Array;
  /** By index; only where the value is NaN. */
  readonly reasons: ReadonlyMap<number, string>;
};

/** How many readings of one quantity of one sensor had which flag by which test. */
export type QualityCount = { readonly flag: QualityFlag; readonly test: string; readonly count: number };

/** What the raw readings of a period say, counted one by one. */
export type RawCounts = {
  readonly received: number;
  /** Readings whose flag counts towards means: good, and not evaluated. */
  readonly valid: number;
  readonly qualities: readonly QualityCount[];
  /** The values that count, with their instants; only of quantities that are limited as single values or never averaged. */
  readonly singles?: KnownSeries;
};

/** One quantity of one sensor of a station. */
export type QuantityInput = {
  readonly sensorId: string;
  readonly quantity: Quantity;
  /** Readings that the sensor should have sent in the period that is covered. */
  readonly expected: number;
  /** Means by their period; one that is not kept for this quantity is absent. */
  readonly means: Readonly<Partial<Record<MeanPeriod, KnownSeries>>>;
  /** Absent where there are too many readings to count in one report. */
  readonly raw?: RawCounts;
};

export type IndexInput = { readonly index: IndexQuantity; readonly series: KnownSeries };

/** What was done about an episode, and by whom. */
export type EpisodeAct = {
  readonly kind: 'acknowledged' | 'reopened' | 'escalated';
  readonly at: number;
  readonly by: string;
  readonly cause?: string | undefined;
  readonly note?: string | undefined;
};

/**
 * An exceedance episode as its last transition before the report's `asOf` told it. How often and how badly it broke the limit, the report
 * counts itself, in its own period.
 */
export type EpisodeInput = {
  readonly episodeId: string;
  readonly sensorId: string;
  readonly limit: Limit;
  readonly phase: 'open' | 'deepening' | 'closing' | 'closed';
  readonly handling: 'unacknowledged' | 'acknowledged' | 'reopened';
  /** Start of the first period that broke the limit, UTC epoch milliseconds. */
  readonly startsAt: number;
  readonly acts: readonly EpisodeAct[];
};

export type StationInput = {
  readonly station: Station;
  /** The limits that judge the station, of every day. */
  readonly limits: readonly Limit[];
  /** Limits of its standards that are held back because nobody has verified them. */
  readonly unverified: readonly Limit[];
  readonly quantities: readonly QuantityInput[];
  /** Indices of the station; none for a reference station. */
  readonly indices: readonly IndexInput[];
  readonly episodes: readonly EpisodeInput[];
};

/** All of a report but its stations, which come one by one, so that only one is in memory. */
export type ReportFrame = {
  readonly city: Pick<City, 'id' | 'name'>;
  readonly scope: { readonly kind: 'city' } | { readonly kind: 'station'; readonly stationId: string };
  readonly period: ReportPeriod;
  /** The report tells what was known at this instant, UTC epoch milliseconds. */
  readonly asOf: number;
};
