import * as z from 'zod';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { cityEntities } from '../../shared/open-data/ngsi-ld/city-entities.ts';
import type { NgsiEntity } from '../../shared/open-data/ngsi-ld/entity.ts';
import { namesIn, selectionOf } from '../../shared/open-data/ngsi-ld/query/select-entities.ts';
import { entityAs, featureAs, type JsonObject } from '../../shared/open-data/ngsi-ld/represent.ts';
import { ngsiTypes } from '../../shared/open-data/ngsi-ld/vocabulary.ts';
import {
  answer,
  entitySchema,
  type Format,
  featureCollectionSchema,
  featureSchema,
  GEO_TYPE,
  JSON_TYPE,
  LD_TYPE,
  rootOf,
  wantedFormat,
} from './answer.ts';
import { badRequestData, understood } from './errors.ts';
import { type EntitiesQuery, pageOf, querySchema, showingSchema, shownAs } from './parameters.ts';
import type { NgsiLdParts } from './parts.ts';

/** An entity in a format, as `options`, `format`, `attrs` and `geometryProperty` ask for it. */
const shower = (query: z.output<typeof showingSchema>, format: Format): ((entity: NgsiEntity) => JsonObject) => {
  const shown = shownAs(query);
  return (entity) => {
    const full = { ...shown, attributes: namesIn(query.attrs, entity.type) };
    return format === 'geo' ? featureAs(entity, full, query.geometryProperty) : entityAs(entity, full);
  };
};

const pageLink = (root: string, event: { readonly rawQueryString: string }, offset: number, rel: string): string => {
  const search = new URLSearchParams(event.rawQueryString);
  search.set('offset', String(offset));
  return `<${root}/entities?${search}>; rel="${rel}"`;
};

const arrayOf = {
  [JSON_TYPE]: z.array(entitySchema),
  [LD_TYPE]: z.array(entitySchema),
  [GEO_TYPE]: featureCollectionSchema,
};

/** 5.7.2 and 6.4.3.2, query entities. */
export const queryEntities = (parts: NgsiLdParts): Operation =>
  operation({
    method: 'GET',
    path: '/entities',
    operationId: 'queryEntities',
    summary: 'Bins and stations as NGSI-LD entities',
    description: 'ETSI GS CIM 009 V1.8.1, 5.7.2. Entities are in the order of their ids.',
    query: querySchema,
    responses: { 200: { description: 'The entities', content: arrayOf } },
    handle: async ({ query, event }) => {
      const format = wantedFormat(event, true);
      const show = shower(query, format);
      const { limit, offset } = pageOf(query);
      const { types, test } = understood(() => selectionOf(query));
      const found = types.length === 0 ? [] : (await cityEntities(parts, parts.clock(), types)).filter(test);
      const page = found.slice(offset, offset + limit);
      const root = rootOf(event, parts);
      const isMore = limit > 0 && offset + limit < found.length;
      const links = [
        ...(isMore ? [pageLink(root, event, offset + limit, 'next')] : []),
        ...(offset > 0 ? [pageLink(root, event, Math.max(0, offset - limit), 'prev')] : []),
      ];
      const shown = page.map(show);
      return answer({
        event,
        parts,
        format,
        body: format === 'geo' ? { type: 'FeatureCollection', features: shown } : shown,
        links,
        headers: countHeader(query, found.length),
      });
    },
  });

/** 6.3.13 */
const countHeader = ({ count }: EntitiesQuery, found: number): Readonly<Record<string, string>> =>
  count === true ? { 'NGSILD-Results-Count': String(found) } : {};

const isUri = (text: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text);

/** 5.7.1 and 6.5.3.1, retrieve an entity. */
export const retrieveEntity = (parts: NgsiLdParts): Operation =>
  operation({
    method: 'GET',
    path: '/entities/{entityId}',
    operationId: 'retrieveEntity',
    summary: 'One bin or station as an NGSI-LD entity',
    description: 'ETSI GS CIM 009 V1.8.1, 5.7.1.',
    pathParameters: z.object({
      entityId: z
        .string()
        .max(500)
        .meta({ description: 'Its URI', example: 'urn:ngsi-ld:WasteContainer:thu-dau-mot:bin-001' }),
    }),
    query: showingSchema,
    responses: {
      200: {
        description: 'The entity',
        content: { [JSON_TYPE]: entitySchema, [LD_TYPE]: entitySchema, [GEO_TYPE]: featureSchema },
      },
    },
    handle: async ({ path: { entityId }, query, event }) => {
      const format = wantedFormat(event, true);
      const show = shower(query, format);
      if (!isUri(entityId)) throw badRequestData('entityId', 'must be a URI');
      const types = ngsiTypes.filter((type) => entityId.startsWith(`urn:ngsi-ld:${type}:`));
      const known = types.length === 0 ? [] : await cityEntities(parts, parts.clock(), types);
      const entity = known.find(({ id }) => id === entityId);
      if (entity === undefined) throw notFound(`There is no entity ${entityId}`);
      const names = namesIn(query.attrs, entity.type);
      if (names !== undefined && !names.some((name) => Object.hasOwn(entity.attributes, name)))
        throw notFound(`${entityId} has none of the attributes ${names.join(', ')}`);
      return answer({ event, parts, format, body: show(entity) });
    },
  });
