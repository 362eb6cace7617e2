import * as z from 'zod';
import type { Sensor } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import type { Things } from './things.ts';

/** https://docs.aws.amazon.com/iot/latest/developerguide/pre-provisioning-hook.html */
const hookEventSchema = z.looseObject({
  claimCertificateId: z.string().optional(),
  parameters: z.looseObject({ SerialNumber: z.string().regex(/^[A-Za-z0-9:._-]{1,64}$/) }),
});

export type Admission = {
  readonly answer:
    | { readonly allowProvisioning: true; readonly parameterOverrides: { readonly SensorId: string } }
    | { readonly allowProvisioning: false };
  /** Why not. */
  readonly reason?: string;
  readonly serialNumber?: string;
  readonly claimCertificateId?: string;
};

/**
 * Whether a device that shows a claim certificate may have one of its own: its serial number must be registered, as a sensor in
 * use that speaks for itself and has no certificate yet. So a claim certificate that was stolen takes no sensor's place. Answers
 * under which id the device will speak, whatever it asked for itself.
 * @throws when the registries do not answer: AWS IoT then refuses, and the device tries again.
 */
export const admitDevice = async (
  { registry, things }: { readonly registry: Registry; readonly things: Pick<Things, 'certificatesOf' | 'nameFault'> },
  event: unknown,
): Promise<Admission> => {
  const parsed = hookEventSchema.safeParse(event);
  if (!parsed.success) return { answer: { allowProvisioning: false }, reason: 'it shows no serial number' };
  const { claimCertificateId } = parsed.data;
  const serialNumber = parsed.data.parameters.SerialNumber;
  const who = { serialNumber, ...(claimCertificateId !== undefined && { claimCertificateId }) };
  const sensor = await sensorOfSerialNumber(registry, serialNumber);
  const reason = sensor === undefined ? 'the serial number is not registered' : await objectionTo(things, sensor);
  if (sensor === undefined || reason !== undefined) {
    return { ...who, answer: { allowProvisioning: false }, ...(reason !== undefined && { reason }) };
  }
  return { ...who, answer: { allowProvisioning: true, parameterOverrides: { SensorId: sensor.id } } };
};

/** A sensor with a serial number answers to that one only; one without to its id. */
const sensorOfSerialNumber = async (registry: Registry, serialNumber: string): Promise<Sensor | undefined> => {
  const named = await registry.get('sensor', serialNumber);
  if (named !== undefined && (named.serialNumber ?? named.id) === serialNumber) return named;
  return (await registry.list('sensor')).find((sensor) => sensor.serialNumber === serialNumber);
};

const objectionTo = async (
  things: Pick<Things, 'certificatesOf' | 'nameFault'>,
  { id, status, devEui }: Sensor,
): Promise<string | undefined> => {
  if (status === 'retired') return 'the sensor is retired';
  if (devEui !== undefined) return 'the sensor speaks through a LoRaWAN network';
  const fault = things.nameFault(id);
  if (fault !== undefined) return `its id cannot be a thing's: ${fault}`;
  const certificates = await things.certificatesOf(id);
  return certificates.some(({ active }) => active) ? 'it has a certificate already: renew or retire it' : undefined;
};
