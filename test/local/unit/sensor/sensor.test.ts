import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPki } from '../../../../local/pki/pki.ts';
import { localThings } from '../../../../local/pki/things.ts';
import { readSensorCommand } from '../../../../local/sensor/options.ts';
import { provisionSensor } from '../../../../shared/provisioning/provision-sensor.ts';
import { retireSensor } from '../../../../shared/provisioning/retire-sensor.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { runCommand } from '../../../support/run-command.ts';

const addOptions = (line: string) => {
  const command = readSensorCommand(`add ${line}`.split(' '));
  if (command.command !== 'add') throw new Error('not an add');
  return command;
};
const freshHome = () => mkdtempSync(join(tmpdir(), 'phosach-sensor-'));
const thingsHome = freshHome();
const things = localThings(thingsHome, await openPki(thingsHome), 'localhost:8883');
const add = (registry: ReturnType<typeof memoryRegistry>, line: string) =>
  provisionSensor({ registry, things }, { ...addOptions(line), csr: undefined });

describe('sensor add', () => {
  it('creates a bin where there is none, with usual values', async () => {
    const registry = memoryRegistry();
    const done = await add(registry, 'L1 --kind bin --latitude 10.98 --longitude 106.65 --interval 600');
    expect(done).toMatchObject({ change: 'added', createdSite: { id: 'L1' } });
    expect(await registry.get('sensor', 'L1')).toEqual({
      id: 'L1',
      kind: 'bin',
      siteId: 'L1',
      intervalSeconds: 600,
      status: 'active',
    });
    expect(await registry.get('bin', 'L1')).toMatchObject({
      position: { latitude: 10.98, longitude: 106.65 },
      stream: 'other',
      container: { depthMm: 2_450 },
    });
  });

  it('takes thresholds, corrections and health limits of its own, and nothing else, as settings', async () => {
    const registry = memoryRegistry();
    const settings = { thresholds: { ph: { suspectSpan: [6, 9] } }, health: { batteryPercent: 30 } };
    await add(registry, `W1 --kind water --settings ${JSON.stringify(settings)}`);
    expect(await registry.get('sensor', 'W1')).toMatchObject(settings);
    for (const wrong of [
      '{"thresholds":{"sweetness":{}}}',
      '{"status":"retired"}',
      '{"corrections":["none@1"]}',
      '{',
    ]) {
      expect(() => addOptions(`W2 --kind water --settings ${wrong}`)).toThrow();
    }
  });

  it('leaves a site that exists as it is', async () => {
    const registry = memoryRegistry();
    await add(registry, 'A1 --kind air --site ST --latitude 10 --longitude 106');
    const before = await registry.get('station', 'ST');
    const again = await add(registry, 'A2 --kind air --site ST --latitude 11 --longitude 107');
    expect(again.createdSite).toBeUndefined();
    expect(await registry.get('station', 'ST')).toEqual(before);
  });

  it('may be done again: the sensor is changed, and active once more', async () => {
    const registry = memoryRegistry();
    await add(registry, 'A1 --kind air');
    await retireSensor({ registry, things }, 'A1');
    expect(await add(registry, 'A1 --kind air --interval 60')).toMatchObject({ change: 'changed' });
    expect(await registry.get('sensor', 'A1')).toMatchObject({ intervalSeconds: 60, status: 'active' });
  });

  it.each([
    ['A1 --kind air --site nowhere', 'There is no site nowhere'],
    ['A1 --kind air --site BIN', 'BIN is a bin site, and A1 observes air'],
    ['BIN --kind water', 'BIN is a bin sensor already'],
    ['L9 --kind bin --dev-eui 24E124136B502217', 'The DevEUI 24e124136b502217 belongs to the sensor LORA'],
  ])('%s is refused and changes nothing', async (line, reason) => {
    const registry = memoryRegistry();
    await add(registry, 'BIN --kind bin --latitude 10 --longitude 106');
    await add(registry, 'LORA --kind bin --dev-eui 24e124136b502217 --codec milesight-em310-udl');
    const before = await registry.list('sensor');
    await expect(add(registry, line)).rejects.toThrow(reason);
    expect(await registry.list('sensor')).toEqual(before);
  });

  it.each([
    ['add', "The sensor's ID is missing"],
    ['add x', '--kind is missing'],
    ['add x y --kind air', 'What is y?'],
    ['add ../x --kind air', 'letters, digits'],
    ['add network-server --kind air', 'No sensor can be called network-server'],
    ['add x --kind truck', '--kind: '],
    ['add x --kind air --interval soon', '--interval wants a number, not "soon"'],
    ['add x --kind air --interval 0', '--interval: '],
    ['add x --kind air --dev-eui 12', '--dev-eui: '],
    ['add x --kind air --codec morse', '--codec: '],
    ['add x --kind air --latitude 10', '--latitude and --longitude belong together'],
    ['add x --kind air --latitude 91 --longitude 10', '--latitude: '],
    ['add x --kind air --depth 3', "Unknown option '--depth'"],
    ['remove x', 'There is no command remove'],
    ['retire network-server', 'No sensor can be called'],
    ['renew', "The sensor's ID is missing"],
    ['import', 'One CSV file is wanted'],
    ['add x --kind air --serial a/b', '--serial: '],
    ['add x --kind air --claim --csr x.csr', '--csr and --claim exclude each other'],
    ['add x --kind air --dev-eui 24e124136b502217 --csr x.csr', '--csr: a LoRaWAN device has no certificate'],
  ])('%s: %s', (line, reason) => {
    expect(() => readSensorCommand(line.split(' '))).toThrow(reason);
  });
});

describe('sensor retire', () => {
  it('keeps the sensor and where it was', async () => {
    const registry = memoryRegistry();
    await add(registry, 'A1 --kind air --latitude 10 --longitude 106');
    await retireSensor({ registry, things }, 'A1');
    expect(await registry.get('sensor', 'A1')).toMatchObject({ status: 'retired', siteId: 'A1' });
    await expect(retireSensor({ registry, things }, 'A2')).rejects.toThrow('There is no sensor A2');
  });
});

describe('the command itself', () => {
  const home = freshHome();
  const run = (...args: readonly string[]) => runCommand(home, 'local/commands/sensor.ts', args);

  it('writes a certificate without a running city, and says what it lacks for the rest', async () => {
    const [certificate, added, help] = await Promise.all([
      run('certificate', 'network-server'),
      run('add', 'A1', '--kind', 'air'),
      run('help'),
    ]);
    expect(certificate.code).toBe(0);
    for (const file of ['network-server.key', 'network-server.crt', 'ca.crt']) {
      expect(existsSync(join(home, 'certificates', file))).toBe(true);
    }
    expect(added).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not running: start it with npm start'),
    });
    expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('add ID --kind bin|air|water') });
  });
});
