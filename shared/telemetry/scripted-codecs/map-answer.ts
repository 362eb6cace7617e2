import type { Measurement } from '../codecs/measurement.ts';
import { absent, measured } from '../codecs/measurement.ts';
import { quantities } from '../quantity.ts';
import { accept, quote, type Refusal, type Result, refuse } from '../refusal.ts';
import { toCanonical } from '../units.ts';
import { parseKeyPath, type Step, showPlace } from './key-path.ts';
import type { CodecMapping, MappedValue } from './mapping.ts';
import { NOT_A_NUMBER_MARK } from './sandbox.ts';

type Place = readonly (string | number)[];

/** A mapped value: its path, and that of its instant. */
type Leaf = {
  readonly path: string;
  readonly steps: readonly Step[];
  readonly rule: MappedValue;
  readonly at?: readonly Step[];
};

/** A mapping as a tree over the keys, so that a decoded object is walked once. */
type Branch = {
  readonly keys: Map<string | number, Branch>;
  each?: Branch;
  ignored?: boolean;
  leaf?: Leaf;
};

/** No quantity of ours, in its unit, comes near this. */
const BEYOND_ANY_INSTRUMENT = 1e9;
const MAX_DEPTH = 16;
/** A LoRaWAN frame has 242 bytes; nobody gets more values out of it. */
const MAX_MEASUREMENTS = 1_000;
const SIGNIFICANT_DIGITS = 12;
const DATE_RANGE_MS = 8.64e15;
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const refuseKey = (place: Place, words: string): Refusal =>
  refuse('undecodable-frame', `key ${place.length === 0 ? '(data)' : showPlace(place).slice(0, 200)}: ${words}`);

const branch = (): Branch => ({ keys: new Map() });

const grow = (root: Branch, path: string): Branch =>
  (parseKeyPath(path) ?? []).reduce((at, step) => {
    if ('each' in step) {
      at.each ??= branch();
      return at.each;
    }
    const key = 'key' in step ? step.key : step.index;
    const next = at.keys.get(key) ?? branch();
    at.keys.set(key, next);
    return next;
  }, root);

const plant = ({ values, ignore }: CodecMapping): Branch => {
  const root = branch();
  for (const path of ignore) grow(root, path).ignored = true;
  for (const [path, rule] of Object.entries(values)) {
    const steps = parseKeyPath(path) ?? [];
    const at = rule.measuredAt && parseKeyPath(rule.measuredAt.path);
    grow(root, path).leaf = { path, steps, rule, ...(at && { at }) };
    // The instant beside a value is used, and so no unknown key.
    if (rule.measuredAt !== undefined) grow(root, rule.measuredAt.path).ignored = true;
  }
  return root;
};

const readText = (value: string, rule: MappedValue, place: Place): Result<number> => {
  const { text, suffix = '', words } = rule;
  if (value.startsWith(NOT_A_NUMBER_MARK)) {
    return refuseKey(place, `${value.slice(NOT_A_NUMBER_MARK.length)} is no number`);
  }
  if (words !== undefined && Object.hasOwn(words, value)) return accept(words[value] ?? Number.NaN);
  if (!text) return refuseKey(place, `the text ${quote(value)} where a number is due`);
  const bare = (suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value).trim();
  return decimal.test(bare) ? accept(Number(bare)) : refuseKey(place, `${quote(value)} is no number`);
};

/** Whether a quantity is a number without a unit, such as 0 and 1 of an alarm. */
const isBare = ({ quantity }: MappedValue): boolean => quantities[quantity].unit === '1';

/** What a leaf's value is as a number, before scale and unit; or why there is none. */
const numberOf = (value: unknown, rule: MappedValue, place: Place): Result<number> => {
  if (typeof value === 'number') return accept(value);
  if (typeof value === 'string') return readText(value, rule, place);
  if (typeof value === 'boolean') {
    return isBare(rule) ? accept(value ? 1 : 0) : refuseKey(place, `${value} where a number is due`);
  }
  return refuseKey(place, `${Array.isArray(value) ? 'a list' : 'an object'} where a number is due`);
};

const isSentinel = (value: unknown, { equals, atMost, atLeast }: MappedValue['sentinels'][number]): boolean =>
  (equals !== undefined && value === equals) ||
  (typeof value === 'number' &&
    ((atMost !== undefined && value <= atMost) || (atLeast !== undefined && value >= atLeast)));

const readValue = (value: unknown, rule: MappedValue, place: Place): Result<Measurement> => {
  const { quantity, sentinels, scale, offset, unit } = rule;
  const said = sentinels.find((candidate) => isSentinel(value, candidate));
  if (said !== undefined) return accept(absent(quantity, said.reason));
  if (value === null) return accept(absent(quantity, 'not-measured'));
  const number = numberOf(value, rule, place);
  if (!number.ok) return number;
  // A sentinel may come as text, too.
  const spelled = typeof value === 'string' && sentinels.find((candidate) => isSentinel(number.value, candidate));
  if (spelled) return accept(absent(quantity, spelled.reason));
  const scaled = toCanonical(quantity, number.value * scale + offset, unit) ?? Number.NaN;
  if (!(Math.abs(scaled) < BEYOND_ANY_INSTRUMENT)) return refuseKey(place, `${number.value} is beyond any instrument`);
  const isAsGiven = scaled === number.value;
  // -0 is 0, and 0.1 × 3 is 0.3.
  return accept(measured(quantity, (isAsGiven ? scaled : Number(scaled.toPrecision(SIGNIFICANT_DIGITS))) + 0));
};

