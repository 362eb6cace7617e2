import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseKeyPath, showPlace } from '../../../../shared/telemetry/scripted-codecs/key-path.ts';
import { answerMapper } from '../../../../shared/telemetry/scripted-codecs/map-answer.ts';
import { codecMappingSchema } from '../../../../shared/telemetry/scripted-codecs/mapping.ts';
import { NOT_A_NUMBER_MARK } from '../../../../shared/telemetry/scripted-codecs/sandbox.ts';

type Values = Readonly<Record<string, object>>;

const map = (values: Values, data: unknown, rest: object = {}) =>
  answerMapper(codecMappingSchema.parse({ values, ...rest }))(data);

const reasonOf = (values: Values, data: unknown, rest: object = {}): string => {
  const result = map(values, data, rest);
  return result.ok ? 'accepted' : result.reason;
};

const distance = { quantity: 'fillDistance', unit: 'cm', sentinels: [{ equals: 999, reason: 'no-echo' }] };

describe('mapping a decoded object', () => {
  it.each<[string, Values, unknown, readonly object[]]>([
    ['a unit', { d: distance }, { d: 12.5 }, [{ quantity: 'fillDistance', value: 125 }]],
    [
      'scale, then offset, then unit',
      { t: { quantity: 'airTemperature', unit: 'F', scale: 0.1, offset: 2 } },
      { t: 300 },
      [{ quantity: 'airTemperature', value: 0 }],
    ],
    [
      'no noise of binary fractions',
      { t: { quantity: 'airTemperature', scale: 0.1 } },
      { t: 3 },
      [{ quantity: 'airTemperature', value: 0.3 }],
    ],
    ['nested keys', { 'air.pm25': { quantity: 'pm25' } }, { air: { pm25: 7 } }, [{ quantity: 'pm25', value: 7 }]],
    [
      'a key with a dot',
      { '["Temp.(C)"]': { quantity: 'airTemperature' } },
      { 'Temp.(C)': 7 },
      [{ quantity: 'airTemperature', value: 7 }],
    ],
    ['an element', { 'p[1].v': { quantity: 'pm25' } }, { p: [{}, { v: 7 }] }, [{ quantity: 'pm25', value: 7 }]],
    [
      'a number as text',
      { b: { quantity: 'batteryVoltage', text: true } },
      { b: ' 3.610' },
      [{ quantity: 'batteryVoltage', value: 3.61 }],
    ],
    [
      'a text with its unit',
      { d: { quantity: 'fillDistance', text: true, suffix: 'mm' } },
      { d: '1820 mm' },
      [{ quantity: 'fillDistance', value: 1820 }],
    ],
    [
      'words',
      { p: { quantity: 'tilt', words: { normal: 0, tilt: 1 } } },
      { p: 'tilt' },
      [{ quantity: 'tilt', value: 1 }],
    ],
    ['true as 1, without a unit', { f: { quantity: 'fireAlarm' } }, { f: true }, [{ quantity: 'fireAlarm', value: 1 }]],
    ['a sentinel', { d: distance }, { d: 999 }, [{ quantity: 'fillDistance', value: null, missing: 'no-echo' }]],
    [
      'a sentinel given as text',
      { d: { ...distance, text: true } },
      { d: '999' },
      [{ quantity: 'fillDistance', value: null, missing: 'no-echo' }],
    ],
    [
      'a span of sentinels',
      { d: { quantity: 'fillDistance', sentinels: [{ atMost: 20, reason: 'too-close' }] } },
      { d: 0 },
      [{ quantity: 'fillDistance', value: null, missing: 'too-close' }],
    ],
    ['null', { d: distance }, { d: null }, [{ quantity: 'fillDistance', value: null, missing: 'not-measured' }]],
    ['nothing', { d: distance }, {}, []],
  ])('reads %s', (_, values, data, measurements) => {
    expect(map(values, data)).toEqual({ ok: true, value: measurements });
  });

  it.each<['iso' | 'seconds' | 'milliseconds', unknown]>([
    ['iso', '2026-11-22T01:00:00Z'],
    ['seconds', 1_795_309_200],
    ['milliseconds', 1_795_309_200_000],
  ])('gives the elements of a list their own instants (%s)', (format, time) => {
    const values = { 'log[*].d': { quantity: 'fillDistance', measuredAt: { path: 'log[*].t', format } }, d: distance };
    const data = { log: [{ d: 100, t: time }], d: 1 };
    expect(map(values, data)).toEqual({
      ok: true,
      value: [
        { quantity: 'fillDistance', value: 100, measuredAt: Date.parse('2026-11-22T01:00:00Z') },
        { quantity: 'fillDistance', value: 10 },
      ],
    });
  });

  it.each<[string, Values, unknown, object, string]>([
    [
      'a key that nobody knows',
      { d: distance },
      { d: 1, gps: { lat: 1 } },
      {},
      'key gps.lat: neither mapped nor ignored',
    ],
    ['an element that nobody knows', { 'd[0]': distance }, { d: [1, 2] }, {}, 'key d[1]: neither mapped nor ignored'],
    ['a text', { d: distance }, { d: '12' }, {}, 'key d: the text "12" where a number is due'],
    [
      'a text that is no number',
      { d: { ...distance, text: true } },
      { d: '12 apples' },
      {},
      'key d: "12 apples" is no number',
    ],
    ['an empty text', { d: { ...distance, text: true } }, { d: '' }, {}, 'key d: "" is no number'],
    ['hexadecimal digits', { d: { ...distance, text: true } }, { d: '0x10' }, {}, 'key d: "0x10" is no number'],
    ['NaN', { d: distance }, { d: `${NOT_A_NUMBER_MARK}NaN` }, {}, 'key d: NaN is no number'],
    ['an infinity', { d: distance }, { d: Number.POSITIVE_INFINITY }, {}, 'key d: Infinity is beyond any instrument'],
    ['an absurd number', { d: distance }, { d: -1e300 }, {}, 'key d: -1e+300 is beyond any instrument'],
    ['an object', { d: distance }, { d: {} }, {}, 'key d: an object where a number is due'],
    ['a list', { d: distance }, { d: [1] }, {}, 'key d: a list where a number is due'],
    ['true with a unit', { d: distance }, { d: true }, {}, 'key d: true where a number is due'],
    [
      'two values of one time',
      { 'd[*]': distance },
      { d: [1, 2] },
      {},
      'key d[1]: fillDistance at one time as well as d[0]',
    ],
    [
      'a required key that is missing',
      { d: { ...distance, required: true } },
      {},
      {},
      'key d: missing, and the mapping requires it',
    ],
    [
      'a time that is none',
      { 'l[*].d': { quantity: 'pm25', measuredAt: { path: 'l[*].t' } } },
      { l: [{ d: 1, t: 'noon' }] },
      {},
      'key l[0].d: its time "noon" is no instant (iso)',
    ],
    ['no object', { d: distance }, [1], {}, 'the script gives no object of values'],
    [
      'an own __proto__',
      { d: distance },
      JSON.parse('{"__proto__":{"d":1}}'),
      {},
      'key __proto__.d: neither mapped nor ignored',
    ],
  ])('refuses %s and names it', (_, values, data, rest, reason) => {
    expect(reasonOf(values, data, rest)).toBe(reason);
  });

  it('passes over what is ignored, with everything below, and all others where the mapping says so', () => {
    const data = { d: 1, gps: { lat: 1, deep: [1] }, x: 'y' };
    expect(reasonOf({ d: distance }, data, { ignore: ['gps', 'x'] })).toBe('accepted');
    expect(reasonOf({ d: distance }, data, { others: 'ignore' })).toBe('accepted');
    expect(reasonOf({ d: distance }, data, { ignore: ['gps.lat', 'x'] })).toContain('gps.deep[0]');
  });

  it('makes of whatever object only finite numbers and reasons, or refuses', () => {
    const mapper = answerMapper(
      codecMappingSchema.parse({
        values: {
          a: distance,
          'b[*]': { quantity: 'pm25', text: true },
          'c.a': { quantity: 'tilt', words: { on: 1 } },
        },
        others: 'ignore',
      }),
    );
    const keys = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor', '0');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.constant(null), fc.integer().map(String)),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(keys, tree, { noNullPrototype: true }), (data) => {
        const result = mapper(data);
        if (!result.ok) expect(result.reason).toMatch(/^key /);
        for (const { value, missing } of result.ok ? result.value : []) {
          expect(value === null ? missing !== undefined : Number.isFinite(value) && Math.abs(value) < 1e9).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('loses no number: each leaf of an answer is measured, ignored or named in the refusal', () => {
    const names = ['a', 'b', 'c', 'd', 'e'] as const;
    const targets = ['pm25', 'pm10', 'no2', 'so2', 'o3'] as const;
    const role = fc.constantFrom<'mapped' | 'ignored' | 'unknown'>('mapped', 'ignored', 'unknown');
    fc.assert(
      fc.property(
        fc.tuple(role, role, role, role, role),
        fc.array(fc.nat(500), { minLength: 5, maxLength: 5 }),
        (roles, numbers) => {
          const values: Record<string, object> = { unused: { quantity: 'battery' } };
          for (const [index, name] of names.entries())
            if (roles[index] === 'mapped') values[`x.${name}`] = { quantity: targets[index] };
          const ignore = names.filter((_, index) => roles[index] === 'ignored').map((name) => `x.${name}`);
          const data = { x: Object.fromEntries(names.map((name, index) => [name, numbers[index]])) };
          const result = map(values, data, { ignore });
          const unknown = names.find((_, index) => roles[index] === 'unknown');
          const expected = targets.flatMap((quantity, index) =>
            roles[index] === 'mapped' ? [{ quantity, value: numbers[index] }] : [],
          );
          if (unknown === undefined) expect(result).toEqual({ ok: true, value: expected });
          else expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(`key x.${unknown}:`) });
        },
      ),
    );
  });
});

describe('a mapping', () => {
  it.each<[string, unknown, string]>([
    ['an unknown quantity', { values: { d: { quantity: 'fullness' } } }, 'values.d.quantity'],
    ['a unit of something else', { values: { d: { quantity: 'fillDistance', unit: '°C' } } }, 'values.d.unit'],
    ['an unknown word', { values: { d: { quantity: 'pm25', factor: 2 } } }, 'values.d'],
    [
      'a sentinel without a test',
      { values: { d: { quantity: 'pm25', sentinels: [{ reason: 'no-echo' }] } } },
      'values.d.sentinels.0',
    ],
    ['a path that is none', { values: { 'a..b': { quantity: 'pm25' } } }, 'values.a..b'],
    ['nothing mapped', { values: {} }, 'values'],
    ['a key both mapped and ignored', { values: { d: { quantity: 'pm25' } }, ignore: ['d'] }, 'ignore'],
    ['a port of the network', { values: { d: { quantity: 'pm25' } }, ports: [0] }, 'ports.0'],
  ])('with %s is refused where it is', (_, mapping, path) => {
    const parsed = codecMappingSchema.safeParse(mapping);
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
  });
});

describe('a path', () => {
  it('is written as it is read', () => {
    const step = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8 }).filter((key) => !key.includes('"') && !/[\\\p{C}]/u.test(key)),
      fc.nat(9_999),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (place) => {
        const expected = place.map((key) => (typeof key === 'number' ? { index: key } : { key }));
        expect(parseKeyPath(showPlace(place))).toEqual(expected);
      }),
    );
  });
});
