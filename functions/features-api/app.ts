import * as z from 'zod';
import { text } from '../../shared/lambda/answer.ts';
import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import { openApiDocument } from '../../shared/lambda/openapi.ts';
import { asOpenApi30 } from '../../shared/lambda/openapi-3-0.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { cityPublication } from '../../shared/lambda/publication.ts';
import { binsCollection } from '../../shared/open-data/features/collections/bins.ts';
import { exceedanceEpisodesCollection } from '../../shared/open-data/features/collections/exceedance-episodes.ts';
import { latestReadingsCollection } from '../../shared/open-data/features/collections/latest-readings.ts';
import { stationsCollection } from '../../shared/open-data/features/collections/stations.ts';
import { getCollection, getQueryables, listCollections } from './collections.ts';
import { getItem, listItems } from './items.ts';
import { getConformance, getLandingPage } from './landing.ts';
import { OPENAPI_TYPE } from './links.ts';
import { BASE_PATH, type FeaturesParts } from './parts.ts';

const description = {
  title: 'Phố Sạch features',
  description:
    'Bins, stations, latest readings and exceedance episodes by OGC API – Features. Free for any use that names the source.',
  version: '1',
  basePath: BASE_PATH,
  public: true,
  licensed: true,
};

/** The document where OGC's clients look for it, under the media type that they look for: those of today look for 3.0. */
const getApi = (operations: readonly Operation[]): Operation => {
  const documents = new Map<'3.1' | '3.0', string>();
  const api: Operation = operation({
    method: 'GET',
    path: '/api',
    operationId: 'getApi',
    summary: 'This API as an OpenAPI document',
    query: z.strictObject({ f: z.enum(['json', 'openapi-3.0'], 'must be json or openapi-3.0').optional() }),
    responses: {
      200: {
        description: 'OpenAPI 3.1, or 3.0 where asked for',
        content: { [OPENAPI_TYPE]: z.looseObject({ openapi: z.string() }) },
      },
    },
    handle: async ({ query: { f } }) => {
      const version = f === 'openapi-3.0' ? '3.0' : '3.1';
      const known = documents.get(version);
      const write = (): string => {
        const document = openApiDocument(description, [...operations, api]);
        return JSON.stringify(version === '3.0' ? asOpenApi30(document) : document);
      };
      const document = known ?? write();
      documents.set(version, document);
      return text(`${OPENAPI_TYPE};version=${version}`, document, {
        'cache-control': 'public, max-age=300, stale-while-revalidate=3600',
      });
    },
  });
  return api;
};

export const operationsOf = (parts: FeaturesParts): readonly Operation[] => {
  const collections = [
    binsCollection(parts),
    stationsCollection(parts),
    latestReadingsCollection(parts),
    exceedanceEpisodesCollection(parts),
  ];
  const operations = [
    getLandingPage(parts),
    getConformance(parts),
    listCollections(parts, collections),
    ...collections.flatMap((collection) => [
      getCollection(parts, collection),
      getQueryables(parts, collection),
      listItems(parts, collection),
      getItem(parts, collection),
    ]),
  ];
  return [...operations, getApi(operations)];
};

/** OGC API – Features, `/ogc`: the city on a map, for everyone. */
export const featuresApi = (parts: FeaturesParts): HttpHandler =>
  httpApi({ ...description, publication: cityPublication(parts), operations: operationsOf(parts) });
