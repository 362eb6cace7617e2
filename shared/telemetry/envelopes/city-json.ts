import * as z from 'zod';
import type { Observation } from '../observation.ts';
import { isObservable, type Quantity, quantities } from '../quantity.ts';
import { accept, quote, type Refusal, type Result, refuse, showInstant } from '../refusal.ts';
import { toCanonical } from '../units.ts';

/** Entries in one back-fill message: three weeks of quarter-hourly values. */
const MAX_ENTRIES = 2_000;

/** 2000-01-01. A city's network is younger; epoch seconds taken for milliseconds land in 1970. */
const EARLIEST_MS = 946_684_800_000;

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const isoInstantSchema = z.iso.datetime({ offset: true });

/** Epoch milliseconds of `measuredAt`: ISO 8601 with `Z` or an offset, or epoch milliseconds themselves. */
const readInstant = (value: unknown, path: string): Result<number> => {
  const instant =
    typeof value === 'number'
      ? value
      : isoInstantSchema.safeParse(value).success
        ? Date.parse(String(value))
        : Number.NaN;
  if (!Number.isSafeInteger(instant)) {
    return refuse('invalid-payload', `${path}: neither ISO 8601 with Z or an offset nor epoch milliseconds`);
  }
  if (instant >= EARLIEST_MS) return accept(instant);
  const hint = typeof value === 'number' ? '; seconds instead of milliseconds?' : '';
  return refuse('too-old', `${path}: ${showInstant(instant)} is before the year 2000${hint}`);
};

const readUnit = (
  units: Readonly<Record<string, unknown>>,
  quantity: Quantity,
  path: string,
): Result<string | undefined> => {
  const unit = Object.hasOwn(units, quantity) ? units[quantity] : undefined;
  if (unit === undefined || typeof unit === 'string') return accept(unit);
  return refuse('invalid-payload', `${path}.units.${quantity}: not a string`);
};

type Entry = { readonly path: string; readonly measuredAt: number; readonly units: Readonly<Record<string, unknown>> };

const readValue = (entry: Entry, quantity: Quantity, value: unknown, path: string): Result<Observation> => {
  if (value === null) return accept({ quantity, value: null, measuredAt: entry.measuredAt });
  // JSON has no NaN, but 1e999 parses to Infinity.
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return refuse('invalid-payload', `${path}: neither a finite number nor null`);
  }
  const unit = readUnit(entry.units, quantity, entry.path);
  if (!unit.ok) return unit;
  const canonical = toCanonical(quantity, value, unit.value);
  if (canonical !== undefined) return accept({ quantity, value: canonical, measuredAt: entry.measuredAt });
  const reason = `${entry.path}.units.${quantity}: ${quote(unit.value ?? '')} does not convert to ${quantities[quantity].unit}`;
  return refuse('unknown-unit', reason);
};

const readEntry = (input: unknown, path: string): Result<readonly Observation[]> => {
  const fields = record(input);
  if (fields === undefined) return refuse('invalid-payload', `${path}: not an object`);
  const measuredAt = readInstant(fields.measuredAt, `${path}.measuredAt`);
  if (!measuredAt.ok) return measuredAt;
  const values = record(fields.values);
  if (values === undefined) return refuse('invalid-payload', `${path}.values: not an object`);
  const units = fields.units === undefined ? {} : record(fields.units);
  if (units === undefined) return refuse('invalid-payload', `${path}.units: not an object`);

  const entry: Entry = { path, measuredAt: measuredAt.value, units };
  const observations: Observation[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (!isObservable(name))
      return refuse('unknown-quantity', `${path}.values: ${quote(name)} is not a quantity we know`);
    const observation = readValue(entry, name, value, `${path}.values.${name}`);
    if (!observation.ok) return observation;
    observations.push(observation.value);
  }
  if (fields.battery !== undefined) {
    const battery = readValue(entry, 'battery', fields.battery, `${path}.battery`);
    if (!battery.ok) return battery;
    observations.push(battery.value);
  }
  return observations.length > 0 ? accept(observations) : refuse('invalid-payload', `${path}.values: holds no value`);
};

/** Two values for one quantity and instant in one message: nothing says which is right, so the sender must. */
const findContradiction = (observations: readonly Observation[]): Refusal | undefined => {
  const seen = new Map<string, number | null>();
  for (const { quantity, measuredAt, value } of observations) {
    const key = `${quantity} at ${measuredAt}`;
    const earlier = seen.get(key);
    if (earlier !== undefined && earlier !== value) {
      return refuse('invalid-payload', `$: ${key} is given as ${earlier} and as ${value}`);
    }
    seen.set(key, value);
  }
  return undefined;
};

/**
 * Plain city JSON: `{ measuredAt, values: { <quantity>: <number|null> }, units?: { <quantity>: <unit> }, battery? }`, or an array
 * of such for back-fill. Other top-level keys are left to the sender. All or nothing: one fault refuses the message and names
 * its JSON path.
 */
export const readCityJson = (payload: unknown): Result<readonly Observation[]> => {
  if (!Array.isArray(payload)) {
    const observations = readEntry(payload, '$');
    return observations.ok ? (findContradiction(observations.value) ?? observations) : observations;
  }
  if (payload.length === 0) return refuse('invalid-payload', '$: an empty array');
  if (payload.length > MAX_ENTRIES) {
    return refuse('invalid-payload', `$: ${payload.length} entries, at most ${MAX_ENTRIES} fit a message`);
  }
  const observations: Observation[] = [];
  for (const [index, entry] of payload.entries()) {
    const read = readEntry(entry, `$[${index}]`);
    if (!read.ok) return read;
    observations.push(...read.value);
  }
  return findContradiction(observations) ?? accept(observations);
};
