import * as z from 'zod';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { boxAround } from '../../shared/open-data/catalogue/coverage.ts';
import { type Collection, CRS84 } from '../../shared/open-data/features/feature.ts';
import { both, link, list, paragraph, plain, table } from '../../shared/open-data/features/html.ts';
import { isoOrNull } from '../../shared/open-data/features/ports.ts';
import { answer, type Format, formatParameter, inBothFormats, rootOf, wantedFormat } from './answer.ts';
import { title as landingTitle } from './landing.ts';
import {
  GEO_JSON_TYPE,
  HTML_TYPE,
  JSON_TYPE,
  type Link,
  linkSchema,
  QUERYABLES_REL,
  SCHEMA_TYPE,
  selfAndAlternate,
  withParameter,
} from './links.ts';
import type { FeaturesParts } from './parts.ts';

const query = z.strictObject({ f: formatParameter });

const collectionAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    itemType: z.literal('feature'),
    crs: z.array(z.string()),
    storageCrs: z.string(),
    extent: z.object({
      spatial: z.object({ bbox: z.array(z.array(z.number())), crs: z.string() }).optional(),
      temporal: z.object({ interval: z.array(z.array(z.iso.datetime().nullable())), trs: z.string() }).optional(),
    }),
    links: z.array(linkSchema),
  })
  .meta({ id: 'Collection' });

const collectionsAnswer = z
  .object({ links: z.array(linkSchema), collections: z.array(collectionAnswer) })
  .meta({ id: 'Collections' });

const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';

export const collectionTitle = { vi: 'Các bộ dữ liệu', en: 'Collections' };

const linksOf = (root: string, { id }: Collection): readonly Link[] => {
  const address = `${root}/collections/${id}`;
  return [
    { href: `${address}/items`, rel: 'items', type: GEO_JSON_TYPE, title: 'Features as GeoJSON' },
    { href: withParameter(`${address}/items`, 'f', 'html'), rel: 'items', type: HTML_TYPE, title: 'Features as HTML' },
    { href: `${address}/queryables`, rel: QUERYABLES_REL, type: SCHEMA_TYPE, title: 'Properties to filter by' },
  ];
};

const extentOf = async (collection: Collection): Promise<z.infer<typeof collectionAnswer>['extent']> => {
  const { positions, from, to } = await collection.extent();
  const box = boxAround(positions);
  const timed = from !== undefined || to !== undefined;
  return {
    ...(box !== undefined && { spatial: { bbox: [[...box]], crs: CRS84 } }),
    ...(timed && { temporal: { interval: [[isoOrNull(from), isoOrNull(to)]], trs: GREGORIAN } }),
  };
};

const describe = async (
  root: string,
  collection: Collection,
  own: readonly Link[],
): Promise<z.infer<typeof collectionAnswer>> => ({
  id: collection.id,
  title: `${collection.title.vi} / ${collection.title.en}`,
  description: `${collection.description.vi} / ${collection.description.en}`,
  itemType: 'feature',
  crs: [CRS84],
  storageCrs: CRS84,
  extent: await extentOf(collection),
  links: [...own, ...linksOf(root, collection)],
});

const selfLink = (root: string, { id }: Collection): Link => ({
  href: `${root}/collections/${id}`,
  rel: 'self',
  type: JSON_TYPE,
  title: 'This collection',
});

export const listCollections = (parts: FeaturesParts, collections: readonly Collection[]): Operation =>
  operation({
    method: 'GET',
    path: '/collections',
    operationId: 'getCollections',
    summary: 'The collections of features',
    query,
    responses: inBothFormats('The collections', collectionsAnswer),
    handle: async ({ query: { f }, event }) => {
      const format = wantedFormat(f, event);
      const root = rootOf(event, parts);
      const links = selfAndAlternate(`${root}/collections`, format);
      const described = collections.map((each) => describe(root, each, [selfLink(root, each)]));
      return answer({
        format,
        schema: collectionsAnswer,
        json: { links: [...links], collections: await Promise.all(described) },
        links,
        page: () => ({
          title: collectionTitle,
          trail: [{ href: root, title: landingTitle }],
          content: [
            table(
              collectionTitle,
              [both({ vi: 'Bộ dữ liệu', en: 'Collection' }), both({ vi: 'Nội dung', en: 'Content' })],
              collections.map(({ id, title, description }) => [
                link(`${root}/collections/${id}`, both(title)),
                both(description),
              ]),
            ),
          ],
        }),
      });
    },
  });

const pageOf = (root: string, { id, title, description }: Collection) => ({
  title,
  trail: [
    { href: root, title: landingTitle },
    { href: `${root}/collections`, title: collectionTitle },
  ],
  content: [
    paragraph(both(description)),
    list([
      link(`${root}/collections/${id}/items?f=html`, both({ vi: 'Xem từng đối tượng', en: 'Look at the features' })),
      link(`${root}/collections/${id}/items?f=json`, plain('GeoJSON')),
      link(`${root}/collections/${id}/queryables?f=html`, both({ vi: 'Các bộ lọc', en: 'Filters' })),
    ]),
  ],
});

export const getCollection = (parts: FeaturesParts, collection: Collection): Operation =>
  operation({
    method: 'GET',
    path: `/collections/${collection.id}`,
    operationId: `describeCollection.${collection.id}`,
    summary: `${collection.title.en}: what there is`,
    query,
    responses: inBothFormats('The collection', collectionAnswer),
    handle: async ({ query: { f }, event }) => {
      const format = wantedFormat(f, event);
      const root = rootOf(event, parts);
      const own = selfAndAlternate(`${root}/collections/${collection.id}`, format);
      const json = await describe(root, collection, own);
      return answer({
        format,
        schema: collectionAnswer,
        json,
        links: json.links,
        page: () => pageOf(root, collection),
      });
    },
  });

const queryablesAnswer = z
  .looseObject({ $schema: z.string(), $id: z.url(), type: z.literal('object'), title: z.string() })
  .meta({ id: 'Queryables', description: 'JSON Schema of the properties to filter by' });

export const getQueryables = (parts: FeaturesParts, collection: Collection): Operation =>
  operation({
    method: 'GET',
    path: `/collections/${collection.id}/queryables`,
    operationId: `getQueryables.${collection.id}`,
    summary: `${collection.title.en}: properties to filter by`,
    query,
    responses: inBothFormats('The properties, as JSON Schema', queryablesAnswer, SCHEMA_TYPE),
    handle: async ({ query: { f }, event }) => {
      const format: Format = wantedFormat(f, event, SCHEMA_TYPE);
      const root = rootOf(event, parts);
      const address = `${root}/collections/${collection.id}/queryables`;
      const schema = z.toJSONSchema(z.object(collection.queryables).partial(), { io: 'input' });
      return answer({
        format,
        jsonType: SCHEMA_TYPE,
        schema: queryablesAnswer,
        json: {
          $schema: 'https://json-schema.org/draft/2020-12/schema',
          $id: address,
          type: 'object',
          title: collection.title.en,
          properties: schema.properties,
          additionalProperties: false,
        },
        links: selfAndAlternate(address, format, SCHEMA_TYPE),
        page: () => ({
          ...pageOf(root, collection),
          content: [list(Object.keys(collection.queryables).map((name) => plain(name)))],
        }),
      });
    },
  });
