import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { airMapping, airScript } from '../shared/telemetry/scripted-codecs/scripts.ts';
import { connectDevice, eventually } from '../support/device.ts';
import { runCommand } from '../support/run-command.ts';

/** A codec of the city's own from end to end: commands, broker, rules, queue, the bundled function and its thread for scripts. */
let home: string;
let city: ChildCity;

const run = (command: string, line: string) => runCommand(home, `local/commands/${command}.ts`, line.split(' '));

const addCodec = async (name: string, script: string, mapping: object) => {
  writeFileSync(join(home, `${name}.js`), script);
  writeFileSync(join(home, `${name}.json`), JSON.stringify(mapping));
  return run('codec', `add ${name} --script ${join(home, `${name}.js`)} --mapping ${join(home, `${name}.json`)}`);
};

const publish = async (...frames: readonly (readonly [devEui: string, hex: string])[]): Promise<void> => {
  const client = await connectDevice(home, city.running, 'network-server');
  for (const [devEui, hex] of frames) {
    const payload = {
      PayloadData: Buffer.from(hex, 'hex').toString('base64'),
      WirelessMetadata: { LoRaWAN: { DevEui: devEui, FPort: 2, Timestamp: new Date().toISOString() } },
    };
    await client.publishAsync('phosach/network/aws-lorawan', JSON.stringify(payload), { qos: 1 });
  }
  await client.endAsync();
};

const readings = async (sensorId: string): Promise<readonly { quantity: string; value: number | null }[]> => {
  const response = await fetch(`${city.running.http}/open/v1/readings?sensor=${sensorId}&limit=1000`);
  return (await response.json()).readings;
};

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-codec-city-'));
  city = await startChildCity(home);
});

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('a codec that the city brings along', () => {
  it('decodes its device, and a hostile one harms nobody', async () => {
    const busy = 'function decodeUplink(i) { return { data: { air: { pm25: Array(2 ** 32 - 1).indexOf(1) } } } }';
    expect(await addCodec('air', airScript, airMapping)).toMatchObject({ code: 0 });
    expect(await addCodec('loop', 'function decodeUplink(i) { while (i) ; }', airMapping)).toMatchObject({ code: 0 });
    expect(await addCodec('busy', busy, airMapping)).toMatchObject({ code: 0 });
    const place = '--kind air --latitude 10.98 --longitude 106.65';
    await run('sensor', `add air-1 ${place} --dev-eui 70b3d57ed0000001 --codec script:air`);
    await run('sensor', `add loop-1 ${place} --dev-eui 70b3d57ed0000002 --codec script:loop`);
    await run('sensor', `add busy-1 ${place} --dev-eui 70b3d57ed0000003 --codec script:busy`);
    await run('sensor', 'certificate network-server');

    await publish(['70b3d57ed0000002', '00'], ['70b3d57ed0000003', '00'], ['70b3d57ed0000001', '012c010550']);
    const stored = await eventually(
      () => readings('air-1'),
      (list) => list.length >= 3,
    );
    expect(Object.fromEntries(stored.map(({ quantity, value }) => [quantity, value]))).toEqual({
      pm25: 30,
      airTemperature: 26.1,
      battery: 80,
    });
    const letters = await eventually(
      () => run('redrive', '--list'),
      ({ stdout }) => stdout.includes('script:loop') && stdout.includes('script:busy'),
    );
    expect(letters.stdout).toMatch(/codec script:loop \(version [0-9a-f]{16}\): it ran for longer than 100 ms/);
    expect(letters.stdout).toMatch(/codec script:busy .*: it was still busy after 2000 ms/);
    expect((await fetch(`${city.running.http}/healthz`)).status).toBe(200);
  });
});
