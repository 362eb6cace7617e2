import type { KpiSource } from '../../../shared/waste/kpis/sources.ts';
import type { KpiName } from '../api/wire.ts';
import { type Language, useLocale } from './language.ts';

/** The words for what collection does and costs, in both languages. */
export type KpiWords = {
  readonly heading: string;
  readonly period: string;
  readonly days: (count: number) => string;
  readonly by: string;
  readonly division: Readonly<Record<'day' | 'truck' | 'ward', string>>;
  readonly name: Readonly<Record<KpiName, string>>;
  readonly source: Readonly<Record<KpiSource, string>>;
  readonly sourceShort: Readonly<Record<KpiSource, string>>;
  readonly adherenceTold: (stops: string, byCrews: string) => string;
  readonly unknown: string;
  readonly baseline: (name: string, perWeek: string) => string;
  readonly noBaseline: string;
  readonly co2: (kgPerLitre: string) => string;
  readonly missingDays: (count: string) => string;
  readonly fillHeading: string;
  readonly fillClass: (from: string, to: string) => string;
  readonly collections: (count: string) => string;
  readonly download: string;
  readonly noWard: string;
  readonly whole: string;
  readonly nothing: string;
};

const vi: KpiWords = {
  heading: 'Kết quả thu gom',
  period: 'Thời gian',
  days: (count) => `${count} ngày qua`,
  by: 'Chia theo',
  division: { day: 'Ngày', truck: 'Xe', ward: 'Phường' },
  name: {
    collections: 'Lượt thu gom',
    collectionsAvoided: 'Lượt thu gom tránh được',
    distanceKm: 'Quãng đường',
    workingHours: 'Giờ làm việc',
    fuelLitres: 'Nhiên liệu',
    co2Kg: 'CO₂',
    costVnd: 'Chi phí',
    overflows: 'Lần tràn',
    overflowHours: 'Giờ tràn',
    meanFillAtPickUp: 'Mức đầy khi thu gom',
    shareBelowHalf: 'Thu gom khi chưa đầy nửa',
    serviceLevel: 'Thu gom trước khi tràn',
    sensorUptime: 'Cảm biến hoạt động',
    planAdherence: 'Thực hiện kế hoạch',
    onTime: 'Thu gom đúng giờ (±30 phút)',
  },
  source: {
    measured: 'Theo đo đạc của cảm biến',
    planned: 'Theo kế hoạch, không phải hành trình thực tế',
    reported: 'Theo báo cáo của tổ thu gom',
  },
  sourceShort: { measured: 'đo được', planned: 'theo kế hoạch', reported: 'theo báo cáo' },
  adherenceTold: (stops, byCrews) =>
    `Thực hiện kế hoạch: ${stops} điểm dừng, trong đó ${byCrews} điểm theo lời tổ thu gom; điểm không có báo cáo thì theo mức đầy giảm xuống.`,
  unknown: 'không rõ',
  baseline: (name, perWeek) => `So với trước đây: ${name} (${perWeek} lượt mỗi thùng một tuần).`,
  noBaseline: 'Thành phố chưa khai tần suất thu gom trước đây nên không tính được số lượt tránh được.',
  co2: (kgPerLitre) => `CO₂: ${kgPerLitre} kg mỗi lít dầu diesel (IPCC 2006), chưa gồm khâu sản xuất nhiên liệu.`,
  missingDays: (count) => `${count} ngày chưa được tổng hợp và không có trong các số này.`,
  fillHeading: 'Mức đầy khi thu gom',
  fillClass: (from, to) => `${from}–${to}`,
  collections: (count) => `${count} lượt`,
  download: 'Tải CSV',
  noWard: 'Không thuộc phường nào',
  whole: 'Tất cả',
  nothing: 'Không có gì trong thời gian này.',
};

const en: KpiWords = {
  heading: 'What collection achieves',
  period: 'Period',
  days: (count) => `Last ${count} days`,
  by: 'Divided by',
  division: { day: 'Day', truck: 'Truck', ward: 'Ward' },
  name: {
    collections: 'Collections',
    collectionsAvoided: 'Collections avoided',
    distanceKm: 'Distance',
    workingHours: 'Working hours',
    fuelLitres: 'Fuel',
    co2Kg: 'CO₂',
    costVnd: 'Cost',
    overflows: 'Overflows',
    overflowHours: 'Hours overflowing',
    meanFillAtPickUp: 'Fill at pick-up',
    shareBelowHalf: 'Picked up less than half full',
    serviceLevel: 'Picked up before overflowing',
    sensorUptime: 'Sensors up',
    planAdherence: 'Plan kept to',
    onTime: 'Collected on time (±30 minutes)',
  },
  source: {
    measured: 'As sensors measured',
    planned: 'As planned, not as driven',
    reported: 'As crews reported',
  },
  sourceShort: { measured: 'measured', planned: 'planned', reported: 'reported' },
  adherenceTold: (stops, byCrews) =>
    `Plan kept to: ${stops} stops, ${byCrews} of them by the crew’s word; stops without one by levels that fell.`,
  unknown: 'not known',
  baseline: (name, perWeek) => `Compared with before: ${name} (${perWeek} collections of each bin a week).`,
  noBaseline: 'The city has not stated how often bins were emptied before, so nobody can tell what was avoided.',
  co2: (kgPerLitre) => `CO₂: ${kgPerLitre} kg a litre of diesel (IPCC 2006), without what making the fuel gives off.`,
  missingDays: (count) => `${count} days have not been summed up and are in none of these figures.`,
  fillHeading: 'How full bins were at pick-up',
  fillClass: (from, to) => `${from} to ${to}`,
  collections: (count) => `${count} collections`,
  download: 'Download CSV',
  noWard: 'In no ward',
  whole: 'In all',
  nothing: 'There is nothing in this time.',
};

const words: Readonly<Record<Language, KpiWords>> = { vi, en };

export const useKpiWords = (): KpiWords => words[useLocale().language];
