import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBroker } from '../../../../local/mqtt/broker.ts';
import { deviceFiles, openPki } from '../../../../local/pki/pki.ts';
import { openRevocations } from '../../../../local/pki/revocations.ts';
import { localThings } from '../../../../local/pki/things.ts';
import { keepInFolder } from '../../../../local/sensor/credential-files.ts';
import { renewSensor } from '../../../../shared/provisioning/answer-request.ts';
import { provisionSensor } from '../../../../shared/provisioning/provision-sensor.ts';
import { retireSensor } from '../../../../shared/provisioning/retire-sensor.ts';
import { csrFor } from '../../../support/csr.ts';
import { eventually } from '../../../support/device.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';

const sensor = { id: 'A.1', kind: 'air' as const, intervalSeconds: 900, status: 'active' as const };

const freshCity = async (clock: () => number = Date.now) => {
  const home = mkdtempSync(join(tmpdir(), 'phosach-things-'));
  const pki = await openPki(home, clock);
  const things = localThings(home, pki, 'localhost:8883', clock);
  const ports = { registry: memoryRegistry(), things, keep: keepInFolder(join(home, 'certificates')) };
  return { home, pki, ports };
};

const brokerOf = async ({ home, pki }: Awaited<ReturnType<typeof freshCity>>) => {
  const broker = await startBroker({
    port: 0,
    host: '127.0.0.1',
    pki,
    isRevoked: openRevocations(home).isRevoked,
    onMessage: async () => {},
  });
  onTestFinished(broker.close);
  return (credential: { readonly certificate: string; readonly key: string }) =>
    mqtt.connectAsync(
      `mqtts://127.0.0.1:${broker.port}`,
      { clientId: sensor.id, ca: pki.ca, cert: credential.certificate, key: credential.key, reconnectPeriod: 0 },
      false,
    );
};

describe('things of the local city', () => {
  it('provisions by the same steps as AWS, into files that the owner alone may read', async () => {
    const city = await freshCity();
    const first = await provisionSensor(city.ports, { sensor });
    const { keyPath, certificatePath } = deviceFiles(city.home, sensor.id);
    expect(first).toMatchObject({ change: 'added', device: { kept: false, endpoint: 'localhost:8883' } });
    expect(statSync(keyPath).mode & 0o777).toBe(0o600);
    expect(statSync(join(city.home, 'certificates')).mode & 0o777).toBe(0o700);
    const again = await provisionSensor(city.ports, { sensor });
    expect(again).toMatchObject({ change: 'unchanged', device: { certificateArn: first.device?.certificateArn } });
    expect(existsSync(certificatePath)).toBe(true);
  });

  it('keeps a certificate that the device has from elsewhere in this city', async () => {
    const city = await freshCity();
    const { certificate } = await city.pki.issueDevice(sensor.id);
    const { device } = await provisionSensor(city.ports, { sensor });
    expect(device?.kept).toBe(true);
    expect(new X509Certificate(device?.certificate ?? '').fingerprint256).toBe(
      new X509Certificate(certificate).fingerprint256,
    );
  });

  it('signs the device’s own key under the sensor’s name, whatever name the request has', async () => {
    const city = await freshCity();
    const { device } = await provisionSensor(city.ports, { sensor, csr: await csrFor('network-server') });
    expect(device).not.toHaveProperty('privateKey');
    expect(new X509Certificate(device?.certificate ?? '').subject).toBe(`CN=${sensor.id}`);
    expect(existsSync(deviceFiles(city.home, sensor.id).keyPath)).toBe(false);
  });

  it('replaces a certificate that is about to end', async () => {
    const day = 86_400_000;
    let now = Date.now();
    const city = await freshCity(() => now);
    await provisionSensor(city.ports, { sensor });
    now += 3_630 * day;
    expect((await provisionSensor(city.ports, { sensor })).device?.kept).toBe(false);
  });

  it('lets no retired or replaced certificate connect any more, and ends the connection it has', async () => {
    const city = await freshCity();
    await provisionSensor(city.ports, { sensor });
    const before = city.pki.issuedTo(sensor.id);
    if (before === undefined) throw new Error('no files');
    const connect = await brokerOf(city);
    const client = await connect(before);
    await client.publishAsync(`phosach/uplink/${sensor.id}`, '{}', { qos: 1 });

    await renewSensor(city.ports, sensor.id);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await eventually(
      async () => {
        if (client.connected) client.publish(`phosach/uplink/${sensor.id}`, '{}', { qos: 1 });
        return client.connected;
      },
      (connected) => !connected,
      5_000,
    );
    await closed;
    await expect(connect(before)).rejects.toThrow('Not authorized');

    const renewed = city.pki.issuedTo(sensor.id);
    if (renewed === undefined) throw new Error('no files');
    await (await connect(renewed)).endAsync();
    await retireSensor(city.ports, sensor.id);
    const refused = await eventually(
      async () => connect(renewed).then((open) => open.endAsync().then(() => ''), String),
      (reason) => reason !== '',
      5_000,
    );
    expect(refused).toContain('Not authorized');
    // Nor after the sensor is back.
    await provisionSensor(city.ports, { sensor });
    await expect(connect(before)).rejects.toThrow('Not authorized');
    await expect(connect(renewed)).rejects.toThrow('Not authorized');
  });

  it('hears within a second what another process revoked', async () => {
    const { home } = await freshCity();
    let now = 0;
    const [here, there] = [openRevocations(home, () => now), openRevocations(home)];
    expect(here.isRevoked('ab')).toBe(false);
    there.revoke('ab');
    now += 1_000;
    expect(here.isRevoked('ab')).toBe(true);
    there.restore('ab');
    now += 1_000;
    expect(here.isRevoked('ab')).toBe(false);
  });
});
