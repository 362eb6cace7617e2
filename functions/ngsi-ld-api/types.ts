import * as z from 'zod';
import { text } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { cityEntities } from '../../shared/open-data/ngsi-ld/city-entities.ts';
import type { NgsiEntity } from '../../shared/open-data/ngsi-ld/entity.ts';
import {
  attributeIri,
  attributesOf,
  contextOfAll,
  contextOfType,
  type NgsiType,
  ngsiTypes,
  typeIri,
  typeNamed,
} from '../../shared/open-data/ngsi-ld/vocabulary.ts';
import { answer, JSON_TYPE, LD_TYPE, wantedFormat } from './answer.ts';
import type { NgsiLdParts } from './parts.ts';

const inBoth = (description: string, schema: z.ZodType) => ({
  200: { description, content: { [JSON_TYPE]: schema, [LD_TYPE]: schema } },
});

const typeListSchema = z
  .looseObject({ id: z.string(), type: z.literal('EntityTypeList'), typeList: z.array(z.string()) })
  .meta({ id: 'EntityTypeList' });
const typeSchema = z
  .looseObject({
    id: z.string(),
    type: z.literal('EntityType'),
    typeName: z.string(),
    attributeNames: z.array(z.string()),
  })
  .meta({ id: 'EntityType' });
const attributeSchema = z.object({
  id: z.string(),
  type: z.literal('Attribute'),
  attributeName: z.string(),
  attributeTypes: z.array(z.string()),
});
const typeInfoSchema = z
  .looseObject({
    id: z.string(),
    type: z.literal('EntityTypeInfo'),
    typeName: z.string(),
    entityCount: z.int(),
    attributeDetails: z.array(attributeSchema),
  })
  .meta({ id: 'EntityTypeInfo' });

const namesAmong = (entities: readonly NgsiEntity[]): readonly string[] =>
  [...new Set(entities.flatMap(({ attributes }) => Object.keys(attributes)))].sort((a, b) =>
    a < b ? -1 : Number(a > b),
  );

const describeType = (type: NgsiType, entities: readonly NgsiEntity[]) => ({
  id: typeIri(type),
  type: 'EntityType' as const,
  typeName: type,
  attributeNames: namesAmong(entities),
});

/** 5.7.5 and 5.7.6: the types that there are entities of. */
export const listTypes = (parts: NgsiLdParts): Operation =>
  operation({
    method: 'GET',
    path: '/types',
    operationId: 'listTypes',
    summary: 'The types that there are entities of',
    description: 'ETSI GS CIM 009 V1.8.1, 5.7.5; with details=true 5.7.6.',
    query: z.strictObject({
      details: z.enum(['true', 'false'], 'must be true or false').optional(),
      local: z.enum(['true', 'false'], 'must be true or false').optional(),
    }),
    responses: inBoth('The types', z.union([typeListSchema, z.array(typeSchema)])),
    handle: async ({ query: { details }, event }) => {
      const format = wantedFormat(event, false);
      const byType = Map.groupBy(await cityEntities(parts, parts.clock()), ({ type }) => type);
      const present = ngsiTypes.filter((type) => byType.has(type));
      const body =
        details === 'true'
          ? present.map((type) => describeType(type, byType.get(type) ?? []))
          : { id: `urn:ngsi-ld:EntityTypeList:${parts.cityId}`, type: 'EntityTypeList', typeList: present };
      return answer({ event, parts, format, body });
    },
  });

const kindsOf = (entities: readonly NgsiEntity[], name: string): string[] => [
  ...new Set(entities.flatMap(({ attributes }) => attributes[name]?.type ?? [])),
];

/** 5.7.7: one type, with how many entities it has and what they tell. */
export const getType = (parts: NgsiLdParts): Operation =>
  operation({
    method: 'GET',
    path: '/types/{type}',
    operationId: 'getType',
    summary: 'One type, with how many entities it has and what they tell',
    description: 'ETSI GS CIM 009 V1.8.1, 5.7.7.',
    pathParameters: z.object({
      type: z.string().max(200).meta({ description: 'Its name, or its IRI', example: 'WasteContainer' }),
    }),
    query: z.strictObject({ local: z.enum(['true', 'false'], 'must be true or false').optional() }),
    responses: inBoth('The type', typeInfoSchema),
    handle: async ({ path: { type: asked }, event }) => {
      const format = wantedFormat(event, false);
      const type = typeNamed(asked);
      const entities = type === undefined ? [] : await cityEntities(parts, parts.clock(), [type]);
      if (type === undefined || entities.length === 0) throw notFound(`There is no entity of type ${asked}`);
      const attributeDetails = attributesOf(type).flatMap((name) => {
        const attributeTypes = kindsOf(entities, name);
        const id = attributeIri(type, name) ?? name;
        return attributeTypes.length === 0 ? [] : [{ id, type: 'Attribute', attributeName: name, attributeTypes }];
      });
      const body = {
        id: typeIri(type),
        type: 'EntityTypeInfo',
        typeName: type,
        entityCount: entities.length,
        attributeDetails,
      };
      return answer({ event, parts, format, body });
    },
  });

const contextSchema = z.object({ '@context': z.looseObject({}) }).meta({ id: 'Context' });
const context = (body: Readonly<Record<string, unknown>>) =>
  text(LD_TYPE, JSON.stringify({ '@context': body }), { 'cache-control': 'public, max-age=86400' });

/** What the names in the answers mean. It changes only with a new version of this API. */
export const getContext = (): Operation =>
  operation({
    method: 'GET',
    path: '/context.jsonld',
    operationId: 'getContext',
    summary: 'The JSON-LD @context of all answers',
    responses: { 200: { description: 'The @context', content: { [LD_TYPE]: contextSchema } } },
    handle: async () => context(contextOfAll()),
  });

/** The same for one type, without contexts within contexts. */
export const getContextOfType = (): Operation =>
  operation({
    method: 'GET',
    path: '/contexts/{file}',
    operationId: 'getContextOfType',
    summary: 'The JSON-LD @context of one type, for brokers that know JSON-LD 1.0 only',
    pathParameters: z.object({
      file: z.enum(
        ngsiTypes.map((type) => `${type}.jsonld` as const),
        `must be one of ${ngsiTypes.map((type) => `${type}.jsonld`).join(', ')}`,
      ),
    }),
    responses: { 200: { description: 'The @context', content: { [LD_TYPE]: contextSchema } } },
    handle: async ({ path: { file } }) => {
      const type = ngsiTypes.find((each) => file === `${each}.jsonld`);
      if (type === undefined) throw notFound(`There is no context ${file}`);
      return context(contextOfType(type));
    },
  });
