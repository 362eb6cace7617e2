import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lorawanEnvelopes } from '../../../../events/uplink-message.ts';
import { decodeLine } from '../../../../local/decode/decode-line.ts';

describe('a line of npm run decode', () => {
  it('becomes readings in canonical units, missing ones with their reason', () => {
    const line = '{"codec":"dragino-dds20-lb","fPort":2,"hex":"0D020018000CCC01"}';
    expect(decodeLine(line)).toEqual({
      readings: [
        { quantity: 'batteryVoltage', value: 3.33, unit: 'V' },
        { quantity: 'fillDistance', value: 24, unit: 'mm' },
        { quantity: 'binTemperature', value: null, unit: '°C', missing: 'no-probe' },
      ],
    });
  });

  it('says of what was filled in later when that was', () => {
    const log = '{"codec":"milesight-em500-udl","fPort":85,"hex":"20ce80e9d765e803"}';
    expect(decodeLine(log)).toEqual({
      readings: [{ quantity: 'fillDistance', value: 1000, unit: 'mm', measuredAt: '2024-02-23T00:40:32.000Z' }],
    });
    const earlier = '{"codec":"tekelek-tek766","fPort":16,"hex":"1000000001121b7701131baa0000000000000000"}';
    expect(decodeLine(earlier)).toMatchObject({
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
  ])('%s becomes an error', (line, start) => {
    const decoded = decodeLine(line);
    expect('error' in decoded && decoded.error.startsWith(start)).toBe(true);
  });

  it('never throws, whatever it says', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => decodeLine(line) !== undefined));
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

  it.each(lorawanEnvelopes)('of %s is decoded by the codec that stands in it, beside it, or is given', (network) => {
    const envelope = sample(`${network}-em400-mud`);
    const codec = 'milesight-em400-mud';
    const answer = { readings: em400, codec };
    expect(decodeLine(JSON.stringify({ codec, ...envelope }))).toMatchObject(answer);
    expect(decodeLine(JSON.stringify({ codec, envelope }))).toMatchObject(answer);
    expect(decodeLine(JSON.stringify(envelope), codec)).toMatchObject(answer);
  });

  it('names the codecs that read its frame alike, when it names none', () => {
    expect(decodeLine(JSON.stringify(sample('tts-em400-mud')))).toEqual({
      readings: em400,
      codec: 'milesight-em400-mud or milesight-em400-tld or milesight-em400-udl',
      heardAt: '2026-11-22T01:00:03.218Z',
    });
  });

  it('asks for the codec where the frame reads differently by several', () => {
    const loriot = { cmd: 'rx', EUI: '0004A30B001ADCB5', port: 1, data: '02233200020b10' };
    expect(decodeLine(JSON.stringify(loriot))).toEqual({ error: expect.stringContaining('decentlab-dl-ntu') });
    expect(decodeLine(JSON.stringify({ ...loriot, codec: 'decentlab-dl-ntu' }))).toMatchObject({
      readings: [{ quantity: 'batteryVoltage', value: 2.832 }],
    });
  });

  it('of a device that speaks for itself needs no codec', () => {
    expect(decodeLine(JSON.stringify(sample('city-json-air')))).toMatchObject({ readings: { length: 6 } });
    expect(decodeLine(JSON.stringify(sample('senml-air')))).toMatchObject({
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
  ])('%s becomes an error', (line, start) => {
    expect(decodeLine(line)).toEqual({
      error: expect.stringMatching(new RegExp(`^${start.replaceAll(/[.$]/g, '\\$&')}`)),
    });
  });

  it('that tells of something else holds no reading', () => {
    expect(decodeLine('{"cmd":"txd","EUI":"24e124713d000042"}')).toEqual({ readings: [] });
  });
});
