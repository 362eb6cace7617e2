import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import type { Operation } from '../../shared/lambda/operation.ts';
import { cityPublication } from '../../shared/lambda/publication.ts';
import { getCatalogue, getCatalogueFile } from './catalogue.ts';
import { getIndex } from './index-document.ts';
import { listIndices } from './indices.ts';
import { BASE_PATH, type OpenDataParts } from './parts.ts';
import { listReadings } from './readings.ts';
import { listStations } from './stations.ts';

export const operationsOf = (parts: OpenDataParts): readonly Operation[] => [
  getIndex(parts),
  listStations(parts),
  listIndices(parts),
  listReadings(parts),
  getCatalogue(parts),
  getCatalogueFile(parts),
];

/** The open-data API, `/open/v1`: everything measured, for everyone. */
export const openDataApi = (parts: OpenDataParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch open data',
    description: 'Stations, bins and their readings as JSON, CSV and GeoJSON. Free for any use, from any page.',
    version: '1',
    basePath: BASE_PATH,
    public: true,
    licensed: true,
    publication: cityPublication(parts),
    operations: operationsOf(parts),
  });
