import * as z from 'zod';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { both, link, list, paragraph, plain } from '../../shared/open-data/features/html.ts';
import { licenceOf } from '../../shared/open-data/publication.ts';
import { answer, formatParameter, inBothFormats, rootOf, wantedFormat } from './answer.ts';
import { HTML_TYPE, JSON_TYPE, type Link, linkSchema, OPENAPI_TYPE, selfAndAlternate } from './links.ts';
import type { FeaturesParts } from './parts.ts';

const query = z.strictObject({ f: formatParameter });

const landingAnswer = z
  .object({ title: z.string(), description: z.string(), links: z.array(linkSchema) })
  .meta({ id: 'LandingPage' });

export const title = { vi: 'Dữ liệu không gian mở', en: 'Open features' };
const description = {
  vi: 'Thùng rác, trạm quan trắc, số đo mới nhất, các đợt vượt giới hạn.',
  en: 'Waste bins, monitoring stations, latest readings, exceedance episodes.',
};

/** Words for each place that the landing page leads to. */
const places = [
  {
    path: '/api',
    rel: 'service-desc',
    type: `${OPENAPI_TYPE};version=3.1`,
    words: { vi: 'Mô tả API (OpenAPI 3.1)', en: 'This API in OpenAPI 3.1' },
  },
  {
    path: '/api?f=openapi-3.0',
    rel: 'service-desc',
    type: `${OPENAPI_TYPE};version=3.0`,
    words: { vi: 'Mô tả API (OpenAPI 3.0)', en: 'This API in OpenAPI 3.0' },
  },
  {
    path: '/conformance',
    rel: 'conformance',
    type: JSON_TYPE,
    words: { vi: 'Các lớp tuân thủ', en: 'Conformance classes' },
  },
  { path: '/collections', rel: 'data', type: JSON_TYPE, words: { vi: 'Các bộ dữ liệu', en: 'Collections' } },
] as const;

export const getLandingPage = (parts: FeaturesParts): Operation =>
  operation({
    method: 'GET',
    path: '/',
    operationId: 'getLandingPage',
    summary: 'Where everything is',
    query,
    responses: inBothFormats('The landing page', landingAnswer),
    handle: async ({ query: { f }, event }) => {
      const format = wantedFormat(f, event);
      const root = rootOf(event, parts);
      const city = await parts.registry.get('city', parts.cityId);
      const name = city?.openData?.publisher?.name ?? city?.name ?? parts.cityId;
      const licence = licenceOf(city?.openData);
      const links: readonly Link[] = [
        ...selfAndAlternate(root, format),
        ...places.map(({ path, rel, type, words }) => ({ href: `${root}${path}`, rel, type, title: words.en })),
        { href: licence.url, rel: 'license', type: HTML_TYPE, title: licence.name },
      ];
      return answer({
        format,
        schema: landingAnswer,
        json: {
          title: `${name}: ${title.vi} / ${title.en}`,
          description: `${description.vi} / ${description.en}`,
          links: [...links],
        },
        links,
        page: () => ({
          title: { vi: `${name}: ${title.vi}`, en: `${name}: ${title.en}` },
          trail: [],
          content: [
            paragraph(both(description)),
            list(places.map(({ path, words }) => link(`${root}${path}`, both(words)))),
            paragraph(link(licence.url, plain(`${name}, ${licence.name}`))),
          ],
        }),
      });
    },
  });

/** What truly holds: Part 1 whole but GML, which nobody asked for; of Part 3 its queryables. */
const conformanceClasses = [
  'http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson',
  'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables',
  'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters',
] as const;

const conformanceAnswer = z
  .object({ conformsTo: z.array(z.string()), links: z.array(linkSchema) })
  .meta({ id: 'Conformance' });

export const getConformance = (parts: FeaturesParts): Operation =>
  operation({
    method: 'GET',
    path: '/conformance',
    operationId: 'getConformance',
    summary: 'The conformance classes that hold',
    query,
    responses: inBothFormats('The conformance classes', conformanceAnswer),
    handle: async ({ query: { f }, event }) => {
      const format = wantedFormat(f, event);
      const root = rootOf(event, parts);
      const links = selfAndAlternate(`${root}/conformance`, format);
      return answer({
        format,
        schema: conformanceAnswer,
        json: { conformsTo: [...conformanceClasses], links: [...links] },
        links,
        page: () => ({
          title: places[1].words,
          trail: [{ href: root, title }],
          content: [list(conformanceClasses.map((each) => plain(each)))],
        }),
      });
    },
  });
