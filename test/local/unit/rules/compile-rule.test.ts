import { describe, expect, it } from 'vitest';
import {
  deviceUplinkRule,
  lorawanNetworks,
  lorawanUplinkRule,
  networkUplinkRule,
} from '../../../../events/topic-rules.ts';
import { uplinkMessageSchema } from '../../../../events/uplink-message.ts';
import { compileRule } from '../../../../local/rules/compile-rule.ts';
import { message, output, rule, value } from './rule-support.ts';

describe("the city's own rules", () => {
  const payloads = {
    JSON: Buffer.from('{"measuredAt":1,"values":{"pm25":12.5}}'),
    'an array': Buffer.from('[1,2]'),
    'not JSON': Buffer.from([0xff, 0x00, 0x7b, 0x22]),
    empty: Buffer.alloc(0),
  };

  it.each(Object.entries(payloads))('carry a payload that is %s, byte by byte', (_what, payload) => {
    const compiled = compileRule(deviceUplinkRule);
    const topic = 'phosach/uplink/BIN-1';
    expect(compiled.matches(topic)).toBe(true);
    const outcome = compiled.evaluate(message(payload, { topic }));
    expect(outcome).toEqual({
      ok: true,
      output: {
        envelope: 'city-json',
        payloadBase64: payload.toString('base64'),
        topic,
        sensorId: 'BIN-1',
        clientId: 'BIN-1',
        receivedAt: 1_767_225_600_000,
      },
    });
    expect(outcome.ok && uplinkMessageSchema.safeParse(outcome.output).success).toBe(true);
  });

  it.each(Object.entries(payloads))(
    'hand over a LoRaWAN envelope that is %s, by topic or by name',
    (_what, payload) => {
      const compiled = compileRule(lorawanUplinkRule);
      for (const topic of ['phosach/network/aws-lorawan', '$aws/rules/phosach_lorawan_uplink/x/y']) {
        expect(compiled.matches(topic)).toBe(true);
        const outcome = compiled.evaluate({ topic, payload, receivedAt: 1_767_225_600_000 });
        expect(outcome.ok && outcome.output).toMatchObject({
          envelope: 'aws-lorawan',
          payloadBase64: payload.toString('base64'),
          clientId: 'n/a',
        });
        expect(outcome.ok && uplinkMessageSchema.safeParse(outcome.output).success).toBe(true);
      }
    },
  );

  it.each(Object.entries(payloads))(
    'hand over a network’s envelope that is %s, named by its topic',
    (_what, payload) => {
      const compiled = compileRule(networkUplinkRule);
      for (const network of lorawanNetworks) {
        const topic = `phosach/network/${network}/24e124713d000042`;
        expect(compiled.matches(topic)).toBe(true);
        const outcome = compiled.evaluate({
          topic,
          payload,
          clientId: 'network-server',
          receivedAt: 1_767_225_600_000,
        });
        expect(outcome).toEqual({
          ok: true,
          output: {
            envelope: network,
            payloadBase64: payload.toString('base64'),
            topic,
            devEui: '24e124713d000042',
            clientId: 'network-server',
            receivedAt: 1_767_225_600_000,
          },
        });
        expect(outcome.ok && uplinkMessageSchema.safeParse(outcome.output).success).toBe(true);
      }
      for (const topic of ['phosach/network/aws-lorawan', 'phosach/network/tts/a/b', 'phosach/uplink/tts/a']) {
        expect(compiled.matches(topic)).toBe(false);
      }
    },
  );

  it('listen to their own topics only', () => {
    const device = compileRule(deviceUplinkRule);
    for (const topic of [
      'phosach/uplink',
      'phosach/uplink/a/b',
      'phosach/downlink/a',
      '$aws/rules/phosach_lorawan_uplink/a',
    ]) {
      expect(device.matches(topic)).toBe(false);
    }
  });
});

// Every expectation below is an example or a table row of the AWS IoT SQL reference.
describe('SELECT', () => {
  it.each([
    ["SELECT * FROM 'a/b'", { color: 'red', temperature: 50 }, { color: 'red', temperature: 50 }],
    ["SELECT color FROM 'a/b'", { color: 'red', temperature: 50 }, { color: 'red' }],
    ["SELECT color AS my_color FROM 'a/b'", { color: 'red' }, { my_color: 'red' }],
    ["SELECT *, 15 as speed FROM 'a/b'", { color: 'red' }, { color: 'red', speed: 15 }],
    ["SELECT color.red as red_value FROM 'a/b'", { color: { red: 255 } }, { red_value: 255 }],
    [
      "SELECT (temperature - 32) * 5 / 9 AS celsius, upper(color) as my_color FROM 'a/b'",
      { color: 'red', temperature: 50 },
      { celsius: 10, my_color: 'RED' },
    ],
    [
      "SELECT CASE color WHEN 'green' THEN 'go' WHEN 'yellow' THEN 'caution' ELSE 'none' END as instructions FROM 'a/b'",
      { color: 'yellow' },
      { instructions: 'caution' },
    ],
    [
      "SELECT {'latitude': get(lat_long, 0),'longitude':get(lat_long, 1)} as lat_long FROM 'a/b'",
      { lat_long: [47.606, -122.332] },
      { lat_long: { latitude: 47.606, longitude: -122.332 } },
    ],
    ["SELECT [lat,long] as lat_long FROM 'a/b'", { lat: 47.696, long: -122.332 }, { lat_long: [47.696, -122.332] }],
    ["SELECT NULL AS n, missing FROM 'a/b'", {}, { n: null }],
    [
      "SELECT decode(encoded_temp,'base64').temperature AS temp from 'a/b'",
      { encoded_temp: 'eyAidGVtcGVyYXR1cmUiOiAzMyB9Cg==' },
      { temp: 33 },
    ],
  ])('%s', (sql, payload, expected) => {
    expect(output(sql, payload)).toEqual(expected);
  });

  it('has nothing to add to a payload that is no object', () => {
    expect(rule("SELECT *, 1 AS n FROM 'a/b'").evaluate(message(Buffer.from('x')))).toEqual({
      ok: false,
      reason: 'SELECT * needs a payload that is a JSON object',
    });
  });

  it('takes __proto__ for a key like any other', () => {
    const payload = Buffer.from('{"__proto__":{"polluted":1}}');
    expect(JSON.stringify(output("SELECT * FROM 'a/b'", payload))).toBe('{"__proto__":{"polluted":1}}');
    expect(value('constructor')).toBe('undefined');
  });
});

describe('FROM', () => {
  it.each([
    ['a/b', ['a/b'], ['a', 'a/b/c', 'A/b', 'a/b/']],
    ['a/+', ['a/b', 'a/c', 'a/'], ['a/e/f', 'a', 'b/x']],
    ['a/#', ['a/b', 'a/e/f', 'a'], ['b/x', 'ab']],
    ['+/b/#', ['a/b', 'x/b/c'], ['$aws/b', 'a/c']],
    ['#', ['a', 'a/b'], ['$aws/things']],
  ])('%s', (filter, yes, no) => {
    const { matches } = rule(`SELECT * FROM '${filter}'`);
    expect(yes.filter(matches)).toEqual(yes);
    expect(no.filter(matches)).toEqual([]);
  });
});
