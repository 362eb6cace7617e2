import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPki } from '../../../local/pki/pki.ts';
import { renewSensor } from '../../../shared/provisioning/answer-request.ts';
import { ProvisioningError } from '../../../shared/provisioning/compensation.ts';
import { type ProvisionRequest, provisionSensor } from '../../../shared/provisioning/provision-sensor.ts';
import { RegistrationConflict } from '../../../shared/provisioning/register-sensor.ts';
import { csrFor } from '../../support/csr.ts';
import { air, type ProvisioningCity, provisioningCity } from './provisioning-city.ts';

const request: ProvisionRequest = {
  sensor: { ...air('A1'), siteId: 'A1' },
  position: { latitude: 10.98, longitude: 106.65 },
};

/** What a device can do: certificates that are active, attached and allowed. */
const working = ({ iot }: ProvisioningCity) =>
  [...iot.certificates.values()].filter(({ status, things, policies }) => {
    return status === 'ACTIVE' && things.size > 0 && policies.size > 0;
  });

const expectComplete = async (city: ProvisioningCity): Promise<void> => {
  const [certificate, ...others] = working(city);
  expect(others).toEqual([]);
  expect([...(certificate?.things ?? [])]).toEqual([['A1', 'EXCLUSIVE_THING']]);
  expect([...(certificate?.policies ?? [])]).toEqual(['phosach-device']);
  expect(await city.registry.get('sensor', 'A1')).toEqual(request.sensor);
  expect(await city.registry.get('station', 'A1')).toMatchObject({ kind: 'air' });
};

/** The calls of an undisturbed run, to disturb each of them in turn. */
const undisturbed = async (): Promise<readonly string[]> => {
  const city = provisioningCity();
  await provisionSensor(city.ports, request);
  return city.iot.calls;
};
const steps = await undisturbed();
const firstEffect = steps.indexOf('DescribeThing');

describe('provisioning a sensor in AWS IoT', () => {
  it('makes thing, certificate, policy, exclusive attachment and entry, and activates last', async () => {
    const city = provisioningCity();
    const provisioned = await provisionSensor(city.ports, request);
    expect(provisioned).toMatchObject({ change: 'added', createdSite: { id: 'A1' }, left: [] });
    expect(provisioned.device).toEqual({
      certificateArn: 'arn:aws:iot:r:1:cert/1',
      certificate: 'CERTIFICATE 1',
      privateKey: 'KEY of arn:aws:iot:r:1:cert/1',
      endpoint: 'x-ats:8883',
      kept: false,
    });
    expect(steps.slice(firstEffect)).toEqual([
      'DescribeThing',
      'CreateThing',
      'CreateKeysAndCertificate',
      'AttachPolicy',
      'AttachThingPrincipal',
      'keep',
      'put station',
      'put sensor',
      'UpdateCertificate ACTIVE',
    ]);
    await expectComplete(city);
  });

  it('done twice is done once: the same certificate stays, and what was lost around it comes back', async () => {
    const city = provisioningCity();
    await provisionSensor(city.ports, request);
    city.iot.certificates.get('arn:aws:iot:r:1:cert/1')?.policies.clear();
    const again = await provisionSensor(city.ports, request);
    expect(again).toMatchObject({
      change: 'unchanged',
      device: { certificateArn: 'arn:aws:iot:r:1:cert/1', kept: true },
    });
    expect(again.device).not.toHaveProperty('privateKey');
    expect(city.iot.certificates.size).toBe(1);
    await expectComplete(city);
  });

  it('signs the key that the device made, once, and refuses another key until told to replace the first', async () => {
    const city = provisioningCity();
    const pki = await openPki(mkdtempSync(join(tmpdir(), 'phosach-csr-')));
    city.iot.sign = async (csr) => (await pki.sign('A1', csr)).certificate;
    const [csr, other] = [await csrFor('A1'), await csrFor('A1')];
    const first = await provisionSensor(city.ports, { ...request, csr });
    expect(first.device).not.toHaveProperty('privateKey');
    expect(await provisionSensor(city.ports, { ...request, csr })).toMatchObject({ change: 'unchanged' });
    await expect(provisionSensor(city.ports, { ...request, csr: other })).rejects.toThrow(RegistrationConflict);
    expect(city.iot.certificates.size).toBe(1);
    const renewed = await renewSensor(city.ports, 'A1', other);
    expect(renewed).toMatchObject({
      change: 'changed',
      device: { kept: false, certificateArn: 'arn:aws:iot:r:1:cert/2' },
    });
    expect([...city.iot.certificates.keys()]).toEqual(['arn:aws:iot:r:1:cert/2']);
    await expectComplete(city);
  });

  it('says what is left of the earlier certificate when renewing cannot remove it, and removes it next time', async () => {
    const city = provisioningCity();
    await provisionSensor(city.ports, request);
    city.iot.mishap = (name) => (name === 'DeleteCertificate' ? 'before' : undefined);
    const { left, device } = await renewSensor(city.ports, 'A1');
    expect(device?.privateKey).toBe('KEY of arn:aws:iot:r:1:cert/2');
    expect(left).toEqual([
      { what: 'certificate arn:aws:iot:r:1:cert/1, revoked and detached', reason: 'DeleteCertificate failed' },
    ]);
    expect(working(city).map(({ arn }) => arn)).toEqual(['arn:aws:iot:r:1:cert/2']);
    city.iot.mishap = (name) => (name === 'UpdateCertificate REVOKED' ? 'before' : undefined);
    expect((await renewSensor(city.ports, 'A1')).left).toHaveLength(1);
    city.iot.mishap = () => undefined;
    expect((await provisionSensor(city.ports, request)).device?.certificateArn).toBe('arn:aws:iot:r:1:cert/3');
    await expectComplete(city);
  });

  it.each([
    [{ sensor: air('a.b') }, 'AWS IoT takes letters'],
    [{ sensor: { ...air('A1'), siteId: 'nowhere' } }, 'There is no site nowhere'],
    [{ sensor: { ...air('A1'), serialNumber: 'SN-1' } }, 'The serial number SN-1 belongs to the sensor OTHER'],
  ])('changes nothing when the request contradicts what is known: %j', async (contradiction, reason) => {
    const city = provisioningCity();
    await city.registry.put('sensor', { ...air('OTHER'), serialNumber: 'SN-1' });
    await expect(provisionSensor(city.ports, contradiction)).rejects.toThrow(reason);
    expect(city.iot.calls).toEqual([]);
  });

  it('only registers a device that will claim its certificate', async () => {
    const city = provisioningCity();
    const sensor = { ...air('A1'), serialNumber: 'SN-1' };
    expect(await provisionSensor(city.ports, { sensor, claim: true })).toEqual({ sensor, change: 'added', left: [] });
    expect(city.iot.calls).toEqual(['put sensor']);
    await expect(provisionSensor(city.ports, { sensor: air('a.b'), claim: true })).rejects.toThrow('AWS IoT takes');
  });

  it('gives a LoRaWAN device an entry and no certificate', async () => {
    const city = provisioningCity();
    const sensor = { ...air('L.1'), devEui: '24e124136b502217', codec: 'milesight-am107' as const };
    expect(await provisionSensor(city.ports, { sensor })).toEqual({ sensor, change: 'added', left: [] });
    expect(city.iot.calls).toEqual(['put sensor']);
  });
});

