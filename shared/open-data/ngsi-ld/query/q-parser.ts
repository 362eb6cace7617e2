import { type LinearPattern, linearPattern } from './linear-pattern.ts';
import { QueryFault } from './query-fault.ts';

/** The query language of ETSI GS CIM 009 V1.8.1, 4.9. */
export type QOperator = '==' | '!=' | '>=' | '<=' | '>' | '<' | '~=' | '!~=';
export type QValue = string | number | boolean;
export type QTerm = {
  readonly kind: 'term';
  /** `temperature.observedAt`: an attribute, then members of its normalized representation. */
  readonly path: readonly string[];
  /** `address[city]`: the way into a value that is an object. */
  readonly into: readonly string[];
  readonly test?:
    | { readonly operator: QOperator; readonly values: readonly QValue[] }
    | { readonly operator: '==' | '!='; readonly from: QValue; readonly to: QValue }
    | { readonly operator: '~=' | '!~='; readonly pattern: LinearPattern };
};
export type QNode = QTerm | { readonly kind: 'and' | 'or'; readonly parts: readonly QNode[] };

const MOST_CHARACTERS = 4_000;
const MOST_TERMS = 64;
const MOST_DEPTH = 20;

/** Longest first: `>=` is not `>`. */
const operators: readonly QOperator[] = ['!~=', '==', '!=', '>=', '<=', '~=', '>', '<'];
const namePattern = /^[\p{L}@][\p{L}\p{N}_:/#%-]*/u;

type Reader = { readonly text: string; at: number; terms: number };

/** Says where, counted from 1 as an editor does. */
const fault = ({ at }: Reader, message: string): QueryFault =>
  new QueryFault('q', `at character ${at + 1}: ${message}`);

const skip = (reader: Reader, token: string): boolean => {
  if (!reader.text.startsWith(token, reader.at)) return false;
  reader.at += token.length;
  return true;
};

const match = (reader: Reader, pattern: RegExp): string | undefined => {
  const [found] = pattern.exec(reader.text.slice(reader.at)) ?? [];
  if (found !== undefined) reader.at += found.length;
  return found;
};

const readName = (reader: Reader): string => {
  const name = match(reader, namePattern);
  if (name === undefined) throw fault(reader, 'the name of an attribute is missing');
  return name;
};

/** An IRI holds dots of its own: it is one name, up to the operator. */
const readPath = (reader: Reader): readonly string[] => {
  const iri = match(reader, /^(?:https?:\/\/|urn:)[^=!<>~;|()[\]"]+/);
  if (iri !== undefined) return [iri];
  const path = [readName(reader)];
  while (skip(reader, '.')) path.push(readName(reader));
  return path;
};

const readInto = (reader: Reader): readonly string[] => {
  if (!skip(reader, '[')) return [];
  const into = [readName(reader)];
  while (skip(reader, '.')) into.push(readName(reader));
  if (!skip(reader, ']')) throw fault(reader, 'a ] is missing');
  return into;
};

const readQuoted = (reader: Reader): string => {
  const quoted = match(reader, /^"(?:[^"\\]|\\.)*"/);
  if (quoted === undefined) throw fault(reader, 'a text has no end');
  return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
};

/** A number, true, false, a text in quotes; instants and IRIs stand without them. */
const readValue = (reader: Reader): QValue => {
  if (reader.text[reader.at] === '"') return readQuoted(reader);
  const bare = match(reader, /^(?:(?!\.\.)[^;|(),"\s])+/);
  if (bare === undefined) throw fault(reader, 'a value is missing');
  if (bare === 'true' || bare === 'false') return bare === 'true';
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(bare)) return Number(bare);
  // A + that was not written as %2B arrives as a space in front of an offset, which `readInstant` minds.
  return bare;
};

/** `2026-11-22T17:00:00 07:00`: the plus of the offset got lost on the way. */
const mendOffset = (text: string): string =>
  text.replace(/(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) (\d{2}:\d{2})/g, '$1+$2');

const readPattern = (reader: Reader): LinearPattern => {
  const source = reader.text[reader.at] === '"' ? readPatternText(reader) : match(reader, /^[^;|()]+/);
  if (source === undefined) throw fault(reader, 'a pattern is missing');
  const read = linearPattern(source);
  if (!read.ok) throw fault(reader, `the pattern ${read.reason}`);
  return read.pattern;
};

/** Of a pattern only \" is an escape of the text; every other backslash is the pattern's own. */
const readPatternText = (reader: Reader): string => {
  const quoted = match(reader, /^"(?:[^"\\]|\\.)*"/);
  if (quoted === undefined) throw fault(reader, 'a pattern has no end');
  return quoted.slice(1, -1).replaceAll('\\"', '"');
};

const readTest = (reader: Reader, operator: QOperator): NonNullable<QTerm['test']> => {
  if (operator === '~=' || operator === '!~=') return { operator, pattern: readPattern(reader) };
  const first = readValue(reader);
  const isEquality = operator === '==' || operator === '!=';
  if (skip(reader, '..')) {
    if (!isEquality) throw fault(reader, `a range goes with == and !=, not with ${operator}`);
    const to = readValue(reader);
    if (typeof to !== typeof first) throw fault(reader, 'both ends of a range must be of one kind');
    return { operator, from: first, to };
  }
  const values = [first];
  while (skip(reader, ',')) values.push(readValue(reader));
  if (values.length > 1 && !isEquality) throw fault(reader, `a list goes with == and !=, not with ${operator}`);
  if (!isEquality && typeof first === 'boolean') throw fault(reader, 'true and false have no order');
  return { operator, values };
};

const readTerm = (reader: Reader): QTerm => {
  reader.terms += 1;
  if (reader.terms > MOST_TERMS) throw fault(reader, `more than ${MOST_TERMS} conditions`);
  const path = readPath(reader);
  const into = readInto(reader);
  const operator = operators.find((each) => skip(reader, each));
  return operator === undefined
    ? { kind: 'term', path, into }
    : { kind: 'term', path, into, test: readTest(reader, operator) };
};

const joined = (kind: 'and' | 'or', parts: readonly QNode[]): QNode => {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts };
};

const readOperand = (reader: Reader, depth: number): QNode => {
  if (!skip(reader, '(')) return readTerm(reader);
  if (depth >= MOST_DEPTH) throw fault(reader, `more than ${MOST_DEPTH} parentheses in each other`);
  const inner = readChoice(reader, depth + 1);
  if (!skip(reader, ')')) throw fault(reader, 'a ) is missing');
  return inner;
};

/** `;` binds more tightly than `|`. */
const readChoice = (reader: Reader, depth: number): QNode => {
  const choices: QNode[] = [];
  do {
    const parts = [readOperand(reader, depth)];
    while (skip(reader, ';')) parts.push(readOperand(reader, depth));
    choices.push(joined('and', parts));
  } while (skip(reader, '|'));
  return joined('or', choices);
};

/** @throws QueryFault that says where and what. */
export const parseQ = (text: string): QNode => {
  if (text.length > MOST_CHARACTERS) throw new QueryFault('q', `longer than ${MOST_CHARACTERS} characters`);
  const reader: Reader = { text: mendOffset(text.trim()), at: 0, terms: 0 };
  const query = readChoice(reader, 0);
  if (reader.at < reader.text.length) throw fault(reader, `${reader.text[reader.at]} is not understood here`);
  return query;
};
