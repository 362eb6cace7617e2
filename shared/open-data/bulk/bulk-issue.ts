import * as z from 'zod';
import { BULK_PREFIX } from '../../../events/bulk-files.ts';
import { type Quantity, quantityNames } from '../../telemetry/quantity.ts';

/** A day of the city's calendar. */
export const daySchema = z.iso.date();

export const bulkFileFormats = ['parquet', 'csv.gz'] as const;
export type BulkFileFormat = (typeof bulkFileFormats)[number];

export const bulkReasons = ['first', 'late-or-corrected', 'rebuilt'] as const;
export type BulkReason = (typeof bulkReasons)[number];

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * One issue of one day of one quantity: what is public stays as it is, and a day that changed is issued again under the next version.
 * Instants are UTC epoch milliseconds.
 */
export const bulkIssueSchema = z.object({
  quantity: z.enum(quantityNames as [Quantity, ...Quantity[]]),
  day: daySchema,
  /** From 1. */
  version: z.int().min(1),
  /** The city's day: readings at `from` ≤ t < `to`; means and indices, named by the end of their period, `from` < t ≤ `to`. */
  from: z.int(),
  to: z.int(),
  issuedAt: z.int(),
  reason: z.enum(bulkReasons),
  rows: z.int().min(0),
  /** Sensors (or stations, of indices) that have rows. */
  series: z.int().min(0),
  /** Of the rows as CSV before compression: what tells one issue from another, whatever wrote the files. */
  contentSha256: sha256Schema,
  files: z.array(
    z.object({
      format: z.enum(bulkFileFormats),
      /** Where it lies below the city's address, and in the bucket. */
      key: z.string(),
      bytes: z.int().min(0),
      sha256: sha256Schema,
    }),
  ),
});
export type BulkIssue = z.infer<typeof bulkIssueSchema>;

/** What has been issued. A port. */
export type BulkIssues = {
  /** Answers false, and changes nothing, when that version of that day and quantity is there already. */
  readonly add: (issue: BulkIssue) => Promise<boolean>;
  /** The newest version of a day and quantity. */
  readonly newest: (day: string, quantity: Quantity) => Promise<BulkIssue | undefined>;
  /** Every version, ordered by day, quantity and version; days `from` to `to`, both included. `cursor` is the last one's place. */
  readonly list: (query: {
    readonly from: string;
    readonly to: string;
    readonly limit: number;
    readonly after?: BulkPlace | undefined;
  }) => Promise<readonly BulkIssue[]>;
};
export type BulkPlace = Pick<BulkIssue, 'day' | 'quantity' | 'version'>;

/** Where the bytes go. A port. What was put under a key is never replaced by anything else: the key names the bytes. */
export type BulkFiles = {
  readonly put: (file: {
    readonly key: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
    readonly sha256: string;
  }) => Promise<void>;
};

const SHORT_HASH = 12;

/** A name that says what is in the file and that no other bytes ever have. */
export const bulkKey = (
  { quantity, day, version }: BulkPlace,
  { format, sha256 }: { readonly format: BulkFileFormat; readonly sha256: string },
): string => `${BULK_PREFIX}${quantity}/${day}/${quantity}-${day}-v${version}-${sha256.slice(0, SHORT_HASH)}.${format}`;

/** The CSVW description of a CSV file lies beside it, where readers look for it by default. */
export const metadataKey = (csvKey: string): string => `${csvKey}-metadata.json`;
