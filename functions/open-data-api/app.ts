import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import type { Operation } from '../../shared/lambda/operation.ts';
import { cityPublication } from '../../shared/lambda/publication.ts';
import { aggregateTable } from '../../shared/open-data/aggregates/open-aggregate.ts';
import { bulkTable } from '../../shared/open-data/bulk/open-bulk-file.ts';
import { collectionTable } from '../../shared/open-data/collections/open-collection.ts';
import { indexTable } from '../../shared/open-data/tables/index-table.ts';
import { readingTable } from '../../shared/open-data/tables/reading-table.ts';
import { siteTable } from '../../shared/open-data/tables/site-table.ts';
import { aggregatesQuery, listAggregates } from './aggregates.ts';
import { bulkQuery, listBulkFiles } from './bulk.ts';
import { getCatalogue, getCatalogueFile } from './catalogue.ts';
import { collectionsQuery, listCollections } from './collections.ts';
import { describeCsv } from './csv-metadata.ts';
import { getIndex } from './index-document.ts';
import { indicatorOperations } from './indicators.ts';
import { indicesQuery, listIndices } from './indices.ts';
import { latestQuery, latestTable, listLatest } from './latest.ts';
import { BASE_PATH, type OpenDataParts } from './parts.ts';
import { listReadings, readingsQuery } from './readings.ts';
import { listStations, stationsQuery } from './stations.ts';

export const operationsOf = (parts: OpenDataParts): readonly Operation[] => [
  getIndex(parts),
  listStations(parts),
  listIndices(parts),
  listReadings(parts),
  listLatest(parts),
  listAggregates(parts),
  listCollections(parts),
  listBulkFiles(parts),
  describeCsv(parts, bulkTable, bulkQuery),
  ...indicatorOperations(parts),
  describeCsv(parts, siteTable, stationsQuery),
  describeCsv(parts, indexTable, indicesQuery),
  describeCsv(parts, readingTable, readingsQuery),
  describeCsv(parts, latestTable, latestQuery),
  describeCsv(parts, aggregateTable, aggregatesQuery),
  describeCsv(parts, collectionTable, collectionsQuery),
  getCatalogue(parts),
  getCatalogueFile(parts),
];

/** The open-data API, `/open/v1`: everything measured, for everyone. */
export const openDataApi = (parts: OpenDataParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch open data',
    description:
      'Stations, bins and their readings as JSON, CSV, GeoJSON and Parquet. Free for any use, from any page.',
    version: '1',
    basePath: BASE_PATH,
    public: true,
    publication: cityPublication(parts),
    operations: operationsOf(parts),
  });
