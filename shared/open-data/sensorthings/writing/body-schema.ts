import * as z from 'zod';
import {
  type EntityProperty,
  type EntityType,
  type EntityTypeName,
  entityTypes,
  type PropertyType,
} from '../model/entity-model.ts';
import { geometryOfGeoJson } from '../query/geometry/geojson.ts';
import { parseInstant, parseTime, printInstant } from '../query/times.ts';
import { END_OF_TIME } from '../source.ts';

/** The deepest JSON that is taken in; what is deeper is a mistake or an attack. */
const MAX_DEPTH = 32;

const depthOf = (value: unknown, depth = 0): number => {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return depth;
  return Object.values(value).reduce<number>((most, each) => Math.max(most, depthOf(each, depth + 1)), depth);
};

const json = z.json().refine((value) => depthOf(value) <= MAX_DEPTH, `nested more than ${MAX_DEPTH} deep`);
const object = z.record(z.string(), json);

const isKept = (at: number): boolean => at >= 0 && at < END_OF_TIME;
const instantWords = 'an instant as ISO 8601, e.g. 2026-11-23T04:30:00Z, from 1970 on';
const intervalWords = 'start/end as ISO 8601, e.g. 2026-11-23T04:00:00Z/2026-11-23T05:00:00Z, from 1970 on';

/** Instants are kept in UTC with milliseconds, as they are shown. */
const instant = z.string().transform((text, context) => {
  const at = parseInstant(text);
  if (at !== undefined && isKept(at)) return printInstant(at);
  context.addIssue({ code: 'custom', message: `must be ${instantWords}` });
  return z.NEVER;
});

const interval = z.string().transform((text, context) => {
  const span = text.includes('/') ? parseTime(text) : undefined;
  if (span !== undefined && isKept(span.start) && isKept(span.end)) {
    return `${printInstant(span.start)}/${printInstant(span.end)}`;
  }
  context.addIssue({ code: 'custom', message: `must be ${intervalWords}` });
  return z.NEVER;
});

/** An instant or an interval, told by the slash. */
const time = z.string().transform((text, context) => {
  const parsed = (text.includes('/') ? interval : instant).safeParse(text);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: `must be ${instantWords}; or ${intervalWords}` });
  return z.NEVER;
});

const unit = z.looseObject({
  name: z.string().nullable(),
  symbol: z.string().nullable(),
  definition: z.string().nullable(),
});

const schemas: Readonly<Record<Exclude<PropertyType, 'id'>, z.ZodType>> = {
  string: z.string(),
  instant,
  interval,
  time,
  json: object,
  any: json,
  // What a geometry must be depends on its encoding, which stands beside it: `faultOfGeometry`.
  geometry: json,
};

/** Optional members may be null, which is no value. */
const schemaOf = (type: EntityTypeName, { name, type: kind, mandatory }: EntityProperty): z.ZodType | undefined => {
  if (kind === 'id') return undefined;
  if (type === 'Datastream' && name === 'unitOfMeasurement') return unit;
  const schema = name === 'name' ? z.string().min(1) : schemas[kind];
  return mandatory ? schema : schema.nullable();
};

/** Properties that the service works out itself; what a client sends back of them is left aside. */
const workedOut: Partial<Record<EntityTypeName, readonly string[]>> = { Datastream: ['phenomenonTime', 'resultTime'] };

const shapeOf = ({ name: type, properties }: EntityType): Readonly<Record<string, z.ZodType>> =>
  Object.fromEntries(
    properties.flatMap((property) => {
      const schema = schemaOf(type, property);
      return schema === undefined || workedOut[type]?.includes(property.name) ? [] : [[property.name, schema] as const];
    }),
  );

/** The property's schema where a client may write it. */
export const propertySchemas: Readonly<Record<EntityTypeName, Readonly<Record<string, z.ZodType>>>> = {
  Thing: shapeOf(entityTypes.Thing),
  Location: shapeOf(entityTypes.Location),
  HistoricalLocation: shapeOf(entityTypes.HistoricalLocation),
  Datastream: shapeOf(entityTypes.Datastream),
  Sensor: shapeOf(entityTypes.Sensor),
  ObservedProperty: shapeOf(entityTypes.ObservedProperty),
  Observation: shapeOf(entityTypes.Observation),
  FeatureOfInterest: shapeOf(entityTypes.FeatureOfInterest),
};

export const isWorkedOut = (type: EntityTypeName, name: string): boolean => workedOut[type]?.includes(name) ?? false;

const GEO_JSON_TYPES = ['application/geo+json', 'application/vnd.geo+json'];
/** GeoJSON too, but of several places at once: kept, and unknown to filters by place. */
const collection = z.looseObject({ type: z.enum(['GeometryCollection', 'FeatureCollection']) });

/** Whether a value that says to be GeoJSON is. Other encodings are kept as they come; no filter finds them by place. */
export const faultOfGeometry = (encodingType: unknown, value: unknown): string | undefined => {
  if (!GEO_JSON_TYPES.includes(String(encodingType)) || geometryOfGeoJson(value) !== undefined) return undefined;
  if (collection.safeParse(value).success) return undefined;
  return 'must be GeoJSON, a geometry or a Feature with one, as its encodingType says; longitude first';
};
