import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecName } from '../../../../shared/telemetry/codecs/registry.ts';
import { decode as decodeOnPort } from './decoding.ts';

const EM310 = 'milesight-em310-udl';
const EM400 = 'milesight-em400-mud';

const decode = (codec: CodecName, hex: string) => decodeOnPort(codec, 85, hex);

/** `{ fillDistance: 2116, ... }` of a frame that decodes. */
const values = (codec: CodecName, hex: string) => {
  const result = decode(codec, hex);
  if (!result.ok) throw new Error(result.reason);
  return Object.fromEntries(result.value.map(({ quantity, value }) => [quantity, value]));
};

describe('Milesight frames', () => {
  // Frames and their meaning: TheThingsNetwork/lorawan-devices (Apache-2.0) and Milesight's user guides, "Uplink Data".
  it.each<[CodecName, string, object]>([
    [EM310, '01755c 03824408 040001', { battery: 92, fillDistance: 2116, tilt: 1 }],
    [EM400, '01755c 03670101 04824408 050001', { battery: 92, binTemperature: 25.7, fillDistance: 2116, tilt: 1 }],
    [EM400, '017564 0367f800 04820101 050001', { battery: 100, binTemperature: 24.8, fillDistance: 257, tilt: 1 }],
    [EM400, '8367e80001 8482410601', { binTemperature: 23.2, fillDistance: 1601 }],
    [EM400, '8482330701', { fillDistance: 1843 }],
    [EM400, '0367ceff', { binTemperature: -5 }],
    [EM400, 'ff0bff ff0101 ff166329c42503920003 ff090100 ff0a0101 ff0f00', {}],
    [EM400, 'fe03b004 01755c', { battery: 92 }],
  ])('%s: %s', (codec, hex, expected) => {
    expect(values(codec, hex)).toEqual(expected);
  });

  it.each(['ffff', 'fdff', 'f0ff'])('takes the distance 0x%s (low byte first) for a lost echo', (distance) => {
    expect(decode(EM310, `0382${distance}`)).toEqual({
      ok: true,
      value: [{ quantity: 'fillDistance', value: null, missing: 'no-echo' }],
    });
    expect(values(EM400, `8482${distance}01`)).toEqual({ fillDistance: null });
  });

  it('keeps a distance that is merely absurd, for the range test to judge', () => {
    expect(values(EM310, '0382efff')).toEqual({ fillDistance: 65_519 });
  });

  it('lets the later of two values count', () => {
    expect(values(EM400, '04824408 8482410601')).toEqual({ fillDistance: 1601 });
  });

  it.each<[string, CodecName, string, number]>([
    ['a byte left over', EM310, '01755c 03', 3],
    ['a channel cut short', EM310, '01755c 038244', 5],
    ['a channel without data', EM310, '01755c 0382', 5],
    ['an unknown channel', EM310, '01755c 0999ff', 3],
    ["the other model's channel", EM310, '0367 0101', 0],
    ['an unknown type', EM400, '0383 4408', 0],
  ])('refuses %s and names the byte', (_, codec, hex, byte) => {
    expect(decode(codec, hex)).toMatchObject({
      ok: false,
      code: 'undecodable-frame',
      reason: expect.stringMatching(new RegExp(`^byte ${byte}:`)),
    });
  });

  it('never reads more from a frame cut short than from the whole', () => {
    const codec = fc.constantFrom<CodecName>(EM310, EM400);
    const channel = fc.oneof(
      fc.constantFrom('01755c', '03824408', '040001', '03670101', '04824408', '050001', 'ff0bff'),
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes).toString('hex')),
    );
    fc.assert(
      fc.property(codec, fc.array(channel, { maxLength: 8 }), fc.nat(20), (name, channels, cut) => {
        const hex = channels.join('');
        const whole = decode(name, hex);
        if (!whole.ok) return;
        // A prefix is either refused or ends exactly between two channels: it never says more than the whole.
        const part = decode(name, hex.slice(0, 2 * cut));
        if (part.ok) expect(part.value.length).toBeLessThanOrEqual(whole.value.length);
      }),
    );
  });
});
