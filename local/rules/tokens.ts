import { RuleSyntaxError } from './syntax.ts';

export type Token =
  | { readonly kind: 'keyword'; readonly text: Keyword; readonly position: number }
  | { readonly kind: 'identifier'; readonly text: string; readonly position: number }
  | { readonly kind: 'string'; readonly text: string; readonly position: number }
  | { readonly kind: 'number'; readonly text: string; readonly position: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly position: number }
  | { readonly kind: 'end'; readonly text: ''; readonly position: number };

const keywords = [
  'SELECT',
  'VALUE',
  'FROM',
  'WHERE',
  'AS',
  'AND',
  'OR',
  'NOT',
  'IN',
  'CASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'NULL',
  'TRUE',
  'FALSE',
] as const;
export type Keyword = (typeof keywords)[number];

const patterns = {
  space: /\s+/y,
  word: /[A-Za-z_][A-Za-z0-9_]*/y,
  number: /\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y,
  string: /'([^']*)'/y,
  symbol: /<>|<=|>=|[-+*/%=<>(),.[\]{}:]/y,
} as const;

const match = (pattern: RegExp, sql: string, position: number): string | undefined => {
  pattern.lastIndex = position;
  return pattern.exec(sql)?.[0];
};

/** @throws RuleSyntaxError at the first character that starts no token. */
export const tokenize = (sql: string): readonly Token[] => {
  const tokens: Token[] = [];
  let position = 0;
  while (position < sql.length) {
    const space = match(patterns.space, sql, position);
    if (space !== undefined) {
      position += space.length;
      continue;
    }
    const { token, length } = nextToken(sql, position);
    tokens.push(token);
    position += length;
  }
  return [...tokens, { kind: 'end', text: '', position }];
};

const nextToken = (sql: string, position: number): { readonly token: Token; readonly length: number } => {
  const word = match(patterns.word, sql, position);
  if (word !== undefined) return { token: wordToken(word, position), length: word.length };
  const number = match(patterns.number, sql, position);
  if (number !== undefined) {
    if (match(patterns.word, sql, position + number.length) !== undefined) {
      throw new RuleSyntaxError('A name cannot start with a digit', sql, position);
    }
    return { token: { kind: 'number', text: number, position }, length: number.length };
  }
  if (sql[position] === "'") return stringToken(sql, position);
  const symbol = match(patterns.symbol, sql, position);
  if (symbol !== undefined) return { token: { kind: 'symbol', text: symbol, position }, length: symbol.length };
  throw new RuleSyntaxError(unknownCharacter(sql[position] ?? ''), sql, position);
};

const wordToken = (word: string, position: number): Token => {
  const keyword = keywords.find((candidate) => candidate === word.toUpperCase());
  return keyword === undefined
    ? { kind: 'identifier', text: word, position }
    : { kind: 'keyword', text: keyword, position };
};

const stringToken = (sql: string, position: number): { readonly token: Token; readonly length: number } => {
  const quoted = match(patterns.string, sql, position);
  if (quoted === undefined) throw new RuleSyntaxError('The string does not end', sql, position);
  // AWS documents no escape for a quote, so whether '' means one is nothing to rely on.
  if (sql[position + quoted.length] === "'") {
    throw new RuleSyntaxError('A quote inside a string is not supported', sql, position + quoted.length);
  }
  return { token: { kind: 'string', text: quoted.slice(1, -1), position }, length: quoted.length };
};

const unknownCharacter = (character: string): string =>
  character === '"'
    ? 'Double quotes are not supported, write strings in single quotes'
    : `"${character}" has no meaning here`;
