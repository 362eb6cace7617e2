/**
 * What OGC SensorThings 1.1 (18-088, clause 8) says entities are: their properties with types, their relations with
 * cardinalities. Parser, type checker, evaluator and serializer read this one table.
 */

export type EntityTypeName =
  | 'Thing'
  | 'Location'
  | 'HistoricalLocation'
  | 'Datastream'
  | 'Sensor'
  | 'ObservedProperty'
  | 'Observation'
  | 'FeatureOfInterest';

/**
 * - `id`: positive integer, or for observations what their address needs; written quoted or not.
 * - `instant`: one moment (resultTime, time); `interval`: from–to (validTime); `time`: either (phenomenonTime).
 * - `json`: an object of the city's own, read by paths such as `properties/street`; `any`: any JSON value (result, metadata).
 * - `geometry`: GeoJSON in WGS 84, longitude first; also readable by paths (`location/type`).
 */
export type PropertyType = 'id' | 'string' | 'instant' | 'interval' | 'time' | 'json' | 'any' | 'geometry';

export type EntityProperty = {
  readonly name: string;
  /** Name in JSON, where it is another one: `@iot.id`. */
  readonly jsonName: string;
  readonly type: PropertyType;
  /** Whoever creates the entity must name it (the standard's "mandatory"). */
  readonly mandatory: boolean;
};

export type EntityRelation = {
  /** Also the last segment of its navigation link, plural for many. */
  readonly name: string;
  readonly target: EntityTypeName;
  readonly many: boolean;
  /** The relation of `target` that leads back. */
  readonly inverse: string;
  /** Whoever creates the entity must link or nest it; an entity without it cannot live. */
  readonly mandatory: boolean;
};

export type EntityType = {
  readonly name: EntityTypeName;
  readonly setName: string;
  /** In the order in which JSON shows them; `id` first. */
  readonly properties: readonly EntityProperty[];
  readonly relations: readonly EntityRelation[];
};

const mandatory = (name: string, type: PropertyType): EntityProperty => ({
  name,
  jsonName: name,
  type,
  mandatory: true,
});
const optional = (name: string, type: PropertyType): EntityProperty => ({
  name,
  jsonName: name,
  type,
  mandatory: false,
});
const id: EntityProperty = { name: 'id', jsonName: '@iot.id', type: 'id', mandatory: false };
const named = [id, mandatory('name', 'string'), mandatory('description', 'string')] as const;
const properties = optional('properties', 'json');

const one = (target: EntityTypeName, inverse: string, isMandatory = true): EntityRelation => ({
  name: target,
  target,
  many: false,
  inverse,
  mandatory: isMandatory,
});
const many = (name: string, target: EntityTypeName, inverse: string, isMandatory = false): EntityRelation => ({
  name,
  target,
  many: true,
  inverse,
  mandatory: isMandatory,
});

export const entityTypes: Readonly<Record<EntityTypeName, EntityType>> = {
  Thing: {
    name: 'Thing',
    setName: 'Things',
    properties: [...named, properties],
    relations: [
      many('Locations', 'Location', 'Things'),
      many('HistoricalLocations', 'HistoricalLocation', 'Thing'),
      many('Datastreams', 'Datastream', 'Thing'),
    ],
  },
  Location: {
    name: 'Location',
    setName: 'Locations',
    properties: [...named, mandatory('encodingType', 'string'), mandatory('location', 'geometry'), properties],
    relations: [many('Things', 'Thing', 'Locations'), many('HistoricalLocations', 'HistoricalLocation', 'Locations')],
  },
  HistoricalLocation: {
    name: 'HistoricalLocation',
    setName: 'HistoricalLocations',
    properties: [id, mandatory('time', 'instant')],
    relations: [one('Thing', 'HistoricalLocations'), many('Locations', 'Location', 'HistoricalLocations', true)],
  },
  Datastream: {
    name: 'Datastream',
    setName: 'Datastreams',
    properties: [
      ...named,
      mandatory('observationType', 'string'),
      mandatory('unitOfMeasurement', 'json'),
      optional('observedArea', 'geometry'),
      optional('phenomenonTime', 'interval'),
      optional('resultTime', 'interval'),
      properties,
    ],
    relations: [
      one('Thing', 'Datastreams'),
      one('Sensor', 'Datastreams'),
      one('ObservedProperty', 'Datastreams'),
      many('Observations', 'Observation', 'Datastream'),
    ],
  },
  Sensor: {
    name: 'Sensor',
    setName: 'Sensors',
    properties: [...named, mandatory('encodingType', 'string'), mandatory('metadata', 'any'), properties],
    relations: [many('Datastreams', 'Datastream', 'Sensor')],
  },
  ObservedProperty: {
    name: 'ObservedProperty',
    setName: 'ObservedProperties',
    properties: [
      id,
      mandatory('name', 'string'),
      mandatory('definition', 'string'),
      mandatory('description', 'string'),
      properties,
    ],
    relations: [many('Datastreams', 'Datastream', 'ObservedProperty')],
  },
  Observation: {
    name: 'Observation',
    setName: 'Observations',
    properties: [
      id,
      // The server fills phenomenonTime and resultTime in for a client that names neither (18-088, 10.2.1).
      optional('phenomenonTime', 'time'),
      mandatory('result', 'any'),
      optional('resultTime', 'instant'),
      optional('resultQuality', 'any'),
      optional('validTime', 'interval'),
      optional('parameters', 'json'),
    ],
    relations: [one('Datastream', 'Observations'), one('FeatureOfInterest', 'Observations', false)],
  },
  FeatureOfInterest: {
    name: 'FeatureOfInterest',
    setName: 'FeaturesOfInterest',
    properties: [...named, mandatory('encodingType', 'string'), mandatory('feature', 'geometry'), properties],
    relations: [many('Observations', 'Observation', 'FeatureOfInterest')],
  },
};

const typesBySetName = new Map(Object.values(entityTypes).map((type) => [type.setName, type]));

/** The type whose set has this name, exactly as the standard writes it (`ObservedProperties`). */
export const entityTypeOfSet = (setName: string): EntityType | undefined => typesBySetName.get(setName);

/** Every set's name, in the order in which the root document lists them. */
export const entitySetNames: readonly string[] = [...typesBySetName.keys()];

/** A property by its name; `@iot.id` means `id`. */
export const propertyOf = (type: EntityTypeName, name: string): EntityProperty | undefined =>
  entityTypes[type].properties.find((property) => property.name === name || property.jsonName === name);

export const relationOf = (type: EntityTypeName, name: string): EntityRelation | undefined =>
  entityTypes[type].relations.find((relation) => relation.name === name);
