import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deviceUplinkRule,
  lorawanNetworks,
  lorawanUplinkRule,
  networkUplinkRule,
} from '../../../../events/topic-rules.ts';
import { uplinkMessageSchema } from '../../../../events/uplink-message.ts';
import { compileRule, type RuleMessage } from '../../../../local/rules/compile-rule.ts';
import { RuleSyntaxError } from '../../../../local/rules/syntax.ts';

const message = (payload: unknown, over: Partial<RuleMessage> = {}): RuleMessage => ({
  topic: 'a/b',
  payload: Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload)),
  clientId: 'BIN-1',
  principal: 'ba67293a',
  receivedAt: 1_767_225_600_000,
  ...over,
});
const rule = (sql: string) => compileRule({ name: 'a_rule', description: '', sql });
const output = (sql: string, payload: unknown = {}, over: Partial<RuleMessage> = {}): unknown => {
  const outcome = rule(sql).evaluate(message(payload, over));
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.output;
};
/** The value of one expression; `'undefined'` for Undefined, which JSON cannot say. */
const value = (expression: string, payload: unknown = {}): unknown => {
  const selected = output(`SELECT ${expression} AS x FROM 'a/b'`, payload);
  return selected !== null && typeof selected === 'object' && 'x' in selected ? selected.x : 'undefined';
};

describe("the city's own rules", () => {
  const payloads = {
    JSON: Buffer.from('{"measuredAt":1,"values":{"pm25":12.5}}'),
    'an array': Buffer.from('[1,2]'),
    'not JSON': Buffer.from([0xff, 0x00, 0x7b, 0x22]),
    empty: Buffer.alloc(0),
  };

  it.each(Object.entries(payloads))('carry a payload that is %s, byte by byte', (_what, payload) => {
    const compiled = compileRule(deviceUplinkRule);
    const topic = 'phosach/uplink/BIN-1';
    expect(compiled.matches(topic)).toBe(true);
    const outcome = compiled.evaluate(message(payload, { topic }));
    expect(outcome).toEqual({
      ok: true,
      output: {
        envelope: 'city-json',
        payloadBase64: payload.toString('base64'),
        topic,
        sensorId: 'BIN-1',
        clientId: 'BIN-1',
        receivedAt: 1_767_225_600_000,
      },
    });
    expect(outcome.ok && uplinkMessageSchema.safeParse(outcome.output).success).toBe(true);
  });

  it.each(Object.entries(payloads))(
    'hand over a LoRaWAN envelope that is %s, by topic or by name',
    (_what, payload) => {
      const compiled = compileRule(lorawanUplinkRule);
      for (const topic of ['phosach/network/aws-lorawan', '$aws/rules/phosach_lorawan_uplink/x/y']) {
        expect(compiled.matches(topic)).toBe(true);
        const outcome = compiled.evaluate({ topic, payload, receivedAt: 1_767_225_600_000 });
        expect(outcome.ok && outcome.output).toMatchObject({
          envelope: 'aws-lorawan',
          payloadBase64: payload.toString('base64'),
          clientId: 'n/a',
        });
        expect(outcome.ok && uplinkMessageSchema.safeParse(outcome.output).success).toBe(true);
      }
    },
  );

  it.each(Object.entries(payloads))(
    'hand over a network’s envelope that is %s, named by its topic',
    (_what, payload) => {
      const compiled = compileRule(networkUplinkRule);
      for (const network of lorawanNetworks) {
        const topic = `phosach/network/${network}/24e124713d000042`;
        expect(compiled.matches(topic)).toBe(true);
        const outcome = compiled.evaluate({
          topic,
          payload,
          clientId: 'network-server',
          receivedAt: 1_767_225_600_000,
        });
        expect(outcome).toEqual({
          ok: true,
          output: {
            envelope: network,
            payloadBase64: payload.toString('base64'),
            topic,
            devEui: '24e124713d000042',
            clientId: 'network-server',
            receivedAt: 1_767_225_600_000,
          },
        });
        expect(outcome.ok && uplinkMessageSchema.safeParse(outcome.output).success).toBe(true);
      }
      for (const topic of ['phosach/network/aws-lorawan', 'phosach/network/tts/a/b', 'phosach/uplink/tts/a']) {
        expect(compiled.matches(topic)).toBe(false);
      }
    },
  );

  it('listen to their own topics only', () => {
    const device = compileRule(deviceUplinkRule);
    for (const topic of [
      'phosach/uplink',
      'phosach/uplink/a/b',
      'phosach/downlink/a',
      '$aws/rules/phosach_lorawan_uplink/a',
    ]) {
      expect(device.matches(topic)).toBe(false);
    }
  });
});

