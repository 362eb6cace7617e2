import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import type { Operation } from '../../shared/lambda/operation.ts';
import { cityPublication } from '../../shared/lambda/publication.ts';
import { queryEntities, retrieveEntity } from './entities.ts';
import { describeNgsiError } from './errors.ts';
import { BASE_PATH, type NgsiLdParts } from './parts.ts';
import { getContext, getContextOfType, getType, listTypes } from './types.ts';

export const operationsOf = (parts: NgsiLdParts): readonly Operation[] => [
  queryEntities(parts),
  retrieveEntity(parts),
  listTypes(parts),
  getType(parts),
  getContext(),
  getContextOfType(),
];

/** NGSI-LD, `/ngsi-ld/v1`: bins and stations for a city's operations centre, by the Smart Data Models. Read only. */
export const ngsiLdApi = (parts: NgsiLdParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch context',
    description:
      'Bins, air and water as WasteContainer, AirQualityObserved and WaterQualityObserved of the Smart Data Models, by ETSI GS CIM 009 (NGSI-LD). Free for any use that names the source.',
    version: '1',
    basePath: BASE_PATH,
    public: true,
    publication: cityPublication(parts),
    describe: describeNgsiError,
    operations: operationsOf(parts),
  });
