import { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import { constants, createGzip } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import { isDerived } from '../../telemetry/derived-quantities.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import { tableCsv } from '../csv.ts';
import { localInstantsWithin, type OpenReading, openReading } from '../open-reading.ts';
import { readPage } from '../read-page.ts';
import type { Series } from '../series.ts';
import type { Source } from '../source.ts';
import { parquetSink } from '../tables/parquet.ts';
import { readingTable } from '../tables/reading-table.ts';
import { columnNames } from '../tables/table.ts';

/** Readings read and written at a time: what a build holds in memory, beside its compressed files and one row group. */
const PAGE = 5_000;

export type BuiltDay = {
  readonly rows: number;
  readonly series: number;
  readonly contentSha256: string;
  readonly files: Readonly<Record<'parquet' | 'csv.gz', Uint8Array>>;
};

export type DayRequest = {
  readonly quantity: Quantity;
  /** UTC epoch milliseconds of the city's midnights. */
  readonly from: number;
  readonly to: number;
  /** In the order of answers. */
  readonly series: readonly Series[];
  readonly siteOf: ReadonlyMap<string, string>;
  readonly timeZone: string;
  readonly source: Source;
};

/** From when to when (exclusive) a quantity's instants belong to a day: what names the end of a period belongs to the day that it ends. */
export const instantsOf = (quantity: Quantity, { from, to }: { readonly from: number; readonly to: number }) =>
  isDerived(quantity) ? { from: from + 1, to: to + 1 } : { from, to };

/** Compresses what it is given, and keeps the compressed bytes only. */
const gzipSink = () => {
  const gzip = createGzip({ level: constants.Z_DEFAULT_COMPRESSION });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    gzip.once('end', resolve);
    gzip.once('error', reject);
  });
  return {
    write: (text: string): Promise<void> =>
      new Promise((resolve, reject) => gzip.write(text, (error) => (error ? reject(error) : resolve()))),
    finish: async (): Promise<Buffer> => {
      gzip.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
};

const rowsCsv = (rows: readonly OpenReading[]): string =>
  stringify([...rows], {
    columns: [...columnNames(readingTable)],
    record_delimiter: 'windows',
    escape_formulas: true,
  });

type Sinks = {
  readonly hash: Hash;
  readonly csv: ReturnType<typeof gzipSink>;
  readonly parquet: ReturnType<typeof parquetSink>;
};

const writeText = async ({ hash, csv }: Sinks, text: string): Promise<void> => {
  hash.update(text);
  await csv.write(text);
};

/**
 * Reads one day of one quantity and writes it as CSV (gzip) and Parquet, page by page: memory grows with the compressed files, not with the
 * readings. The same readings make the same bytes.
 * @throws StoreUnavailableError when the readings cannot be had now.
 */
export const buildDay = async (readings: ReadingStore, request: DayRequest): Promise<BuiltDay> => {
  const { quantity, series, siteOf, timeZone, source } = request;
  const { from, to } = instantsOf(quantity, request);
  const local = localInstantsWithin(timeZone, from, to);
  const sinks: Sinks = { hash: createHash('sha256'), csv: gzipSink(), parquet: parquetSink(readingTable, source) };
  await writeText(sinks, tableCsv(readingTable, []));
  const found = new Set<string>();
  let rows = 0;
  let after: Awaited<ReturnType<typeof readPage>>['last'];
  do {
    const page = await readPage(readings, { series, from, to, limit: PAGE, after });
    const open = page.readings.map((reading) => openReading(reading, { timeZone, siteOf, local }));
    for (const { sensorId } of open) found.add(sensorId);
    rows += open.length;
    await writeText(sinks, rowsCsv(open));
    sinks.parquet.add(open);
    after = page.last;
  } while (after !== undefined);
  return {
    rows,
    series: found.size,
    contentSha256: sinks.hash.digest('hex'),
    files: { 'csv.gz': await sinks.csv.finish(), parquet: Buffer.concat(sinks.parquet.finish()) },
  };
};
