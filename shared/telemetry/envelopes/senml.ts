import * as z from 'zod';
import type { Observation } from '../observation.ts';
import { isObservable, type Quantity, quantities } from '../quantity.ts';
import { accept, quote, type Result, refuse, showInstant } from '../refusal.ts';
import { toCanonical } from '../units.ts';

/** Records in one pack: as many values as a back-fill of plain city JSON may hold, and more. */
const MAX_RECORDS = 10_000;

/** 2000-01-01 to 10000-01-01. */
const EARLIEST_MS = 946_684_800_000;
const LATEST_MS = 253_402_300_800_000;

/** RFC 8428, 4.5.3: values below are relative to now, values from it on are seconds since 1970. */
const RELATIVE_BELOW_SECONDS = 2 ** 28;

/** The version of the format that this reads (RFC 8428, 4.4). */
const VERSION = 10;

const finite = z.number();

/** RFC 8428, table 1. What else a record holds is left to its sender, unless its label ends in `_`: "must be understood". */
const recordSchema = z.looseObject({
  bn: z.string().optional(),
  bt: finite.optional(),
  bu: z.string().optional(),
  bv: finite.optional(),
  bs: finite.optional(),
  bver: z.int().positive().optional(),
  n: z.string().optional(),
  u: z.string().optional(),
  v: finite.optional(),
  vs: z.string().optional(),
  vb: z.boolean().optional(),
  vd: z.string().optional(),
  s: finite.optional(),
  t: finite.optional(),
  ut: finite.optional(),
});
type Record = z.infer<typeof recordSchema>;

/** What holds for the records behind. */
type Base = { readonly name: string; readonly time: number; readonly unit: string | undefined; readonly value: number };

/** Units of RFC 8428 and RFC 8798 that the world writes otherwise. */
const plainUnits: Readonly<{ [unit: string]: string }> = { Cel: '°C', '%EL': '%', '%RH': '%', count: '1', ug: 'µg' };

const labels = ['n', 'v', 'vb', 'vs', 'vd', 'bn', 'bt', 'bv', 'bu', 's', 'bs'];

/** Whether this is a SenML pack and not a back-fill of plain city JSON, whose entries hold `values`. */
export const isSenml = (payload: unknown): payload is readonly unknown[] => {
  const first: unknown = Array.isArray(payload) ? payload[0] : undefined;
  if (typeof first !== 'object' || first === null || 'values' in first || 'measuredAt' in first) return false;
  return labels.some((label) => Object.hasOwn(first, label));
};

/** The quantity is the name itself or its last part: `pm25`, `urn:dev:ow:10e2073a01080063:pm25`, `air-1/pm25`. */
const quantityOf = (name: string, path: string): Result<Quantity> => {
  const last = name.split(/[:/]/).at(-1) ?? '';
  if (isObservable(last)) return accept(last);
  return refuse('unknown-quantity', `${path}.n: ${quote(name)} does not end in a quantity we know`);
};

const canonicalValue = (quantity: Quantity, value: number, unit: string | undefined, path: string): Result<number> => {
  const canonical = quantities[quantity].unit;
  // "/" is a ratio: 0.42 of what is 42 %.
  const isRatio = unit === '/' && canonical === '%';
  const plain = unit === '/' ? '1' : unit !== undefined && Object.hasOwn(plainUnits, unit) ? plainUnits[unit] : unit;
  const converted = isRatio ? Number((value * 100).toPrecision(12)) : toCanonical(quantity, value, plain);
  if (converted !== undefined && Number.isFinite(converted)) return accept(converted);
  return refuse('unknown-unit', `${path}.u: ${quote(unit ?? '')} does not convert to ${canonical}`);
};

/** At most one of them, beside a sum (RFC 8428, 4.2). */
const valueLabels = ['v', 'vb', 'vs', 'vd'];

