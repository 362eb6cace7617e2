import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuleSyntaxError } from '../../../../local/rules/syntax.ts';
import { message, rule } from './rule-support.ts';

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
