import { invalid } from '../errors.ts';
import { foreignWords, functionNames, syntaxWords } from './functions.ts';
import { joinedList } from './joined-list.ts';
import { closingOf, isPunctuation, isWord, type Token, tokenize } from './tokens.ts';
import { unnestToLateral } from './unnest.ts';

const at = ({ line, column }: Token): string => `line ${line}:${column}`;

/** DuckDB's unit of each unit of Timestream's interval literals (`30m`, `2day`); nanoseconds are rounded to microseconds. */
const UNITS: Readonly<Record<string, string>> = {
  us: 'microseconds',
  ms: 'milliseconds',
  s: 'seconds',
  second: 'seconds',
  m: 'minutes',
  minute: 'minutes',
  h: 'hours',
  hour: 'hours',
  d: 'days',
  day: 'days',
  w: 'weeks',
  week: 'weeks',
  month: 'months',
  y: 'years',
  year: 'years',
};

const intervalText = (token: Token): string => {
  const count = Number.parseInt(token.text, 10);
  const unit = token.text.slice(String(token.text.match(/^\d+/)).length).toLowerCase();
  if (unit === 'ns') return `INTERVAL '${Math.round(count / 1000)} microseconds'`;
  const name = UNITS[unit];
  if (name === undefined) throw invalid(`${at(token)}: '${token.text}' is not an interval literal`);
  return `INTERVAL '${count} ${name}'`;
};

/** A literal with a fraction is a DOUBLE in Timestream and a DECIMAL in DuckDB, unless it has an exponent. */
const numberText = ({ text }: Token): string => {
  if (/^\d+$/.test(text) || /e/i.test(text)) return text;
  return `${text.endsWith('.') ? `${text}0` : text}e0`;
};

/** Whether the word before a parenthesis names columns (`AS u (a, b)`, `WITH t (a, b) AS (`) rather than a function. */
const isColumnAlias = (tokens: readonly Token[], index: number): boolean => {
  if (isWord(tokens[index - 1], 'as')) return true;
  const close = closingOf(tokens, index + 1);
  return isWord(tokens[close + 1], 'as') && isPunctuation(tokens[close + 2], '(');
};

const functionName = (tokens: readonly Token[], index: number): string => {
  const token = tokens[index];
  if (token === undefined) return '';
  const name = token.text.toLowerCase();
  if (syntaxWords.has(name) || isColumnAlias(tokens, index)) return token.text;
  const known = functionNames.get(name);
  if (known === undefined)
    throw invalid(
      `${at(token)}: Function ${name} not registered (or one that the local Timestream endpoint does not have)`,
    );
  return known;
};

type Instant = { readonly timestamp: string; readonly date: string };

const instantOf = (now: number): Instant => {
  const text = new Date(now).toISOString().replace('T', ' ').replace('Z', '');
  return { timestamp: `TIMESTAMP '${text}'`, date: `DATE '${text.slice(0, 10)}'` };
};

type Piece = {
  readonly text: string;
  /** How many tokens the text stands for. */
  readonly used: number;
};

/** Words with a meaning of their own: the clock's, and the single-measure columns. */
const specialWord = (tokens: readonly Token[], index: number, now: Instant): Piece | undefined => {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (isWord(token, 'now') && isPunctuation(next, '(') && isPunctuation(tokens[index + 2], ')'))
    return { text: now.timestamp, used: 3 };
  if (isWord(token, 'ago') && isPunctuation(next, '(')) return { text: `ts_ago(${now.timestamp},`, used: 2 };
  if (isWord(token, 'current_timestamp', 'localtimestamp')) return { text: now.timestamp, used: 1 };
  if (isWord(token, 'current_date')) return { text: now.date, used: 1 };
  const type = tokens[index + 2];
  if (isWord(token, 'measure_value') && isPunctuation(next, '::') && type !== undefined)
    return { text: `"measure_value::${type.text.toLowerCase()}"`, used: 3 };
  return undefined;
};

const wordPiece = (tokens: readonly Token[], index: number, now: Instant): Piece => {
  const token = tokens[index];
  if (token === undefined) return { text: '', used: 1 };
  const special = specialWord(tokens, index, now);
  if (special !== undefined) return special;
  const word = token.text.toLowerCase();
  if (foreignWords.has(word) || word.startsWith('ts_') || word === 'current_time' || word === 'localtime')
    throw invalid(`${at(token)}: mismatched input '${token.text}'`);
  const next = tokens[index + 1];
  if (next?.kind === 'string' && !isWord(token, 'date', 'timestamp', 'time', 'interval') && !syntaxWords.has(word))
    throw invalid(`${at(next)}: mismatched input ${next.text}`);
  return { text: isPunctuation(next, '(') ? functionName(tokens, index) : token.text, used: 1 };
};

const piece = (tokens: readonly Token[], index: number, now: Instant): Piece => {
  const token = tokens[index];
  if (token === undefined) return { text: '', used: 1 };
  switch (token.kind) {
    case 'interval':
      return { text: intervalText(token), used: 1 };
    case 'number':
      return { text: numberText(token), used: 1 };
    case 'word':
      return wordPiece(tokens, index, now);
    case 'quoted':
      if (isPunctuation(tokens[index + 1], '(') && !isColumnAlias(tokens, index))
        throw invalid(`${at(token)}: mismatched input '('`);
      return { text: token.text, used: 1 };
    case 'punctuation':
      if (token.text === '::') throw invalid(`${at(token)}: mismatched input '::'`);
      return { text: token.text, used: 1 };
    case 'string':
      return { text: token.text, used: 1 };
  }
};

/**
 * Timestream's SQL as DuckDB's, token by token, with `now()` and `ago()` on the given clock (epoch milliseconds).
 * @throws TimestreamError ValidationException for what Timestream would not parse or this endpoint does not know.
 */
export const translate = (sql: string, now: number): string => {
  const tokens = tokenize(sql);
  const first = tokens[0];
  if (!isWord(first, 'select', 'with') && !isPunctuation(first, '('))
    throw invalid(`line ${first?.line ?? 1}:${first?.column ?? 1}: mismatched input '${first?.text ?? '<EOF>'}'`);
  const instant = instantOf(now);
  const render = (part: readonly Token[]): string => {
    const pieces: string[] = [];
    let index = 0;
    while (index < part.length) {
      const whole = unnestToLateral(part, index, render) ?? joinedList(part, index, render);
      const { text, used } = whole ?? piece(part, index, instant);
      pieces.push(text);
      index += used;
    }
    return pieces.join(' ');
  };
  return render(tokens);
};
