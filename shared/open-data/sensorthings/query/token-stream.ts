import { openLexer, type Token } from './lexer.ts';
import { QueryError, type QueryErrorCode } from './query-error.ts';

/** Tokens of one option, read from left to right. */
export type TokenStream = {
  readonly option: string;
  /** The token `ahead` of the next one; `end` behind the last. */
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** Takes the symbol if it comes next. */
  readonly accept: (symbol: string) => boolean;
  /** @throws QueryError when another token comes next. */
  readonly need: (symbol: string) => Token;
  /** Where the last token taken ended. */
  readonly endOfLast: () => number;
  readonly fault: (code: QueryErrorCode, at: Token, reason: string, expected?: string) => QueryError;
  /** The next token stands where something else should. */
  readonly unexpected: (expected: string) => QueryError;
};

const named = (token: Token): string => (token.kind === 'end' ? 'ends here' : `finds “${token.text.slice(0, 40)}”`);

/** Reading throws a QueryError where the text has a character that begins no token. */
export const openTokenStream = (text: string, option: string): TokenStream => {
  // Read no further than asked: what is refused at its hundredth bracket costs a hundred tokens, however long it is.
  const read = openLexer(text, option);
  const tokens: Token[] = [];
  let index = 0;
  const peek = (ahead = 0): Token => {
    while (tokens.length <= index + ahead) tokens.push(read());
    return tokens[index + ahead] ?? read();
  };
  const next = (): Token => {
    const token = peek();
    index += 1;
    return token;
  };
  const isSymbol = (symbol: string): boolean => peek().kind === 'symbol' && peek().text === symbol;
  const fault = (code: QueryErrorCode, at: Token, reason: string, expected?: string): QueryError =>
    new QueryError(code, option, at.start, reason, expected);
  const unexpected = (expected: string): QueryError => fault('syntax', peek(), named(peek()), expected);
  return {
    option,
    peek,
    next,
    accept: (symbol) => {
      const isNext = isSymbol(symbol);
      index += isNext ? 1 : 0;
      return isNext;
    },
    need: (symbol) => {
      if (!isSymbol(symbol)) throw unexpected(`“${symbol}”`);
      return next();
    },
    endOfLast: () => tokens[index - 1]?.end ?? 0,
    fault,
    unexpected,
  };
};
