import type { Bin, Position, Sensor, Station } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { isScriptReference, scriptId } from '../telemetry/scripted-codecs/scripted-codec.ts';
import type { Step } from './compensation.ts';

export type SensorToRegister = {
  readonly sensor: Sensor;
  /** Where the site lies if it must be created. */
  readonly position?: Position | undefined;
};

/** What is to be written into the registry. */
export type Registration = {
  readonly sensor: Sensor;
  /** What the registry said of the sensor before. */
  readonly previous?: Sensor;
  /** The bin or station that must be created with it, its values assumed. */
  readonly createdSite?: Bin | Station;
};

/** The request contradicts what the registry says: asking again would not help. */
export class RegistrationConflict extends Error {
  override readonly name = 'RegistrationConflict';
}

/** Usual values of an underground container; the city corrects them when it has measured its own. */
const usualContainer = { depthMm: 2_450, blindZoneMm: 250, capacityLitres: 4_000 };

/**
 * Checks what is asked for and says what must be written for it; writes nothing.
 * @throws RegistrationConflict when the id, the site, the DevEUI or the serial number means something else already, or the
 *   city has no such codec.
 */
export const planRegistration = async (
  registry: Registry,
  { sensor, position }: SensorToRegister,
  sensors: () => Promise<readonly Sensor[]> = () => registry.list('sensor'),
): Promise<Registration> => {
  const previous = await registry.get('sensor', sensor.id);
  if (previous !== undefined && previous.kind !== sensor.kind) {
    throw new RegistrationConflict(`${sensor.id} is a ${previous.kind} sensor already`);
  }
  await checkDevEui(registry, sensor);
  await checkCodec(registry, sensor);
  await checkSerialNumber(sensors, sensor);
  const createdSite = await siteToCreate(registry, sensor, position);
  return { sensor, ...(previous && { previous }), ...(createdSite && { createdSite }) };
};

/** Writes the site and then the sensor, so that no sensor ever points nowhere. */
export const register = async (
  registry: Registry,
  { sensor, previous, createdSite }: Registration,
  step: Step,
): Promise<void> => {
  if (createdSite !== undefined) {
    const kind = 'container' in createdSite ? 'bin' : 'station';
    await step(`enter its site ${createdSite.id}`, () => putSite(registry, createdSite), {
      what: `its site ${createdSite.id}`,
      run: () => registry.remove(kind, createdSite.id),
    });
  }
  await step('enter it into the registry', () => registry.put('sensor', sensor), {
    what: 'its entry in the registry',
    run: () => (previous ? registry.put('sensor', previous) : registry.remove('sensor', sensor.id)),
  });
};

const putSite = (registry: Registry, site: Bin | Station): Promise<void> =>
  'container' in site ? registry.put('bin', site) : registry.put('station', site);

const checkDevEui = async (registry: Registry, { id, devEui }: Sensor): Promise<void> => {
  if (devEui === undefined) return;
  const owner = await registry.sensorByDevEui(devEui);
  if (owner !== undefined && owner.id !== id) {
    throw new RegistrationConflict(`The DevEUI ${devEui} belongs to the sensor ${owner.id}`);
  }
};

const checkCodec = async (registry: Registry, { codec }: Sensor): Promise<void> => {
  if (codec === undefined || !isScriptReference(codec)) return;
  const known = await registry.get('codec', scriptId(codec));
  if (known === undefined) {
    throw new RegistrationConflict(`There is no codec ${scriptId(codec)}: npm run codec -- add would enter it`);
  }
};

const checkSerialNumber = async (
  sensors: () => Promise<readonly Sensor[]>,
  { id, serialNumber }: Sensor,
): Promise<void> => {
  if (serialNumber === undefined) return;
  const owner = (await sensors()).find((other) => other.serialNumber === serialNumber && other.id !== id);
  if (owner !== undefined) {
    throw new RegistrationConflict(`The serial number ${serialNumber} belongs to the sensor ${owner.id}`);
  }
};

const siteToCreate = async (
  registry: Registry,
  { id, kind, siteId }: Sensor,
  position: Position | undefined,
): Promise<Bin | Station | undefined> => {
  if (siteId === undefined) return undefined;
  const [bin, station] = await Promise.all([registry.get('bin', siteId), registry.get('station', siteId)]);
  const found = bin === undefined ? station?.kind : 'bin';
  if (found !== undefined) {
    if (found === kind) return undefined;
    throw new RegistrationConflict(`${siteId} is a ${found} site, and ${id} observes ${kind}`);
  }
  if (position === undefined) {
    throw new RegistrationConflict(`There is no site ${siteId}: its latitude and longitude would create it`);
  }
  const place = { id: siteId, name: siteId, position };
  return kind === 'bin'
    ? { ...place, stream: 'other', container: usualContainer, serviceLevel: 0.8, serviceSeconds: 720 }
    : { ...place, kind, referenceStation: false };
};
