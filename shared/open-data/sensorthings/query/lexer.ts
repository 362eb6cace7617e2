import { QueryError } from './query-error.ts';

/**
 * - `word`: property, relation, function or operator, `@iot.id` too; `option`: `$top`, inside an `$expand`;
 * - `number` to `timeOfDay`: literals as written; `string`: its content, doubled quotes made single;
 * - `prefixed`: `geography'…'`, `duration'…'`; the word is in `prefix`, the content starts at `contentStart`.
 */
export type TokenKind =
  | 'word'
  | 'option'
  | 'number'
  | 'string'
  | 'prefixed'
  | 'instant'
  | 'interval'
  | 'date'
  | 'timeOfDay'
  | 'symbol'
  | 'end';

export type Token = {
  readonly kind: TokenKind;
  readonly text: string;
  readonly prefix?: string;
  readonly start: number;
  readonly end: number;
};

const INSTANT = String.raw`\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:[Zz]|[+ -]\d\d:?\d\d)?`;

type Pattern = readonly [kind: TokenKind, pattern: RegExp];

/** The first that matches at a position wins, so the longer literals stand first. */
const digitPatterns: readonly Pattern[] = [
  ['interval', new RegExp(`${INSTANT}/(?:${INSTANT}|P[0-9DTHMS.]+)`, 'iy')],
  ['instant', new RegExp(INSTANT, 'y')],
  ['date', /\d{4}-\d\d-\d\d(?![\p{L}\p{N}_-])/uy],
  ['timeOfDay', /\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?![\p{L}\p{N}_:])/uy],
  // The space is a plus that a client forgot to encode: 1e+5.
  ['number', /\d+(?:\.\d+)?(?:e[+ -]?\d+)?(?![\p{L}\p{N}_])/iuy],
];
const otherPatterns: readonly Pattern[] = [
  ['symbol', /[(),;=/*-]/y],
  ['word', /[\p{L}_@][\p{L}\p{M}\p{N}_.@:-]*/uy],
  ['option', /\$[A-Za-z]+/y],
];

const patternsAt = (text: string, at: number): readonly Pattern[] => {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39 ? digitPatterns : otherPatterns;
};

const endOfString = (text: string, opening: number, option: string): number => {
  for (let at = opening + 1; at < text.length; at += 1) {
    if (text[at] !== "'") continue;
    if (text[at + 1] !== "'") return at + 1;
    at += 1;
  }
  throw new QueryError('syntax', option, opening, 'this text has no end', 'a closing quote');
};

const contentOf = (text: string, opening: number, end: number): string =>
  text.slice(opening + 1, end - 1).replaceAll("''", "'");

const tokenAt = (text: string, start: number, option: string): Token => {
  if (text[start] === "'") {
    const end = endOfString(text, start, option);
    return { kind: 'string', text: contentOf(text, start, end), start, end };
  }
  for (const [kind, pattern] of patternsAt(text, start)) {
    pattern.lastIndex = start;
    const match = pattern.exec(text)?.[0];
    if (match === undefined) continue;
    const opening = start + match.length;
    if (kind === 'word' && text[opening] === "'") {
      const end = endOfString(text, opening, option);
      return { kind: 'prefixed', text: contentOf(text, opening, end), prefix: match, start, end };
    }
    return { kind, text: match, start, end: opening };
  }
  throw new QueryError(
    'syntax',
    option,
    start,
    `“${String.fromCodePoint(text.codePointAt(start) ?? 0)}” has no meaning here`,
    'a name, a number, a text in single quotes, a time or a bracket',
  );
};

const isSpace = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** Reads one token after another, `end` again and again behind the last. */
export type Lexer = () => Token;

/** The reader throws a QueryError at the first character that begins no token, when it gets there and not before. */
export const openLexer = (text: string, option: string): Lexer => {
  let at = 0;
  return () => {
    while (isSpace(text[at])) at += 1;
    if (at >= text.length) return { kind: 'end', text: '', start: text.length, end: text.length };
    const token = tokenAt(text, at, option);
    at = token.end;
    return token;
  };
};
