import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameMeter } from '../../../../local/mqtt/frame-guard.ts';
import { devicePolicy, permissionsOf, policyOf } from '../../../../local/mqtt/policy.ts';

describe('the device policy', () => {
  const may = permissionsOf(devicePolicy, 'BIN.1');

  it('fills in the thing name literally', () => {
    expect(may('iot:Publish', 'topic/phosach/uplink/BIN.1')).toBe(true);
    expect(may('iot:Publish', 'topic/phosach/uplink/BINx1')).toBe(false);
    expect(may('iot:Connect', 'client/BIN.1')).toBe(true);
  });

  it('denies what no statement allows', () => {
    expect(may('iot:RetainPublish', 'topic/phosach/uplink/BIN.1')).toBe(false);
    expect(permissionsOf([], 'BIN.1')('iot:Connect', 'client/BIN.1')).toBe(false);
  });

  it('does not let a thing name widen it', () => {
    const wildcard = permissionsOf(devicePolicy, '*');
    expect(wildcard('iot:Publish', 'topic/phosach/uplink/BIN.1')).toBe(false);
  });

  it('gives each thing its own uplink topic and no other', () => {
    const thing = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(thing, thing, (mine, theirs) => {
        const allowed = permissionsOf(policyOf(mine), mine)('iot:Publish', `topic/phosach/uplink/${theirs}`);
        expect(allowed).toBe(mine === theirs && mine !== 'network-server');
      }),
    );
  });
});

describe('the frame meter', () => {
  const frame = (length: number): Buffer => {
    const header = [0x30];
    for (let rest = length; ; rest = Math.floor(rest / 128)) {
      header.push(rest < 128 ? rest : (rest % 128) | 0x80);
      if (rest < 128) break;
    }
    return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
  };
  const chunks = (bytes: Buffer, sizes: readonly number[]): Buffer[] => {
    const cut: Buffer[] = [];
    for (let at = 0, i = 0; at < bytes.length; i += 1) {
      const size = sizes[i % sizes.length] ?? 1;
      cut.push(bytes.subarray(at, at + size));
      at += size;
    }
    return cut;
  };

  it('finds the first frame that is too long, however the bytes are cut, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(300), fc.constant(1_000), fc.constant(1_001), fc.constant(20_000)), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }),
        (lengths, sizes) => {
          const meter = frameMeter(1_000);
          const found = chunks(Buffer.concat(lengths.map(frame)), sizes)
            .map(meter)
            .find((length) => length !== undefined);
          const expected = lengths.find((length) => length > 1_000);
          if (expected === undefined) expect(found).toBeUndefined();
          else expect(found).toBeGreaterThan(1_000);
        },
      ),
    );
  });
});
