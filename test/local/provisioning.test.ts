import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { certificatesDirectory } from '../../local/home.ts';
import { csrFor } from '../support/csr.ts';
import { connectDevice, eventually } from '../support/device.ts';
import { runCommand } from '../support/run-command.ts';

/** `npm run sensor` against a running city: from a file of sensors to devices that connect, and to devices that no longer may. */
let home: string;
let city: ChildCity;

const sensor = (...args: readonly string[]) => runCommand(home, 'local/commands/sensor.ts', args);
const listed = async (id: string) =>
  (await sensor('list')).stdout.split('\n').find((line) => line.startsWith(`${id} `));

const send = async (id: string): Promise<void> => {
  const client = await connectDevice(home, city.running, id);
  const message = { measuredAt: Date.now() - 1_000, values: { pm25: 12 } };
  await client.publishAsync(`phosach/uplink/${id}`, JSON.stringify(message), { qos: 1 });
  await client.endAsync();
};

const readings = async (id: string): Promise<readonly unknown[]> =>
  (await (await fetch(`${city.running.http}/open/v1/readings?sensor=${id}`)).json()).readings;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'phosach-provisioning-'));
  city = await startChildCity(home);
});

afterAll(async () => {
  await city?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('sensors of a running city', () => {
  it('come from a file, line by line, and the file may be imported again', async () => {
    const file = join(home, 'sensors.csv');
    writeFileSync(join(home, 'own-key.csr'), await csrFor('own-key'));
    writeFileSync(
      file,
      'id,kind,latitude,longitude,dev_eui,codec,csr\nair-1,air,10.98,106.65,,,\nair-2,air,91,106.65,,,\n' +
        'own-key,air,10.98,106.66,,,own-key.csr\nlora-1,bin,10.97,106.66,24E124713D000042,milesight-em400-mud,\n',
    );
    const dry = await sensor('import', file, '--dry-run');
    expect(dry).toMatchObject({ code: 1, stdout: expect.stringContaining('4 lines, 1 at fault; nothing was changed') });
    const imported = await sensor('import', file);
    expect(imported.code).toBe(1);
    expect(imported.stderr).toContain('line 3, latitude: ');
    expect(imported.stdout).toContain('4 lines: 3 added, 0 changed, 0 unchanged, 1 at fault');
    const certificates = certificatesDirectory(home);
    expect(statSync(certificates).mode & 0o077).toBe(0);
    expect(readdirSync(certificates).toSorted()).toEqual(['air-1.crt', 'air-1.key', 'ca.crt', 'own-key.crt']);
    const key = readFileSync(join(certificates, 'air-1.key'), 'utf8');
    expect((await sensor('import', file)).stdout).toContain('0 added, 0 changed, 3 unchanged, 1 at fault');
    expect(readFileSync(join(certificates, 'air-1.key'), 'utf8')).toBe(key);
  });

  it('are heard, and once retired neither let in nor listened to, while their readings stay', async () => {
    await send('air-1');
    expect(
      await eventually(
        () => readings('air-1'),
        (list) => list.length === 1,
      ),
    ).toHaveLength(1);
    const certificates = certificatesDirectory(home);
    const retired = await sensor('retire', 'air-1');
    expect(retired).toMatchObject({ code: 0, stdout: expect.stringContaining('Certificates revoked and deleted: 1') });
    expect(await listed('air-1')).toContain('retired');
    expect(await eventually(() => send('air-1').then(() => '', String), Boolean)).toContain('Not authorized');
    expect(await readings('air-1')).toHaveLength(1);
    expect(await sensor('certificate', 'air-1')).toMatchObject({ code: 1, stderr: expect.stringContaining('revoked') });

    for (const end of ['key', 'crt']) copyFileSync(join(certificates, `air-1.${end}`), join(home, `old.${end}`));
    expect(await sensor('add', 'air-1', '--kind', 'air', '--site', 'air-1')).toMatchObject({ code: 0 });
    await send('air-1');
    for (const end of ['key', 'crt']) copyFileSync(join(home, `old.${end}`), join(certificates, `air-1.${end}`));
    await expect(send('air-1')).rejects.toThrow('Not authorized');
  });

  it('that speak through a network server are refused as retired', async () => {
    expect(await sensor('retire', 'lora-1')).toMatchObject({ code: 0 });
    await sensor('certificate', 'network-server');
    const client = await connectDevice(home, city.running, 'network-server');
    const uplink = readFileSync(new URL('../../events/samples/aws-lorawan-em400-mud.json', import.meta.url));
    await client.publishAsync('phosach/network/aws-lorawan', uplink, { qos: 1 });
    await client.endAsync();
    const letters = await eventually(
      () => runCommand(home, 'local/commands/redrive.ts', ['--list']),
      ({ stdout }) => stdout.includes('24e124713d000042'),
    );
    expect(letters.stdout).toContain('device 24e124713d000042 is retired');
  });

  it('get another certificate on request', async () => {
    const before = readFileSync(join(certificatesDirectory(home), 'own-key.crt'), 'utf8');
    const renewed = await sensor('renew', 'own-key');
    expect(renewed).toMatchObject({ code: 0, stdout: expect.stringContaining('own-key.key') });
    expect(readFileSync(join(certificatesDirectory(home), 'own-key.crt'), 'utf8')).not.toBe(before);
    await send('own-key');
    expect(await sensor('renew', 'nobody')).toMatchObject({ code: 1, stderr: 'There is no sensor nobody\n' });
  });
});
