import type { Coded, FaultCode } from '../editing/fault-code.ts';

/** How values stand in the cells of a spreadsheet, and how they come back: what is read is what was written. */

/** A cell whose text is no value of its column. */
export class CellError extends Error {
  override readonly name = 'CellError';
  readonly coded: Coded;
  constructor(message: string, code: FaultCode, text?: string) {
    super(text === undefined ? message : `${message}: ${text}`);
    this.coded = { code, ...(text !== undefined && { values: { text } }) };
  }
}

export type Cell = {
  readonly write: (value: unknown) => string;
  /** Of a text that is not empty. @throws CellError */
  readonly read: (text: string, decimalComma: boolean) => unknown;
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CellError('begins like JSON and is none', 'not-json');
  }
};

/** What a spreadsheet would run as a formula gets an apostrophe in front, and so does what has one already, or is empty text. */
const wantsMark = /^'*(?:[=+\-@\t\r＝＋－＠]|$)/;
const isMarked = /^'+(?:[=+\-@\t\r＝＋－＠]|$)/;

export const textCell: Cell = {
  write: (value) => (wantsMark.test(String(value)) ? `'${value}` : String(value)),
  read: (text) => (isMarked.test(text) ? text.slice(1) : text),
};

export const numberCell: Cell = {
  write: String,
  read: (text, decimalComma) => {
    const plain = text.trim().replace(/\s/g, '');
    // Where a comma parts columns, 1,234 may be a thousand: nobody guesses.
    const number = decimalComma && /^[+-]?\d+,\d+$/.test(plain) ? plain.replace(',', '.') : plain;
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(number))
      throw new CellError('is no number', 'not-a-number', text);
    return Number(number);
  },
};

const yes = ['true', '1', 'yes', 'có', 'x'];
const no = ['false', '0', 'no', 'không'];

export const booleanCell: Cell = {
  write: String,
  read: (text) => {
    const word = text.trim().toLowerCase();
    if (yes.includes(word)) return true;
    if (no.includes(word)) return false;
    throw new CellError('is neither true nor false', 'not-yes-or-no', text);
  },
};

/** Words apart by spaces; JSON where an item could be taken for several. */
export const listCell = (item: Cell): Cell => ({
  write: (value) => {
    const items = Array.isArray(value) ? value.map((each) => item.write(each)) : [];
    const isPlain = items.length > 0 && items.every((text) => /^[^\s,;[\]{}"']+$/.test(text));
    return isPlain ? items.join(' ') : JSON.stringify(value);
  },
  read: (text, decimalComma) =>
    text.trimStart().startsWith('[')
      ? json(text)
      : text
          .split(/[\s,;]+/)
          .filter((word) => word !== '')
          .map((word) => item.read(word, decimalComma)),
});

/** A window of the day: `20:00-04:00`. */
export const windowCell: Cell = {
  write: (value) => {
    const { from, to } = Object(value) as { readonly from?: unknown; readonly to?: unknown };
    return `${from}-${to}`;
  },
  read: (text) => {
    const [from, to, more] = text.trim().split(/\s*[-–]\s*/);
    if (from === undefined || to === undefined || more !== undefined)
      throw new CellError('is no window HH:MM-HH:MM', 'not-a-window', text);
    // A spreadsheet writes 08:00 as 8:00.
    return { from: from.padStart(5, '0'), to: to.padStart(5, '0') };
  },
};

/** Anything: text as it is, all else as JSON. */
export const anyCell: Cell = {
  write: (value) => {
    if (typeof value !== 'string') return JSON.stringify(value);
    return /^\s*[[{"]/.test(value) ? JSON.stringify(value) : textCell.write(value);
  },
  read: (text, decimalComma) => {
    if (/^\s*[[{"]/.test(text)) return json(text);
    return textCell.read(text, decimalComma);
  },
};
