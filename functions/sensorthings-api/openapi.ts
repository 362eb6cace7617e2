import * as z from 'zod';
import { headerRefs, manneredHeaders, refusals } from '../../shared/lambda/openapi-manners.ts';
import { problemSchema } from '../../shared/lambda/problem.ts';
import {
  type EntityProperty,
  type EntityType,
  entityTypes,
  type PropertyType,
} from '../../shared/open-data/sensorthings/model/entity-model.ts';

/** The OpenAPI 3.1 document of the SensorThings service, from the table of the model that parser and serializer read. */

type Json = Readonly<Record<string, unknown>>;

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const string: Json = { type: 'string' };
const address: Json = { type: 'string', format: 'uri' };
const count: Json = { type: 'integer', minimum: 0 };

const schemaOfType: Readonly<Record<PropertyType, Json>> = {
  id: { type: ['integer', 'string'] },
  string,
  instant: { type: ['string', 'null'], format: 'date-time' },
  interval: { type: ['string', 'null'], description: 'ISO 8601 interval' },
  time: { type: ['string', 'null'], description: 'ISO 8601 instant or interval' },
  json: { type: 'object' },
  any: {},
  geometry: { type: 'object', description: 'GeoJSON, longitude first', required: ['type'] },
};

/** What has no value is left out, and `$select` leaves out more: every member is optional. */
const entitySchema = ({ properties, relations }: EntityType): Json => ({
  type: 'object',
  properties: {
    '@iot.selfLink': address,
    ...Object.fromEntries(properties.map(({ jsonName, type }: EntityProperty) => [jsonName, schemaOfType[type]])),
    ...Object.fromEntries(
      relations.flatMap(({ name, target, many }) => [
        [`${name}@iot.navigationLink`, address],
        [name, many ? { type: 'array', items: ref(target) } : ref(target)],
        ...(many
          ? [
              [`${name}@iot.count`, count],
              [`${name}@iot.nextLink`, address],
            ]
          : []),
      ]),
    ),
  },
  additionalProperties: false,
});

const frame = { '@iot.count': count, '@iot.nextLink': { ...address, description: 'To be followed as it is' } };

const listSchema = (items: Json): Json => ({
  type: 'object',
  properties: { ...frame, value: { type: 'array', items } },
  required: ['value'],
  additionalProperties: false,
});

const dataArraySchema: Json = listSchema({
  type: 'object',
  properties: {
    'Datastream@iot.navigationLink': address,
    components: { type: 'array', items: string },
    'dataArray@iot.count': count,
    dataArray: { type: 'array', items: { type: 'array' } },
  },
  required: ['components', 'dataArray'],
  additionalProperties: false,
});

const featureCollection: Json = {
  type: 'object',
  properties: {
    ...frame,
    type: { const: 'FeatureCollection' },
    features: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          type: { const: 'Feature' },
          id: schemaOfType.id,
          geometry: { type: ['object', 'null'] },
          properties: { type: 'object' },
        },
        required: ['type', 'geometry', 'properties'],
      },
    },
  },
  required: ['type', 'features'],
};

const rootSchema: Json = {
  type: 'object',
  properties: {
    value: {
      type: 'array',
      items: { type: 'object', properties: { name: string, url: address }, required: ['name', 'url'] },
    },
    serverSettings: {
      type: 'object',
      properties: { conformance: { type: 'array', items: string } },
      required: ['conformance'],
    },
  },
  required: ['value', 'serverSettings'],
};

const option = (name: string, schema: Json, description: string, example?: unknown): Json => ({
  name: `$${name}`,
  in: 'query',
  required: false,
  description,
  schema,
  ...(example !== undefined && { example }),
});

const whole: Json = { type: 'integer', minimum: 0 };
const parameters: Readonly<Record<string, Json>> = {
  id: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Number; of an observation a text, in quotes or without',
    schema: string,
    example: '1',
  },
  select: option('select', string, 'Properties to answer with, by commas', 'id'),
  expand: option('expand', string, 'Related entities to nest, each with its own options in brackets'),
  filter: option('filter', string, 'Which entities: an expression of 18-088, clause 9.3.3', 'id gt 0'),
  orderby: option('orderby', string, 'Expressions, each with asc or desc', 'id desc'),
  top: option('top', whole, 'Most entities in one answer; no page has more than 1,000', 10),
  skip: option('skip', whole, 'Entities to leave out before the first', 0),
  count: option('count', { type: 'boolean' }, 'Whether to say how many there are in all', true),
  resultFormat: option(
    'resultFormat',
    { type: 'string', enum: ['JSON', 'dataArray', 'CSV', 'GeoJSON'] },
    'Another shape; dataArray is for observations',
    'JSON',
  ),
};

const use = (...names: readonly string[]) => names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
const OF_ENTITY = ['select', 'expand'] as const;
const OF_LIST = ['filter', 'orderby', 'top', 'skip', 'count', 'select', 'expand', 'resultFormat'] as const;

