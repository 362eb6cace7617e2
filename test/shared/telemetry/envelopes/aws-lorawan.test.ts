import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAwsLorawan } from '../../../../shared/telemetry/envelopes/aws-lorawan.ts';

/** The sample in AWS's developer guide ("View format of uplink messages sent from LoRaWAN devices"), its radio part cut. */
const awsSample = {
  WirelessDeviceId: '5b58245e-146c-4c30-9703-0ca942e3ff35',
  PayloadData: 'Cc48AAAAAAAAAAA=',
  WirelessMetadata: {
    LoRaWAN: {
      ADR: false,
      DataRate: '0',
      DevEui: '58a0cb000202c99',
      FCnt: 1,
      Fport: 136,
      Gateways: [{ GatewayEui: '80029cfffe5cf1cc', Snr: -29, Rssi: 9.75 }],
      Timestamp: '2021-05-03T03:24:29Z',
    },
  },
};
const uplink = (lorawan: object, fields: object = {}): object => ({
  ...awsSample,
  ...fields,
  WirelessMetadata: { LoRaWAN: { ...awsSample.WirelessMetadata.LoRaWAN, ...lorawan } },
});

describe("AWS IoT Core for LoRaWAN's envelope", () => {
  it("reads AWS's own sample, 15-digit DevEui and Fport included", () => {
    const result = readAwsLorawan(awsSample);
    expect(result.ok && result.value).toEqual({
      devEui: '058a0cb000202c99',
      bytes: Buffer.from('09ce3c0000000000000000', 'hex'),
      fPort: 136,
      fCnt: 1,
      heardAt: Date.parse('2021-05-03T03:24:29Z'),
      signal: { rssi: 9.75, snr: -29 },
    });
  });

  it('takes a DevEui in capitals, numbers in strings, and nanoseconds', () => {
    const lorawan = {
      DevEui: '24E124713D000042',
      FPort: '85',
      Fport: undefined,
      Timestamp: '2026-11-22T01:00:03.476015749Z',
    };
    expect(readAwsLorawan(uplink(lorawan))).toMatchObject({
      ok: true,
      value: { devEui: '24e124713d000042', fPort: 85, heardAt: Date.parse('2026-11-22T01:00:03.476Z') },
    });
  });

  it('does without a time stamp', () => {
    const result = readAwsLorawan(uplink({ Timestamp: undefined }));
    expect(result.ok && 'heardAt' in result.value).toBe(false);
  });

  it('takes a frame without payload for an answer to the network, unless its port says that it should have one', () => {
    for (const empty of [null, undefined, '']) {
      expect(readAwsLorawan(uplink({ Fport: 0 }, { PayloadData: empty }))).toMatchObject({ ok: true });
      expect(readAwsLorawan(uplink({ Fport: undefined }, { PayloadData: empty }))).toMatchObject({ ok: true });
    }
    expect(readAwsLorawan(uplink({}, { PayloadData: '' }))).toMatchObject({ ok: false, code: 'undecodable-frame' });
  });

  it.each([
    ['$.WirelessMetadata', { PayloadData: 'AAAA' }],
    ['$.WirelessMetadata.LoRaWAN.DevEui', uplink({ DevEui: 'xyz' })],
    ['$.WirelessMetadata.LoRaWAN.DevEui', uplink({ DevEui: '24e124713d' })],
    ['$.WirelessMetadata.LoRaWAN.Timestamp', uplink({ Timestamp: 'yesterday' })],
    ['$.WirelessMetadata.LoRaWAN.Fport', uplink({ Fport: 'eighty-five' })],
    ['$.PayloadData', uplink({}, { PayloadData: 'not base64!' })],
  ])('refuses what is wrong at %s', (path, payload) => {
    expect(readAwsLorawan(payload)).toMatchObject({
      ok: false,
      code: 'invalid-payload',
      reason: expect.stringContaining(`${path}:`),
    });
  });

  it('answers any JSON without throwing', () => {
    fc.assert(fc.property(fc.jsonValue(), (payload) => typeof readAwsLorawan(payload).ok === 'boolean'));
  });
});
