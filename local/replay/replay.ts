import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { type Parser, parse } from 'csv-parse';
import * as z from 'zod';
import type { Registry } from '../../shared/city/registry.ts';
import type { SensorClient } from '../simulator/client.ts';
import { type Introduction, introduce } from './introduce.ts';
import { type Ledger, openLedger } from './ledger.ts';
import type { ReplayOptions } from './options.ts';
import { pacer } from './pacing.ts';
import { openPublisher } from './publisher.ts';
import { missingColumns, type RowOutcome, rowReader } from './read-row.ts';

/** What the file held, in cells of mapped columns: `cells = empty + unreadable + published`. */
export type ReplayCounts = {
  readonly rows: number;
  readonly cells: number;
  readonly empty: number;
  /** Cells that no reading could be made of, by reason. */
  readonly unreadable: ReadonlyMap<string, number>;
  /** Readings published. */
  readonly published: number;
  readonly messages: number;
  readonly acknowledged: number;
  readonly sensors: number;
  readonly registered: number;
};

export type ReplayParts = {
  readonly registry: Registry;
  readonly connect: (sensorId: string) => Promise<SensorClient>;
  readonly clock: () => number;
  /** Hears after each row how far in the file it is, in bytes. */
  readonly onProgress?: (bytes: number, counts: { readonly rows: number; readonly acknowledged: number }) => void;
};

/** Reasons kept apart; the rest are counted together, so that a broken file does not fill the memory. */
const MOST_REASONS = 20;

const reasonCounter = () => {
  const reasons = new Map<string, number>();
  const add = (reason: string, cells: number): void => {
    const key = reasons.has(reason) || reasons.size < MOST_REASONS ? reason : 'for other reasons';
    reasons.set(key, (reasons.get(key) ?? 0) + cells);
  };
  return { reasons, add };
};

/** Asks about each sensor once. */
const gateway = (registry: Registry, options: ReplayOptions) => {
  const statuses = new Map<string, Introduction['status']>();
  const enter = async (sensorId: string): Promise<Introduction['status']> => {
    const status = statuses.get(sensorId) ?? (await introduce(registry, sensorId, options)).status;
    statuses.set(sensorId, status);
    return status;
  };
  return { enter, statuses: () => [...statuses.values()] };
};

/** Rows as records by column name. An error of the file becomes one of the rows' stream. */
const openCsv = (options: ReplayOptions): Parser => {
  const parser = parse({
    bom: true,
    delimiter: options.delimiter,
    skip_empty_lines: true,
    columns: (header: readonly string[]) => {
      const missing = missingColumns(header, options);
      if (missing.length === 0) return [...header];
      throw new Error(`No column is called ${missing.join(', ')}: there are ${header.join(', ')}`);
    },
  });
  return pipeline(createReadStream(options.file), parser, () => undefined);
};

const rowSchema = z.record(z.string(), z.string());

/**
 * Publishes a CSV file's rows as their sensors, row by row, with memory that does not grow with the file but for eight bytes a
 * reading in the ledger.
 * @throws Error when the file lacks a column, is no CSV, or the line is lost for good.
 */
export const replay = async (
  options: ReplayOptions,
  { registry, connect, clock, onProgress }: ReplayParts,
): Promise<{ readonly counts: ReplayCounts; readonly ledger: Ledger }> => {
  const ledger = openLedger();
  const publisher = openPublisher({ connect, columns: options.columns, batch: options.batch });
  const keepPace = pacer(options.pace, clock);
  const read = rowReader(options);
  const gate = gateway(registry, options);
  const unreadable = reasonCounter();
  const cellsPerRow = options.columns.length;
  let rows = 0;
  let empty = 0;

  const take = async (row: RowOutcome): Promise<void> => {
    if (!row.ok) return unreadable.add(row.reason, cellsPerRow);
    const { measurement } = row;
    if ((await gate.enter(measurement.sensorId)) === 'unknown') {
      return unreadable.add(`${measurement.sensorId} is not registered (--register)`, cellsPerRow);
    }
    empty += row.empty;
    for (const reason of row.unreadable) unreadable.add(reason, 1);
    if (Object.keys(measurement.values).length === 0) return;
    await keepPace(measurement.measuredAt);
    ledger.record(measurement);
    await publisher.take(measurement);
  };

  try {
    const parser = openCsv(options);
    for await (const input of parser) {
      if (rows === options.limit) break;
      rows += 1;
      await take(read(rowSchema.parse(input)));
      onProgress?.(parser.info.bytes, { rows, acknowledged: publisher.counts().acknowledged });
    }
    await publisher.finish();
  } finally {
    await publisher.close();
  }
  const counts: ReplayCounts = {
    rows,
    cells: rows * cellsPerRow,
    empty,
    unreadable: unreadable.reasons,
    published: ledger.published(),
    ...publisher.counts(),
    sensors: gate.statuses().length,
    registered: gate.statuses().filter((status) => status === 'registered').length,
  };
  return { counts, ledger };
};
