import type { KpiName } from './figures.ts';

/** Where a figure comes from: a plan says what was meant to happen, a crew and a sensor what did. */
export const kpiSources = {
  planned: {
    en: 'As planned: by the routes of the plan that was driven by, not by trucks’ tracks, which nobody records',
    vi: 'Theo kế hoạch: tính từ tuyến của kế hoạch đã dùng, không phải từ hành trình thực tế của xe (không được ghi lại)',
  },
  reported: {
    en: 'As reported: by crews’ last word on each stop, and of stops without one by levels that fell',
    vi: 'Theo báo cáo: lời báo cuối của tổ thu gom về từng điểm; điểm không có báo cáo thì theo mức đầy giảm xuống',
  },
  measured: {
    en: 'As measured: by the levels that sensors saw',
    vi: 'Theo đo đạc: mức đầy do cảm biến ghi nhận',
  },
} as const;
export type KpiSource = keyof typeof kpiSources;

export const sourceOf: Readonly<Record<KpiName, KpiSource>> = {
  collections: 'measured',
  collectionsAvoided: 'measured',
  distanceKm: 'planned',
  workingHours: 'planned',
  fuelLitres: 'planned',
  co2Kg: 'planned',
  costVnd: 'planned',
  overflows: 'measured',
  overflowHours: 'measured',
  meanFillAtPickUp: 'measured',
  shareBelowHalf: 'measured',
  serviceLevel: 'measured',
  sensorUptime: 'measured',
  planAdherence: 'reported',
  onTime: 'reported',
};
