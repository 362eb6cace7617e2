import type * as z from 'zod';
import type { Position } from '../../city/entities.ts';
import type { Words } from '../catalogue/vocabulary.ts';
import type { BoundingBox } from './bounding-box.ts';
import type { TimeInterval } from './time-interval.ts';

/** OGC's words: 17-069r4 (OGC API – Features, Part 1: Core). Geometries are CRS84, longitude before latitude. */
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

export type PropertyValue = string | number | boolean | null | readonly string[];

/** A thing on the map; `position` absent where nobody knows where it stands. */
export type Feature = {
  readonly id: string;
  readonly position?: Position | undefined;
  /** When it holds, UTC epoch milliseconds, inclusive; `to` absent while it lasts. Absent where time says nothing of it. */
  readonly time?: { readonly from: number; readonly to?: number | undefined };
  readonly properties: Readonly<Record<string, PropertyValue>>;
};

export type FeatureQuery = {
  readonly bbox?: BoundingBox | undefined;
  readonly datetime?: TimeInterval | undefined;
  /** Queryable properties that must be equal, as text. */
  readonly filters: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

export type FeaturePage = {
  readonly features: readonly Feature[];
  /** Absent where counting them would mean reading them all. */
  readonly numberMatched?: number;
  readonly nextCursor?: string;
};

export type Extent = {
  readonly positions: readonly Position[];
  /** UTC epoch milliseconds; a side that nobody knows, or that is open, is absent. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** A collection of features: what is told of it, and how it is read. */
export type Collection = {
  readonly id: string;
  readonly title: Words;
  readonly description: Words;
  /** Properties of its features, as OpenAPI publishes them. */
  readonly properties: z.ZodObject;
  /** Properties to filter by, each with what it may be asked for. */
  readonly queryables: Readonly<Record<string, z.ZodType<string>>>;
  readonly extent: () => Promise<Extent>;
  /** @throws InvalidCursorError */
  readonly page: (query: FeatureQuery) => Promise<FeaturePage>;
  readonly get: (id: string) => Promise<Feature | undefined>;
};
