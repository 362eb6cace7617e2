import type { Bilingual } from '../plan-words.ts';

/** The words around a driver's sheet. */
export const sheetWords = {
  title: { vi: 'Phiếu thu gom', en: 'Driver sheet' },
  number: { vi: 'Số', en: 'No.' },
  time: { vi: 'Giờ', en: 'Time' },
  place: { vi: 'Địa điểm', en: 'Place' },
  notes: { vi: 'Ghi chú', en: 'Notes' },
  navigation: { vi: 'Chỉ đường', en: 'Navigation' },
  places: { vi: 'Điểm', en: 'Places' },
  map: { vi: 'Bản đồ', en: 'Map' },
  report: { vi: 'Báo cáo bằng điện thoại', en: 'Report by phone' },
  tick: {
    vi: 'Đánh dấu vào ô đúng với từng thùng. Thùng chưa lấy hết hoặc không lấy được sẽ được thu gom lại.',
    en: 'Tick what is true of each bin. Bins left partly or wholly full are collected again.',
  },
  planned: { vi: 'Kế hoạch', en: 'Plan' },
  signature: { vi: 'Tổ thu gom ký tên', en: 'Signed by the crew' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** What a crew ticks, in the order of the columns. */
export const outcomeWords: readonly Bilingual[] = [
  { vi: 'Đã lấy', en: 'Done' },
  { vi: 'Một phần', en: 'Partly' },
  { vi: 'Bị chắn', en: 'Blocked' },
  { vi: 'Không thấy', en: 'Missing' },
];
