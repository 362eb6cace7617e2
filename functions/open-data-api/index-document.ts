import * as z from 'zod';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { REGISTRY_CACHE_CONTROL } from '../../shared/open-data/freshness.ts';
import { quantities } from '../../shared/telemetry/quantity.ts';
import { BASE_PATH, type OpenDataParts } from './parts.ts';

const linkSchema = z.object({ rel: z.string(), href: z.string(), type: z.string(), title: z.string() });

const quantitySchema = z.object({
  name: z.string(),
  kind: z.enum(['bin', 'air', 'water', 'device']),
  unit: z.string(),
  nameEn: z.string(),
  nameVi: z.string(),
});

const indexAnswer = z
  .object({
    title: z.string(),
    city: z.string().nullable(),
    timeZone: z.string().nullable(),
    links: z.array(linkSchema),
    quantities: z.array(quantitySchema),
  })
  .meta({ id: 'Index' });

const link = (rel: string, path: string, type: string, title: string) => ({
  rel,
  href: `${BASE_PATH}${path}`,
  type,
  title,
});

const links = [
  link('service-desc', '/openapi.json', 'application/json', 'This API in OpenAPI 3.1'),
  link('catalog', '/catalog', 'application/ld+json', 'The catalogue of all data sets, DCAT-AP 3'),
  link('item', '/stations', 'application/json', 'Stations and bins'),
  link('item', '/stations?format=geojson', 'application/geo+json', 'Stations and bins, for a map'),
  link('item', '/stations?format=csv', 'text/csv', 'Stations and bins, for a spreadsheet'),
  link('item', '/indices', 'application/json', 'VN_AQI and US AQI, with category, colour and advice'),
  link('item', '/latest', 'application/json', 'The newest reading of everything'),
  link(
    'item',
    '/aggregates?quantity=pm25&by=day',
    'application/json',
    'PM2.5 by day of the last 31 days, with coverage',
  ),
  link('item', '/collections', 'application/json', 'Bins emptied in the last 7 days'),
  link('item', '/bulk', 'application/json', 'Daily files as Parquet and CSV, for whole days, months and years'),
  link('item', '/readings?quantity=pm25', 'application/json', 'PM2.5 of the last 24 hours'),
  link('item', '/readings?quantity=pm25&format=csv', 'text/csv', 'PM2.5 of the last 24 hours, for a spreadsheet'),
];

export const getIndex = ({ registry, cityId }: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/',
    operationId: 'getIndex',
    summary: 'What there is, with links',
    responses: { 200: { description: 'The index', content: { 'application/json': indexAnswer } } },
    handle: async () => {
      const city = await registry.get('city', cityId);
      const body = {
        title: 'Phố Sạch open data',
        city: city?.name ?? null,
        timeZone: city?.timeZone ?? null,
        links,
        quantities: Object.entries(quantities).map(([name, { kind, unit, nameEn, nameVi }]) => ({
          name,
          kind,
          unit,
          nameEn,
          nameVi,
        })),
      };
      return json(indexAnswer, body, { headers: { 'cache-control': REGISTRY_CACHE_CONTROL } });
    },
  });
