import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSenml, readSenml } from '../../../../shared/telemetry/envelopes/senml.ts';

const NOW = Date.parse('2026-11-22T01:00:00Z');
const sample: readonly object[] = JSON.parse(
  readFileSync(new URL('../../../../events/samples/senml-air.json', import.meta.url), 'utf8'),
);

const valuesOf = (pack: readonly unknown[]) => {
  const result = readSenml(pack, NOW);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};

describe('a SenML pack', () => {
  it('becomes observations in canonical units at their own times', () => {
    expect(valuesOf(sample)).toEqual([
      { quantity: 'pm25', value: 31.4, measuredAt: 1_795_309_200_000 },
      { quantity: 'airTemperature', value: 27.5, measuredAt: 1_795_309_200_000 },
      { quantity: 'relativeHumidity', value: 71, measuredAt: 1_795_309_200_000 },
      { quantity: 'battery', value: 87, measuredAt: 1_795_309_200_000 },
      { quantity: 'pm25', value: 29.8, measuredAt: 1_795_308_300_000 },
    ]);
  });

  // RFC 8428, 4.6: resolved records add bases to values; 5.1.3 shows relative times.
  it('adds base values, base times and base units up', () => {
    const pack = [
      { bn: 'urn:dev:ow:10e2073a01080063:', bt: 1_795_309_200, bu: 'Cel', bv: 20, n: 'waterTemperature', v: 0.1 },
      { n: 'waterTemperature', v: 0.2, t: 60 },
      { bv: 0, n: 'waterTemperature', u: 'K', v: 300.15, t: 120 },
    ];
    expect(valuesOf(pack).map(({ value, measuredAt }) => [value, measuredAt])).toEqual([
      [20.1, 1_795_309_200_000],
      [20.2, 1_795_309_260_000],
      [27, 1_795_309_320_000],
    ]);
  });

  // RFC 8428, 5.1.3 with our quantities: an older version of the format, a base unit that a record overrides, a time before the base's.
  it('reads the example with base fields as the RFC resolves it', () => {
    const pack = [
      { bn: 'urn:dev:ow:10e2073a0108006:', bt: 1.276020076001e9, bu: 'Cel', bver: 5, n: 'airTemperature', v: 20.1 },
      { n: 'relativeHumidity', u: '%RH', t: -5, v: 50 },
      { n: 'airTemperature', t: -4, v: 20.3 },
    ];
    expect(valuesOf(pack)).toEqual([
      { quantity: 'airTemperature', value: 20.1, measuredAt: 1_276_020_076_001 },
      { quantity: 'relativeHumidity', value: 50, measuredAt: 1_276_020_071_001 },
      { quantity: 'airTemperature', value: 20.3, measuredAt: 1_276_020_072_001 },
    ]);
  });

  it('takes no time for now, and small times for relative to now', () => {
    const pack = [
      { n: 'ph', v: 7.1 },
      { n: 'ph', v: 7.2, t: -10.5 },
    ];
    expect(valuesOf(pack).map(({ measuredAt }) => measuredAt)).toEqual([NOW, NOW - 10_500]);
  });

  it('knows ratios and truth values', () => {
    expect(
      valuesOf([
        { n: 'battery', u: '/', v: 0.42 },
        { n: 'tilt', vb: true },
      ]).map(({ value }) => value),
    ).toEqual([42, 1]);
  });

  it.each([
    ['unknown-quantity', '$[0].n: ', [{ n: 'happiness', v: 1 }]],
    ['unknown-unit', '$[0].u: ', [{ n: 'pm25', u: 'Cel', v: 1 }]],
    ['invalid-payload', '$[0]: ', [{ n: 'pm25', vs: 'much' }]],
    ['invalid-payload', '$[0]: ', [{ n: 'pm25' }]],
    ['invalid-payload', '$[0].v: ', [{ n: 'pm25', v: '31' }]],
    ['invalid-payload', '$[0]: v and vb are two', [{ n: 'tilt', v: 0, vb: true }]],
    ['invalid-payload', '$[0].bver: ', [{ bver: 11, n: 'pm25', v: 1 }]],
    ['invalid-payload', '$[0]: ', [{ n: 'pm25', v: 1, must_: true }]],
    [
      'invalid-payload',
      '$[1]: ',
      [
        { n: 'pm25', v: 1 },
        { n: 'pm25', v: 2 },
      ],
    ],
    ['invalid-payload', '$: ', [{ bn: 'urn:dev:x:' }]],
    ['too-old', '$[0].t: ', [{ n: 'pm25', v: 1, t: 300_000_000 }]],
    ['invalid-payload', '$[1]: ', [{ n: 'pm25', v: 1 }, 7]],
    ['invalid-payload', '$: ', Array.from({ length: 10_001 }, () => ({ n: 'pm25', v: 1 }))],
  ])('is refused whole: %s at %s', (code, start, pack) => {
    const result = readSenml(pack, NOW);
    expect(result).toMatchObject({ ok: false, code });
    expect(!result.ok && result.reason.startsWith(start)).toBe(true);
  });

  it('is told apart from a back-fill of plain city JSON', () => {
    expect(isSenml(sample)).toBe(true);
    expect(isSenml([{ measuredAt: NOW, values: { pm25: 1 } }])).toBe(false);
    for (const other of [[], {}, null, [null], [{}], [[]], 'x']) expect(isSenml(other)).toBe(false);
  });

  it('never throws and stores no number that is none, however mutated', () => {
    const label = fc.constantFrom('bn', 'bt', 'bu', 'bv', 'bver', 'n', 'u', 'v', 'vb', 't', 'x_');
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('pm25', 'Cel', '/', 1e308, -1e308, 1_795_309_200));
    const record = fc.oneof(fc.dictionary(label, value), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), (records) => {
        const result = readSenml([...sample, ...records], NOW);
        if (!result.ok) expect(result.reason).toMatch(/^\$\S*: \S/);
        else
          for (const { value: stored, measuredAt } of result.value) {
            expect(Number.isFinite(stored) && Number.isSafeInteger(measuredAt)).toBe(true);
          }
      }),
      { numRuns: 1_000 },
    );
  });
});
