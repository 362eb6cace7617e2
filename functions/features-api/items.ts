import * as z from 'zod';
import { cursorParameter, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { readBoundingBox } from '../../shared/open-data/features/bounding-box.ts';
import {
  type Collection,
  CRS84,
  type Feature,
  type FeaturePage,
  type PropertyValue,
} from '../../shared/open-data/features/feature.ts';
import { both, type Html, link, list, paragraph, plain, table } from '../../shared/open-data/features/html.ts';
import { readTimeInterval } from '../../shared/open-data/features/time-interval.ts';
import { answer, formatParameter, inBothFormats, rootOf, wantedFormat } from './answer.ts';
import { collectionTitle } from './collections.ts';
import { featureAddress, featureCollectionSchemaOf, featureSchemaOf, geoJsonOf } from './geojson.ts';
import { title as landingTitle } from './landing.ts';
import { GEO_JSON_TYPE, JSON_TYPE, type Link, selfAndAlternate, withParameter } from './links.ts';
import type { FeaturesParts } from './parts.ts';

const MOST = 5_000;
const USUAL = 100;

/** A parameter that a function reads, which answers a text where it cannot. */
const readBy = <T>(read: (text: string) => T | string, description: string, example: string) =>
  z
    .string()
    .max(200)
    .transform((text, context) => {
      const value = read(text);
      if (typeof value !== 'string') return value;
      context.addIssue({ code: 'custom', message: value });
      return z.NEVER;
    })
    .meta({ description, example, override: { type: 'string' } });

/** More than there may be is answered with what there may be (17-069r4, 7.15.2), not refused. */
const limit = z
  .string()
  .regex(/^[1-9]\d{0,17}$/, 'must be a whole number of at least 1')
  .transform((text) => Math.min(Number(text), MOST))
  .default(USUAL)
  .meta({
    description: `Most features in one answer; no answer has more than ${MOST}`,
    override: ({ jsonSchema }) => {
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, { type: 'integer', minimum: 1, maximum: MOST, default: USUAL });
    },
  });

const commonParameters = {
  bbox: readBy(readBoundingBox, 'west,south,east,north in degrees, CRS84', '106.6,10.9,106.7,11.0').optional(),
  datetime: readBy(
    readTimeInterval,
    'An instant, or an interval whose sides may be open (`..`)',
    '2026-11-22T00:00:00Z/..',
  ).optional(),
  limit,
  cursor: cursorParameter.meta({ description: 'Of the `next` link, which is to be followed as it is' }),
  f: formatParameter,
};

const querySchemaOf = ({ queryables }: Collection) => {
  const filters = Object.fromEntries(Object.entries(queryables).map(([name, schema]) => [name, schema.optional()]));
  return z.strictObject({ ...filters, ...commonParameters });
};

const written = (value: PropertyValue | undefined): Html => {
  if (value === null || value === undefined) return both({ vi: 'không có số liệu', en: 'no data' });
  return plain(typeof value === 'object' ? value.join(', ') : String(value));
};

const trailOf = (root: string, collection?: Collection) => [
  { href: root, title: landingTitle },
  { href: `${root}/collections`, title: collectionTitle },
  ...(collection === undefined
    ? []
    : [{ href: `${root}/collections/${collection.id}/items?f=html`, title: collection.title }]),
];

const itemsPage = (root: string, collection: Collection, page: FeaturePage, links: readonly Link[]) => {
  const names = Object.keys(collection.properties.shape);
  const next = links.find(({ rel }) => rel === 'next');
  const shown = page.features.map(({ id, properties }) => [
    link(`${featureAddress(root, collection.id, id)}?f=html`, plain(id)),
    ...names.map((name) => written(properties[name])),
  ]);
  const json = links.find(({ rel }) => rel === 'alternate');
  return {
    title: collection.title,
    trail: trailOf(root),
    content: [
      paragraph(both(collection.description)),
      table(collection.title, [plain('id'), ...names.map((name) => plain(name))], shown),
      list([
        ...(next === undefined ? [] : [link(next.href, both({ vi: 'Trang sau', en: 'Next page' }))]),
        ...(json === undefined ? [] : [link(json.href, plain('GeoJSON'))]),
      ]),
    ],
  };
};