const numberOf = (record: Record, base: Base, path: string): Result<number> => {
  const given = valueLabels.filter((label) => Object.hasOwn(record, label));
  if (given.length > 1)
    return refuse('invalid-payload', `${path}: ${given.join(' and ')} are two values of one record`);
  if (record.vb !== undefined) return accept(record.vb ? 1 : 0);
  if (record.v !== undefined) {
    // Decimal fractions do not add up in binary: 1000 + 0.1 is meant to have one decimal.
    const value = base.value === 0 ? record.v : Number((base.value + record.v).toPrecision(15));
    return accept(value);
  }
  const held = ['vs', 'vd', 's'].find((label) => Object.hasOwn(record, label));
  return refuse(
    'invalid-payload',
    `${path}: ${held === undefined ? 'no value' : `${held} is no observation of ours`}; v or vb is`,
  );
};

const instantOf = (seconds: number, receivedAt: number, path: string): Result<number> => {
  const since = seconds < RELATIVE_BELOW_SECONDS ? receivedAt : 0;
  const at = Math.round(since + seconds * 1_000);
  if (at >= EARLIEST_MS && at < LATEST_MS) return accept(at);
  return refuse(
    at < EARLIEST_MS ? 'too-old' : 'invalid-payload',
    `${path}.t: ${showInstant(at)} is no time of a reading`,
  );
};

const observationOf = (record: Record, base: Base, receivedAt: number, path: string): Result<Observation> => {
  const quantity = quantityOf(`${base.name}${record.n ?? ''}`, path);
  if (!quantity.ok) return quantity;
  const raw = numberOf(record, base, path);
  if (!raw.ok) return raw;
  const unit = record.vb === undefined ? (record.u ?? base.unit) : undefined;
  const value = canonicalValue(quantity.value, raw.value, unit, path);
  if (!value.ok) return value;
  const measuredAt = instantOf(base.time + (record.t ?? 0), receivedAt, path);
  if (!measuredAt.ok) return measuredAt;
  return accept({ quantity: quantity.value, value: value.value, measuredAt: measuredAt.value });
};

const advanced = (base: Base, { bn, bt, bu, bv }: Record): Base => ({
  name: bn ?? base.name,
  time: bt ?? base.time,
  unit: bu ?? base.unit,
  value: bv ?? base.value,
});

const own = ['n', 'u', 'v', 'vs', 'vb', 'vd', 's', 't', 'ut'];

const readRecord = (input: unknown, path: string): Result<Record> => {
  const parsed = recordSchema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refuse(
      'invalid-payload',
      `${[path, ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message ?? ''}`,
    );
  }
  const { bver = VERSION } = parsed.data;
  if (bver > VERSION) return refuse('invalid-payload', `${path}.bver: version ${bver} of SenML, ${VERSION} is read`);
  const strange = Object.keys(parsed.data).find((label) => label.endsWith('_'));
  if (strange === undefined) return accept(parsed.data);
  return refuse('invalid-payload', `${path}: ${quote(strange)} must be understood, and is not`);
};

/**
 * A SenML pack in JSON (RFC 8428) with our quantities as names: base values add up, times are absolute, relative to `receivedAt` (UTC
 * epoch milliseconds) or left away, units are SenML's or ours. All or nothing: one fault refuses the pack and names its JSON path.
 */
export const readSenml = (payload: readonly unknown[], receivedAt: number): Result<readonly Observation[]> => {
  if (payload.length > MAX_RECORDS) {
    return refuse('invalid-payload', `$: ${payload.length} records, at most ${MAX_RECORDS} fit a pack`);
  }
  let base: Base = { name: '', time: 0, unit: undefined, value: 0 };
  const observations = new Map<string, Observation>();
  for (const [index, input] of payload.entries()) {
    const path = `$[${index}]`;
    const record = readRecord(input, path);
    if (!record.ok) return record;
    base = advanced(base, record.value);
    if (!own.some((label) => Object.hasOwn(record.value, label))) continue;
    const read = observationOf(record.value, base, receivedAt, path);
    if (!read.ok) return read;
    const key = `${read.value.quantity} at ${read.value.measuredAt}`;
    const earlier = observations.get(key);
    if (earlier !== undefined && earlier.value !== read.value.value) {
      return refuse('invalid-payload', `${path}: ${key} is given as ${earlier.value} and as ${read.value.value}`);
    }
    observations.set(key, read.value);
  }
  return observations.size > 0 ? accept([...observations.values()]) : refuse('invalid-payload', '$: holds no value');
};
