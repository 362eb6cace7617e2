import { type Language, useLocale } from './language.ts';

/** The words for the air's quality, in both languages. */
export type AirWords = {
  readonly heading: string;
  readonly ofHour: (from: string, to: string) => string;
  readonly ofDay: (day: string) => string;
  readonly dominant: (quantity: string) => string;
  readonly notComputable: (index: string, reason: string) => string;
  readonly referenceStation: string;
  readonly advice: string;
  readonly health: string;
  readonly everybody: string;
  readonly sensitive: string;
  readonly details: (index: string) => string;
  readonly quantity: string;
  readonly subIndex: string;
  readonly madeOf: string;
  readonly completeness: string;
  readonly isDominant: string;
  readonly beyondScale: string;
  readonly unverified: string;
  readonly missing: (quantities: string) => string;
  readonly method: (version: string) => string;
  readonly concentrations: string;
  readonly hourMean: string;
  readonly dayMean: string;
  readonly tooLittle: (completeness: string) => string;
  readonly notMeasured: string;
  readonly periods: Readonly<Record<string, string>>;
};

const vi: AirWords = {
  heading: 'Chất lượng không khí',
  ofHour: (from, to) => `giờ ${from}–${to}`,
  ofDay: (day) => `ngày ${day}`,
  dominant: (quantity) => `Thông số quyết định: ${quantity}`,
  notComputable: (index, reason) => `Không tính được ${index}: ${reason}`,
  referenceStation: 'Trạm tham khảo: chỉ công bố nồng độ',
  advice: 'Khuyến nghị sức khỏe',
  health: 'Ảnh hưởng',
  everybody: 'Mọi người',
  sensitive: 'Nhóm nhạy cảm',
  details: (index) => `${index}: chỉ số từng thông số`,
  quantity: 'Thông số',
  subIndex: 'Chỉ số',
  madeOf: 'Tính từ',
  completeness: 'Đủ dữ liệu',
  isDominant: 'quyết định',
  beyondScale: 'vượt thang',
  unverified: 'ngưỡng chưa kiểm chứng',
  missing: (quantities) => `Không có: ${quantities}`,
  method: (version) => `Phương pháp: ${version}`,
  concentrations: 'Nồng độ',
  hourMean: 'Trung bình giờ',
  dayMean: 'Trung bình ngày',
  tooLittle: (completeness) => `thiếu dữ liệu (${completeness})`,
  notMeasured: 'không có dữ liệu',
  periods: {
    nowcast: 'NowCast 12 giờ',
    '1h': 'trung bình 1 giờ',
    '8h': 'trung bình 8 giờ',
    'max 1h': '1 giờ lớn nhất',
    'max 8h': '8 giờ lớn nhất',
    '24h': 'trung bình 24 giờ',
  },
};

const en: AirWords = {
  heading: 'Air quality',
  ofHour: (from, to) => `hour ${from}–${to}`,
  ofDay: (day) => `on ${day}`,
  dominant: (quantity) => `Dominant pollutant: ${quantity}`,
  notComputable: (index, reason) => `No ${index}: ${reason}`,
  referenceStation: 'Reference station (trạm tham khảo): concentrations only',
  advice: 'Health advice',
  health: 'Effects',
  everybody: 'Everybody',
  sensitive: 'Sensitive groups',
  details: (index) => `${index}: sub-indices`,
  quantity: 'Pollutant',
  subIndex: 'Index',
  madeOf: 'Made of',
  completeness: 'Data',
  isDominant: 'dominant',
  beyondScale: 'beyond the scale',
  unverified: 'break-points not verified',
  missing: (quantities) => `Without: ${quantities}`,
  method: (version) => `Method: ${version}`,
  concentrations: 'Concentrations',
  hourMean: 'Mean of the hour',
  dayMean: 'Mean of the day',
  tooLittle: (completeness) => `too little data (${completeness})`,
  notMeasured: 'no data',
  periods: {
    nowcast: 'NowCast of 12 hours',
    '1h': '1-hour mean',
    '8h': '8-hour mean',
    'max 1h': 'greatest hour',
    'max 8h': 'greatest 8 hours',
    '24h': '24-hour mean',
  },
};

export const airDictionaries: Readonly<Record<Language, AirWords>> = { vi, en };

export const useAirWords = (): AirWords => airDictionaries[useLocale().language];
