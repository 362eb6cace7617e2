import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCityJson } from '../../../../shared/telemetry/envelopes/city-json.ts';

const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../events/samples/${name}`, import.meta.url), 'utf8'));

const AT = Date.parse('2026-11-22T01:00:00Z');
const entry = (fields: object): object => ({ measuredAt: AT, values: { pm25: 31 }, ...fields });

describe('plain city JSON', () => {
  it('gives every value in its canonical unit, and null as missing', () => {
    const result = readCityJson(sample('city-json-air.json'));
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value).toEqual([
      { quantity: 'pm25', value: 31.4, measuredAt: AT },
      { quantity: 'pm10', value: 52, measuredAt: AT },
      { quantity: 'no2', value: expect.closeTo(12.5 * 1.88, 1), measuredAt: AT },
      { quantity: 'co', value: 610, measuredAt: AT },
      { quantity: 'o3', value: null, measuredAt: AT },
      { quantity: 'battery', value: 87, measuredAt: AT },
    ]);
  });

  it('takes an array as back-fill', () => {
    const result = readCityJson(sample('city-json-backfill.json'));
    expect(result.ok && result.value.map(({ quantity, value, measuredAt }) => [quantity, value, measuredAt])).toEqual([
      ['fillDistance', 1482, 1_795_309_200_000],
      ['fillDistance', 1455, 1_795_310_100_000],
      ['battery', 92, 1_795_310_100_000],
    ]);
  });

  it.each([
    ['2026-11-22T01:00:00Z', AT],
    ['2026-11-22T08:00:00+07:00', AT],
    ['2026-11-22T01:00:00.250Z', AT + 250],
    [AT, AT],
  ])('understands measuredAt %s', (measuredAt, instant) => {
    expect(readCityJson(entry({ measuredAt }))).toMatchObject({ ok: true, value: [{ measuredAt: instant }] });
  });

  it.each([
    ['no object', 'invalid-payload', '$: not an object', 17],
    ['an empty array', 'invalid-payload', '$: an empty array', []],
    ['local time without offset', 'invalid-payload', '$.measuredAt', entry({ measuredAt: '2026-11-22T08:00:00' })],
    ['30 February', 'invalid-payload', '$.measuredAt', entry({ measuredAt: '2026-02-30T00:00:00Z' })],
    ['no measuredAt', 'invalid-payload', '$.measuredAt', { values: { pm25: 31 } }],
    ['half a millisecond', 'invalid-payload', '$.measuredAt', entry({ measuredAt: AT + 0.5 })],
    ['epoch seconds', 'too-old', 'seconds instead of milliseconds?', entry({ measuredAt: AT / 1_000 })],
    ['the beginning of time', 'too-old', '$.measuredAt', entry({ measuredAt: Number.MIN_SAFE_INTEGER })],
    ['no values', 'invalid-payload', '$.values: not an object', entry({ values: [1] })],
    ['empty values', 'invalid-payload', '$.values: holds no value', entry({ values: {} })],
    ['an unknown quantity', 'unknown-quantity', '$.values: "radon"', entry({ values: { radon: 1 } })],
    ["an object's own method", 'unknown-quantity', '"toString"', entry({ values: { toString: 1 } })],
    ['a number in a string', 'invalid-payload', '$.values.pm25', entry({ values: { pm25: '31' } })],
    ['infinity', 'invalid-payload', '$.values.pm25', entry({ values: JSON.parse('{"pm25":1e999}') })],
    ['a boolean', 'invalid-payload', '$.values.tilt', entry({ values: { tilt: true } })],
    ['an unknown unit', 'unknown-unit', '$.units.pm25: "furlong"', entry({ units: { pm25: 'furlong' } })],
    ['a unit that is no text', 'invalid-payload', '$.units.pm25', entry({ units: { pm25: 1 } })],
    ['units in a list', 'invalid-payload', '$.units', entry({ units: [] })],
    ['volts', 'unknown-unit', '$.units.battery: "V"', entry({ battery: 3.6, units: { battery: 'V' } })],
    ['a battery in words', 'invalid-payload', '$.battery', entry({ battery: 'low' })],
    ['two batteries', 'invalid-payload', 'battery at', entry({ values: { battery: 80 }, battery: 81 })],
  ])('refuses %s', (_, code, place, payload) => {
    expect(readCityJson(payload)).toMatchObject({ ok: false, code, reason: expect.stringContaining(place) });
  });

  it('names the entry at fault and refuses the array whole', () => {
    const payload = [entry({}), entry({ measuredAt: AT + 1, values: { pm25: 31, radon: 2 } })];
    expect(readCityJson(payload)).toMatchObject({ ok: false, reason: expect.stringContaining('$[1].values') });
  });

  it('refuses two different values for one quantity and instant, but takes the same one twice', () => {
    expect(readCityJson([entry({}), entry({ values: { pm25: 32 } })])).toMatchObject({
      ok: false,
      code: 'invalid-payload',
    });
    expect(readCityJson([entry({}), entry({})])).toMatchObject({ ok: true });
  });

  it('takes 2,000 entries and no more', () => {
    const entries = (count: number): object[] => Array.from({ length: count }, (_, i) => entry({ measuredAt: AT + i }));
    expect(readCityJson(entries(2_000))).toMatchObject({ ok: true });
    expect(readCityJson(entries(2_001))).toMatchObject({ ok: false, reason: expect.stringContaining('2001 entries') });
  });

  it('answers any JSON without throwing, with a code and the place, or with finite values', () => {
    const nearly = fc.record({
      measuredAt: fc.oneof(fc.constant(AT), fc.jsonValue()),
      values: fc.dictionary(fc.constantFrom('pm25', 'tilt', 'x', '__proto__'), fc.jsonValue()),
      units: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly, fc.array(nearly)), (payload) => {
        const result = readCityJson(payload);
        if (!result.ok) expect(result.reason).toMatch(/^\$/);
        else for (const { value } of result.value) expect(value === null || Number.isFinite(value)).toBe(true);
      }),
    );
  });

  it('refuses a value that its unit makes too large for any number', () => {
    const payload = { measuredAt: 1_795_309_200_000, values: { co: 1e308 }, units: { co: 'mg/m3' } };
    expect(readCityJson(payload)).toMatchObject({ ok: false, code: 'unknown-unit' });
  });
});
