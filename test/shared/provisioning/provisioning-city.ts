import type { Registry } from '../../../shared/city/registry.ts';
import type { ProvisionPorts } from '../../../shared/provisioning/provision-sensor.ts';
import type { IssuedCertificate } from '../../../shared/provisioning/things.ts';
import { iotThings } from '../../../shared/storage/iot/things.ts';
import { type IotModel, iotModel } from '../../support/iot-model.ts';
import { memoryRegistry } from '../../support/memory-stores.ts';

export type ProvisioningCity = {
  readonly iot: IotModel;
  /** Without mishaps. */
  readonly registry: Registry;
  /** Keys and certificates that were written, by sensor. */
  readonly kept: Map<string, IssuedCertificate>;
  readonly ports: ProvisionPorts;
};

/** AWS IoT's model, a registry and a key store in memory: writes to all three may meet with the model's mishaps. */
export const provisioningCity = (): ProvisioningCity => {
  const iot = iotModel();
  const registry = memoryRegistry();
  const kept = new Map<string, IssuedCertificate>();
  return {
    iot,
    registry,
    kept,
    ports: {
      registry: {
        ...registry,
        put: (kind, entity) => iot.passing(`put ${kind}`, () => registry.put(kind, entity)),
        remove: (kind, id) => iot.passing(`remove ${kind}`, () => registry.remove(kind, id)),
      },
      things: iotThings(iot.client, { wait: async () => {} }),
      keep: (id, issued) =>
        iot.passing('keep', () => {
          const before = kept.get(id);
          kept.set(id, issued);
          const discard = () =>
            iot.passing('discard', () => {
              if (before === undefined) kept.delete(id);
              else kept.set(id, before);
            });
          return discard;
        }),
    },
  };
};

export const air = (id: string) => ({
  id,
  kind: 'air' as const,
  intervalSeconds: 900,
  status: 'active' as const,
});