// Every expectation below is an example or a table row of the AWS IoT SQL reference.
describe('SELECT', () => {
  it.each([
    ["SELECT * FROM 'a/b'", { color: 'red', temperature: 50 }, { color: 'red', temperature: 50 }],
    ["SELECT color FROM 'a/b'", { color: 'red', temperature: 50 }, { color: 'red' }],
    ["SELECT color AS my_color FROM 'a/b'", { color: 'red' }, { my_color: 'red' }],
    ["SELECT *, 15 as speed FROM 'a/b'", { color: 'red' }, { color: 'red', speed: 15 }],
    ["SELECT color.red as red_value FROM 'a/b'", { color: { red: 255 } }, { red_value: 255 }],
    [
      "SELECT (temperature - 32) * 5 / 9 AS celsius, upper(color) as my_color FROM 'a/b'",
      { color: 'red', temperature: 50 },
      { celsius: 10, my_color: 'RED' },
    ],
    [
      "SELECT CASE color WHEN 'green' THEN 'go' WHEN 'yellow' THEN 'caution' ELSE 'none' END as instructions FROM 'a/b'",
      { color: 'yellow' },
      { instructions: 'caution' },
    ],
    [
      "SELECT {'latitude': get(lat_long, 0),'longitude':get(lat_long, 1)} as lat_long FROM 'a/b'",
      { lat_long: [47.606, -122.332] },
      { lat_long: { latitude: 47.606, longitude: -122.332 } },
    ],
    ["SELECT [lat,long] as lat_long FROM 'a/b'", { lat: 47.696, long: -122.332 }, { lat_long: [47.696, -122.332] }],
    ["SELECT NULL AS n, missing FROM 'a/b'", {}, { n: null }],
    [
      "SELECT decode(encoded_temp,'base64').temperature AS temp from 'a/b'",
      { encoded_temp: 'eyAidGVtcGVyYXR1cmUiOiAzMyB9Cg==' },
      { temp: 33 },
    ],
  ])('%s', (sql, payload, expected) => {
    expect(output(sql, payload)).toEqual(expected);
  });

  it('has nothing to add to a payload that is no object', () => {
    expect(rule("SELECT *, 1 AS n FROM 'a/b'").evaluate(message(Buffer.from('x')))).toEqual({
      ok: false,
      reason: 'SELECT * needs a payload that is a JSON object',
    });
  });

  it('takes __proto__ for a key like any other', () => {
    const payload = Buffer.from('{"__proto__":{"polluted":1}}');
    expect(JSON.stringify(output("SELECT * FROM 'a/b'", payload))).toBe('{"__proto__":{"polluted":1}}');
    expect(value('constructor')).toBe('undefined');
  });
});

