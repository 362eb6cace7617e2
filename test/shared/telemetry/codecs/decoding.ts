import { expect, it } from 'vitest';
import { type CodecName, decodeFrame } from '../../../../shared/telemetry/codecs/registry.ts';

/** Hexadecimal as people write it, with blanks between the parts of a frame. */
export const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

export const decode = (codec: CodecName, fPort: number, hex: string) => decodeFrame(codec, bytes(hex), fPort);

/** `{ fillDistance: 2116, binTemperature: 'no-probe' }` of a frame that decodes: a value, or why there is none. */
export const readingsOf = (codec: CodecName, fPort: number, hex: string): Readonly<Record<string, number | string>> => {
  const result = decode(codec, fPort, hex);
  if (!result.ok) throw new Error(result.reason);
  return Object.fromEntries(
    result.value.map(({ quantity, value, missing, measuredAt, intervalsAgo }) => {
      const when = measuredAt !== undefined ? ` @${measuredAt / 1_000}` : intervalsAgo && ` -${intervalsAgo}`;
      return [`${quantity}${when ?? ''}`, value ?? missing ?? 'missing'];
    }),
  );
};

type Example = readonly [fPort: number, hex: string, readings: Readonly<Record<string, number | string>>];

/** Frames of a device and what they say, within the vendor's own arithmetic in floats. */
export const itDecodes = (codec: CodecName, examples: readonly Example[]): void => {
  it.each(examples)(`${codec}, port %d: %s`, (fPort, hex, readings) => {
    const decoded = readingsOf(codec, fPort, hex);
    expect(Object.keys(decoded).sort()).toEqual(Object.keys(readings).sort());
    for (const [name, expected] of Object.entries(readings)) {
      if (typeof expected === 'string') expect([name, decoded[name]]).toEqual([name, expected]);
      else expect(decoded[name], name).toBeCloseTo(expected, 6);
    }
  });
};

type Fault = readonly [name: string, fPort: number, hex: string, byte: number];

/** Frames that are refused whole, and the byte that the reason names. */
export const itRefuses = (codec: CodecName, faults: readonly Fault[]): void => {
  it.each(faults)(`${codec} refuses %s`, (_, fPort, hex, byte) => {
    expect(decode(codec, fPort, hex)).toMatchObject({
      ok: false,
      code: 'undecodable-frame',
      reason: expect.stringMatching(new RegExp(`^byte ${byte}:`)),
    });
  });
};
