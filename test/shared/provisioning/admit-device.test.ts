import { describe, expect, it } from 'vitest';
import { admitDevice } from '../../../shared/provisioning/admit-device.ts';
import { provisionSensor } from '../../../shared/provisioning/provision-sensor.ts';
import { air, provisioningCity } from './provisioning-city.ts';

const asked = (parameters: Record<string, string>) => ({
  claimCertificateId: 'claim',
  certificateId: 'new',
  certificatePem: 'CERTIFICATE',
  templateArn: 'arn:aws:iot:ap-southeast-1:123456789012:provisioningtemplate/phosach-fleet',
  clientId: 'claim-7',
  parameters,
});

const cityWith = async (
  ...sensors: readonly (ReturnType<typeof air> & { serialNumber?: string; devEui?: string })[]
) => {
  const city = provisioningCity();
  await city.registry.putMany(
    'sensor',
    sensors.map((sensor) => ({ ...sensor })),
  );
  return city;
};

describe('the hook before fleet provisioning', () => {
  it('admits a registered serial number under the sensor’s id, whatever id the device asks for', async () => {
    const { ports } = await cityWith({ ...air('A1'), serialNumber: 'SN-77' }, air('A2'));
    const event = asked({ SerialNumber: 'SN-77', SensorId: 'A2' });
    expect(await admitDevice(ports, event)).toEqual({
      answer: { allowProvisioning: true, parameterOverrides: { SensorId: 'A1' } },
      serialNumber: 'SN-77',
      claimCertificateId: 'claim',
    });
  });

  it('takes the id for the serial number where there is no other', async () => {
    const { ports } = await cityWith(air('A2'), { ...air('A3'), serialNumber: 'SN-3' });
    expect((await admitDevice(ports, asked({ SerialNumber: 'A2' }))).answer).toMatchObject({ allowProvisioning: true });
    expect((await admitDevice(ports, asked({ SerialNumber: 'A3' }))).answer).toEqual({ allowProvisioning: false });
  });

  it.each([
    ['SN-0', 'the serial number is not registered'],
    ['RETIRED', 'the sensor is retired'],
    ['LORA', 'the sensor speaks through a LoRaWAN network'],
    ['a.b', "its id cannot be a thing's: AWS IoT takes letters"],
    ['SN 1', 'it shows no serial number'],
  ])('refuses %s: %s', async (SerialNumber, reason) => {
    const city = await cityWith({ ...air('LORA'), devEui: '24e124136b502217' }, air('a.b'));
    await city.registry.put('sensor', { ...air('RETIRED'), status: 'retired' });
    const admission = await admitDevice(city.ports, asked({ SerialNumber }));
    expect(admission.answer).toEqual({ allowProvisioning: false });
    expect(admission.reason).toContain(reason);
  });

  it('lets nobody take the place of a sensor that has a certificate', async () => {
    const city = provisioningCity();
    await provisionSensor(city.ports, { sensor: air('A1') });
    expect(await admitDevice(city.ports, asked({ SerialNumber: 'A1' }))).toMatchObject({
      answer: { allowProvisioning: false },
      reason: 'it has a certificate already: renew or retire it',
    });
  });

  it.each([[undefined], [{}], [{ parameters: {} }], ['text']])('refuses what is no request: %j', async (event) => {
    expect((await admitDevice(provisioningCity().ports, event)).answer).toEqual({ allowProvisioning: false });
  });

  it('fails, and so refuses, when it cannot ask', async () => {
    const city = await cityWith(air('A1'));
    city.iot.things.add('A1');
    city.iot.mishap = () => 'before';
    await expect(admitDevice(city.ports, asked({ SerialNumber: 'A1' }))).rejects.toThrow('ListThingPrincipals failed');
  });
});
