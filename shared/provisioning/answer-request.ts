import type { Provisioned, ProvisionPorts } from './provision-sensor.ts';
import { provisionSensor } from './provision-sensor.ts';
import { RegistrationConflict } from './register-sensor.ts';
import { type ProvisioningRequest, provisioningRequestSchema } from './request.ts';
import { type Retired, retireSensor } from './retire-sensor.ts';

/** What `functions/provision-sensor` answers. */
export type ProvisioningAnswer =
  | ({ readonly status: 'provisioned' } & Provisioned)
  | ({ readonly status: 'retired' } & Retired)
  /** Nothing was changed; asking again would not help. */
  | { readonly status: 'refused'; readonly faults: readonly { readonly field: string; readonly message: string }[] };

/**
 * Reads a request and does it.
 * @throws ProvisioningError, or what the registries throw, when it could not be done now.
 */
export const answerRequest = async (ports: ProvisionPorts, event: unknown): Promise<ProvisioningAnswer> => {
  const parsed = provisioningRequestSchema.safeParse(event);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }));
    return { status: 'refused', faults };
  }
  try {
    return await perform(ports, parsed.data);
  } catch (error) {
    if (!(error instanceof RegistrationConflict)) throw error;
    return { status: 'refused', faults: [{ field: '', message: error.message }] };
  }
};

const perform = async (ports: ProvisionPorts, request: ProvisioningRequest): Promise<ProvisioningAnswer> => {
  switch (request.action) {
    case 'provision': {
      const sensor = { ...request.sensor, status: 'active' as const };
      const { position, csr, claim } = request;
      return { status: 'provisioned', ...(await provisionSensor(ports, { sensor, position, csr, claim })) };
    }
    case 'renew':
      return { status: 'provisioned', ...(await renewSensor(ports, request.sensorId, request.csr)) };
    case 'retire':
      return { status: 'retired', ...(await retireSensor(ports, request.sensorId)) };
  }
};

/**
 * A new certificate for a sensor as the registry knows it; the earlier ones stop working.
 * @throws RegistrationConflict when there is none, it is retired, or it speaks through a LoRaWAN network.
 */
export const renewSensor = async (ports: ProvisionPorts, id: string, csr?: string): Promise<Provisioned> => {
  const sensor = await ports.registry.get('sensor', id);
  if (sensor === undefined) throw new RegistrationConflict(`There is no sensor ${id}`);
  if (sensor.status === 'retired') throw new RegistrationConflict(`${id} is retired: add it again to bring it back`);
  if (sensor.devEui !== undefined) throw new RegistrationConflict(`${id} is a LoRaWAN device and has no certificate`);
  return provisionSensor(ports, { sensor, csr, renew: true });
};
