import type { ByteSource } from './byte-source.ts';

/**
 * Cuts the matrices out of a large JSON text and reads them digit by digit, while the text goes by. A city of 2,000 places has
 * eight million numbers: the text, JSON.parse's arrays and a validator's copy would be held at once, where the rows alone are enough.
 */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const ZERO = 0x30;
const NINE = 0x39;
const LETTER_N = 0x6e;

export type Matrix = (number | null)[][];

export type CutText = {
  /** The text with an empty list in each matrix's place. */
  readonly rest: string;
  readonly matrices: ReadonlyMap<string, Matrix>;
};

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const skipSpace = (source: ByteSource): void => {
  while (isSpace(source.peek())) source.skip();
};

const endsNumber = (byte: number): boolean => byte === COMMA || byte === CLOSE_LIST || byte === -1 || isSpace(byte);

/** Digits that a whole number may have to be read exactly one by one. */
const MOST_DIGITS = 15;

/** Whole numbers, nearly all there are, digit by digit; others as JSON reads them. Which of them make sense is the schema's to say. */
const readNumber = (source: ByteSource, name: string): number => {
  let value = 0;
  let digits = 0;
  let byte = source.peek();
  while (byte >= ZERO && byte <= NINE && digits < MOST_DIGITS) {
    value = value * 10 + (byte - ZERO);
    digits++;
    source.skip();
    byte = source.peek();
  }
  if (digits > 0 && endsNumber(byte)) return value;
  let text = digits > 0 ? String(value).padStart(digits, '0') : '';
  for (; !endsNumber(byte); byte = source.peek()) {
    text += String.fromCharCode(byte);
    source.skip();
  }
  if (!/^-?\d/.test(text)) throw new Error(`${name}: «${text}» is no number`);
  return JSON.parse(text);
};

const readCell = (source: ByteSource, name: string): number | null => {
  if (source.peek() !== LETTER_N) return readNumber(source, name);
  for (let letter = 0; letter < 'null'.length; letter++) source.skip();
  return null;
};

/**
 * The items of a list, each read by `item`, which starts at its first byte and ends behind its last. `length` is how many there
 * probably are: an array made for them has no growth to spare.
 */
const readList = <T>(source: ByteSource, name: string, length: number, item: (index: number) => T): T[] => {
  if (source.peek() !== OPEN_LIST) throw new Error(`${name} is no list`);
  source.skip();
  const list = new Array<T>(length);
  let count = 0;
  for (skipSpace(source); source.peek() !== CLOSE_LIST; skipSpace(source)) {
    if (count > 0) {
      if (source.peek() !== COMMA) throw new Error(`${name} breaks off after ${count} entries`);
      source.skip();
      skipSpace(source);
    }
    list[count] = item(count);
    count++;
  }
  source.skip();
  list.length = count;
  return list;
};

/** Rows are as long as the first, or so they should be. */
const readMatrix = (source: ByteSource, name: string): Matrix => {
  let columns = 0;
  return readList(source, name, 0, (index) => {
    const place = `${name}.${index}`;
    const row = readList(source, place, columns, () => readCell(source, place));
    columns = row.length;
    return row;
  });
};

/** Bytes that are kept, in an array that grows. */
const keeper = () => {
  let bytes = new Uint8Array(1 << 16);
  let length = 0;
  return {
    length: () => length,
    keep: (byte: number): void => {
      if (length === bytes.length) {
        const larger = new Uint8Array(2 * length);
        larger.set(bytes);
        bytes = larger;
      }
      bytes[length] = byte;
      length++;
    },
    text: (from: number): string => Buffer.from(bytes.buffer, from, length - from).toString('utf8'),
  };
};

/**
 * The text of one JSON object, with the lists of lists of numbers or nulls that stand under `names` at its top level taken out.
 * @throws Error that names the row at fault; whatever else is wrong with the text is left for JSON.parse to say.
 */
export const cutMatrices = (source: ByteSource, names: readonly string[]): CutText => {
  const matrices = new Map<string, Matrix>();
  const kept = keeper();
  const take = (): void => {
    kept.keep(source.peek());
    source.skip();
  };
  const takeSpace = (): void => {
    while (isSpace(source.peek())) take();
  };
  /** From an opening quote to behind the closing one; what stands between. */
  const takeString = (): string => {
    take();
    const from = kept.length();
    while (source.peek() !== QUOTE && source.peek() !== -1) {
      if (source.peek() === BACKSLASH) take();
      take();
    }
    const text = kept.text(from);
    if (source.peek() === QUOTE) take();
    return text;
  };
  let depth = 0;
  for (let byte = source.peek(); byte !== -1; byte = source.peek()) {
    if (byte !== QUOTE) {
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
      take();
      continue;
    }
    const name = takeString();
    if (depth !== 1 || !names.includes(name)) continue;
    takeSpace();
    if (source.peek() !== COLON) continue;
    take();
    takeSpace();
    if (source.peek() !== OPEN_LIST) continue;
    matrices.set(name, readMatrix(source, name));
    kept.keep(OPEN_LIST);
    kept.keep(CLOSE_LIST);
  }
  return { rest: kept.text(0), matrices };
};
