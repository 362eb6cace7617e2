import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPki } from '../../../../local/pki/pki.ts';
import { localThings } from '../../../../local/pki/things.ts';
import { keepInFolder } from '../../../../local/sensor/credential-files.ts';
import { importSensors } from '../../../../local/sensor/import-sensors.ts';
import { readSensorFile } from '../../../../local/sensor/sensor-file.ts';
import { provisionSensor } from '../../../../shared/provisioning/provision-sensor.ts';
import { retireSensor } from '../../../../shared/provisioning/retire-sensor.ts';
import { csrFor } from '../../../support/csr.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';

const freshCity = async () => {
  const home = mkdtempSync(join(tmpdir(), 'phosach-sensors-'));
  const certificates = join(home, 'certificates');
  const things = localThings(home, await openPki(home), 'localhost:8883');
  const ports = { registry: memoryRegistry(), things, keep: keepInFolder(certificates) };
  const file = join(home, 'sensors.csv');
  const load = (text: string, dryRun = false) => {
    writeFileSync(file, text);
    return importSensors(ports, { file, dryRun });
  };
  return { home, certificates, ports, load };
};

const good = `id,kind,site,latitude,longitude,interval,dev_eui,codec,serial
A1,air,,10.98,106.65,600,,,SN-1
W1,water,ST,10.97,106.64,,,,
L1,bin,,10.96,106.63,,24E124136B502217,milesight-em310-udl,
`;

