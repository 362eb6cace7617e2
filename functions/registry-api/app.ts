import type { EditableKind } from '../../shared/city/editing/registry-editor.ts';
import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import type { Operation } from '../../shared/lambda/operation.ts';
import { keepCrewsToTheirs } from '../operations-api/crew-limits.ts';
import { getCityRules, putCityRules } from './city-rules.ts';
import { type Collection, collections } from './collections.ts';
import { importEntities } from './import.ts';
import type { RegistryParts } from './parts.ts';
import { exportEntities, getEntity, listChanges, listEntities } from './read.ts';
import { deleteEntity, putEntity } from './write.ts';

const operationsOn = <K extends EditableKind>(of: Collection<K>, parts: RegistryParts): readonly Operation[] => [
  listEntities(of, parts),
  exportEntities(of, parts),
  importEntities(of, parts),
  getEntity(of, parts),
  putEntity(of, parts),
  deleteEntity(of, parts),
  listChanges(of, parts),
];

export const registryOperationsOf = (parts: RegistryParts): readonly Operation[] =>
  [
    ...operationsOn(collections.bin, parts),
    ...operationsOn(collections.vehicle, parts),
    ...operationsOn(collections.crew, parts),
    ...operationsOn(collections.depot, parts),
    ...operationsOn(collections['disposal-site'], parts),
    ...operationsOn(collections.zone, parts),
    ...operationsOn(collections['special-day'], parts),
    ...operationsOn(collections['special-event'], parts),
    getCityRules(parts),
    putCityRules(parts),
  ].map(keepCrewsToTheirs);

/**
 * The registry as people edit it, `/api/v1/registry`: part of the operations API by its address and its tokens, a function of its own so
 * that it may write what is registered and nothing else.
 */
export const registryApi = (parts: RegistryParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch registry',
    description:
      'Bins, trucks, crews, depots, disposal sites, zones, special days and events: edited one by one under their ETags, or as tables. Every change is kept with who and when.',
    version: '1',
    basePath: '/api/v1/registry',
    operations: registryOperationsOf(parts),
  });
