import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LorawanEnvelope, lorawanEnvelopes } from '../../../../events/uplink-message.ts';
import { envelopeOf, envelopeReaders } from '../../../../shared/telemetry/envelopes/networks.ts';

type Json = { [key: string]: unknown };

const sample = (network: LorawanEnvelope): Json =>
  JSON.parse(readFileSync(new URL(`../../../../events/samples/${network}-em400-mud.json`, import.meta.url), 'utf8'));

/** The sample with one place set to another value; `undefined` takes it away. */
const changed = (network: LorawanEnvelope, path: string, value: unknown): Json => {
  const copy = sample(network);
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let place = copy;
  for (const step of steps) place = place[step] as Json;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
};

const read = (network: LorawanEnvelope, payload: unknown) => envelopeReaders[network](payload);

describe('the envelopes of LoRaWAN networks', () => {
  it.each([
    ['chirpstack', 'deviceInfo.devEui', 'xyz', '$.deviceInfo.devEui:'],
    ['chirpstack', 'data', '!!!', '$.data:'],
    ['chirpstack', 'fPort', 256, '$.fPort:'],
    ['chirpstack', 'time', '2020-03-27 12:39', '$.time:'],
    ['tts', 'uplink_message', undefined, '$.uplink_message:'],
    ['tts', 'end_device_ids.dev_eui', undefined, '$.end_device_ids.dev_eui:'],
    ['tts', 'uplink_message.f_cnt', -1, '$.uplink_message.f_cnt:'],
    ['tts', 'uplink_message.frm_payload', 5, '$.uplink_message.frm_payload:'],
    ['loriot', 'data', 'abc', '$.data:'],
    ['loriot', 'ts', 1_501_064_048, '$.ts:'],
    ['loriot', 'EUI', 7, '$.EUI:'],
    ['thingpark', 'DevEUI_uplink.payload_hex', 'zz', '$.DevEUI_uplink.payload_hex:'],
    ['thingpark', 'DevEUI_uplink.Time', 'yesterday', '$.DevEUI_uplink.Time:'],
    ['thingpark', 'DevEUI_uplink.FCntUp', '1.5', '$.DevEUI_uplink.FCntUp:'],
  ] as const)('of %s are refused with the place at fault: %s = %s', (network, path, value, start) => {
    const result = read(network, changed(network, path, value));
    expect(result).toMatchObject({ ok: false, code: 'invalid-payload' });
    expect(!result.ok && result.reason.startsWith(start)).toBe(true);
  });

  it.each([
    ['chirpstack', 'time'],
    ['tts', 'received_at'],
    ['loriot', 'ts'],
    ['thingpark', 'DevEUI_uplink.Time'],
  ] as const)('of %s may leave the time away', (network, path) => {
    const payload = changed(network, path, undefined);
    if (network === 'tts') (payload.uplink_message as Json).received_at = undefined;
    const result = read(network, payload);
    expect(result.ok && 'heardAt' in result.value).toBe(false);
    expect(result.ok).toBe(true);
  });

  it('of ChirpStack and The Things Stack leave a counter of zero away', () => {
    expect(read('chirpstack', changed('chirpstack', 'fCnt', undefined))).toMatchObject({
      ok: true,
      value: { fCnt: 0 },
    });
    const first = changed('tts', 'uplink_message.f_cnt', undefined);
    expect(read('tts', first)).toMatchObject({ ok: true, value: { fCnt: 0 } });
  });

  it.each([
    ['chirpstack', { deviceInfo: { devEui: '24e124713d000042' }, devAddr: '01a2b3c4', time: '2026-11-22T01:00:03Z' }],
    ['tts', { end_device_ids: { dev_eui: '24E124713D000042' }, join_accept: { session_key_id: 'x' } }],
    ['loriot', { cmd: 'txd', EUI: '24E124713D000042', seqdn: 4 }],
    ['thingpark', { DevEUI_downlink_Sent: { DevEUI: '24E124713D000042', FCntDn: 3 } }],
  ] as const)('of %s that tell of something else hold no frame, and are not refused', (network, payload) => {
    expect(envelopeOf(payload)).toBe(network);
    const result = read(network, payload);
    expect(result.ok && result.value.devEui).toBe('24e124713d000042');
    expect(result.ok && result.value.bytes).toHaveLength(0);
  });

  it('of The Things Stack may come wrapped once more', () => {
    const wrapped = { name: 'as.up.data.forward', data: sample('tts') };
    expect(envelopeOf(wrapped)).toBe('tts');
    expect(read('tts', wrapped)).toEqual(read('tts', sample('tts')));
  });

  it('of Milesight’s gateways imitate ChirpStack v3, with a dash too few', () => {
    const payload = { devEUI: '24E124713D000042', time: '2026-1122T01:00:03.218Z', fCnt: 118, fPort: 85, data: 'AXVc' };
    expect(envelopeOf(payload)).toBe('chirpstack');
    expect(read('chirpstack', payload)).toMatchObject({
      ok: true,
      value: { devEui: '24e124713d000042', heardAt: Date.parse('2026-11-22T01:00:03.218Z') },
    });
  });

  it('of LORIOT are the same frame at once (rx) and with all gateways (gw)', () => {
    const { gws: _, ...rest } = sample('loriot');
    const result = read('loriot', { ...rest, cmd: 'rx', rssi: -97, snr: 4.2 });
    expect(result).toMatchObject({ ok: true, value: { fCnt: 118, signal: { rssi: -97, snr: 4.2 } } });
  });

  it('of LORIOT whose frame is still encrypted say so', () => {
    const encrypted = { ...changed('loriot', 'data', undefined), encdata: '00ff' };
    expect(read('loriot', encrypted)).toMatchObject({ ok: false, reason: expect.stringContaining('encrypted') });
  });

  it('take a frame on port 0 for the network’s own business', () => {
    const result = read('chirpstack', changed('chirpstack', 'fPort', 0));
    expect(result.ok && result.value.bytes).toHaveLength(0);
  });

  it('refuse an application frame without bytes, and one longer than the air can carry', () => {
    expect(read('tts', changed('tts', 'uplink_message.frm_payload', undefined))).toMatchObject({
      ok: false,
      code: 'undecodable-frame',
    });
    expect(read('loriot', changed('loriot', 'data', '00'.repeat(300)))).toMatchObject({
      ok: false,
      code: 'undecodable-frame',
    });
  });

  it('name the gateway that heard best, and nothing where none says', () => {
    expect(read('chirpstack', changed('chirpstack', 'rxInfo', 'rubbish'))).toMatchObject({ ok: true });
    const result = read('chirpstack', changed('chirpstack', 'rxInfo', [{ rssi: 'loud' }, { snr: 3 }]));
    expect(result.ok && result.value.signal).toEqual({ snr: 3 });
    const none = read('tts', changed('tts', 'uplink_message.rx_metadata', []));
    expect(none.ok && 'signal' in none.value).toBe(false);
  });
});

