import {
  RejectedRecordsException,
  type TimestreamWriteClient,
  WriteRecordsCommand,
} from '@aws-sdk/client-timestream-write';
import type { AppendOutcome } from '../../telemetry/reading-store.ts';
import { orUnavailable } from '../availability.ts';
import { chunk, mapInParallel } from '../parallel.ts';
import { type WriteRecord, writeRequest } from './records.ts';

/** Timestream quota: records per WriteRecords request. */
const RECORDS_PER_REQUEST = 100;
const REQUESTS_IN_FLIGHT = 4;

/** What became of one record. `conflict`: another record with this identity is in force, under `existingVersion`. */
export type WriteResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'conflict'; readonly existingVersion: number }
  | { readonly kind: 'rejected'; readonly outcome: Extract<AppendOutcome, { status: 'rejected' }> };

export type TimestreamWriter = (records: readonly WriteRecord[]) => Promise<readonly WriteResult[]>;

/** Writes records of distinct identities, in batches of 100, and answers one result per record, in the order given. */
export const timestreamWriter =
  (write: TimestreamWriteClient, database: string, table: string): TimestreamWriter =>
  async (records) => {
    // Neighbours of one measure name share it as a common attribute, which makes requests smaller.
    const ordered = [...records.entries()].sort(([, a], [, b]) => compareText(a.measureName, b.measureName));
    const results: WriteResult[] = [];
    await mapInParallel(chunk(ordered, RECORDS_PER_REQUEST), REQUESTS_IN_FLIGHT, async (batch) => {
      const batchRecords = batch.map(([, record]) => record);
      const rejections = await writeBatch(write, database, table, batchRecords);
      for (const [position, [index]] of batch.entries()) {
        results[index] = rejections.get(position) ?? { kind: 'written' };
      }
    });
    return results;
  };

const writeBatch = async (
  write: TimestreamWriteClient,
  database: string,
  table: string,
  records: readonly WriteRecord[],
): Promise<ReadonlyMap<number, WriteResult>> => {
  const command = new WriteRecordsCommand({ DatabaseName: database, TableName: table, ...writeRequest(records) });
  try {
    await orUnavailable(write.send(command));
    return new Map();
  } catch (error) {
    if (!(error instanceof RejectedRecordsException)) throw error;
    // The records that are not listed were written: Timestream takes a batch in part.
    return new Map(
      (error.RejectedRecords ?? []).map(({ RecordIndex = 0, Reason = error.message, ExistingVersion }) => [
        RecordIndex,
        ExistingVersion === undefined
          ? { kind: 'rejected', outcome: rejection(Reason, records[RecordIndex]?.reading.measuredAt) }
          : { kind: 'conflict', existingVersion: Number(ExistingVersion) },
      ]),
    );
  }
};

/**
 * Why a record can never be stored. Timestream says only that its time lies outside a range, and which:
 * "The record timestamp is outside the time range [2026-10-03T00:00:00Z, 2026-11-01T00:15:00Z) of the memory store."
 */
const rejection = (reason: string, measuredAt = 0): Extract<AppendOutcome, { status: 'rejected' }> => {
  const [, start = '', end = ''] = /\[\s*([^,\s]+)\s*,\s*([^)\]\s]+)\s*[)\]]/.exec(reason) ?? [];
  const outsideRange = /timestamp|time range/i.test(reason);
  if (outsideRange && measuredAt >= Date.parse(end)) return { status: 'rejected', code: 'clock-ahead', reason };
  if (outsideRange && measuredAt < Date.parse(start)) return { status: 'rejected', code: 'too-old', reason };
  return { status: 'rejected', code: 'other', reason };
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
