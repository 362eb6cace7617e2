import { invalid } from '../errors.ts';

/** A piece of SQL text. White space and comments are gone; `text` is as written. */
export type Token = {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'interval' | 'punctuation';
  readonly text: string;
  /** Position in the query, from 1, for messages in the service's style. */
  readonly line: number;
  readonly column: number;
};

const PATTERNS: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['string', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['number', /(?:\d+\.?\d*|\.\d+)[eE][+-]?\d+(?!\w)|(?:\d+\.\d*|\.\d+)(?!\w)|\d+(?![\w.])/y],
  ['interval', /\d+[A-Za-z]+(?!\w)/y],
  ['word', /[A-Za-z_]\w*/y],
  ['punctuation', /::|<>|!=|<=|>=|\|\||[()[\],.+\-*/%<>=]/y],
];

/**
 * Splits a query into tokens.
 * @throws TimestreamError ValidationException for text that is no token of Timestream's SQL, such as `;` or `$1`.
 */
export const tokenize = (sql: string): readonly Token[] => {
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let lineStart = 0;
  while (at < sql.length) {
    const column = at - lineStart + 1;
    const from = at;
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = from;
      const text = pattern.exec(sql)?.[0];
      if (text === undefined) continue;
      if (kind !== 'space') tokens.push({ kind, text, line, column });
      at = from + text.length;
      break;
    }
    if (at === from) throw invalid(`line ${line}:${column}: extraneous input '${sql.slice(at, at + 1)}'`);
    const breaks = sql.slice(from, at).split('\n').length - 1;
    if (breaks > 0) {
      line += breaks;
      lineStart = sql.lastIndexOf('\n', at - 1) + 1;
    }
  }
  return tokens;
};

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toLowerCase());

export const isPunctuation = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'punctuation' && token.text === text;

/** The index of the parenthesis that closes the one at `open`. */
export const closingOf = (tokens: readonly Token[], open: number): number => {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (isPunctuation(tokens[index], '(')) depth += 1;
    if (isPunctuation(tokens[index], ')')) depth -= 1;
    if (depth === 0) return index;
  }
  const token = tokens[open];
  throw invalid(`line ${token?.line}:${token?.column}: mismatched input '(': it is never closed`);
};
