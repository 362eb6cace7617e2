import type { PropertyType } from '../model/entity-model.ts';
import { geometryOfGeoJson } from './geometry/geojson.ts';
import { type Shape, shapeOf } from './geometry/shape.ts';
import { parseTime } from './times.ts';

/** A value while a filter is evaluated. `null` is "no value": absent, unreadable, or not of the kind that was asked for. */
export type Value =
  | null
  | boolean
  | number
  | string
  | { readonly kind: 'time'; readonly start: number; readonly end: number }
  | { readonly kind: 'timeOfDay'; readonly value: number }
  | { readonly kind: 'duration'; readonly value: number }
  | { readonly kind: 'geometry'; readonly shape: Shape }
  | { readonly kind: 'id'; readonly text: string }
  /** An object or list: there, but comparable with nothing. */
  | { readonly kind: 'json' };

export type TimeValue = Extract<Value, { readonly kind: 'time' }>;

export const timeValue = (start: number, end = start): TimeValue => ({ kind: 'time', start, end });

/** Not a number and infinity are no values. */
export const numberValue = (value: number): number | null => (Number.isFinite(value) ? value : null);

const json = { kind: 'json' } as const;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Any JSON as it stands. */
export const jsonValue = (value: unknown): Value => {
  if (typeof value === 'number') return numberValue(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return isObject(value) ? json : null;
};

const timeOf = (value: unknown): Value => {
  if (typeof value === 'string') {
    const span = parseTime(value);
    return span === undefined ? null : timeValue(span.start, span.end);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? timeValue(value) : null;
  const isSpan = isObject(value) && 'start' in value && 'end' in value;
  return isSpan && typeof value.start === 'number' && typeof value.end === 'number'
    ? timeValue(value.start, value.end)
    : null;
};

/** Places are asked about again and again; an object is measured once. */
const shapes = new WeakMap<object, Value>();

const geometryOf = (value: unknown): Value => {
  if (!isObject(value)) return null;
  const known = shapes.get(value);
  if (known !== undefined) return known;
  const geometry = geometryOfGeoJson(value);
  const found: Value = geometry === undefined ? null : { kind: 'geometry', shape: shapeOf(geometry) };
  shapes.set(value, found);
  return found;
};

/**
 * A property's value as the model types it. Times may come as SensorThings writes them, as UTC epoch milliseconds, or as
 * `{ start, end }` of such; geometries as GeoJSON.
 */
export const propertyValue = (type: PropertyType, value: unknown): Value => {
  if (value === undefined || value === null) return null;
  switch (type) {
    case 'id':
      return typeof value === 'string' || typeof value === 'number' ? { kind: 'id', text: String(value) } : null;
    case 'string':
      return typeof value === 'string' ? value : null;
    case 'instant':
    case 'interval':
    case 'time':
      return timeOf(value);
    case 'geometry':
      return geometryOf(value);
    case 'json':
    case 'any':
      return jsonValue(value);
  }
};

/** What is inside JSON, own members only; `undefined` where there is nothing. */
export const inside = (value: unknown, path: readonly string[]): unknown => {
  let found = value;
  for (const key of path) {
    if (!isObject(found) || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
};

const whole = /^-?\d+$/;
const joined = /^\d+(?:-\d+)+$/;

/** A number; numbers joined by hyphens, as observations have them; any other text. In this order. */
const idKind = (id: string): 0 | 1 | 2 =>
  id.trim() !== '' && Number.isFinite(Number(id)) ? 0 : joined.test(id) ? 1 : 2;

const compareNumbers = (left: string, right: string): number => {
  const [a, b] = [Number(left), Number(right)];
  if (a !== b) return a < b ? -1 : 1;
  if (!whole.test(left) || !whole.test(right)) return 0;
  const [x, y] = [BigInt(left), BigInt(right)];
  return x < y ? -1 : x > y ? 1 : 0;
};

const compareJoined = (left: readonly string[], right: readonly string[]): number => {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    const order = other === undefined ? 1 : compareNumbers(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
};

/** Ids by number where they are numbers of any length or such joined by hyphens (`9-5` before `12-1`), others by characters. */
export const compareIds = (left: string, right: string): number => {
  const [kind, otherKind] = [idKind(left), idKind(right)];
  if (kind !== otherKind) return kind - otherKind;
  if (kind === 0) return compareNumbers(left, right);
  if (kind === 1) return compareJoined(left.split('-'), right.split('-'));
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Whether two ids can be told before and after: those of unlike kinds cannot. */
export const areIdsAlike = (left: string, right: string): boolean => idKind(left) === idKind(right);

/** The one spelling of all ids that compare as equal; `undefined` for a number that is not whole or not written so (`7.0`). */
export const canonicalId = (id: string): string | undefined => {
  if (whole.test(id)) return BigInt(id).toString();
  const kind = idKind(id);
  if (kind === 1)
    return id
      .split('-')
      .map((part) => BigInt(part).toString())
      .join('-');
  return kind === 2 ? id : undefined;
};

/** As time where a text of the city's own JSON is compared with one: `properties/installed gt 2020-01-01`. */
export const asTime = (value: Value): TimeValue | undefined => {
  if (typeof value === 'string') {
    const found = timeOf(value);
    return typeof found === 'object' && found?.kind === 'time' ? found : undefined;
  }
  return typeof value === 'object' && value?.kind === 'time' ? value : undefined;
};

export const asNumber = (value: Value): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value?.kind !== 'id') return undefined;
  return whole.test(value.text) ? Number(value.text) : undefined;
};

export const asDuration = (value: Value): number | undefined =>
  typeof value === 'object' && value?.kind === 'duration' ? value.value : undefined;

export const asShape = (value: Value): Shape | undefined =>
  typeof value === 'object' && value?.kind === 'geometry' ? value.shape : undefined;

export const asText = (value: Value): string | undefined => (typeof value === 'string' ? value : undefined);
