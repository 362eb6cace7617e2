/** A regular expression as a tree: what POSIX and JavaScript have in common (see `linearPattern`). */
export type PatternTest = (character: string) => boolean;
export type PatternNode =
  | { readonly kind: 'one'; readonly test: PatternTest }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number };

/** What is wrong with a pattern, as the end of a sentence that begins with "the pattern". */
export class PatternError extends Error {}

const MOST_REPEATS = 100;
const MOST_DEPTH = 20;

type Reader = { readonly characters: readonly string[]; at: number };

const peek = ({ characters, at }: Reader): string | undefined => characters[at];

const take = (reader: Reader): string => {
  const character = peek(reader);
  if (character === undefined) throw new PatternError('ends too early');
  reader.at += 1;
  return character;
};

const skip = (reader: Reader, character: string): boolean => {
  if (peek(reader) !== character) return false;
  reader.at += 1;
  return true;
};

const isDigit: PatternTest = (c) => c >= '0' && c <= '9';
const isWord: PatternTest = (c) => /^[A-Za-z0-9_]$/.test(c);
const isSpace: PatternTest = (c) => /^\s$/.test(c);
const not =
  (test: PatternTest): PatternTest =>
  (c) =>
    !test(c);

const shorthand: Readonly<Record<string, PatternTest>> = {
  d: isDigit,
  D: not(isDigit),
  w: isWord,
  W: not(isWord),
  s: isSpace,
  S: not(isSpace),
};
const control: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Behind a backslash: a class, or a character that means itself. */
const escaped = (reader: Reader): string | PatternTest => {
  const letter = take(reader);
  const known = shorthand[letter] ?? control[letter];
  if (known !== undefined) return known;
  if (/[A-Za-z0-9]/.test(letter)) throw new PatternError(`has \\${letter}, which is not supported`);
  return letter;
};

const testOf = (read: string | PatternTest): PatternTest => (typeof read === 'string' ? (c) => c === read : read);

const inBrackets = (reader: Reader): string | PatternTest => {
  const character = take(reader);
  return character === '\\' ? escaped(reader) : character;
};

const brackets = (reader: Reader): PatternTest => {
  const isNegated = skip(reader, '^');
  const tests: PatternTest[] = [];
  while (!skip(reader, ']')) {
    const from = inBrackets(reader);
    const isRange = peek(reader) === '-' && reader.characters[reader.at + 1] !== ']';
    if (!isRange || typeof from !== 'string') {
      tests.push(testOf(from));
      continue;
    }
    reader.at += 1;
    const to = inBrackets(reader);
    if (typeof to !== 'string' || to < from) throw new PatternError('has a range that ends before it starts');
    tests.push((c) => c >= from && c <= to);
  }
  return (c) => tests.some((test) => test(c)) !== isNegated;
};

const group = (reader: Reader, depth: number): PatternNode => {
  if (skip(reader, '?') && !skip(reader, ':')) throw new PatternError('looks around, which is not supported');
  const inner = choice(reader, depth + 1);
  if (!skip(reader, ')')) throw new PatternError('has a group that is not closed');
  return inner;
};

const atom = (reader: Reader, depth: number): PatternNode => {
  const character = take(reader);
  switch (character) {
    case '(':
      return group(reader, depth);
    case '[':
      return { kind: 'one', test: brackets(reader) };
    case '.':
      return { kind: 'one', test: (c) => c !== '\n' && c !== '\r' };
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '\\':
      return { kind: 'one', test: testOf(escaped(reader)) };
    default:
      if ('*+?{'.includes(character)) throw new PatternError(`repeats nothing (${character})`);
      return { kind: 'one', test: (c) => c === character };
  }
};

type Bounds = readonly [min: number, max: number];
const signs: Readonly<Record<string, Bounds>> = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
};

const count = (reader: Reader): Bounds => {
  const rest = reader.characters.slice(reader.at, reader.at + 9).join('');
  const [whole, low, comma, high] = /^(\d{1,3})(,(\d{1,3})?)?\}/.exec(rest) ?? [];
  if (whole === undefined) throw new PatternError('has a count that is none');
  reader.at += whole.length;
  const min = Number(low);
  const max = comma === undefined ? min : high === undefined ? Number.POSITIVE_INFINITY : Number(high);
  const greatest = Number.isFinite(max) ? max : min;
  if (max < min) throw new PatternError('has a count that ends before it starts');
  if (greatest > MOST_REPEATS) throw new PatternError(`repeats more than ${MOST_REPEATS} times`);
  return [min, max];
};

const repeated = (reader: Reader, depth: number): PatternNode => {
  const part = atom(reader, depth);
  const sign = peek(reader);
  if (sign === undefined || !'*+?{'.includes(sign)) return part;
  if (part.kind === 'start' || part.kind === 'end') throw new PatternError('repeats a place');
  reader.at += 1;
  const [min, max] = signs[sign] ?? count(reader);
  // Lazy or greedy is one when all that is asked is whether it matches.
  skip(reader, '?');
  return { kind: 'repeat', part, min, max };
};

const sequence = (reader: Reader, depth: number): PatternNode => {
  const parts: PatternNode[] = [];
  for (let next = peek(reader); next !== undefined && next !== '|' && next !== ')'; next = peek(reader)) {
    parts.push(repeated(reader, depth));
  }
  return { kind: 'sequence', parts };
};

const choice = (reader: Reader, depth: number): PatternNode => {
  if (depth > MOST_DEPTH) throw new PatternError('is nested too deeply');
  const parts = [sequence(reader, depth)];
  while (skip(reader, '|')) parts.push(sequence(reader, depth));
  return { kind: 'choice', parts };
};

/** @throws PatternError */
export const parsePattern = (source: string): PatternNode => {
  const reader: Reader = { characters: [...source], at: 0 };
  const whole = choice(reader, 0);
  if (peek(reader) !== undefined) throw new PatternError(`has a ${peek(reader)} too many`);
  return whole;
};
