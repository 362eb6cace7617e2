import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecSchema } from '../../../../shared/city/entities.ts';
import { codecNames, codecOf, decodeFrame, isCodecName } from '../../../../shared/telemetry/codecs/registry.ts';
import { isQuantity } from '../../../../shared/telemetry/quantity.ts';

/** Nothing that a city observes, in our units, comes near it; the range tests of quality control are far narrower. */
const isOrdinary = (value: number): boolean => Number.isFinite(value) && Math.abs(value) < 1e9;

/** Bytes at large hardly ever get past the first check, so the starts of real frames come first. */
const starts = ['', '0175', '0382', '20ce', '0d3b', '0200010003', '8000010111', '10000000', '30000000', '45000000'];
const heads = [...starts, '040b01', '030b06', '060201', '01b101', '0100', '0e', '0103', '010300d3', '0c', '0b'];

const frame = fc
  .tuple(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 40 }))
  .map(([head, tail]) => Buffer.concat([Buffer.from(head, 'hex'), tail]));

describe('the registry of codecs', () => {
  it('is what a sensor’s codec may be', () => {
    expect(codecSchema.options).toEqual(codecNames);
    expect(isCodecName('milesight-em310-udl')).toBe(true);
    expect(isCodecName('toString')).toBe(false);
  });

  it.each(codecNames)('names of %s only quantities that exist, each once', (name) => {
    const { quantities, ports, version } = codecOf(name);
    expect(quantities.every(isQuantity)).toBe(true);
    expect(new Set(quantities).size).toBe(quantities.length);
    expect(ports.length).toBeGreaterThan(0);
    expect(version).toBeGreaterThan(0);
  });

  it.each(codecNames)('refuses of %s an unknown port and an empty frame, at byte 0', (name) => {
    const refused = { ok: false, code: 'undecodable-frame', reason: expect.stringMatching(/^byte 0: /) };
    expect(decodeFrame(name, Buffer.from('01', 'hex'), 224)).toMatchObject(refused);
    expect(decodeFrame(name, Buffer.alloc(0), codecOf(name).ports[0] ?? 0)).toMatchObject(refused);
  });

  it.each(codecNames)('reads of %s numbers or reasons from whatever bytes, or refuses and names the byte', (name) => {
    const { ports, quantities } = codecOf(name);
    fc.assert(
      fc.property(frame, fc.constantFrom(...ports), (bytes, port) => {
        const result = decodeFrame(name, bytes, port);
        if (!result.ok) {
          const byte = Number(result.reason.match(/^byte (\d+): ./)?.[1] ?? Number.NaN);
          expect(byte).toBeLessThanOrEqual(bytes.length);
          return;
        }
        for (const { quantity, value, missing, measuredAt } of result.value) {
          expect(quantities).toContain(quantity);
          if (value === null) expect(missing).toBeTypeOf('string');
          else expect(isOrdinary(value)).toBe(true);
          expect(measuredAt === undefined || Number.isSafeInteger(measuredAt)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
