import { checkCall, isFunction } from './functions.ts';
import {
  type BinaryOperator,
  type CastType,
  type Expression,
  RuleSyntaxError,
  type SelectItem,
  type Statement,
} from './syntax.ts';
import { type Keyword, type Token, tokenize } from './tokens.ts';
import { topicFilterFault } from './topic-filter.ts';

/** Deeper than any rule a person writes, and no stack runs over. */
const MAX_DEPTH = 50;

/** Binary operators from the loosest to the tightest. AWS documents no precedence of its own; this is ANSI SQL's. */
const precedence: readonly (readonly BinaryOperator[])[] = [
  ['OR'],
  ['AND'],
  ['=', '<>', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const NOT_LEVEL = 2;

const castTypes: ReadonlyMap<string, CastType> = new Map([
  ...['string', 'nvarchar', 'text', 'ntext', 'varchar'].map((name) => [name, 'string'] as const),
  ...['int', 'integer'].map((name) => [name, 'int'] as const),
  ...['decimal', 'double'].map((name) => [name, 'decimal'] as const),
  ...['bool', 'boolean'].map((name) => [name, 'boolean'] as const),
]);

/**
 * Parses one rule statement of AWS IoT SQL 2016-03-23.
 * @throws RuleSyntaxError with the position of what is wrong or not supported.
 */
export const parseStatement = (sql: string): Statement => {
  const cursor = cursorOver(sql);
  const { accept, expect, fail, peek } = cursor;
  expect('SELECT');
  if (peek().text === 'VALUE') fail('SELECT VALUE is not supported');
  const items = [parseItem(cursor)];
  while (accept(',')) {
    const start = peek();
    const item = parseItem(cursor);
    if (items.some((other) => nameOf(other) === nameOf(item))) fail(`${nameOf(item)} is selected twice`, start);
    items.push(item);
  }
  const from = accept('FROM') ? parseTopicFilter(cursor) : undefined;
  const where = accept('WHERE') ? parseExpression(cursor) : undefined;
  if (peek().kind !== 'end') fail('The statement should end here');
  return { items, ...(from !== undefined && { from }), ...(where !== undefined && { where }) };
};

type Cursor = {
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** Takes the symbol or keyword if it comes next. */
  readonly accept: (text: string) => boolean;
  readonly expect: (text: string) => void;
  readonly fail: (reason: string, at?: Token) => never;
  /** Runs one level deeper. */
  readonly nested: <T>(parse: () => T) => T;
};

const cursorOver = (sql: string): Cursor => {
  const tokens = tokenize(sql);
  let at = 0;
  let depth = 0;
  const peek = (ahead = 0): Token => {
    const token = tokens[Math.min(at + ahead, tokens.length - 1)];
    if (token === undefined) throw new RuleSyntaxError('There is no statement', sql, 0);
    return token;
  };
  const fail = (reason: string, token = peek()): never => {
    throw new RuleSyntaxError(reason, sql, token.position);
  };
  const next = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const accept = (text: string): boolean => {
    const { kind, text: found } = peek();
    if ((kind !== 'symbol' && kind !== 'keyword') || found !== text) return false;
    at += 1;
    return true;
  };
  return {
    peek,
    next,
    accept,
    fail,
    expect: (text) => {
      if (!accept(text)) fail(`${text} should stand here`);
    },
    nested: (parse) => {
      depth += 1;
      if (depth > MAX_DEPTH) fail('The expression is nested too deeply');
      const parsed = parse();
      depth -= 1;
      return parsed;
    },
  };
};

const parseItem = (cursor: Cursor): SelectItem => {
  const { accept, peek, fail } = cursor;
  if (accept('*')) return { kind: 'all' };
  const start = peek();
  const expression = parseExpression(cursor);
  if (accept('AS')) return { kind: 'value', expression, alias: parseIdentifier(cursor, 'A name') };
  if (expression.kind === 'name') return { kind: 'value', expression, alias: expression.name };
  // AWS picks a name of its own; nobody should depend on which.
  return fail('This needs a name: write AS and a name after it', start);
};

const nameOf = (item: SelectItem): string => (item.kind === 'all' ? '*' : item.alias);

const parseIdentifier = ({ next, fail }: Cursor, what: string): string => {
  const token = next();
  return token.kind === 'identifier' ? token.text : fail(`${what} should stand here`, token);
};

const parseTopicFilter = ({ next, fail }: Cursor): string => {
  const token = next();
  if (token.kind !== 'string') return fail('A topic filter in single quotes should stand here', token);
  const fault = topicFilterFault(token.text);
  return fault === undefined ? token.text : fail(fault, token);
};

const parseExpression = (cursor: Cursor): Expression => cursor.nested(() => parseBinary(cursor, 0));

const parseBinary = (cursor: Cursor, level: number): Expression => {
  const operators = precedence[level];
  if (operators === undefined) return parseUnary(cursor);
  if (level === NOT_LEVEL && cursor.accept('NOT')) {
    return { kind: 'not', operand: cursor.nested(() => parseBinary(cursor, level)) };
  }
  let left = parseBinary(cursor, level + 1);
  for (;;) {
    const operator = operators.find(cursor.accept);
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: parseBinary(cursor, level + 1) };
  }
};

const parseUnary = (cursor: Cursor): Expression =>
  cursor.accept('-')
    ? { kind: 'negate', operand: cursor.nested(() => parseUnary(cursor)) }
    : parseMembers(cursor, parsePrimary(cursor));

const parseMembers = (cursor: Cursor, object: Expression): Expression => {
  let expression = object;
  while (cursor.accept('.')) {
    expression = { kind: 'member', object: expression, name: parseIdentifier(cursor, "A property's name") };
  }
  if (cursor.peek().text === '[') cursor.fail('[ ] is not supported, read an element with get(array, index)');
  return expression;
};

const parsePrimary = (cursor: Cursor): Expression => {
  const { next, peek, fail } = cursor;
  const token = next();
  if (token.kind === 'string') return { kind: 'literal', value: token.text };
  if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) };
  if (token.kind === 'identifier') {
    return peek().text === '(' ? parseCall(cursor, token) : { kind: 'name', name: token.text };
  }
  if (token.kind === 'keyword') return parseKeyword(cursor, token, token.text);
  if (token.text === '(') return parseParenthesized(cursor);
  if (token.text === '[') return { kind: 'array', items: parseList(cursor, ']', () => parseExpression(cursor)) };
  if (token.text === '{') return { kind: 'object', entries: parseList(cursor, '}', () => parseEntry(cursor)) };
  if (token.text === '*') return fail("* can only stand alone in SELECT, or in encode(*, 'base64')", token);
  return fail('An expression should stand here', token);
};

