import type * as z from 'zod';
import { text } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { REGISTRY_CACHE_CONTROL } from '../../shared/open-data/freshness.ts';
import { sourceOf } from '../../shared/open-data/source.ts';
import { CSVW_TYPE, csvwOf, csvwSchema } from '../../shared/open-data/tables/csvw.ts';
import type { Table } from '../../shared/open-data/tables/table.ts';
import { BASE_PATH, type OpenDataParts } from './parts.ts';

/** `Stations` of `stations`. */
const capitalized = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/**
 * The CSVW description of what a CSV address answers, at `<table>-metadata.json` with the same query: readers find it by the link
 * `describedby` and accept it only where its `url` is the address that they asked for.
 */
export const describeCsv = ({ registry, cityId }: OpenDataParts, table: Table, query: z.ZodObject): Operation =>
  operation({
    method: 'GET',
    path: `/${table.name}-metadata.json`,
    operationId: `describe${capitalized(table.name)}Csv`,
    summary: `CSV on the Web (CSVW): the columns of /${table.name} as CSV`,
    description: `Takes the query of /${table.name}, and describes the CSV at that address.`,
    query,
    responses: { 200: { description: 'The description', content: { [CSVW_TYPE]: csvwSchema } } },
    handle: async ({ event: { rawQueryString } }) => {
      const source = sourceOf(await registry.get('city', cityId));
      const url = `${BASE_PATH}/${table.name}${rawQueryString === '' ? '' : `?${rawQueryString}`}`;
      return text(CSVW_TYPE, JSON.stringify(csvwOf(table, source, url)), { 'cache-control': REGISTRY_CACHE_CONTROL });
    },
  });
