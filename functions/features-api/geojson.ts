import * as z from 'zod';
import type { Collection, Feature } from '../../shared/open-data/features/feature.ts';
import { linkSchema } from './links.ts';

const geometrySchema = z
  .object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) })
  .nullable()
  .meta({ description: 'Longitude before latitude; null where nobody knows the place' });

const featureFields = (properties: z.ZodObject) => ({
  type: z.literal('Feature'),
  id: z.string(),
  geometry: geometrySchema,
  properties,
});

/** A feature of a collection by itself, RFC 7946 with OGC's links. */
export const featureSchemaOf = ({ properties }: Pick<Collection, 'properties'>) =>
  z.object({ ...featureFields(properties), links: z.array(linkSchema) });

/** A page of features. */
export const featureCollectionSchemaOf = ({ properties }: Pick<Collection, 'properties'>) =>
  z.object({
    type: z.literal('FeatureCollection'),
    timeStamp: z.iso.datetime(),
    numberMatched: z.int().optional().meta({ description: 'Absent where counting would mean reading everything' }),
    numberReturned: z.int(),
    features: z.array(z.object(featureFields(properties))),
    links: z.array(linkSchema),
  });

export const geoJsonOf = ({ id, position, properties }: Feature) => ({
  type: 'Feature' as const,
  id,
  geometry:
    position === undefined
      ? null
      : { type: 'Point' as const, coordinates: [position.longitude, position.latitude] as [number, number] },
  properties,
});

/** A feature's address; ids of ours need nothing encoded but what a path could not hold. */
export const featureAddress = (root: string, collectionId: string, featureId: string): string =>
  `${root}/collections/${collectionId}/items/${encodeURIComponent(featureId).replaceAll('%3A', ':')}`;