const problemContent = { 'application/problem+json': { schema: ref('Problem') } };

const problems: Json = {
  ...refusals(problemContent, true),
  '501': { description: 'In OData, but not in SensorThings 1.1', content: problemContent },
  default: { description: 'A problem, with the place in the request', content: problemContent },
};

type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly Json[];
  readonly description: string;
  readonly content: Json;
  readonly mayBeEmpty?: boolean;
};

const reading = ({ operationId, summary, parameters, description, content, mayBeEmpty = false }: Operation): Json => ({
  get: {
    operationId,
    summary,
    parameters,
    responses: {
      '200': { description, headers: headerRefs, content },
      ...(mayBeEmpty && { '204': { description: 'There is the property, but it has no value' } }),
      ...Object.fromEntries(
        Object.keys(problems).map((status) => [status, { $ref: `#/components/responses/${status}` }]),
      ),
    },
  },
});

const json = (schema: Json): Json => ({ 'application/json': { schema } });

const collectionContent = (type: EntityType): Json => {
  const list = listSchema(ref(type.name));
  return {
    ...json(type.name === 'Observation' ? { anyOf: [list, dataArraySchema] } : list),
    'text/csv': { schema: string },
    'application/geo+json': { schema: ref('FeatureCollection') },
  };
};

const relationPaths = (type: EntityType): readonly (readonly [string, Json])[] =>
  type.relations.map(({ name, target, many }) => {
    const related = entityTypes[target];
    const operation = reading({
      operationId: `get${type.name}${name}`,
      summary: many ? `${name} of one ${type.name}` : `The ${name} of one ${type.name}`,
      parameters: use('id', ...(many ? OF_LIST : OF_ENTITY)),
      description: many ? related.setName : target,
      content: many ? collectionContent(related) : json(ref(target)),
    });
    return [`/${type.setName}({id})/${name}`, operation];
  });

const pathsOf = (type: EntityType): Json => {
  const { name, setName, properties } = type;
  const property = {
    name: 'property',
    in: 'path',
    required: true,
    schema: { type: 'string', enum: properties.map((each) => each.name) },
  };
  const ofEntity = `/${setName}({id})`;
  return {
    [`/${setName}`]: reading({
      operationId: `list${setName}`,
      summary: `${setName}, page by page`,
      parameters: use(...OF_LIST),
      description: setName,
      content: collectionContent(type),
    }),
    [`/${setName}/$ref`]: reading({
      operationId: `list${setName}References`,
      summary: `Addresses of ${setName}`,
      parameters: use('filter', 'orderby', 'top', 'skip', 'count'),
      description: 'Addresses',
      content: json(
        listSchema({ type: 'object', properties: { '@iot.selfLink': address }, required: ['@iot.selfLink'] }),
      ),
    }),
    [ofEntity]: reading({
      operationId: `get${name}`,
      summary: `One ${name}`,
      parameters: use('id', ...OF_ENTITY),
      description: name,
      content: json(ref(name)),
    }),
    ...Object.fromEntries(relationPaths(type)),
    [`${ofEntity}/{property}`]: reading({
      operationId: `get${name}Property`,
      summary: `One property of one ${name}`,
      parameters: [...use('id'), property],
      description: 'An object of this one member',
      content: json({ type: 'object', minProperties: 1, maxProperties: 1 }),
      mayBeEmpty: true,
    }),
    [`${ofEntity}/{property}/$value`]: reading({
      operationId: `get${name}PropertyValue`,
      summary: `The bare value of one property of one ${name}`,
      parameters: [...use('id'), property],
      description: 'The value',
      content: { ...json({}), 'text/plain': { schema: string } },
      mayBeEmpty: true,
    }),
  };
};

/** @param basePath where the service is, e.g. `/sta/v1.1`. */
export const sensorThingsDocument = (basePath: string): Json => {
  const types = Object.values(entityTypes);
  const problem = problemSchema.extend({ code: z.int(), message: z.string() });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Phố Sạch SensorThings',
      description:
        'OGC SensorThings 1.1 (18-088) for reading: bins, stations and all they observed. HEAD and OPTIONS are answered everywhere.',
      version: '1.1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath }],
    paths: {
      '/': reading({
        operationId: 'getRoot',
        summary: 'The sets of entities, and what holds',
        parameters: [],
        description: 'The root document',
        content: json(rootSchema),
      }),
      ...Object.assign({}, ...types.map(pathsOf)),
    },
    components: {
      schemas: {
        Problem: z.toJSONSchema(problem, { io: 'output' }),
        FeatureCollection: featureCollection,
        ...Object.fromEntries(types.map((type) => [type.name, entitySchema(type)])),
      },
      parameters,
      responses: problems,
      headers: manneredHeaders,
    },
  };
};
