import type { Literal, LiteralExpression } from './ast.ts';
import { parseWkt } from './geometry/wkt.ts';
import type { Token } from './lexer.ts';
import { parseDate, parseDuration, parseInstant, parseTime, parseTimeOfDay } from './times.ts';
import type { TokenStream } from './token-stream.ts';

const INSTANT = 'an instant of the calendar such as 2026-03-01T08:00:00Z';

const constants: Readonly<Record<string, Literal>> = {
  null: { type: 'null' },
  true: { type: 'boolean', value: true },
  false: { type: 'boolean', value: false },
};

const isSymbol = (token: Token, symbols: string): boolean => token.kind === 'symbol' && symbols.includes(token.text);

const numberLiteral = (text: string): Literal | undefined => {
  const value = Number(text);
  return Number.isFinite(value) ? { type: 'number', value: value + 0, text } : undefined;
};

const temporal = (token: Token): Literal | undefined => {
  const value =
    token.kind === 'instant'
      ? parseInstant(token.text)
      : token.kind === 'date'
        ? parseDate(token.text)
        : parseTimeOfDay(token.text);
  if (value === undefined) return undefined;
  return token.kind === 'instant'
    ? { type: 'instant', value }
    : token.kind === 'date'
      ? { type: 'date', value }
      : { type: 'timeOfDay', value };
};

const prefixedLiteral = (stream: TokenStream, token: Token): Literal => {
  const prefix = token.prefix?.toLowerCase();
  if (prefix === 'duration') {
    const value = parseDuration(token.text);
    if (value !== undefined) return { type: 'duration', value };
    throw stream.fault('syntax', token, 'not a duration', "days to seconds, such as duration'PT10M'");
  }
  if (prefix === 'geography' || prefix === 'geometry') {
    const result = parseWkt(token.text);
    if (result.ok) return { type: 'geometry', value: result.geometry };
    const at = { ...token, start: token.start + (token.prefix?.length ?? 0) + 1 + result.position };
    throw stream.fault('syntax', at, 'not a geometry', result.expected);
  }
  throw stream.fault(
    'syntax',
    token,
    `“${token.prefix?.slice(0, 40)}” is no kind of literal`,
    "geography'…' or duration'…'",
  );
};

const literalOf = (stream: TokenStream, token: Token): Literal | undefined => {
  switch (token.kind) {
    case 'string':
      return { type: 'string', value: token.text };
    case 'number': {
      const literal = numberLiteral(token.text.replace(' ', '+'));
      if (literal === undefined) throw stream.fault('syntax', token, 'this number is too large');
      return literal;
    }
    case 'instant':
    case 'date':
    case 'timeOfDay': {
      const literal = temporal(token);
      if (literal === undefined) throw stream.fault('syntax', token, 'no such time', INSTANT);
      return literal;
    }
    case 'interval': {
      const span = parseTime(token.text);
      if (span === undefined) {
        throw stream.fault('syntax', token, 'no such interval', `${INSTANT}, a slash and a later one`);
      }
      return { type: 'interval', ...span };
    }
    case 'prefixed':
      return prefixedLiteral(stream, token);
    case 'word':
      return isSymbol(stream.peek(1), '(/') ? undefined : constants[token.text];
    default:
      return undefined;
  }
};

/** The literal that comes next, taken from the stream; `undefined`, and nothing taken, when something else comes. */
export const parseLiteral = (stream: TokenStream): LiteralExpression | undefined => {
  const token = stream.peek();
  if (isSymbol(token, '-')) {
    const digits = stream.peek(1);
    if (digits.kind !== 'number' || digits.start !== token.end) return undefined;
    stream.next();
    stream.next();
    const literal = numberLiteral(`-${digits.text.replace(' ', '+')}`);
    if (literal === undefined) throw stream.fault('syntax', token, 'this number is too large');
    return { kind: 'literal', literal, span: { start: token.start, end: digits.end } };
  }
  const literal = literalOf(stream, token);
  if (literal === undefined) return undefined;
  stream.next();
  return { kind: 'literal', literal, span: { start: token.start, end: token.end } };
};
