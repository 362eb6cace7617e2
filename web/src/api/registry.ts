import type { Zone } from '../../../shared/city/fleet/zone.ts';
import { API, get, getWithEtag, request } from './client.ts';
import type { FieldError } from './problem.ts';

/** What the fleet tab edits, as the registry's API names it. */
export const registryKinds = [
  'vehicles',
  'crews',
  'depots',
  'disposal-sites',
  'zones',
  'special-days',
  'special-events',
  'bins',
] as const;
export type RegistryKind = (typeof registryKinds)[number];

/** As registered: the form knows some of its members and keeps the others. */
export type WireEntity = { readonly id: string; readonly [member: string]: unknown };

/** With the version that was seen; none of one that is still to be registered. */
export type SeenEntity = { readonly entity: WireEntity; readonly etag: string | undefined };

export type WireChange = {
  readonly at: string;
  readonly by: string;
  readonly act: 'created' | 'changed' | 'removed';
  readonly through: 'api' | 'csv';
};

export type WireImport = {
  readonly dryRun: boolean;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faultyLines: number;
  readonly faults: readonly (Omit<FieldError, 'field'> & { readonly line: number; readonly column?: string })[];
};

const REGISTRY = `${API}/registry`;

const address = (kind: RegistryKind, id: string): string => `${REGISTRY}/${kind}/${encodeURIComponent(id)}`;

export const csvAddress = (kind: RegistryKind): string => `${REGISTRY}/${kind}.csv`;

export const listRegistered = async (kind: RegistryKind, signal?: AbortSignal): Promise<readonly WireEntity[]> =>
  (await get<{ readonly items: readonly WireEntity[] }>(`${REGISTRY}/${kind}`, signal)).items;

/** Zones with bans, as the map draws them. */
export const listZones = async (signal?: AbortSignal): Promise<readonly Zone[]> =>
  (await get<{ readonly items: readonly Zone[] }>(`${REGISTRY}/zones`, signal)).items;

/** One with its version: what may be replaced is what was seen. */
export const getRegistered = async (kind: RegistryKind, id: string): Promise<SeenEntity> => {
  const { body, etag } = await getWithEtag<WireEntity>(address(kind, id));
  return { entity: body, etag };
};

const precondition = (etag: string | undefined): Record<string, string> =>
  etag === undefined ? { 'if-none-match': '*' } : { 'if-match': etag };

export const putRegistered = (kind: RegistryKind, { entity, etag }: SeenEntity): Promise<WireEntity> =>
  request<WireEntity>(address(kind, entity.id), {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...precondition(etag) },
    body: JSON.stringify(entity),
  });

export const removeRegistered = (kind: RegistryKind, { entity, etag }: SeenEntity): Promise<unknown> =>
  request(address(kind, entity.id), { method: 'DELETE', headers: precondition(etag) });

export const listChanges = async (
  kind: RegistryKind,
  id: string,
  signal?: AbortSignal,
): Promise<readonly WireChange[]> =>
  (await get<{ readonly changes: readonly WireChange[] }>(`${address(kind, id)}/changes`, signal)).changes;

/** Sends a table as it is; a dry run only says what would be done. */
export const importTable = (
  kind: RegistryKind,
  table: Blob,
  how: { readonly dryRun: boolean; readonly skipFaulty: boolean },
): Promise<WireImport> => {
  const query = new URLSearchParams({ dryRun: String(how.dryRun), skipFaulty: String(how.skipFaulty) });
  return request<WireImport>(`${REGISTRY}/${kind}/import?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: table,
  });
};
