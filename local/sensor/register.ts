import type { Bin, Sensor, Station } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { isScriptReference, scriptId } from '../../shared/telemetry/scripted-codecs/scripted-codec.ts';
import type { AddOptions } from './options.ts';

export type Registration = {
  readonly sensor: Sensor;
  /** Whether the sensor was in the registry before. */
  readonly replaced: boolean;
  /** The bin or station that was created with it, its values assumed. */
  readonly createdSite?: Bin | Station;
};

/** Usual values of an underground container; the city corrects them when it has measured its own. */
const usualContainer = { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 };

/**
 * Enters the sensor, and its site before it where that is missing, so that no sensor ever points nowhere.
 * @throws Error when the id, the site or the DevEUI means something else already, or the codec is not there.
 */
export const registerSensor = async (registry: Registry, options: AddOptions): Promise<Registration> => {
  const { sensor } = options;
  const previous = await registry.get('sensor', sensor.id);
  if (previous !== undefined && previous.kind !== sensor.kind) {
    throw new Error(`${sensor.id} is a ${previous.kind} sensor already`);
  }
  await checkDevEui(registry, sensor);
  await checkCodec(registry, sensor);
  const createdSite = sensor.siteId === undefined ? undefined : await ensureSite(registry, sensor.siteId, options);
  await registry.put('sensor', sensor);
  return { sensor, replaced: previous !== undefined, ...(createdSite && { createdSite }) };
};

/** @throws Error when there is no such sensor. */
export const retireSensor = async (registry: Registry, id: string): Promise<Sensor> => {
  const sensor = await registry.get('sensor', id);
  if (sensor === undefined) throw new Error(`There is no sensor ${id}`);
  const retired: Sensor = { ...sensor, status: 'retired' };
  await registry.put('sensor', retired);
  return retired;
};

const checkDevEui = async (registry: Registry, { id, devEui }: Sensor): Promise<void> => {
  if (devEui === undefined) return;
  const owner = await registry.sensorByDevEui(devEui);
  if (owner !== undefined && owner.id !== id) throw new Error(`The DevEUI ${devEui} belongs to the sensor ${owner.id}`);
};

const checkCodec = async (registry: Registry, { codec }: Sensor): Promise<void> => {
  if (codec === undefined || !isScriptReference(codec)) return;
  const known = await registry.get('codec', scriptId(codec));
  if (known === undefined) throw new Error(`There is no codec ${scriptId(codec)}: npm run codec -- add would enter it`);
};

const ensureSite = async (
  registry: Registry,
  siteId: string,
  { sensor, position }: AddOptions,
): Promise<Bin | Station | undefined> => {
  const [bin, station] = await Promise.all([registry.get('bin', siteId), registry.get('station', siteId)]);
  const found = bin === undefined ? station?.kind : 'bin';
  if (found !== undefined) {
    if (found !== sensor.kind)
      throw new Error(`${siteId} is a ${found} site, and ${sensor.id} observes ${sensor.kind}`);
    return undefined;
  }
  if (position === undefined) {
    throw new Error(`There is no site ${siteId}: --latitude and --longitude would create it`);
  }
  const place = { id: siteId, name: siteId, position };
  if (sensor.kind === 'bin') {
    const created: Bin = {
      ...place,
      stream: 'other',
      container: usualContainer,
      serviceLevel: 0.8,
      serviceSeconds: 720,
    };
    await registry.put('bin', created);
    return created;
  }
  const created: Station = { ...place, kind: sensor.kind, referenceStation: false };
  await registry.put('station', created);
  return created;
};