const isEach = (step: Step | undefined): boolean => step !== undefined && 'each' in step;

/** The value at a path whose `[*]` are the elements that were met on the way to the measured value. */
const lookUp = (data: unknown, steps: readonly Step[], elements: readonly number[]): unknown => {
  let met = 0;
  let value = data;
  for (const step of steps) {
    const key = 'each' in step ? elements[met++] : 'key' in step ? step.key : step.index;
    if (typeof value !== 'object' || value === null || key === undefined || !Object.hasOwn(value, key))
      return undefined;
    value = Reflect.get(value, key);
  }
  return value;
};

const readInstant = (value: unknown, format: 'iso' | 'seconds' | 'milliseconds', place: Place): Result<number> => {
  const instant =
    typeof value === 'string' && format === 'iso' && /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/.test(value)
      ? Date.parse(value)
      : typeof value === 'number' && format !== 'iso'
        ? Math.round(value * (format === 'seconds' ? 1_000 : 1))
        : Number.NaN;
  if (Math.abs(instant) <= DATE_RANGE_MS) return accept(instant);
  return refuseKey(place, `its time ${quote(String(value))} is no instant (${format})`);
};

/** One answer while it is read. */
type Reading = {
  readonly data: unknown;
  readonly others: CodecMapping['others'];
  readonly measurements: Measurement[];
  /** Where each quantity of each time was found. */
  readonly found: Map<string, Place>;
  /** The mapping's paths that had a value. */
  readonly seen: Set<string>;
};

/** The instant of a value's own, where the mapping names one. */
const instantOf = ({ data }: Reading, { steps, rule, at }: Leaf, place: Place): Result<number | undefined> => {
  if (rule.measuredAt === undefined || at === undefined) return accept(undefined);
  const elements = place.flatMap((key, step) => (isEach(steps[step]) && typeof key === 'number' ? key : []));
  return readInstant(lookUp(data, at, elements), rule.measuredAt.format, place);
};

const take = (reading: Reading, value: unknown, leaf: Leaf, place: Place): Refusal | undefined => {
  const { measurements, found, seen } = reading;
  const measurement = readValue(value, leaf.rule, place);
  if (!measurement.ok) return measurement;
  const instant = instantOf(reading, leaf, place);
  if (!instant.ok) return instant;
  const { quantity } = leaf.rule;
  const identity = `${quantity} ${instant.value ?? ''}`;
  const other = found.get(identity);
  if (other !== undefined) return refuseKey(place, `${quantity} at one time as well as ${showPlace(other)}`);
  if (measurements.length >= MAX_MEASUREMENTS) return refuseKey(place, `more than ${MAX_MEASUREMENTS} values`);
  found.set(identity, place);
  seen.add(leaf.path);
  measurements.push({ ...measurement.value, ...(instant.value !== undefined && { measuredAt: instant.value }) });
  return undefined;
};

const walk = (reading: Reading, value: unknown, at: Branch | undefined, place: Place): Refusal | undefined => {
  if (at?.leaf !== undefined) return take(reading, value, at.leaf, place);
  if (at?.ignored || (at === undefined && reading.others === 'ignore')) return undefined;
  if (place.length > MAX_DEPTH) return refuseKey(place, `nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) {
    return firstFault(value, (child, index) =>
      walk(reading, child, at?.keys.get(index) ?? at?.each, [...place, index]),
    );
  }
  if (typeof value === 'object' && value !== null) {
    return firstFault(Object.entries(value), ([key, child]) =>
      walk(reading, child, at?.keys.get(key), [...place, key]),
    );
  }
  return reading.others === 'ignore' ? undefined : refuseKey(place, 'neither mapped nor ignored');
};

const firstFault = <T>(
  items: readonly T[],
  look: (item: T, index: number) => Refusal | undefined,
): Refusal | undefined => {
  for (const [index, item] of items.entries()) {
    const fault = look(item, index);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** Compiles a mapping; what it returns is pure and never throws, whatever it is given. */
export const answerMapper = (mapping: CodecMapping): ((data: unknown) => Result<readonly Measurement[]>) => {
  const root = plant(mapping);
  const required = Object.entries(mapping.values).flatMap(([path, rule]) => (rule.required ? [path] : []));
  return (data) => {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      return refuse('undecodable-frame', 'the script gives no object of values');
    }
    const measurements: Measurement[] = [];
    const reading: Reading = { data, others: mapping.others, measurements, found: new Map(), seen: new Set() };
    const fault = walk(reading, data, root, []);
    if (fault !== undefined) return fault;
    const lacking = required.find((path) => !reading.seen.has(path));
    if (lacking !== undefined) {
      return refuse('undecodable-frame', `key ${lacking}: missing, and the mapping requires it`);
    }
    return accept(measurements);
  };
};
