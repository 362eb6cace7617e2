import { describe, expect, it } from 'vitest';
import { output, rule, value } from './rule-support.ts';

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
