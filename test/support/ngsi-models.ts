import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { NgsiType } from '../../shared/open-data/ngsi-ld/vocabulary.ts';

/**
 * What ETSI GS CIM 009 and the Smart Data Models ask of an entity, in our own words: written from the models' tables of attributes and
 * not from our code, so that both can be held against each other. Names that no model knows are those under `urn:phosach:`.
 */
const amount = { type: 'number', minimum: 0 };
const word = { type: 'string', minLength: 1 };
const point = {
  type: 'object',
  required: ['type', 'coordinates'],
  additionalProperties: false,
  properties: {
    type: { const: 'Point' },
    coordinates: {
      type: 'array',
      prefixItems: [
        { type: 'number', minimum: -180, maximum: 180 },
        { type: 'number', minimum: -90, maximum: 90 },
      ],
      minItems: 2,
      maxItems: 2,
    },
  },
};
const instant = { type: 'string', format: 'date-time' };

const common = {
  id: { type: 'string', format: 'uri', pattern: '^urn:ngsi-ld:' },
  name: word,
  areaServed: word,
  dataProvider: word,
  location: point,
  positionApproximate: { type: 'boolean' },
};
const amounts = (names: string): Record<string, object> =>
  Object.fromEntries(names.split(' ').map((name) => [name, amount]));

const models: Readonly<Record<NgsiType, object>> = {
  WasteContainer: {
    required: ['id', 'type', 'location'],
    properties: {
      ...common,
      type: { const: 'WasteContainer' },
      binId: word,
      binCapacity: amount,
      binFullnessThreshold: { type: 'number', minimum: 0, maximum: 100 },
      category: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { enum: ['fixed', 'underground', 'ground', 'portable', 'other'] },
      },
      fillingLevel: { type: 'number', minimum: 0, maximum: 1 },
      temperature: { type: 'number' },
      status: { enum: ['ok', 'lidOpen', 'dropped', 'moved', 'vandalized', 'burning', 'unknown'] },
      storedWasteKind: {
        enum: 'organic inorganic glass oil plastic metal paper batteries electronics hazardous other'.split(' '),
      },
      wasteStream: { enum: ['recyclable', 'food', 'other'] },
      noDataReason: word,
    },
  },
  AirQualityObserved: {
    required: ['id', 'type', 'location', 'dateObserved'],
    properties: {
      ...common,
      type: { const: 'AirQualityObserved' },
      dateObserved: instant,
      ...amounts('airQualityIndex c6h6 co co2 no2 o3 pm1 pm10 pm25 pm4 pressure sh2 so2 tsp'),
      airQualityLevel: { type: 'string', minLength: 2 },
      relativeHumidity: { type: 'number', minimum: 0, maximum: 1 },
      temperature: { type: 'number' },
      typeofLocation: { enum: ['indoor', 'outdoor'] },
      stationClass: word,
    },
  },
  WaterQualityObserved: {
    required: ['id', 'type', 'location', 'dateObserved'],
    properties: {
      ...common,
      type: { const: 'WaterQualityObserved' },
      dateObserved: instant,
      ...amounts('As Cd Chla Cu Fe Hg NH4 NO2 NO3 Ni O2 PO4 Pb Zn bod cod conductivity escherichiaColi fluoride'),
      ...amounts('salinity tss turbidity'),
      pH: { type: 'number', minimum: 0, maximum: 14 },
      temperature: { type: 'number' },
      stationClass: word,
      waterQualityIndex: { type: 'number', minimum: 0, maximum: 100 },
      waterQualityIndexIndicative: { type: 'number', minimum: 0, maximum: 100 },
    },
  },
};

/** 4.5.2: members of a normalized attribute; `null` is nowhere. */
const property = {
  type: 'object',
  required: ['type', 'value'],
  additionalProperties: false,
  properties: {
    type: { const: 'Property' },
    value: { type: ['string', 'number', 'boolean', 'array'] },
    unitCode: { type: 'string', pattern: '^[A-Z0-9]{2,3}$' },
    observedAt: instant,
    createdAt: instant,
    modifiedAt: instant,
    qualityFlag: {
      type: 'object',
      required: ['type', 'value'],
      additionalProperties: false,
      properties: { type: { const: 'Property' }, value: { enum: [1, 2, 3] } },
    },
  },
};
const geoProperty = {
  type: 'object',
  required: ['type', 'value'],
  additionalProperties: false,
  properties: { type: { const: 'GeoProperty' }, value: point },
};
const normalized = {
  type: 'object',
  required: ['id', 'type', 'location'],
  properties: {
    id: common.id,
    type: word,
    '@context': { type: ['string', 'object', 'array'] },
    createdAt: instant,
    modifiedAt: instant,
    location: geoProperty,
  },
  // 4.6.2: a name is a letter, then letters, digits and underscores.
  patternProperties: { '^(?!id$|type$|location$|createdAt$|modifiedAt$)[A-Za-z][A-Za-z0-9_]*$': property },
  additionalProperties: false,
};

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
// The package's default export is the function itself under ESM's view of CommonJS.
addFormats.default(ajv);
const isNormalized = ajv.compile(normalized);
const isSimplified = Object.fromEntries(
  Object.entries(models).map(([type, model]) => [
    type,
    ajv.compile({ type: 'object', additionalProperties: false, ...model }),
  ]),
);

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The bare values of a normalized entity. */
export const simplifiedOf = ({ '@context': _, createdAt: __, modifiedAt: ___, ...entity }: Json): Json =>
  Object.fromEntries(
    Object.entries(entity).map(([name, member]) => [
      name,
      isObject(member) && 'value' in member ? member.value : member,
    ]),
  );

/** What is wrong with an entity of bare values; empty when nothing is. */
export const faultsOfSimplified = (entity: Json): readonly string[] => {
  const check = isSimplified[String(entity.type)];
  if (check === undefined) return [`no model of ${String(entity.type)}`];
  return check(entity) ? [] : [ajv.errorsText(check.errors)];
};

/** What is wrong with a normalized entity; empty when nothing is. */
export const faultsOfNormalized = (entity: Json): readonly string[] => [
  ...(isNormalized(entity) ? [] : [ajv.errorsText(isNormalized.errors)]),
  ...faultsOfSimplified(simplifiedOf(entity)),
];