/** Every place in a JSON value, as steps from its root. */
const placesIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
    : [path];

const mutate = (root: unknown, path: readonly string[], value: unknown): unknown => {
  const copy: unknown = structuredClone(root);
  const last = path.at(-1);
  if (last === undefined) return value;
  let place = copy as Json;
  for (const step of path.slice(0, -1)) place = place[step] as Json;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
};

const anything = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue(),
  fc.constantFrom('', '0', -1, 1e308, '1e999', 'AAAA', 'zz', '2026-13-45T00:00:00Z', '0001-01-01T00:00:00Z', [], {}),
);

const mutateAll = (root: unknown, mutations: readonly (readonly [readonly string[], unknown])[]): unknown =>
  mutations.reduce<unknown>(
    (payload, [path, value]) =>
      placesIn(payload).some((place) => place.join() === path.join()) ? mutate(payload, path, value) : payload,
    root,
  );

const expectSound = (result: ReturnType<typeof read>): void => {
  if (!result.ok) {
    expect(result.reason).toMatch(/\S+: \S/);
    return;
  }
  const { devEui, bytes, fPort = 0, fCnt = 0, heardAt = 0, signal = {} } = result.value;
  expect(devEui).toMatch(/^[0-9a-f]{16}$/);
  expect(bytes.length).toBeLessThanOrEqual(255);
  for (const number of [fPort, fCnt, heardAt]) expect(Number.isSafeInteger(number)).toBe(true);
  for (const number of Object.values(signal)) expect(Number.isFinite(number)).toBe(true);
};

describe('a mutated envelope', () => {
  it.each(lorawanEnvelopes)('of %s never throws, and is a sound frame or refused with a reason', (network) => {
    const original = sample(network);
    const mutation = fc.tuple(fc.constantFrom(...placesIn(original)), anything);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const payload = mutateAll(original, mutations);
        expect(['string', 'undefined']).toContain(typeof envelopeOf(payload));
        for (const reader of Object.values(envelopeReaders)) expectSound(reader(payload));
      }),
      { numRuns: 500 },
    );
  });
});
