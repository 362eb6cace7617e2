import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { uplinkMessageSchema } from '../../events/uplink-message.ts';
import { decodeFrame } from '../../shared/telemetry/codecs/registry.ts';
import { readAwsLorawan } from '../../shared/telemetry/envelopes/aws-lorawan.ts';
import { readCityJson } from '../../shared/telemetry/envelopes/city-json.ts';
import { envelopeOf, envelopeReaders } from '../../shared/telemetry/envelopes/networks.ts';
import { isSenml, readSenml } from '../../shared/telemetry/envelopes/senml.ts';

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

  it.each(['aws-lorawan', 'chirpstack', 'tts', 'loriot', 'thingpark'] as const)(
    '%s-em400-mud.json is an envelope of that network around the same frame',
    (network) => {
      const payload = sample(`${network}-em400-mud.json`);
      expect(envelopeOf(payload)).toBe(network);
      const frame = envelopeReaders[network](payload);
      if (!frame.ok) throw new Error(frame.reason);
      const { bytes, heardAt, ...rest } = frame.value;
      expect(rest).toEqual({
        devEui: '24e124713d000042',
        fPort: 85,
        fCnt: 118,
        signal: { rssi: -71, snr: 8.5 },
      });
      expect(Buffer.from(bytes).toString('hex')).toBe('01755c0367010104824408050001');
      expect(Math.floor((heardAt ?? 0) / 1_000)).toBe(Date.parse('2026-11-22T01:00:03Z') / 1_000);
    },
  );

  it('senml-air.json is a SenML pack of five readings', () => {
    const pack = sample('senml-air.json');
    if (!isSenml(pack)) throw new Error('not a pack');
    expect(readSenml(pack, Date.now())).toMatchObject({ ok: true, value: { length: 5 } });
  });

  it('uplink-message.json is what a topic rule puts on the queue', () => {
    const message = uplinkMessageSchema.parse(sample('uplink-message.json'));
    expect(readCityJson(JSON.parse(Buffer.from(message.payloadBase64, 'base64').toString()))).toMatchObject({
      ok: true,
    });
  });
});
