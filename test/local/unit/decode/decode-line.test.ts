import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { lorawanEnvelopes } from '../../../../events/uplink-message.ts';
import { decodeLine } from '../../../../local/decode/decode-line.ts';
import { scriptDecoder, scriptsInFolder } from '../../../../local/decode/script-decoder.ts';
import { sandboxInThisThread } from '../../../../shared/telemetry/scripted-codecs/run-calls.ts';
import { airMapping, airScript } from '../../../shared/telemetry/scripted-codecs/scripts.ts';

describe('a line of npm run decode', () => {
  it('becomes readings in canonical units, missing ones with their reason', async () => {
    const line = '{"codec":"dragino-dds20-lb","fPort":2,"hex":"0D020018000CCC01"}';
    expect(await decodeLine(line)).toEqual({
      readings: [
        { quantity: 'batteryVoltage', value: 3.33, unit: 'V' },
        { quantity: 'fillDistance', value: 24, unit: 'mm' },
        { quantity: 'binTemperature', value: null, unit: '°C', missing: 'no-probe' },
      ],
    });
  });

  it('says of what was filled in later when that was', async () => {
    const log = '{"codec":"milesight-em500-udl","fPort":85,"hex":"20ce80e9d765e803"}';
    expect(await decodeLine(log)).toEqual({
      readings: [{ quantity: 'fillDistance', value: 1000, unit: 'mm', measuredAt: '2024-02-23T00:40:32.000Z' }],
    });
    const earlier = '{"codec":"tekelek-tek766","fPort":16,"hex":"1000000001121b7701131baa0000000000000000"}';
    expect(await decodeLine(earlier)).toMatchObject({
      readings: [{ value: 2740 }, { value: 27 }, { value: 2750, intervalsAgo: 1 }, { value: 27, intervalsAgo: 1 }],
    });
  });

  it.each([
    ['{"codec":"elsys","fPort":5,"hex":"7f"}', 'byte 0: '],
    ['{"codec":"elsys","fPort":5,"hex":"0"}', '$.hex: '],
    ['{"codec":"elsys","fPort":256,"hex":"00"}', '$.fPort: '],
    ['{"codec":"morse","fPort":5,"hex":"00"}', '$.codec: '],
    ['{"fPort":5,"hex":"00"}', '$.codec: '],
    ['rubbish', '$: '],
    ['null', '$: '],
  ])('%s becomes an error', async (line, start) => {
    const decoded = await decodeLine(line);
    expect('error' in decoded && decoded.error.startsWith(start)).toBe(true);
  });

  it('never throws, whatever it says', async () => {
    return fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (line) => (await decodeLine(line)) !== undefined),
    );
  });
});

