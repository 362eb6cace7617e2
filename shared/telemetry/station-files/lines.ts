/** One line of a file, where a person finds it. */
export type FileLine = {
  /** Counted from 1, blank ones too. */
  readonly number: number;
  /** Bytes before it in the file, a byte order mark included. */
  readonly byteOffset: number;
  /** Without its end. */
  readonly text: string;
  /** False for a last line without line end: the upload may have been cut off in it. */
  readonly terminated: boolean;
};

const LF = 0x0a;
const CR = 0x0d;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Loggers without UTF-8 write Windows' Vietnamese code page, in which °, µ and ³ stand where Latin-1 has them. */
const windows1258 = new TextDecoder('windows-1258');

const decode = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1258.decode(bytes);
  }
};

const hasByteOrderMark = (bytes: Uint8Array): boolean => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** The lines of a file that hold more than white space; ended by LF, CR LF or CR, with or without a byte order mark. Never throws. */
export function* linesOf(bytes: Uint8Array): Generator<FileLine> {
  let number = 1;
  let start = hasByteOrderMark(bytes) ? 3 : 0;
  while (start < bytes.length) {
    let end = start;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end += 1;
    const terminated = end < bytes.length;
    const text = decode(bytes.subarray(start, end));
    if (text.trim() !== '') yield { number, byteOffset: start, text, terminated };
    start = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
    number += 1;
  }
}
