import * as z from 'zod';
import type { Position } from '../city/entities.ts';
import type { OpenReading } from './open-reading.ts';
import type { Site } from './site.ts';
import { sourceShape } from './source.ts';

/** RFC 7946. */
export const featureCollectionSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    /** Foreign member (RFC 7946, section 6.1): the page that follows. */
    nextCursor: z.string().optional(),
    licence: sourceShape.licence.optional(),
    attribution: sourceShape.attribution.optional(),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.string(),
        /** Longitude before latitude. Null where the sensor stands nowhere. */
        geometry: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }).nullable(),
        properties: z.looseObject({}),
      }),
    ),
  })
  .meta({ id: 'FeatureCollection', description: 'GeoJSON, RFC 7946' });
export type FeatureCollection = z.infer<typeof featureCollectionSchema>;

type Geometry = FeatureCollection['features'][number]['geometry'];

export const point = (position: Position | undefined): Geometry =>
  position === undefined ? null : { type: 'Point', coordinates: [position.longitude, position.latitude] };

export const sitesGeoJson = (sites: readonly Site[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: sites.map(({ position, ...site }) => ({
    type: 'Feature',
    id: site.id,
    geometry: point(position),
    properties: site,
  })),
});

/** One feature a reading, at its site. */
export const readingsGeoJson = (
  readings: readonly OpenReading[],
  positionOf: ReadonlyMap<string, Position>,
  nextCursor?: string,
): FeatureCollection => ({
  type: 'FeatureCollection',
  ...(nextCursor === undefined ? {} : { nextCursor }),
  features: readings.map((reading) => ({
    type: 'Feature',
    id: `${reading.sensorId}/${reading.quantity}/${reading.measuredAt}`,
    geometry: point(positionOf.get(reading.stationId ?? '')),
    properties: reading,
  })),
});
