import { randomUUID } from 'node:crypto';
import type { Expression, Json, Value } from './syntax.ts';
import { finite, property, roundHalfAway, toDecimal, toInt, toText } from './values.ts';

/** What functions without arguments tell of the message. */
export type FunctionContext = {
  /** As `topic()` sees it. */
  readonly topic: string;
  readonly clientId: string | undefined;
  readonly principal: string | undefined;
  /** UTC epoch milliseconds. */
  readonly timestamp: number;
  readonly traceId: string;
};

type SqlFunction = {
  readonly least: number;
  readonly most: number;
  readonly run: (values: readonly Value[], context: FunctionContext) => Value;
};

const onText = (change: (text: string) => Value) => ({
  least: 1,
  most: 1,
  run: ([value]: readonly Value[]) => {
    const text = toText(value);
    return text === undefined ? undefined : change(text);
  },
});

const onTexts = (holds: (text: string, other: string) => Value) => ({
  least: 2,
  most: 2,
  run: ([value, other]: readonly Value[]) => {
    const first = toText(value);
    const second = toText(other);
    return first === undefined || second === undefined ? undefined : holds(first, second);
  },
});

const onNumber = (change: (value: number) => number) => ({
  least: 1,
  most: 1,
  run: ([value]: readonly Value[]) => {
    const decimal = toDecimal(value);
    return decimal === undefined ? undefined : finite(change(decimal));
  },
});

const nullary = (run: (context: FunctionContext) => Value) => ({
  least: 0,
  most: 0,
  run: (_values: readonly Value[], context: FunctionContext) => run(context),
});

const topic = (values: readonly Value[], context: FunctionContext): Value => {
  if (values.length === 0) return context.topic;
  const segment = toInt(values[0]);
  return segment === undefined || segment < 1 ? undefined : context.topic.split('/')[segment - 1];
};

const concat = (values: readonly Value[]): Value => {
  if (values.length === 1) return values[0];
  if (values.some(Array.isArray)) {
    const items = values.flat();
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const texts = values.map(toText);
  return values.some((value) => typeof value === 'string') && texts.every((text) => text !== undefined)
    ? texts.join('')
    : undefined;
};

const substring = ([value, from, to]: readonly Value[], hasEnd: boolean): Value => {
  const text = toText(value);
  const start = truncated(from);
  const end = hasEnd ? truncated(to) : Number.POSITIVE_INFINITY;
  if (text === undefined || start === undefined || end === undefined) return undefined;
  return start >= end ? '' : text.substring(start, end);
};

/** AWS's `substring('012345', 2.745)` starts at 2. */
const truncated = (value: Value): number | undefined => {
  const decimal = toDecimal(value);
  return decimal === undefined ? undefined : Math.trunc(decimal);
};

const get = ([collection, key]: readonly Value[]): Value => {
  if (typeof collection !== 'string' && !Array.isArray(collection)) {
    return typeof key === 'string' ? property(collection, key) : undefined;
  }
  const index = toInt(key);
  return index === undefined || index < 0 ? undefined : collection[index];
};

/** NULL for what is no base64, an object or array for what is one in JSON, and else the text. */
const decode = (text: string): Value => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) return null;
  const decoded = bytes.toString();
  try {
    const json: Json = JSON.parse(decoded);
    return typeof json === 'object' && json !== null ? json : decoded;
  } catch {
    return decoded;
  }
};

/**
 * The functions that the local rule engine knows, after
 * https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-functions.html. `encode(*, ...)` is the evaluator's own.
 * Regular expressions are left out: a pattern that backtracks would stop the whole city.
 */
const functions: Readonly<Record<string, SqlFunction>> = {
  topic: { least: 0, most: 1, run: topic },
  // The documentation's own word for a message that no MQTT client sent.
  clientid: nullary(({ clientId }) => clientId ?? 'n/a'),
  principal: nullary(({ principal }) => principal),
  timestamp: nullary(({ timestamp }) => timestamp),
  traceid: nullary(({ traceId }) => traceId),
  newuuid: nullary(() => randomUUID()),
  encode: { ...onText((text) => Buffer.from(text).toString('base64')), least: 2, most: 2 },
  decode: { ...onText(decode), least: 2, most: 2 },
  get: { least: 2, most: 2, run: get },
  isundefined: { least: 1, most: 1, run: ([value]) => value === undefined },
  isnull: { least: 1, most: 1, run: ([value]) => value === null },
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  trim: onText((text) => text.trim()),
  length: onText((text) => text.length),
  concat: { least: 1, most: 100, run: concat },
  substring: { least: 2, most: 3, run: (values) => substring(values, values.length === 3) },
  startswith: onTexts((text, start) => text.startsWith(start)),
  endswith: onTexts((text, end) => text.endsWith(end)),
  indexof: onTexts((text, part) => text.indexOf(part)),
  abs: onNumber(Math.abs),
  round: onNumber(roundHalfAway),
  floor: onNumber(Math.floor),
  ceil: onNumber(Math.ceil),
  mod: {
    least: 2,
    most: 2,
    run: ([left, right]) => {
      const a = toDecimal(left);
      const b = toDecimal(right);
      return a === undefined || b === undefined ? undefined : finite(a % b);
    },
  },
  nanvl: { least: 2, most: 2, run: ([value, other]) => (value === undefined || value === null ? other : value) },
};

export const isFunction = (name: string): boolean => Object.hasOwn(functions, name);

/** What is wrong with a call, as far as it can be told without a message. */
export const checkCall = (name: string, values: readonly Expression[]): string | undefined => {
  const definition = functions[name];
  if (definition === undefined) return `The function ${name} is not supported`;
  const { least, most } = definition;
  if (values.length < least || values.length > most) {
    const wanted = least === most ? String(least) : `${least} to ${most}`;
    return `${name} takes ${wanted} arguments, not ${values.length}`;
  }
  const scheme = values[1];
  if ((name === 'encode' || name === 'decode') && !(scheme?.kind === 'literal' && scheme.value === 'base64')) {
    return `${name} knows only the scheme 'base64'`;
  }
  if (values.slice(1).some(({ kind }) => kind === 'payload')) return "* can only be encode's first argument";
  return undefined;
};

export const callFunction = (name: string, values: readonly Value[], context: FunctionContext): Value =>
  functions[name]?.run(values, context);
