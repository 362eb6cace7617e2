import { registryApi, registryOperationsOf } from '../../../functions/registry-api/app.ts';
import type { RegistryParts } from '../../../functions/registry-api/parts.ts';
import { depotSchema } from '../../../shared/city/entities.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryRegistryEditor } from '../../support/memory-registry-editor.ts';
import { memoryRegistry, type RegistrySeed } from '../../support/memory-stores.ts';

/** 17:00 in the city. */
const NOW = Date.UTC(2026, 10, 22, 10);
export const position = { latitude: 10.9, longitude: 106.6 };
const depot = depotSchema.parse({ id: 'depot-1', name: 'Depot', position });

/** The registry's API over memory stores, with one depot. */
export const open = (seed: RegistrySeed = {}, more: Partial<RegistryParts> = {}) => {
  const registry = memoryRegistry({ depot: [depot], ...seed });
  const parts: RegistryParts = {
    cityId: 'tdm',
    registry,
    editor: memoryRegistryEditor(registry),
    officerWithoutToken: 'lan@local',
    clock: () => NOW,
    ...more,
  };
  const call = conformingCaller(registryApi(parts), registryOperationsOf(parts), '/api/v1/registry');
  const at = (path: string, method = 'GET', body?: object | string, headers: Record<string, string> = {}) =>
    call({ method, url: `/api/v1/registry${path}`, headers, ...(body !== undefined && { body }) });
  return { registry, parts, at };
};

export const faultsOf = ({ json }: { json: () => { errors?: { field: string; message: string }[] } }) =>
  (json().errors ?? []).map(({ field, message }) => `${field}: ${message}`);
