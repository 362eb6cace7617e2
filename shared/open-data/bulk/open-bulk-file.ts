import * as z from 'zod';
import { localInstant } from '../open-reading.ts';
import { PARQUET_TYPE } from '../tables/parquet.ts';
import { column, type Table } from '../tables/table.ts';
import { type BulkIssue, bulkFileFormats, bulkReasons, daySchema } from './bulk-issue.ts';

const local = z.iso.datetime({ offset: true });

/** A bulk file as the index lists it: one row a file, ready to be filtered and fetched. */
export const openBulkFileSchema = z
  .object({
    quantity: z.string(),
    day: daySchema.meta({ description: 'Of the city’s calendar' }),
    version: z.int().min(1),
    newest: z.boolean().meta({ description: 'False where a later version of the day took its place; its files stay' }),
    format: z.enum(bulkFileFormats),
    mediaType: z.string(),
    url: z.url(),
    bytes: z.int().min(0),
    sha256: z.string(),
    rows: z.int().min(0),
    series: z.int().min(0).meta({ description: 'Sensors (stations, of an index) that have rows' }),
    from: z.iso.datetime().meta({
      description: 'from ≤ t < to; of means and indices, named by the end of their period, from < t ≤ to',
    }),
    fromLocal: local,
    to: z.iso.datetime(),
    toLocal: local,
    issuedAt: z.iso.datetime(),
    issuedAtLocal: local,
    reason: z.enum(bulkReasons).meta({ description: 'Why this version was issued' }),
  })
  .meta({ id: 'BulkFile' });
export type OpenBulkFile = z.infer<typeof openBulkFileSchema>;

const mediaTypes = { parquet: PARQUET_TYPE, 'csv.gz': 'application/gzip' } as const;

const iso = (at: number): string => new Date(at).toISOString();

export const openBulkFiles = (
  { files, quantity, day, version, rows, series, reason, ...instants }: BulkIssue,
  { origin, timeZone, newest }: { readonly origin: string; readonly timeZone: string; readonly newest: boolean },
): readonly OpenBulkFile[] =>
  files.map(({ format, key, bytes, sha256 }) => ({
    ...{ quantity, day, version, newest, format },
    mediaType: mediaTypes[format],
    url: `${origin}/${key}`,
    ...{ bytes, sha256, rows, series },
    from: iso(instants.from),
    fromLocal: localInstant(timeZone, instants.from),
    to: iso(instants.to),
    toLocal: localInstant(timeZone, instants.to),
    issuedAt: iso(instants.issuedAt),
    issuedAtLocal: localInstant(timeZone, instants.issuedAt),
    reason,
  }));

export const bulkTable: Table = {
  name: 'bulk',
  title: { en: 'Daily files', vi: 'Tệp dữ liệu theo ngày' },
  columns: [
    column('quantity', 'text', 'What was measured', 'Đại lượng đo'),
    column('day', 'day', 'Day of the city’s calendar', 'Ngày, giờ địa phương'),
    column('version', 'integer', 'Version of the day, from 1', 'Phiên bản của ngày, từ 1'),
    column('newest', 'boolean', 'Whether no later version took its place', 'Là phiên bản mới nhất'),
    column('format', 'text', 'parquet or csv.gz', 'parquet hoặc csv.gz'),
    column('mediaType', 'text', 'Media type', 'Kiểu nội dung'),
    column('url', 'text', 'Where the file is', 'Địa chỉ của tệp'),
    column('bytes', 'integer', 'Size in bytes', 'Dung lượng, byte'),
    column('sha256', 'text', 'SHA-256 of the file', 'SHA-256 của tệp'),
    column('rows', 'integer', 'Readings in it', 'Số lần đo'),
    column('series', 'integer', 'Sensors or stations in it', 'Số cảm biến hoặc trạm'),
    column('from', 'instant', 'Start of the day, UTC', 'Đầu ngày, UTC'),
    column('fromLocal', 'local-instant', 'Start of the day, city time', 'Đầu ngày, giờ địa phương'),
    column('to', 'instant', 'End of the day, UTC', 'Cuối ngày, UTC'),
    column('toLocal', 'local-instant', 'End of the day, city time', 'Cuối ngày, giờ địa phương'),
    column('issuedAt', 'instant', 'When it was issued, UTC', 'Lúc phát hành, UTC'),
    column('issuedAtLocal', 'local-instant', 'When it was issued, city time', 'Lúc phát hành, giờ địa phương'),
    column(
      'reason',
      'text',
      'first, late-or-corrected or rebuilt',
      'first (lần đầu), late-or-corrected (số liệu trễ hoặc sửa), rebuilt (dựng lại)',
    ),
  ],
  key: ['quantity', 'day', 'version', 'format'],
};