describe('functions and operators', () => {
  it.each([
    ["concat('con', 'cat')", 'concat'],
    ["concat(1, 'hello')", '1hello'],
    ["concat([1, 2, 3], 'hello', [4])", [1, 2, 3, 'hello', 4]],
    ["endswith('cat','at')", true],
    ["startswith('ranger','ran')", true],
    ["startswith(NULL,'ran')", 'undefined'],
    ["indexof('abcd', 'bc')", 1],
    ["lower('HELLO')", 'hello'],
    ['length(false)', 5],
    ["substring('012345', 2)", '2345'],
    ["substring('012345', 2.745)", '2345'],
    ['substring(123, 2)', '3'],
    ["substring('012345', -1)", '012345'],
    ['substring(true, 1.2)', 'rue'],
    ['substring(false, -2.411E247)', 'false'],
    ["substring('012345', -50, 50)", '012345'],
    ["substring('012345', 3, 1)", ''],
    ['abs(-5)', 5],
    ["abs('-5.123')", 5.123],
    ['abs(true)', 'undefined'],
    ['round(-1.5)', -2],
    ['round(1.5)', 2],
    ['floor(-1.2)', -2],
    ['ceil(-1.2)', -1],
    ['mod(8, 3)', 2],
    ['nanvl(8, 3)', 8],
    ['nanvl(NULL, 3)', 3],
    ["get(['a', 'b', 'c'], 1)", 'b'],
    ["get({'a':'b'}, 'a')", 'b'],
    ["get(['a'], 1)", 'undefined'],
    ['isNull(Null)', true],
    ['isUndefined(floor([1,2,3]))', true],
    ['cast(true as Int)', 1],
    ["cast('1.9' as Int)", 1],
    ["cast('TRUE' as Boolean)", true],
    ['cast(0 as Bool)', false],
    ["cast('abc' as Decimal)", 'undefined'],
    ['cast([1] as String)', '[1]'],
    ["encode('a', 'base64')", 'YQ=='],
    ["decode('###', 'base64')", null],
    ["decode('YQ==', 'base64')", 'a'],
    ['7 / 2', 3],
    ['7.5 / 2', 3.75],
    ["'7' / 2", 3.5],
    ['1 / 0', 'undefined'],
    ["'1' + 2", '12'],
    ['1 + true', 'undefined'],
    ['2 + 3 * 4 - 6 / 2', 11],
    ['-(-3) - -2', 5],
    ["'5' > 4", true],
    ["'abc' > 1", 'undefined'],
    ["'1' = 1", false],
    ['[1, 2] = [1, 2]', true],
    ["{'a': 1, 'b': 2} = {'b': 2, 'a': 1}", true],
    ['NULL <> NULL', false],
    ['missing = missing', 'undefined'],
    ['missing <> 1', 'undefined'],
    ["'TRUE' AND true", true],
    ['false AND missing', 'undefined'],
    ['NOT missing', 'undefined'],
    ["NOT 'false'", true],
    ['NOT 1 = 2 AND true', true],
    ["CASE missing WHEN 1 THEN 'a' ELSE 'b' END", 'undefined'],
    ["CASE 3 WHEN 1 THEN 'a' END", 'undefined'],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  it('tell of the message', () => {
    expect(
      output(
        "SELECT topic() AS topic, topic(2) AS second, topic(9) AS ninth, clientid() AS c, principal() AS p, timestamp() AS t FROM 'a/b'",
      ),
    ).toEqual({ topic: 'a/b', second: 'b', c: 'BIN-1', p: 'ba67293a', t: 1_767_225_600_000 });
    expect(value('newuuid()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(value('newuuid() = newuuid()')).toBe(false);
    expect(value('traceid() = traceid()')).toBe(true);
  });

  it('do not count the prefix of Basic Ingest', () => {
    const topic = '$aws/rules/a_rule/Buildings/Building5/Floor2';
    expect(rule('SELECT topic() AS x').matches(topic)).toBe(true);
    expect(output('SELECT topic() AS x, topic(3) AS y', {}, { topic })).toEqual({
      x: 'Buildings/Building5/Floor2',
      y: 'Floor2',
    });
  });
});

describe('WHERE', () => {
  const sql = "SELECT color AS my_color FROM 'a/b' WHERE temperature > 50 AND color <> 'red'";

  it.each([
    [{ color: 'blue', temperature: 51 }, { my_color: 'blue' }],
    [{ color: 'red', temperature: 51 }, undefined],
    [{ color: 'blue', temperature: 40 }, undefined],
    [{ color: 'blue' }, undefined],
  ])('lets %j through or not', (payload, expected) => {
    expect(output(sql, payload)).toEqual(expected);
  });

  it('does not hold for anything but true', () => {
    for (const condition of ["'true'", '1', 'missing', 'NULL', 'NOT missing']) {
      expect(output(`SELECT 1 AS n FROM 'a/b' WHERE ${condition}`)).toBeUndefined();
    }
  });
});

describe('FROM', () => {
  it.each([
    ['a/b', ['a/b'], ['a', 'a/b/c', 'A/b', 'a/b/']],
    ['a/+', ['a/b', 'a/c', 'a/'], ['a/e/f', 'a', 'b/x']],
    ['a/#', ['a/b', 'a/e/f', 'a'], ['b/x', 'ab']],
    ['+/b/#', ['a/b', 'x/b/c'], ['$aws/b', 'a/c']],
    ['#', ['a', 'a/b'], ['$aws/things']],
  ])('%s', (filter, yes, no) => {
    const { matches } = rule(`SELECT * FROM '${filter}'`);
    expect(yes.filter(matches)).toEqual(yes);
    expect(no.filter(matches)).toEqual([]);
  });
});

describe('SQL that is wrong or not supported is refused at its place', () => {
  it.each([
    ['', 0, 'SELECT should stand here'],
    ["SELEKT * FROM 'a'", 0, 'SELECT should stand here'],
    ["SELECT FROM 'a'", 7, 'An expression cannot start with FROM'],
    ["SELECT VALUE a FROM 'a'", 7, 'SELECT VALUE is not supported'],
    ["SELECT 1 FROM 'a'", 7, 'This needs a name'],
    ["SELECT topic() FROM 'a'", 7, 'This needs a name'],
    ["SELECT a, b AS a FROM 'a'", 10, 'a is selected twice'],
    ['SELECT * FROM a', 14, 'A topic filter in single quotes'],
    ["SELECT * FROM 'a/b#'", 14, '# must be the last level'],
    ["SELECT * FROM 'a/#/b'", 14, '# must be the last level'],
    ["SELECT * FROM 'a+/b'", 14, '+ must be a whole level'],
    ["SELECT * FROM 'a' WHERE", 23, 'An expression should stand here'],
    ["SELECT * FROM 'a' WHERE b = 1 c", 30, 'The statement should end here'],
    ["SELECT * FROM 'a' WHERE b == 1", 27, 'An expression should stand here'],
    ["SELECT * FROM 'a' WHERE b != 1", 26, '"!" has no meaning here'],
    ["SELECT * FROM 'a", 14, 'The string does not end'],
    ["SELECT 'it''s' AS a FROM 'a'", 11, 'A quote inside a string'],
    ['SELECT "a" AS a FROM \'a\'', 7, 'Double quotes are not supported'],
    ["SELECT a[0] AS b FROM 'a'", 8, 'read an element with get(array, index)'],
    ["SELECT regexp_matches(a, 'b') AS c FROM 'a'", 7, 'The function regexp_matches is not supported'],
    ["SELECT toString() AS c FROM 'a'", 7, 'The function toString is not supported'],
    ["SELECT aws_lambda('arn', a) AS c FROM 'a'", 7, 'The function aws_lambda is not supported'],
    ["SELECT abs(1, 2) AS c FROM 'a'", 7, 'abs takes 1 arguments, not 2'],
    ["SELECT encode(*, 'hex') AS c FROM 'a'", 7, "encode knows only the scheme 'base64'"],
    ["SELECT upper(*) AS c FROM 'a'", 13, '* can only stand alone'],
    ["SELECT encode('a', *) AS c FROM 'a'", 7, 'encode knows only'],
    ["SELECT cast(a AS Date) AS c FROM 'a'", 17, 'A type (String, Int, Decimal, Boolean)'],
    ["SELECT CASE a ELSE 1 END AS c FROM 'a'", 14, 'WHEN should stand here'],
    ["SELECT (SELECT a FROM b) AS c FROM 'a'", 8, 'A nested query is not supported'],
    ["SELECT a IN [1] AS c FROM 'a'", 9, 'The statement should end here'],
    ["SELECT 1a AS c FROM 'a'", 7, 'A name cannot start with a digit'],
    ["SELECT a AS select FROM 'a'", 12, 'A name should stand here'],
    [`SELECT ${'('.repeat(60)}1${')'.repeat(60)} AS c FROM 'a'`, 57, 'nested too deeply'],
    [`SELECT ${'-'.repeat(60)}1 AS c FROM 'a'`, 57, 'nested too deeply'],
    [`SELECT 1 AS c FROM 'a' WHERE ${'NOT '.repeat(60)}true`, 229, 'nested too deeply'],
  ])('%s', (sql, position, reason) => {
    const refused = (): unknown => rule(sql);
    expect(refused).toThrow(RuleSyntaxError);
    expect(refused).toThrow(reason);
    expect(refused).toThrow(expect.objectContaining({ position }));
  });

  it('and nothing else is ever thrown, whatever the SQL or the payload', () => {
    const words = fc.constantFrom(
      'SELECT',
      'FROM',
      'WHERE',
      'AS',
      'AND',
      'NOT',
      'CASE',
      'WHEN',
      'THEN',
      'END',
      "'a/b'",
      'a',
      'b.c',
      '1',
      '2.5',
      '*',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      ',',
      '=',
      '<>',
      '+',
      '-',
      '/',
      '%',
      'get(',
      'concat(',
      'topic(',
      'NULL',
      'true',
      "'k':",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 25 }), fc.json(), (tokens, payload) => {
        const sql = `SELECT ${tokens.join(' ')}`;
        try {
          const compiled = rule(sql);
          expect(typeof compiled.evaluate(message(Buffer.from(payload))).ok).toBe('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(RuleSyntaxError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
