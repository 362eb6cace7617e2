/**
 * Cuts the matrices out of a large JSON text and reads them digit by digit. A city of 2,000 places holds eight million numbers:
 * JSON.parse, a validator's copy and the text as a string would be held three times over, where the rows themselves are enough.
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

type Cursor = { readonly bytes: Uint8Array; at: number };

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const skipSpace = (cursor: Cursor): void => {
  while (isSpace(cursor.bytes[cursor.at])) cursor.at++;
};

/** From an opening quote to behind the closing one. */
const skipString = (cursor: Cursor): void => {
  const { bytes } = cursor;
  cursor.at++;
  while (cursor.at < bytes.length && bytes[cursor.at] !== QUOTE) cursor.at += bytes[cursor.at] === BACKSLASH ? 2 : 1;
  cursor.at++;
};

/** Whole numbers, nearly all there are, digit by digit; others as JSON reads them. Which of them make sense is the schema's to say. */
const readNumber = (cursor: Cursor, name: string): number => {
  const { bytes } = cursor;
  const from = cursor.at;
  let value = 0;
  let byte = bytes[cursor.at] ?? 0;
  while (byte >= ZERO && byte <= NINE) {
    value = value * 10 + (byte - ZERO);
    byte = bytes[++cursor.at] ?? 0;
  }
  if (byte === COMMA || byte === CLOSE_LIST || isSpace(byte)) {
    if (cursor.at > from && cursor.at - from < 16) return value;
  }
  while (byte !== COMMA && byte !== CLOSE_LIST && !isSpace(byte) && byte !== 0) byte = bytes[++cursor.at] ?? 0;
  const text = Buffer.from(bytes.subarray(from, cursor.at)).toString('latin1');
  if (!/^-?\d/.test(text)) throw new Error(`${name}: ${text} is no number`);
  return JSON.parse(text);
};

const readCell = (cursor: Cursor, name: string): number | null => {
  if (cursor.bytes[cursor.at] === LETTER_N) {
    cursor.at += 'null'.length;
    return null;
  }
  return readNumber(cursor, name);
};

/**
 * The items of a list, each read by `item`, which starts at its first byte and ends behind its last. `length` is how many there
 * probably are: an array made for them has no growth to spare.
 */
const readList = <T>(cursor: Cursor, name: string, length: number, item: (index: number) => T): T[] => {
  const { bytes } = cursor;
  if (bytes[cursor.at] !== OPEN_LIST) throw new Error(`${name} is no list`);
  cursor.at++;
  const list = new Array<T>(length);
  let count = 0;
  for (skipSpace(cursor); bytes[cursor.at] !== CLOSE_LIST; skipSpace(cursor)) {
    if (count > 0) {
      if (bytes[cursor.at] !== COMMA) throw new Error(`${name} breaks off at byte ${cursor.at}`);
      cursor.at++;
      skipSpace(cursor);
    }
    list[count] = item(count);
    count++;
  }
  cursor.at++;
  list.length = count;
  return list;
};

/** Rows are as long as the first, or so they should be. */
const readMatrix = (cursor: Cursor, name: string): Matrix => {
  let columns = 0;
  return readList(cursor, name, 0, (index) => {
    const place = `${name}.${index}`;
    const row = readList(cursor, place, columns, () => readCell(cursor, place));
    columns = row.length;
    return row;
  });
};

/**
 * The text of one JSON object, with the lists of lists of numbers or nulls that stand under `names` at its top level taken out.
 * @throws Error that names the row at fault; whatever else is wrong with the text is left for JSON.parse to say.
 */
export const cutMatrices = (bytes: Uint8Array, names: readonly string[]): CutText => {
  const cursor: Cursor = { bytes, at: 0 };
  const matrices = new Map<string, Matrix>();
  const pieces: Uint8Array[] = [];
  let kept = 0;
  let depth = 0;
  while (cursor.at < bytes.length) {
    const byte = bytes[cursor.at];
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
    if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
    if (byte !== QUOTE) {
      cursor.at++;
      continue;
    }
    const from = cursor.at;
    skipString(cursor);
    const name =
      depth === 1 && cursor.at - from < 64 ? Buffer.from(bytes.subarray(from + 1, cursor.at - 1)).toString() : '';
    if (!names.includes(name)) continue;
    skipSpace(cursor);
    if (bytes[cursor.at] !== COLON) continue;
    cursor.at++;
    skipSpace(cursor);
    if (bytes[cursor.at] !== OPEN_LIST) continue;
    pieces.push(bytes.subarray(kept, cursor.at), Buffer.from('[]'));
    matrices.set(name, readMatrix(cursor, name));
    kept = cursor.at;
  }
  pieces.push(bytes.subarray(kept));
  return { rest: Buffer.concat(pieces).toString('utf8'), matrices };
};