const nextLinks = (self: string, page: FeaturePage, format: 'json' | 'html'): readonly Link[] =>
  page.nextCursor === undefined
    ? []
    : [
        {
          href: withParameter(withParameter(self, 'cursor', page.nextCursor), 'f', format),
          rel: 'next',
          type: format === 'json' ? GEO_JSON_TYPE : 'text/html',
          title: 'The next page',
        },
      ];

const collectionLink = (root: string, { id }: Collection): Link => ({
  href: `${root}/collections/${id}`,
  rel: 'collection',
  type: JSON_TYPE,
  title: 'The collection',
});

export const listItems = (parts: FeaturesParts, collection: Collection): Operation => {
  const schema = featureCollectionSchemaOf(collection);
  const query = querySchemaOf(collection);
  return operation({
    method: 'GET',
    path: `/collections/${collection.id}/items`,
    operationId: `getFeatures.${collection.id}`,
    summary: `${collection.title.en}, page by page`,
    description: collection.description.en,
    query,
    responses: inBothFormats('One page of features', schema, GEO_JSON_TYPE),
    handle: async ({ query: { bbox, datetime, limit, cursor, f, ...filters }, event }) => {
      const format = wantedFormat(f, event, GEO_JSON_TYPE);
      const root = rootOf(event, parts);
      const page = await collection.page({ bbox, datetime, limit, cursor, filters: filtersOf(filters) });
      const parameters = new URLSearchParams(event.rawQueryString);
      const self = `${root}/collections/${collection.id}/items${parameters.size > 0 ? `?${parameters}` : ''}`;
      const links = [
        ...selfAndAlternate(self, format, GEO_JSON_TYPE),
        ...nextLinks(self, page, format),
        collectionLink(root, collection),
      ];
      return answer({
        format,
        jsonType: GEO_JSON_TYPE,
        schema,
        json: {
          type: 'FeatureCollection',
          timeStamp: isoInstant(parts.clock()),
          ...(page.numberMatched !== undefined && { numberMatched: page.numberMatched }),
          numberReturned: page.features.length,
          features: page.features.map(geoJsonOf),
          links,
        },
        links,
        headers: { 'content-crs': `<${CRS84}>` },
        page: () => itemsPage(root, collection, page, links),
      });
    },
  });
};

const filtersOf = (filters: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

const itemPage = (root: string, collection: Collection, { id, properties }: Feature) => ({
  title: { vi: `${collection.title.vi}: ${id}`, en: `${collection.title.en}: ${id}` },
  trail: trailOf(root, collection),
  content: [
    table(
      collection.title,
      [both({ vi: 'Thuộc tính', en: 'Property' }), both({ vi: 'Giá trị', en: 'Value' })],
      Object.entries(properties).map(([name, value]) => [plain(name), written(value)]),
    ),
  ],
});

export const getItem = (parts: FeaturesParts, collection: Collection): Operation => {
  const schema = featureSchemaOf(collection);
  return operation({
    method: 'GET',
    path: `/collections/${collection.id}/items/{featureId}`,
    operationId: `getFeature.${collection.id}`,
    summary: `${collection.title.en}: one of them`,
    pathParameters: z.object({ featureId: z.string().min(1).max(300) }),
    query: z.strictObject({ f: formatParameter }),
    responses: inBothFormats('The feature', schema, GEO_JSON_TYPE),
    handle: async ({ path: { featureId }, query: { f }, event }) => {
      const format = wantedFormat(f, event, GEO_JSON_TYPE);
      const root = rootOf(event, parts);
      const feature = await collection.get(featureId);
      if (feature === undefined) throw notFound(`There is no ${featureId} in ${collection.id}`);
      const links = [
        ...selfAndAlternate(featureAddress(root, collection.id, featureId), format, GEO_JSON_TYPE),
        collectionLink(root, collection),
      ];
      return answer({
        format,
        jsonType: GEO_JSON_TYPE,
        schema,
        json: { ...geoJsonOf(feature), links },
        links,
        headers: { 'content-crs': `<${CRS84}>` },
        page: () => itemPage(root, collection, feature),
      });
    },
  });
};
