import { outlineOf, textOfOutline } from '../outline/outline-text.ts';
import type { Field } from './fields.ts';

/** What a person typed is no value of its field. `words` is a key of the dictionary. */
export class TypedError extends Error {
  override readonly name = 'TypedError';
  readonly words: 'notANumber' | 'notAWindow' | 'notABreak' | 'notASpan' | 'notAnArea';
  constructor(words: TypedError['words']) {
    super(words);
    this.words = words;
  }
}

type Kind = Exclude<Field['kind'], 'items'>;
type Form = { readonly write: (value: unknown) => string; readonly read: (text: string) => unknown };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const words = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '');
const lines = (text: string): readonly string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const number = (text: string): number => {
  const plain = text.trim().replace(/\s/g, '').replace(',', '.');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(plain)) throw new TypedError('notANumber');
  return Number(plain);
};

/** `5.000` and `5,000`: what groups thousands in one language is a decimal point in the other. */
const GROUPED = /^[+-]?\d{1,3}(?:[.,\s]\d{3})+$/;

/** Kilograms, litres, đồng: nobody writes them with three decimals, so three digits behind a dot or comma are thousands. */
const amount = (text: string): number => {
  const plain = text.trim();
  return number(GROUPED.test(plain) ? plain.replace(/[.,\s]/g, '') : plain.replace(/[.,](?=\d{3}[.,])/g, ''));
};

const amountText = (value: unknown): string => {
  const text = String(value);
  return GROUPED.test(text) ? `${text}0` : text;
};

const window = (text: string): { readonly from: string; readonly to: string } => {
  const match = /^(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})$/.exec(text.trim());
  if (match === null) throw new TypedError('notAWindow');
  const [, from = '', to = ''] = match;
  return { from: from.padStart(5, '0'), to: to.padStart(5, '0') };
};
const windowText = (value: unknown): string => (isObject(value) ? `${value.from}-${value.to}` : '');

/** `23:00-01:00 30`: a window, and minutes. */
const timed = (line: string) => {
  const match = /^(.+?)\s+(\d+)$/.exec(line);
  if (match === null) throw new TypedError('notABreak');
  return { window: window(match[1] ?? ''), minutes: Number(match[2]) };
};

/** `2026-11-20..2026-11-25 hydraulics`: days, both included, and why; an open end is `2026-11-20..`. */
const span = (line: string) => {
  const match = /^(\d{4}-\d{2}-\d{2})(?:\s*\.\.\s*(\d{4}-\d{2}-\d{2})?)?(?:\s+(.+))?$/.exec(line);
  if (match === null) throw new TypedError('notASpan');
  const [, from = '', to, reason] = match;
  const end = line.includes('..') ? to : from;
  return { from, ...(end !== undefined && { to: end }), ...(reason !== undefined && { reason }) };
};
const spanText = (value: unknown): string => {
  if (!isObject(value)) return '';
  const { from, to, reason } = value;
  return [from === to ? from : `${from}..${to ?? ''}`, reason].filter((part) => part !== undefined).join(' ');
};

const area = (text: string): unknown => {
  if (text.trim().toLowerCase() === 'city') return 'city';
  const outline = outlineOf(text.trim());
  if (outline === undefined) throw new TypedError('notAnArea');
  return outline;
};

/** Streams that ride together, in one order: `food+recyclable`. */
const pairText = (value: unknown): string => listOf(value).map(String).toSorted().join('+');

/** A spreadsheet's habit: `6:30` is `06:30`. */
const clock = (text: string): string => text.trim().padStart(5, '0');

const joined = (separator: string, write: (value: unknown) => string) => (value: unknown) =>
  listOf(value).map(write).join(separator);

const plain: Form = { write: String, read: (text) => text.trim() };
const wordList: Form = { write: joined(' ', String), read: words };

const forms: Readonly<Record<Kind, Form>> = {
  text: plain,
  date: plain,
  select: plain,
  number: { write: String, read: number },
  amount: { write: amountText, read: amount },
  flag: { write: (value) => (value === true ? 'true' : ''), read: (text) => text === 'true' },
  list: wordList,
  choices: wordList,
  digits: { write: joined(' ', String), read: (text) => words(text).map(number) },
  window: { write: windowText, read: window },
  windows: { write: joined(' ', windowText), read: (text) => words(text.replace(/\s*[-–]\s*/g, '-')).map(window) },
  breaks: {
    write: joined('\n', (value) => (isObject(value) ? `${windowText(value.window)} ${value.minutes}` : '')),
    read: (text) => lines(text).map(timed),
  },
  queue: {
    write: joined('\n', (value) => (isObject(value) ? `${windowText(value)} ${value.minutes}` : '')),
    read: (text) =>
      lines(text)
        .map(timed)
        .map(({ window: hours, minutes }) => ({ ...hours, minutes })),
  },
  spans: { write: joined('\n', spanText), read: (text) => lines(text).map(span) },
  area: { write: (value) => (typeof value === 'string' ? value : textOfOutline(value)), read: area },
  pairs: { write: joined(' ', pairText), read: (text) => words(text).map((pair) => pair.split('+')) },
  clock: { write: String, read: clock },
};

export const writeField = (kind: Kind, value: unknown): string => (value === undefined ? '' : forms[kind].write(value));

/** `undefined` of an empty text: no value. @throws TypedError */
export const readField = (kind: Kind, text: string): unknown =>
  text.trim() === '' ? undefined : forms[kind].read(text);