describe("a line whose codec is the city's own", () => {
  const folder = mkdtempSync(join(tmpdir(), 'phosach-scripts-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'air.js'), airScript);
  writeFileSync(join(folder, 'air.json'), JSON.stringify(airMapping));
  const scripts = scriptDecoder(scriptsInFolder(folder), sandboxInThisThread());
  const line = (codec: string, hex = '012c010550') => JSON.stringify({ codec, fPort: 2, hex });
  const readings = [
    { quantity: 'pm25', value: 30, unit: 'µg/m³' },
    { quantity: 'airTemperature', value: 26.1, unit: '°C' },
    { quantity: 'battery', value: 80, unit: '%' },
  ];

  it('is answered like any other, bare or in an envelope', async () => {
    expect(await decodeLine(line('script:air'), { scripts })).toEqual({ readings });
    const loriot = { cmd: 'rx', EUI: '0004A30B001ADCB5', port: 2, data: '012c010550', ts: 1_764_000_000_000 };
    expect(await decodeLine(JSON.stringify({ codec: 'script:air', envelope: loriot }), { scripts })).toEqual({
      readings,
      codec: 'script:air',
      heardAt: '2025-11-24T16:00:00.000Z',
    });
    expect(await decodeLine(line('script:air', 'ffff010509'), { scripts })).toMatchObject({
      readings: [{ quantity: 'pm25', value: null, missing: 'sensor-error' }, {}, {}],
    });
  });

  it('is refused in the words of the script, the sandbox or the lookup', async () => {
    expect(await decodeLine(line('script:air', '01'), { scripts })).toEqual({
      error: expect.stringContaining('expected 5 bytes, got 1'),
    });
    for (const name of ['script:earth', 'script:../air', 'script:']) {
      expect(await decodeLine(line(name), { scripts })).toEqual({ error: `$.codec: there is no codec ${name}` });
    }
    expect(await decodeLine(line('script:air'))).toEqual({ error: expect.stringMatching(/^\$\.codec: /) });
    const noCity = scriptDecoder(() => Promise.reject(new Error('No city runs')), sandboxInThisThread());
    expect(await decodeLine(line('script:air'), { scripts: noCity })).toEqual({
      error: '$.codec: script:air: No city runs',
    });
  });
});

describe('a line that is a whole envelope', () => {
  const sample = (name: string): object =>
    JSON.parse(readFileSync(new URL(`../../../../events/samples/${name}.json`, import.meta.url), 'utf8'));
  const em400 = [
    { quantity: 'battery', value: 92, unit: '%' },
    { quantity: 'binTemperature', value: 25.7, unit: '°C' },
    { quantity: 'fillDistance', value: 2116, unit: 'mm' },
    { quantity: 'tilt', value: 1, unit: '1' },
  ];

  it.each(lorawanEnvelopes)(
    'of %s is decoded by the codec that stands in it, beside it, or is given',
    async (network) => {
      const envelope = sample(`${network}-em400-mud`);
      const codec = 'milesight-em400-mud';
      const answer = { readings: em400, codec };
      expect(await decodeLine(JSON.stringify({ codec, ...envelope }))).toMatchObject(answer);
      expect(await decodeLine(JSON.stringify({ codec, envelope }))).toMatchObject(answer);
      expect(await decodeLine(JSON.stringify(envelope), { usualCodec: codec })).toMatchObject(answer);
    },
  );

  it('names the codecs that read its frame alike, when it names none', async () => {
    expect(await decodeLine(JSON.stringify(sample('tts-em400-mud')))).toEqual({
      readings: em400,
      codec: 'milesight-em400-mud or milesight-em400-tld or milesight-em400-udl',
      heardAt: '2026-11-22T01:00:03.218Z',
    });
  });

  it('asks for the codec where the frame reads differently by several', async () => {
    const loriot = { cmd: 'rx', EUI: '0004A30B001ADCB5', port: 1, data: '02233200020b10' };
    expect(await decodeLine(JSON.stringify(loriot))).toEqual({ error: expect.stringContaining('decentlab-dl-ntu') });
    expect(await decodeLine(JSON.stringify({ ...loriot, codec: 'decentlab-dl-ntu' }))).toMatchObject({
      readings: [{ quantity: 'batteryVoltage', value: 2.832 }],
    });
  });

  it('of a device that speaks for itself needs no codec', async () => {
    expect(await decodeLine(JSON.stringify(sample('city-json-air')))).toMatchObject({ readings: { length: 6 } });
    expect(await decodeLine(JSON.stringify(sample('senml-air')))).toMatchObject({
      readings: expect.arrayContaining([
        { quantity: 'pm25', value: 31.4, unit: 'µg/m³', measuredAt: '2026-11-22T01:00:00.000Z' },
      ]),
    });
  });

  it.each([
    ['{"deviceInfo":{"devEui":"24e124713d000042"},"fPort":85,"data":"/////w=="}', 'byte 0: no codec'],
    ['{"deviceInfo":{"devEui":"24e124713d000042"},"data":"AXVc"}', 'byte 0: the network does not say'],
    ['{"deviceInfo":{"devEui":"24e124713d000042"},"fPort":"x"}', '$.fPort: '],
    ['{"codec":"morse","cmd":"rx","EUI":"24e124713d000042","port":1,"data":"00"}', '$.codec: "morse"'],
    ['{"codec":"elsys","cmd":"rx","EUI":"24e124713d000042","port":5,"data":"7f"}', 'byte 0: '],
    ['{"envelope":7}', '$: '],
    ['[]', '$: '],
  ])('%s becomes an error', async (line, start) => {
    expect(await decodeLine(line)).toEqual({
      error: expect.stringMatching(new RegExp(`^${start.replaceAll(/[.$]/g, '\\$&')}`)),
    });
  });

  it('that tells of something else holds no reading', async () => {
    expect(await decodeLine('{"cmd":"txd","EUI":"24e124713d000042"}')).toEqual({ readings: [] });
  });
});