describe('importing sensors', () => {
  it('adds a sensor a line with its site and key, and changes nothing the second time', async () => {
    const { ports, certificates, load } = await freshCity();
    expect(await load(good)).toEqual({ lines: 3, added: 3, changed: 0, unchanged: 0, faults: [], skipped: 0 });
    expect(await ports.registry.get('sensor', 'L1')).toMatchObject({ devEui: '24e124136b502217', siteId: 'L1' });
    expect(await ports.registry.get('station', 'ST')).toMatchObject({ kind: 'water' });
    expect(existsSync(join(certificates, 'A1.key'))).toBe(true);
    expect(existsSync(join(certificates, 'L1.key'))).toBe(false);
    expect(await load(good)).toMatchObject({ added: 0, changed: 0, unchanged: 3, faults: [] });
  });

  it('leaves what the file does not say as it is', async () => {
    const { ports, load } = await freshCity();
    await load(good);
    expect(await load('id,kind,interval\nA1,air,60\n')).toMatchObject({ changed: 1 });
    expect(await ports.registry.get('sensor', 'A1')).toMatchObject({
      siteId: 'A1',
      serialNumber: 'SN-1',
      intervalSeconds: 60,
    });
  });

  it('tells line and field at fault, does nothing of such lines, and all of the others', async () => {
    const { ports, load } = await freshCity();
    await provisionSensor(ports, { sensor: { id: 'OLD', kind: 'air', intervalSeconds: 900, status: 'active' } });
    await retireSensor(ports, 'OLD');
    const text = [
      'id,kind,site,latitude,longitude,interval,dev_eui,csr',
      '../x,air,,,,,,',
      'B1,truck,,,,,,',
      ',air,,,,,,',
      'B2,air,,91,106,,,',
      'B3,air,,10,,,,',
      'B4,air,,,,soon,,',
      'B5,air,,,,,12,',
      'B6,air,nowhere,,,,,',
      'B7,air,,,,,,no-such.csr',
      'OLD,air,,,,,,',
      'network-server,air,,,,,,',
      'B8,air',
      'GOOD,air,,,,,,',
      'GOOD,air,,,,,,',
      '',
    ].join('\n');
    const summary = await load(text);
    expect(summary).toMatchObject({ lines: 14, added: 1, skipped: 0 });
    expect(summary.faults.map(({ line, field }) => `${line} ${field}`)).toEqual([
      '2 id',
      '3 kind',
      '4 id',
      '5 latitude',
      '6 longitude',
      '7 interval',
      '8 dev_eui',
      '9 id',
      '10 csr',
      '11 id',
      '12 id',
      '13 line',
      '15 id',
    ]);
    expect(summary.faults.at(-1)?.reason).toBe('GOOD stands in line 14');
    expect(summary.faults.find(({ line }) => line === 11)?.reason).toContain('OLD is retired');
    expect((await ports.registry.list('sensor')).map(({ id }) => id)).toEqual(['GOOD', 'OLD']);
  });

  it('takes a CSR from a file beside it', async () => {
    const { home, certificates, load } = await freshCity();
    writeFileSync(join(home, 'a1.csr'), await csrFor('A1'));
    expect(await load('id,kind,csr\nA1,air,a1.csr\n')).toMatchObject({ added: 1, faults: [] });
    expect(existsSync(join(certificates, 'A1.crt'))).toBe(true);
    expect(existsSync(join(certificates, 'A1.key'))).toBe(false);
    writeFileSync(join(home, 'a1.csr'), 'rubbish');
    expect((await load('id,kind,csr\nA1,air,a1.csr\n')).faults).toMatchObject([{ line: 2, field: 'csr' }]);
  });

  it('only registers devices that claim their certificates, which need no CSR here', async () => {
    const { home, certificates, ports } = await freshCity();
    const file = join(home, 'claim.csv');
    writeFileSync(file, 'id,kind,serial,csr\nA1,air,SN-1,\nA2,air,SN-2,a2.csr\n');
    expect(await importSensors(ports, { file, dryRun: false, claim: true })).toMatchObject({
      added: 1,
      faults: [{ line: 3, field: 'csr' }],
    });
    expect(existsSync(join(certificates, 'A1.key'))).toBe(false);
  });

  it('gives a serial number that another sensor has to no second one', async () => {
    const { load } = await freshCity();
    await load(good);
    const summary = await load('id,kind,serial\nA9,air,SN-1\nA1,air,SN-9\nA8,air,SN-1\n');
    expect(summary).toMatchObject({ added: 0, changed: 1 });
    expect(summary.faults).toMatchObject([
      { line: 2, field: 'id', reason: 'The serial number SN-1 belongs to the sensor A1' },
      { line: 4, field: 'serial' },
    ]);
    expect(await load('id,kind,serial\nA8,air,SN-1\n')).toMatchObject({ added: 1, faults: [] });
  });

  it('changes nothing in a dry run', async () => {
    const { ports, load } = await freshCity();
    expect(await load(good, true)).toMatchObject({ lines: 3, added: 0, faults: [] });
    expect(await ports.registry.list('sensor')).toEqual([]);
  });

  it('goes on where it stopped, and gives up when nothing answers', async () => {
    const { ports, load } = await freshCity();
    const text = `id,kind\n${Array.from({ length: 20 }, (_, index) => `S${index},air`).join('\n')}\n`;
    const create = ports.things.create;
    Object.assign(ports.things, {
      create: (name: string) => (Number(name.slice(1)) < 8 ? create(name) : Promise.reject(new Error('down'))),
    });
    expect(await load(text)).toMatchObject({ lines: 20, added: 8, skipped: 7, faults: Array(5).fill({ field: 'id' }) });
    Object.assign(ports.things, { create });
    expect(await load(text)).toMatchObject({ unchanged: 8, added: 12, skipped: 0, faults: [] });
  });

  it.each([
    ['id,kind,colour\n', 'No column is called colour'],
    ['id\nA1\n', 'The column kind is missing'],
    ['id,kind,id\n', 'A column stands twice'],
    ['id,kind\n"A1,air\n', 'Quote'],
  ])('refuses the file %j as a whole', (text, reason) => {
    expect(() => readSensorFile(Buffer.from(text))).toThrow(reason);
  });

  it('accounts for every line, whatever is in it', () => {
    const cell = fc.oneof(fc.constantFrom('A1', 'B2', 'air', 'bin', '', '1', '106'), fc.string({ maxLength: 6 }));
    const quoted = cell.map((text) => `"${text.replaceAll('"', '""').replaceAll(/[\r\n]/g, ' ')}"`);
    fc.assert(
      fc.property(fc.array(fc.array(quoted, { minLength: 1, maxLength: 6 }), { maxLength: 12 }), (rows) => {
        const text = `id,kind,site,latitude,longitude\n${rows.map((row) => row.join(',')).join('\n')}\n`;
        const { lines, faults } = readSensorFile(Buffer.from(text));
        const told = new Set([...lines, ...faults].map(({ line }) => line));
        expect(told).toEqual(new Set(rows.map((_, index) => index + 2)));
        for (const { line } of lines) expect(faults.some((fault) => fault.line === line)).toBe(false);
      }),
    );
  });
});
