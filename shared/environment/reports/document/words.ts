import { type NotComputableReason, notComputable, notComputableReasons } from '../../indices/index-result.ts';
import type { AveragingPeriod } from '../../limit.ts';
import type { Bilingual, EpisodeReport, QualityRow } from '../report.ts';
import type { ReportKind } from '../report-period.ts';

export const kindWords: Readonly<Record<ReportKind, Bilingual>> = {
  day: { vi: 'ngày', en: 'day' },
  month: { vi: 'tháng', en: 'month' },
  year: { vi: 'năm', en: 'year' },
};

export const periodWords: Readonly<Record<AveragingPeriod, Bilingual>> = {
  single: { vi: 'giá trị đơn', en: 'single values' },
  '1h': { vi: 'trung bình 1 giờ', en: '1-hour means' },
  '8h': { vi: 'trung bình 8 giờ', en: '8-hour means' },
  '24h': { vi: 'trung bình 24 giờ', en: '24-hour means' },
  month: { vi: 'trung bình tháng', en: 'monthly means' },
  year: { vi: 'trung bình năm', en: 'yearly means' },
};

/** For narrow columns. */
export const shortPeriodWords: Readonly<Record<AveragingPeriod, Bilingual>> = {
  single: { vi: 'đơn', en: 'single' },
  '1h': { vi: '1 giờ', en: '1 h' },
  '8h': { vi: '8 giờ', en: '8 h' },
  '24h': { vi: '24 giờ', en: '24 h' },
  month: { vi: 'tháng', en: 'month' },
  year: { vi: 'năm', en: 'year' },
};

export const classWords = {
  automatic: { vi: 'Trạm tự động', en: 'Automatic station' },
  reference: { vi: 'Trạm tham khảo', en: 'Reference station' },
  laboratory: { vi: 'Điểm lấy mẫu, phân tích phòng thí nghiệm', en: 'Sampling point, laboratory' },
} as const;

export const stationKindWords = {
  air: { vi: 'Không khí', en: 'Air' },
  water: { vi: 'Nước mặt', en: 'Surface water' },
} as const;

export const roleWords: Readonly<Record<string, Bilingual>> = {
  guideline: { vi: 'khuyến nghị', en: 'guideline' },
  'interim-target': { vi: 'mục tiêu tạm thời', en: 'interim target' },
  target: { vi: 'giá trị mục tiêu', en: 'target' },
  information: { vi: 'ngưỡng thông báo', en: 'information threshold' },
  alert: { vi: 'ngưỡng cảnh báo', en: 'alert threshold' },
};

export const flagNames: Readonly<Record<QualityRow['flag'], Bilingual>> = {
  1: { vi: '1 – đạt', en: '1 – good' },
  2: { vi: '2 – chưa đánh giá', en: '2 – not evaluated' },
  3: { vi: '3 – nghi ngờ', en: '3 – suspect' },
  4: { vi: '4 – không đạt', en: '4 – fail' },
  9: { vi: '9 – thiếu', en: '9 – missing' },
};

export const phaseWords: Readonly<Record<EpisodeReport['phase'], Bilingual>> = {
  open: { vi: 'đang diễn ra', en: 'open' },
  deepening: { vi: 'đang nặng thêm', en: 'deepening' },
  closing: { vi: 'sắp kết thúc', en: 'closing' },
  closed: { vi: 'đã kết thúc', en: 'closed' },
};

export const handlingWords: Readonly<Record<EpisodeReport['handling'], Bilingual>> = {
  unacknowledged: { vi: 'chưa xác nhận', en: 'not acknowledged' },
  acknowledged: { vi: 'đã xác nhận', en: 'acknowledged' },
  reopened: { vi: 'mở lại', en: 're-opened' },
};

export const actWords: Readonly<Record<EpisodeReport['acts'][number]['kind'], Bilingual>> = {
  acknowledged: { vi: 'xác nhận', en: 'acknowledged' },
  reopened: { vi: 'mở lại', en: 're-opened' },
  escalated: { vi: 'báo cấp trên', en: 'escalated' },
};

const causeWords: Readonly<Record<string, Bilingual>> = {
  traffic: { vi: 'giao thông', en: 'traffic' },
  industry: { vi: 'công nghiệp', en: 'industry' },
  construction: { vi: 'xây dựng', en: 'construction' },
  burning: { vi: 'đốt rác, đốt đồng', en: 'burning' },
  weather: { vi: 'thời tiết', en: 'weather' },
  wastewater: { vi: 'nước thải', en: 'wastewater' },
  instrument: { vi: 'thiết bị', en: 'instrument' },
  other: { vi: 'khác', en: 'other' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
};

/** A cause in words; one that this release does not know as it was recorded. */
export const causeText = (cause: string): Bilingual => causeWords[cause] ?? { vi: cause, en: cause };

const isIndexReason = (code: string): code is NotComputableReason =>
  (notComputableReasons as readonly string[]).includes(code);

/** Why a mean or an index has no value, in words. */
export const reasonText = (code: string): Bilingual => {
  if (code === 'incomplete') return { vi: 'không đủ dữ liệu', en: 'too little data' };
  if (code === 'no-data') return { vi: 'không còn dữ liệu nào được tính', en: 'no data that counts' };
  if (!isIndexReason(code)) return { vi: code, en: code };
  const { reasonVi, reasonEn } = notComputable({ index: 'VN_AQI', methodVersion: '' }, code);
  return { vi: reasonVi, en: reasonEn };
};
