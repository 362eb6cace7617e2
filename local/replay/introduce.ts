import type { Sensor } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import type { ReplayOptions } from './options.ts';

export type Introduction = { readonly status: 'known' | 'registered' | 'unknown' };

/** An assumed container, for a bin of which only the level is known. */
const container = { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 };

const registerSite = async (registry: Registry, id: string, options: ReplayOptions): Promise<void> => {
  const { kind, position } = options;
  if (position === undefined) throw new Error(`Nobody said where ${id} stands`);
  const place = { id, name: id, position, positionApproximate: true };
  if (kind === 'bin') {
    if ((await registry.get('bin', id)) !== undefined) return;
    return registry.put('bin', { ...place, stream: 'other', container, serviceLevel: 0.8, serviceSeconds: 720 });
  }
  if ((await registry.get('station', id)) !== undefined) return;
  return registry.put('station', { ...place, kind, referenceStation: false });
};

/**
 * Makes sure that the city knows a sensor before it speaks: the broker would refuse a stranger. With `--register` an unknown one
 * is registered, at a site of the same id.
 */
export const introduce = async (
  registry: Registry,
  sensorId: string,
  options: ReplayOptions,
): Promise<Introduction> => {
  if ((await registry.get('sensor', sensorId)) !== undefined) return { status: 'known' };
  if (!options.register) return { status: 'unknown' };
  await registerSite(registry, sensorId, options);
  const sensor: Sensor = {
    id: sensorId,
    kind: options.kind,
    siteId: sensorId,
    intervalSeconds: options.intervalSeconds,
    status: 'active',
  };
  await registry.put('sensor', sensor);
  return { status: 'registered' };
};
