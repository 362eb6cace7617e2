import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodecCommand } from '../../../../local/codec/options.ts';
import { runCodecCommand } from '../../../../local/codec/run-codec-command.ts';
import { readSensorCommand } from '../../../../local/sensor/options.ts';
import { planRegistration } from '../../../../shared/provisioning/register-sensor.ts';
import { openSandboxThread } from '../../../../shared/sandbox/sandbox-thread.ts';
import { airMapping, airScript } from '../../../shared/telemetry/scripted-codecs/scripts.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';

const sandbox = openSandboxThread();
let folder: string;
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe('npm run codec', () => {
  let files: readonly string[];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'phosach-codec-'));
    files = ['--script', file('air.js', airScript), '--mapping', file('air.json', JSON.stringify(airMapping))];
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const opened = () => {
    const registry = memoryRegistry();
    const run = (...args: readonly string[]) => runCodecCommand(readCodecCommand(args), () => registry, sandbox);
    return { registry, run };
  };
  const withoutCity = (...args: readonly string[]) =>
    runCodecCommand(
      readCodecCommand(args),
      () => {
        throw new Error('asked for a city');
      },
      sandbox,
    );

  it('enters, lists, tries and removes a codec', async () => {
    const { run } = opened();
    expect(await run('add', 'air', ...files)).toEqual([
      expect.stringMatching(/^Added the codec air, version [0-9a-f]{16}/),
    ]);
    expect(await run('add', 'air', ...files)).toEqual([expect.stringMatching(/^Unchanged: the codec air/)]);
    expect(await run('list')).toEqual([
      expect.stringMatching(/^air {2}version .* pm25 airTemperature battery$/),
      '1 codecs',
    ]);
    expect(await run('test', 'air', '--hex', 'ffff010509', '--port', '2')).toEqual([
      'pm25: missing (sensor-error)',
      'airTemperature: 26.1 °C',
      'battery: 9 %',
      'warning: "battery low"',
      '3 values',
    ]);
    await run('remove', 'air');
    expect(await run('list')).toEqual(['0 codecs']);
  });

  it('tries a script from its files without any city', async () => {
    expect(await withoutCity('test', 'air', ...files, '--hex', '012C010550', '--port', '2')).toContain(
      'pm25: 30 µg/m³',
    );
    await expect(withoutCity('test', 'air', ...files, '--hex', '00', '--port', '2')).rejects.toThrow(
      /it says "expected 5 bytes/,
    );
    await expect(withoutCity('test', 'air', ...files, '--hex', '00', '--port', '3')).rejects.toThrow(
      /port 2, not on 3/,
    );
  });

  it('takes no script that cannot be used, and no mapping that says nothing', async () => {
    const { run, registry } = opened();
    const [, script = '', , mapping = ''] = files;
    const add = (scriptFile: string, mappingFile: string) =>
      run('add', 'x', '--script', scriptFile, '--mapping', mappingFile);
    await expect(add(file('broken.js', 'function ('), mapping)).rejects.toThrow(/SyntaxError/);
    await expect(add(file('empty.js', 'var a'), mapping)).rejects.toThrow(/no decodeUplink/);
    await expect(add(script, file('no.json', '{'))).rejects.toThrow(/no\.json/);
    await expect(add(script, file('odd.json', '{"values":{"a":{"quantity":"noise"}}}'))).rejects.toThrow(
      /values\.a\.quantity/,
    );
    expect(await registry.list('codec')).toEqual([]);
  });

  it('keeps a codec that a sensor uses, and lets no sensor use one that is not there', async () => {
    const { run, registry } = opened();
    const line = 'add A1 --kind air --dev-eui 24e124136b502217 --codec script:air'.split(' ');
    const command = readSensorCommand(line);
    if (command.command !== 'add') throw new Error('not an add');
    await expect(planRegistration(registry, command)).rejects.toThrow('There is no codec air');
    await run('add', 'air', ...files);
    expect(await planRegistration(registry, command)).toMatchObject({ sensor: { codec: 'script:air' } });
    await registry.put('sensor', command.sensor);
    await expect(run('remove', 'air')).rejects.toThrow('Sensors use it: A1');
  });

  it.each([
    ['add air', '--script and --mapping are missing'],
    ['add air --script a.js', 'belong together'],
    ['test air --port 2', '--hex wants'],
    ['test air --hex 0 --port 2', '--hex wants'],
    ['test air --hex 00 --port two', '--port wants'],
    ['add', 'NAME is missing'],
    ['mend air', 'no command mend'],
  ])('%s says what is wrong', (line, words) => {
    expect(() => readCodecCommand(line.split(' '))).toThrow(words);
  });
});
