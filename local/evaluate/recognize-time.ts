import { type ReadTime, timeReader } from '../replay/time-format.ts';

/** Tried in this order; of several that read everything the first is taken, so the day comes before the month, as in Vietnam. */
const candidates = [
  'iso',
  ...['DD-MM-YYYY', 'DD/MM/YYYY', 'YYYY-MM-DD', 'YYYY/MM/DD', 'DD.MM.YYYY', 'MM/DD/YYYY', 'MM-DD-YYYY'].flatMap(
    (date) => [`${date} HH:mm`, `${date} HH:mm:ss`, date],
  ),
  'YYYY-MM-DDTHH:mm',
  'YYYY-MM-DDTHH:mm:ss',
  'YYYYMMDDHHmmss',
  'YYYYMMDDHHmm',
] as const;

const NOON = ' 12:00';
const hasClock = (format: string): boolean => /HH|iso|epoch/.test(format);

/**
 * Reads a column of times; a date without a time of day is taken at noon, since midnight would end the day before (hours are named by
 * their end).
 * @throws Error for a pattern without a date, RangeError for an unknown zone.
 */
export const evaluationTimeReader = (format: string, timeZone: string): ReadTime => {
  if (hasClock(format)) return timeReader(format, timeZone);
  const read = timeReader(`${format} HH:mm`, timeZone);
  return (text) => read(text + NOON);
};

/** Epoch seconds and milliseconds look alike but for their size: this century's seconds have ten digits. */
const epochFormat = (cells: readonly string[]): string | undefined => {
  if (cells.every((cell) => /^1\d{9}(\.\d+)?$/.test(cell))) return 'epoch-s';
  return cells.every((cell) => /^1\d{12}$/.test(cell)) ? 'epoch-ms' : undefined;
};

export type RecognizedTime =
  /** `alsoReadAs`: another format that reads every cell looked at, and says otherwise. */
  | { readonly ok: true; readonly format: string; readonly alsoReadAs?: string }
  | { readonly ok: false; readonly example: string };

/** The format that reads every one of these cells. */
export const recognizeTime = (cells: readonly string[], timeZone: string): RecognizedTime => {
  const [example] = cells;
  if (example === undefined) return { ok: false, example: '' };
  const epoch = epochFormat(cells);
  if (epoch !== undefined) return { ok: true, format: epoch };
  const fitting = candidates.filter((format) => {
    const read = evaluationTimeReader(format, timeZone);
    return cells.every((cell) => read(cell) !== undefined);
  });
  const [format, ...others] = fitting;
  if (format === undefined) {
    // A few broken cells must not hide the format of all others.
    const most = candidates
      .map((candidate) => {
        const read = evaluationTimeReader(candidate, timeZone);
        return { candidate, read: cells.filter((cell) => read(cell) !== undefined).length };
      })
      .reduce((best, one) => (one.read > best.read ? one : best));
    return most.read * 2 > cells.length ? { ok: true, format: most.candidate } : { ok: false, example };
  }
  const taken = evaluationTimeReader(format, timeZone);
  const alsoReadAs = others.find((other) => {
    const read = evaluationTimeReader(other, timeZone);
    return cells.some((cell) => read(cell) !== taken(cell));
  });
  return { ok: true, format, ...(alsoReadAs !== undefined && { alsoReadAs }) };
};
