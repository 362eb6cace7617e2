import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProvisioningError } from '../../../shared/provisioning/compensation.ts';
import { provisionSensor } from '../../../shared/provisioning/provision-sensor.ts';
import { retireSensor } from '../../../shared/provisioning/retire-sensor.ts';
import { air, provisioningCity } from './provisioning-city.ts';

const provisioned = async () => {
  const city = provisioningCity();
  await provisionSensor(city.ports, { sensor: air('A1') });
  city.iot.calls.length = 0;
  return city;
};

const expectRetired = async ({ iot, registry }: Awaited<ReturnType<typeof provisioned>>): Promise<void> => {
  expect(iot.certificates.size).toBe(0);
  expect(iot.things.size).toBe(0);
  expect(await registry.get('sensor', 'A1')).toEqual({ ...air('A1'), status: 'retired' });
};

const steps = [
  'ListThingPrincipals',
  'DescribeCertificate',
  'UpdateCertificate REVOKED',
  'DetachPolicy',
  'DetachThingPrincipal',
  'DeleteCertificate',
  'put sensor',
  'DeleteThing',
];

describe('retiring a sensor', () => {
  it('revokes before it detaches, and keeps the entry', async () => {
    const city = await provisioned();
    expect(await retireSensor(city.ports, 'A1')).toMatchObject({ certificates: 1, sensor: { status: 'retired' } });
    expect([...new Set(city.iot.calls)]).toEqual(steps);
    await expectRetired(city);
    expect(await retireSensor(city.ports, 'A1')).toMatchObject({ certificates: 0 });
    await expect(retireSensor(city.ports, 'A2')).rejects.toThrow('There is no sensor A2');
  });

  it.each(
    steps.flatMap((name) => [
      { name, mishap: 'before' as const },
      { name, mishap: 'after' as const },
    ]),
  )(
    'with $name failing ($mishap its effect) does the rest, says what is left, and again succeeds',
    async ({ name, mishap }) => {
      const city = await provisioned();
      city.iot.mishap = (called) => (called === name ? mishap : undefined);
      const failure = await retireSensor(city.ports, 'A1').catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ProvisioningError);
      expect(String(failure)).toContain(name);
      if (name !== 'put sensor' || mishap === 'after') {
        expect(await city.registry.get('sensor', 'A1')).toMatchObject({ status: 'retired' });
      }
      for (const { status, things } of city.iot.certificates.values()) {
        // What still works is still attached, so that the next attempt finds it.
        if (status === 'ACTIVE') expect(things.size).toBe(1);
      }
      city.iot.mishap = () => undefined;
      await retireSensor(city.ports, 'A1');
      if (`${mishap} ${name}` === 'before DeleteCertificate' || `${mishap} ${name}` === 'after DetachThingPrincipal') {
        // Detached, revoked, and named in the report: nothing leads to it any more.
        expect([...city.iot.certificates.values()]).toMatchObject([{ status: 'REVOKED' }]);
      } else await expectRetired(city);
    },
  );

  it('never leaves an active certificate that is not attached, whatever fails and how often', async () => {
    const mishap = fc.constantFrom('before' as const, 'after' as const, undefined, undefined);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(mishap, { maxLength: 20 }), { maxLength: 4 }), async (attempts) => {
        const city = await provisioned();
        for (const mishaps of attempts) {
          city.iot.calls.length = 0;
          city.iot.mishap = (_, index) => mishaps[index];
          await retireSensor(city.ports, 'A1').catch(() => undefined);
          for (const { status, things } of city.iot.certificates.values()) {
            expect(status === 'ACTIVE' && things.size === 0).toBe(false);
          }
        }
        city.iot.mishap = () => undefined;
        await retireSensor(city.ports, 'A1');
        expect([...city.iot.certificates.values()].filter(({ status }) => status === 'ACTIVE')).toEqual([]);
        expect(await city.registry.get('sensor', 'A1')).toMatchObject({ status: 'retired' });
      }),
      { numRuns: 200 },
    );
  });

  it('brings it back with another certificate when it is added again', async () => {
    const city = await provisioned();
    await retireSensor(city.ports, 'A1');
    const again = await provisionSensor(city.ports, { sensor: air('A1') });
    expect(again).toMatchObject({ change: 'changed', sensor: { status: 'active' }, device: { kept: false } });
  });

  it('retires a LoRaWAN device whose name no thing can bear', async () => {
    const city = provisioningCity();
    await provisionSensor(city.ports, { sensor: { ...air('L.1'), devEui: '24e124136b502217' } });
    expect(await retireSensor(city.ports, 'L.1')).toMatchObject({ certificates: 0, sensor: { status: 'retired' } });
    expect(city.iot.calls).toEqual(['put sensor', 'put sensor']);
  });
});