describe('a step that fails', () => {
  const cases = steps.flatMap((name, index) => [
    { name, index, mishap: 'before' as const },
    { name, index, mishap: 'after' as const },
  ]);

  it.each(cases)('$name ($mishap its effect) leaves nothing that works, and again succeeds', async (it) => {
    const city = provisioningCity();
    city.iot.mishap = (_, index) => (index === it.index ? it.mishap : undefined);
    const failure = await provisionSensor(city.ports, request).catch((error: unknown) => error);
    expect(String(failure)).toContain(it.name);
    if (it.index >= firstEffect) expect(failure).toBeInstanceOf(ProvisioningError);
    expect(failure).not.toMatchObject({ left: [expect.anything()] });

    expect([...city.iot.things]).toEqual([]);
    expect(await city.registry.list('sensor')).toEqual([]);
    expect(await city.registry.list('station')).toEqual([]);
    // A key store does all or nothing; this one, disturbed after its effect, does not.
    expect(city.kept.has('A1')).toBe(it.name === 'keep' && it.mishap === 'after');
    // Only the certificate whose name was never told may be there, and it is inactive and belongs to nothing.
    const lost = it.name === 'CreateKeysAndCertificate' && it.mishap === 'after' ? 1 : 0;
    expect([...city.iot.certificates.values()]).toHaveLength(lost);
    for (const { status, things } of city.iot.certificates.values()) {
      expect(status).toBe('INACTIVE');
      expect(things.size).toBe(0);
    }
    city.iot.mishap = () => undefined;
    await provisionSensor(city.ports, request);
    await expectComplete(city);
    expect(city.kept.get('A1')?.arn).toBe(working(city)[0]?.arn);
  });

  const taking = [
    'UpdateCertificate REVOKED',
    'remove sensor',
    'remove station',
    'discard',
    'DetachThingPrincipal',
    'DetachPolicy',
    'DeleteCertificate',
    'DeleteThing',
  ];
  it('is taken back step by step in the opposite order', async () => {
    const city = provisioningCity();
    city.iot.mishap = (name) => (name === 'UpdateCertificate ACTIVE' ? 'before' : undefined);
    await expect(provisionSensor(city.ports, request)).rejects.toThrow(ProvisioningError);
    expect(city.iot.calls.slice(steps.length)).toEqual(taking);
  });

  it.each(taking)('with %s failing as well says what is left, and again succeeds', async (compensation) => {
    const city = provisioningCity();
    city.iot.mishap = (name) => (name === 'UpdateCertificate ACTIVE' || name === compensation ? 'before' : undefined);
    const failure = await provisionSensor(city.ports, request).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProvisioningError);
    const { step, left, message } = failure as ProvisioningError;
    expect(step).toBe('activate its certificate');
    expect(left.map(({ reason }) => reason)).toContain(`${compensation} failed`);
    for (const { what } of left) expect(message).toContain(`Left behind: ${what}`);
    // All others were done, in so far as AWS lets them be without this one.
    for (const other of taking) expect(city.iot.calls).toContain(other);
    expect(working(city)).toEqual([]);

    city.iot.mishap = () => undefined;
    await provisionSensor(city.ports, request);
    await expectComplete(city);
    expect(city.kept.get('A1')?.arn).toBe(working(city)[0]?.arn);
  });

  it('never leaves more than one certificate that works, whatever fails and how often; undisturbed it succeeds', async () => {
    const mishap = fc.constantFrom('before' as const, 'after' as const, undefined, undefined, undefined);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(mishap, { maxLength: 40 }), { maxLength: 4 }), async (attempts) => {
        const city = provisioningCity();
        for (const mishaps of attempts) {
          city.iot.calls.length = 0;
          city.iot.mishap = (_, index) => mishaps[index];
          await provisionSensor(city.ports, request).catch(() => undefined);
          expect(working(city).length).toBeLessThan(2);
        }
        city.iot.mishap = () => undefined;
        await provisionSensor(city.ports, request);
        await expectComplete(city);
      }),
      { numRuns: 300 },
    );
  });
});
