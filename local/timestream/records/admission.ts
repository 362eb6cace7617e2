import type { Table } from '../storage/catalog.ts';
import type { Held } from '../storage/ledger.ts';
import type { TimestreamRecord } from './record.ts';

/** Why one record was not taken, as `RejectedRecords` tells it. */
export type Rejection = { readonly Reason: string; readonly ExistingVersion?: number };

const AHEAD_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/** The oldest instant, in epoch milliseconds, that a table's memory store and its magnetic store take at `now`. */
export const windowOf = (
  table: Table,
  now: number,
): { readonly memoryFrom: number; readonly magneticFrom: number } => ({
  memoryFrom: now - table.memoryHours * HOUR_MS,
  magneticFrom: now - table.magneticDays * 24 * HOUR_MS,
});

const instant = (ms: number): string => new Date(Math.max(0, ms)).toISOString();

/** Where a record of this time goes, or why it goes nowhere: up to 15 minutes ahead, and not before what the stores keep. */
export const placeInTime = (table: Table, micros: number, now: number): 'memory' | 'magnetic' | Rejection => {
  const { memoryFrom, magneticFrom } = windowOf(table, now);
  const from = table.magneticWrites ? Math.min(memoryFrom, magneticFrom) : memoryFrom;
  const ms = micros / 1000;
  if (ms > now + AHEAD_MS || ms < from) {
    const store = table.magneticWrites ? 'data ingestion window' : 'memory store';
    const range = `[${instant(from)}, ${instant(now + AHEAD_MS)})`;
    return { Reason: `The record timestamp is outside the time range ${range} of the ${store}.` };
  }
  return ms >= memoryFrom ? 'memory' : 'magnetic';
};

/** Types of columns are fixed by the first record that has them, and a dimension is never a measure. */
export const columnFault = (table: Table, record: TimestreamRecord): Rejection | undefined => {
  for (const { name, kind, type } of record.columns) {
    const known = table.columns.get(name.toLowerCase());
    if (known === undefined || (known.kind === kind && known.type === type)) continue;
    return { Reason: `The column ${name} is a ${known.kind} of type ${known.type}, not a ${kind} of type ${type}.` };
  }
  return undefined;
};

/** What a record means beside the one of the same identity that the table holds. */
export type Standing = 'new' | 'same' | 'same-but-newer-version' | 'update' | Rejection;

/**
 * Duplicates and versions, as the API reference tells them under RejectedRecord: repeating a value is accepted; another value
 * needs a greater version than the one held.
 */
export const standingOf = (record: TimestreamRecord, held: Held | undefined): Standing => {
  if (held === undefined) return 'new';
  if (held.fingerprint === record.fingerprint) return record.version > held.version ? 'same-but-newer-version' : 'same';
  if (record.version > held.version) return 'update';
  if (record.version < held.version)
    return {
      Reason: `The record version ${record.version} is lower than the existing version ${held.version}. A higher version is required to update the measure value.`,
      ExistingVersion: held.version,
    };
  return {
    Reason:
      'A record already exists with the same time, dimensions, measure name, and record version. A higher record version must be specified in order to update the measure value. Specifying record version is supported by the latest SDKs.',
    ExistingVersion: held.version,
  };
};
