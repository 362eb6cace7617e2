import type { Position } from '../../city/entities.ts';
import { quantities } from '../../telemetry/quantity.ts';
import type { BulkFileFormat, BulkIssue } from '../bulk/bulk-issue.ts';
import type { DatasetFacts, DistributionFacts } from './datasets.ts';

const words = {
  parquet: { format: 'parquet', en: 'Parquet', vi: 'Parquet' },
  'csv.gz': { format: 'csv', en: 'CSV, gzip', vi: 'CSV, gzip' },
} as const satisfies Record<BulkFileFormat, unknown>;

const fileDistribution = ({ day }: BulkIssue, file: BulkIssue['files'][number]): DistributionFacts => ({
  path: `/${file.key}`,
  format: words[file.format].format,
  title: { en: `${day}, ${words[file.format].en}`, vi: `${day}, ${words[file.format].vi}` },
  service: 'open',
  bytes: file.bytes,
  sha256: file.sha256,
  ...(file.format === 'csv.gz' && { compressed: 'application/gzip' as const }),
});

/** The daily files of a quantity: the index of all of them, and the newest day's with their checksums. */
export const dailyFilesDataset = (newest: BulkIssue, positions: readonly Position[]): DatasetFacts => {
  const { nameVi, nameEn, unit } = quantities[newest.quantity];
  const index = (format: 'json' | 'csv'): DistributionFacts => ({
    path: `/open/v1/bulk?quantity=${newest.quantity}&format=${format}`,
    format,
    title: { en: `Index of the files, ${format.toUpperCase()}`, vi: `Danh mục các tệp, ${format.toUpperCase()}` },
    service: 'open',
  });
  return {
    id: `daily-${newest.quantity}`,
    title: { vi: `Tệp theo ngày: ${nameVi}`, en: `Daily files: ${nameEn}` },
    description: {
      vi: `${nameVi} (${unit}), mỗi ngày một tệp Parquet và một tệp CSV, không bao giờ thay đổi; ngày có số liệu mới được phát hành lại với phiên bản mới. Danh mục có địa chỉ và SHA-256 của mọi tệp.`,
      en: `${nameEn} (${unit}), one Parquet and one CSV file a day, which never change; a day that changed is issued again as a new version. The index has address and SHA-256 of every file.`,
    },
    keywords: [
      { vi: nameVi, en: nameEn },
      { vi: 'tải hàng loạt', en: 'bulk download' },
    ],
    frequency: 'DAILY',
    positions,
    time: { to: newest.to },
    distributions: [index('json'), index('csv'), ...newest.files.map((file) => fileDistribution(newest, file))],
  };
};
