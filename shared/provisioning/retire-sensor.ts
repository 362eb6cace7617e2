import type { Sensor } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { type Leftover, ProvisioningError, reasonOf } from './compensation.ts';
import { RegistrationConflict } from './register-sensor.ts';
import { removeCertificates } from './remove-certificates.ts';
import type { Things } from './things.ts';

export type Retired = {
  readonly sensor: Sensor;
  /** Certificates that it had. */
  readonly certificates: number;
};

/**
 * Takes a sensor out of service: its certificates are revoked, detached and deleted, its thing is deleted, its registry entry says
 * `retired`, so that its messages are refused for that reason; its readings stay. Nothing is taken back when something fails: the
 * rest is done all the same, and doing it again finishes it.
 * @throws RegistrationConflict when there is no such sensor.
 * @throws ProvisioningError that names what is left.
 */
export const retireSensor = async (
  { registry, things }: { readonly registry: Registry; readonly things: Things },
  id: string,
): Promise<Retired> => {
  const sensor = await registry.get('sensor', id);
  if (sensor === undefined) throw new RegistrationConflict(`There is no sensor ${id}`);
  const retired: Sensor = { ...sensor, status: 'retired' };
  const left: Leftover[] = [];
  const attempt = async <T>(what: string, otherwise: T, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      left.push({ what, reason: reasonOf(error) });
      return otherwise;
    }
  };
  // A LoRaWAN device may bear a name that no thing can; then it has none.
  const isThing = things.nameFault(id) === undefined;
  const certificates = isThing
    ? await attempt('its certificates, whatever they are', undefined, () => things.certificatesOf(id))
    : [];
  // The certificates first: with one that works, a device can still send; with a retired entry, its messages are only refused.
  const stubborn = await removeCertificates(things, id, certificates ?? []);
  left.push(...stubborn);
  await attempt(`its entry in the registry, ${sensor.status}`, undefined, () => registry.put('sensor', retired));
  if (isThing && certificates !== undefined && stubborn.length === 0) {
    await attempt('its thing', undefined, () => things.remove(id));
  }
  if (left.length > 0) {
    const cause = left.map(({ reason }) => reason).join('; ');
    throw new ProvisioningError(`${id} is not fully retired`, { step: 'remove all of it', cause, undone: [], left });
  }
  return { sensor: retired, certificates: certificates?.length ?? 0 };
};
