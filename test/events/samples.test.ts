import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { uplinkMessageSchema } from '../../events/uplink-message.ts';
import { decodeFrame } from '../../shared/telemetry/codecs/registry.ts';
import { readAwsLorawan } from '../../shared/telemetry/envelopes/aws-lorawan.ts';
import { readCityJson } from '../../shared/telemetry/envelopes/city-json.ts';

const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../events/samples/${name}`, import.meta.url), 'utf8'));

describe('the sample files', () => {
  it.each(['city-json-air.json', 'city-json-backfill.json'])('%s is plain city JSON', (name) => {
    expect(readCityJson(sample(name))).toMatchObject({ ok: true });
  });

  it('aws-lorawan-em400-mud.json is an uplink with a frame of that device', () => {
    const frame = readAwsLorawan(sample('aws-lorawan-em400-mud.json'));
    expect(frame).toMatchObject({ ok: true, value: { devEui: '24e124713d000042' } });
    const bytes = frame.ok ? Buffer.from(frame.value.bytes) : Buffer.alloc(0);
    expect(decodeFrame('milesight-em400-mud', bytes, 85)).toMatchObject({ ok: true, value: { length: 4 } });
  });

  it('uplink-message.json is what a topic rule puts on the queue', () => {
    const message = uplinkMessageSchema.parse(sample('uplink-message.json'));
    expect(readCityJson(JSON.parse(Buffer.from(message.payloadBase64, 'base64').toString()))).toMatchObject({
      ok: true,
    });
  });
});
