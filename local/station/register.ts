import type { Station } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { standardsOfOtherKind } from '../../shared/environment/standards/applied-standard.ts';
import type { AddStation } from './options.ts';

export type StationRegistration = { readonly station: Station; readonly replaced: boolean };

const newStation = ({ id, kind, position, name }: AddStation): Station => {
  if (kind === undefined) throw new Error('--kind is missing: air or water');
  if (position === undefined) throw new Error('--latitude and --longitude are missing');
  return { id, kind, position, name: name ?? id, referenceStation: false };
};

/** @throws Error when the code is another station's, or the sensor of that id something else. */
const checkFileCode = async (registry: Registry, station: Station, fileCode: string): Promise<void> => {
  const owner = (await registry.list('station')).find(
    (other) => other.fileCode === fileCode && other.id !== station.id,
  );
  if (owner !== undefined) throw new Error(`${fileCode} is the file code of the station ${owner.id}`);
  const sensor = await registry.get('sensor', fileCode);
  if (sensor !== undefined && (sensor.siteId !== station.id || sensor.kind !== station.kind)) {
    throw new Error(`${fileCode} is a ${sensor.kind} sensor of ${sensor.siteId ?? 'no site'} already`);
  }
};

/**
 * Enters a station, or changes what is said of it, and with a file code the sensor that keeps what its files say.
 * @throws Error when something that a new station needs is missing, or a name means something else already.
 */
export const registerStation = async (registry: Registry, options: AddStation): Promise<StationRegistration> => {
  const { id, kind, position, name, fileCode, intervalSeconds } = options;
  const [previous, bin] = await Promise.all([registry.get('station', id), registry.get('bin', id)]);
  if (bin !== undefined) throw new Error(`${id} is a bin`);
  if (previous !== undefined && kind !== undefined && kind !== previous.kind) {
    throw new Error(`${id} is a ${previous.kind} station already`);
  }
  const station: Station = {
    ...(previous ?? newStation(options)),
    ...(position && { position }),
    ...(name && { name }),
    ...(options.class && { class: options.class, referenceStation: options.class === 'reference' }),
    ...(options.standards && { standards: [...options.standards] }),
    ...(options.waterConcerns && { waterConcerns: options.waterConcerns }),
    ...(fileCode && { fileCode }),
  };
  const [foreign] = standardsOfOtherKind(station.kind, station.standards ?? []);
  if (foreign !== undefined) throw new Error(`${foreign.standard} is not for stations of kind ${station.kind}`);
  if (fileCode !== undefined) await checkFileCode(registry, station, fileCode);
  await registry.put('station', station);
  if (fileCode !== undefined) {
    await registry.put('sensor', { id: fileCode, kind: station.kind, siteId: id, intervalSeconds, status: 'active' });
  }
  return { station, replaced: previous !== undefined };
};
