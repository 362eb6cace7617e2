import { holds } from './compare.ts';
import type { FunctionName } from './functions.ts';
import {
  contains,
  crosses,
  disjoint,
  distance,
  equals,
  intersects,
  length,
  overlaps,
  touches,
  within,
} from './geometry/predicates.ts';
import { isPattern, matches, relate } from './geometry/relate.ts';
import type { Shape } from './geometry/shape.ts';
import { DAY } from './times.ts';
import { asNumber, asShape, asText, asTime, numberValue, type TimeValue, timeValue, type Value } from './values.ts';

export type CallContext = {
  /** UTC epoch milliseconds of `now()`, one for the whole request. */
  readonly now: number;
  /** Counts work beyond one step, such as pairs of edges. */
  readonly spend: (steps: number) => void;
};

type Implementation = (values: readonly Value[], context: CallContext) => Value;

const at = (values: readonly Value[], index: number): Value => values[index] ?? null;

const ofTexts =
  (apply: (first: string, second: string) => Value): Implementation =>
  (values) => {
    const [first, second] = [asText(at(values, 0)), asText(at(values, 1))];
    return first === undefined || second === undefined ? null : apply(first, second);
  };

const ofText =
  (apply: (text: string) => Value): Implementation =>
  (values) => {
    const text = asText(at(values, 0));
    return text === undefined ? null : apply(text);
  };

const ofNumber =
  (apply: (value: number) => number): Implementation =>
  (values) => {
    const value = asNumber(at(values, 0));
    return value === undefined ? null : numberValue(apply(value));
  };

/** Parts of a time are those of its start, in UTC. */
const ofStart =
  (apply: (date: Date) => Value): Implementation =>
  (values) => {
    const time = asTime(at(values, 0));
    const date = new Date(time?.start ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? null : apply(date);
  };

const ofTimes =
  (apply: (first: TimeValue, second: TimeValue) => boolean): Implementation =>
  (values) => {
    const [first, second] = [asTime(at(values, 0)), asTime(at(values, 1))];
    return first === undefined || second === undefined ? null : apply(first, second);
  };

const sizeOf = (shape: Shape): number => shape.vertices.length + shape.edges.length;

const ofShapes =
  (apply: (first: Shape, second: Shape) => Value): Implementation =>
  (values, { spend }) => {
    const [first, second] = [asShape(at(values, 0)), asShape(at(values, 1))];
    if (first === undefined || second === undefined) return null;
    spend(sizeOf(first) * sizeOf(second));
    return apply(first, second);
  };

/** Counted from 0 (OData 4, part 2, 5.1.1.4.3); a start before the text begins is its beginning. */
const substring: Implementation = (values) => {
  const [text, start, size] = [asText(at(values, 0)), asNumber(at(values, 1)), asNumber(at(values, 2))];
  if (text === undefined || start === undefined) return null;
  if (values.length === 3 && size === undefined) return null;
  const from = Math.max(0, Math.trunc(start));
  return size === undefined ? text.slice(from) : text.slice(from, from + Math.max(0, Math.trunc(size)));
};

/** Half away from zero (OData 4, part 2, 5.1.1.9.1), where JavaScript rounds half up. */
const round = (value: number): number => Math.sign(value) * Math.round(Math.abs(value));

const containsTime = (outer: TimeValue, inner: TimeValue): boolean =>
  outer.start <= inner.start && outer.end > inner.start && outer.end >= inner.end;

const overlapsTime = (a: TimeValue, b: TimeValue): boolean =>
  a.start === b.start || (a.start < b.end && b.start < a.end);

const relatePattern: Implementation = (values, context) => {
  const pattern = asText(at(values, 2));
  if (pattern === undefined || !isPattern(pattern)) return null;
  return ofShapes((a, b) => matches(relate(a, b), pattern))(values, context);
};

const MIN_INSTANT = new Date('0001-01-01T00:00:00.000Z').getTime();
const MAX_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const implementations: Readonly<Record<FunctionName, Implementation>> = {
  substringof: ofTexts((part, text) => text.includes(part)),
  contains: ofTexts((text, part) => text.includes(part)),
  endswith: ofTexts((text, part) => text.endsWith(part)),
  startswith: ofTexts((text, part) => text.startsWith(part)),
  length: ofText((text) => text.length),
  indexof: ofTexts((text, part) => text.indexOf(part)),
  substring,
  tolower: ofText((text) => text.toLowerCase()),
  toupper: ofText((text) => text.toUpperCase()),
  trim: ofText((text) => text.trim()),
  concat: ofTexts((first, second) => first + second),
  year: ofStart((date) => date.getUTCFullYear()),
  month: ofStart((date) => date.getUTCMonth() + 1),
  day: ofStart((date) => date.getUTCDate()),
  hour: ofStart((date) => date.getUTCHours()),
  minute: ofStart((date) => date.getUTCMinutes()),
  second: ofStart((date) => date.getUTCSeconds()),
  fractionalseconds: ofStart((date) => date.getUTCMilliseconds() / 1_000),
  date: ofStart((date) => timeValue(Math.floor(date.getTime() / DAY) * DAY)),
  time: ofStart((date) => ({ kind: 'timeOfDay', value: date.getTime() - Math.floor(date.getTime() / DAY) * DAY })),
  // Every time is kept in UTC, whatever offset it was sent with.
  totaloffsetminutes: ofStart(() => 0),
  now: (_, { now }) => timeValue(now),
  mindatetime: () => timeValue(MIN_INSTANT),
  maxdatetime: () => timeValue(MAX_INSTANT),
  round: ofNumber(round),
  floor: ofNumber(Math.floor),
  ceiling: ofNumber(Math.ceil),
  before: ofTimes((a, b) => holds('lt', a, b)),
  after: ofTimes((a, b) => holds('gt', a, b)),
  meets: ofTimes((a, b) => a.start === b.end || a.end === b.start),
  during: ofTimes((a, b) => containsTime(b, a)),
  overlaps: ofTimes(overlapsTime),
  starts: ofTimes((a, b) => a.start === b.start),
  finishes: ofTimes((a, b) => a.end === b.end),
  'geo.distance': ofShapes(distance),
  'geo.length': (values) => {
    const shape = asShape(at(values, 0));
    return shape === undefined ? null : length(shape);
  },
  'geo.intersects': ofShapes(intersects),
  st_equals: ofShapes(equals),
  st_disjoint: ofShapes(disjoint),
  st_touches: ofShapes(touches),
  st_within: ofShapes(within),
  st_overlaps: ofShapes(overlaps),
  st_crosses: ofShapes(crosses),
  st_intersects: ofShapes(intersects),
  st_contains: ofShapes(contains),
  st_relate: relatePattern,
};

/** What a function gives for values; null where an argument is missing or of another kind. */
export const callFunction = (name: FunctionName, values: readonly Value[], context: CallContext): Value =>
  implementations[name](values, context);