const parseKeyword = (cursor: Cursor, token: Token, keyword: Keyword): Expression => {
  if (keyword === 'NULL') return { kind: 'literal', value: null };
  if (keyword === 'TRUE') return { kind: 'literal', value: true };
  if (keyword === 'FALSE') return { kind: 'literal', value: false };
  if (keyword === 'CASE') return parseCase(cursor);
  return cursor.fail(`An expression cannot start with ${keyword}`, token);
};

const parseParenthesized = (cursor: Cursor): Expression => {
  if (cursor.peek().text === 'SELECT') cursor.fail('A nested query is not supported');
  const expression = parseExpression(cursor);
  cursor.expect(')');
  return expression;
};

const parseList = <T>({ accept, expect }: Cursor, close: string, parseElement: () => T): readonly T[] => {
  if (accept(close)) return [];
  const elements = [parseElement()];
  while (accept(',')) elements.push(parseElement());
  expect(close);
  return elements;
};

const parseEntry = (cursor: Cursor): readonly [string, Expression] => {
  const key = cursor.next();
  if (key.kind !== 'string') return cursor.fail('A key in single quotes should stand here', key);
  cursor.expect(':');
  return [key.text, parseExpression(cursor)];
};

const parseCase = (cursor: Cursor): Expression => {
  const subject = parseExpression(cursor);
  const branches: { when: Expression; result: Expression }[] = [];
  while (cursor.accept('WHEN')) {
    const when = parseExpression(cursor);
    cursor.expect('THEN');
    branches.push({ when, result: parseExpression(cursor) });
  }
  if (branches.length === 0) cursor.fail('WHEN should stand here');
  const otherwise = cursor.accept('ELSE') ? parseExpression(cursor) : undefined;
  cursor.expect('END');
  return { kind: 'case', subject, branches, ...(otherwise !== undefined && { otherwise }) };
};

const parseCall = (cursor: Cursor, nameToken: Token): Expression => {
  const name = nameToken.text.toLowerCase();
  cursor.expect('(');
  if (name === 'cast') return parseCast(cursor);
  if (!isFunction(name)) cursor.fail(`The function ${nameToken.text} is not supported`, nameToken);
  const parsed = parseList(cursor, ')', () => parseArgument(cursor, name));
  const fault = checkCall(name, parsed);
  if (fault !== undefined) cursor.fail(fault, nameToken);
  return { kind: 'call', name, arguments: parsed };
};

const parseArgument = (cursor: Cursor, name: string): Expression =>
  name === 'encode' && cursor.accept('*') ? { kind: 'payload' } : parseExpression(cursor);

const parseCast = (cursor: Cursor): Expression => {
  const operand = parseExpression(cursor);
  cursor.expect('AS');
  const token = cursor.next();
  const type = castTypes.get(token.text.toLowerCase());
  if (type === undefined) return cursor.fail('A type (String, Int, Decimal, Boolean) should stand here', token);
  cursor.expect(')');
  return { kind: 'cast', operand, type };
};
