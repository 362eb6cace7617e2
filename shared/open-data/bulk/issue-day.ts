import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import type { Source } from '../source.ts';
import { CSVW_TYPE, csvwOf } from '../tables/csvw.ts';
import { PARQUET_TYPE } from '../tables/parquet.ts';
import { readingTable } from '../tables/reading-table.ts';
import { type BuiltDay, buildDay, instantsOf } from './build-day.ts';
import {
  type BulkFiles,
  type BulkIssue,
  type BulkIssues,
  type BulkPlace,
  type BulkReason,
  bulkFileFormats,
  bulkKey,
  metadataKey,
} from './bulk-issue.ts';
import type { BulkSeries } from './bulk-series.ts';

export type IssuePorts = {
  readonly readings: ReadingStore;
  readonly bulkIssues: BulkIssues;
  readonly bulkFiles: BulkFiles;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

export type IssueRequest = {
  readonly quantity: Quantity;
  readonly day: string;
  /** The city's midnights, UTC epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly city: BulkSeries & { readonly timeZone: string; readonly source: Source };
  /** Somebody asked for it by hand. */
  readonly byHand: boolean;
};

export type IssueOutcome =
  | { readonly status: 'issued'; readonly issue: BulkIssue }
  /** The newest version says the same. */
  | { readonly status: 'unchanged' }
  /** Nothing was measured. */
  | { readonly status: 'empty' }
  /** Readings that were issued are no longer there (retention): what is public stays. */
  | { readonly status: 'kept'; readonly rows: number; readonly issuedRows: number };

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const mediaTypes = { parquet: PARQUET_TYPE, 'csv.gz': 'application/gzip' } as const;

/** Puts the files of an issue where the public finds them; nobody is told of them yet. */
const putFiles = async (
  { bulkFiles }: IssuePorts,
  place: BulkPlace,
  { files }: BuiltDay,
  source: Source,
): Promise<BulkIssue['files']> => {
  const put: BulkIssue['files'] = [];
  for (const format of bulkFileFormats) {
    const bytes = files[format];
    const hash = sha256(bytes);
    const key = bulkKey(place, { format, sha256: hash });
    await bulkFiles.put({ key, mediaType: mediaTypes[format], bytes, sha256: hash });
    put.push({ format, key, bytes: bytes.length, sha256: hash });
    if (format !== 'csv.gz') continue;
    const csvw = Buffer.from(JSON.stringify(csvwOf(readingTable, source, key.split('/').at(-1) ?? key)));
    await bulkFiles.put({ key: metadataKey(key), mediaType: CSVW_TYPE, bytes: csvw, sha256: sha256(csvw) });
  }
  return put;
};

const seriesWithReadings = async ({ readings }: IssuePorts, { quantity, city, ...day }: IssueRequest) => {
  const series = city.byQuantity.get(quantity) ?? [];
  if (series.length === 0) return [];
  const counts = await readings.counts({ series, ...instantsOf(quantity, day) });
  const some = new Set(counts.filter(({ count }) => count > 0).map(({ sensorId }) => sensorId));
  return series.filter(({ sensorId }) => some.has(sensorId));
};

const CONFLICT_ATTEMPTS = 5;

/**
 * Builds one day of one quantity and issues it, if it says something else than its newest version. Files first, then the record that makes
 * them public: a crash in between leaves files that nobody was told of, and doing it again puts the same bytes under the same names. Of two
 * builders at once the slower one takes the next version, or none where both found the same.
 */
export const issueDay = async (ports: IssuePorts, request: IssueRequest): Promise<IssueOutcome> => {
  const { quantity, day, from, to, city, byHand } = request;
  const series = await seriesWithReadings(ports, request);
  if (series.length === 0) return { status: 'empty' };
  const built = await buildDay(ports.readings, { ...city, quantity, from, to, series });
  for (let attempt = 0; attempt < CONFLICT_ATTEMPTS; attempt += 1) {
    const newest = await ports.bulkIssues.newest(day, quantity);
    if (newest?.contentSha256 === built.contentSha256) return { status: 'unchanged' };
    if (newest !== undefined && built.rows < newest.rows) {
      return { status: 'kept', rows: built.rows, issuedRows: newest.rows };
    }
    const place = { quantity, day, version: (newest?.version ?? 0) + 1 };
    const files = await putFiles(ports, place, built, city.source);
    const reason: BulkReason = newest === undefined ? 'first' : byHand ? 'rebuilt' : 'late-or-corrected';
    const { rows, contentSha256 } = built;
    const issue: BulkIssue = {
      ...{ ...place, from, to, issuedAt: ports.clock(), reason, rows, series: built.series, contentSha256 },
      files,
    };
    if (await ports.bulkIssues.add(issue)) return { status: 'issued', issue };
  }
  throw new Error(`${quantity} of ${day} is being issued by too many at once`);
};
