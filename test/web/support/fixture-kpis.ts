import { kpiReasons } from '../../../shared/waste/kpis/figures.ts';
import type { KpiFigure, KpiFigures, KpiName, KpiRow, KpisAnswer } from '../../../web/src/api/wire.ts';

const known = (value: number): KpiFigure => ({ value, reason: null });
const unknown = (code: keyof typeof kpiReasons): KpiFigure => ({ value: null, reason: { code, ...kpiReasons[code] } });

const usual: KpiFigures = {
  collections: known(412),
  collectionsAvoided: known(540),
  distanceKm: known(1_234.5),
  workingHours: known(188),
  fuelLitres: unknown('no-consumption'),
  co2Kg: unknown('no-consumption'),
  costVnd: known(48_200_000),
  overflows: known(3),
  overflowHours: known(11),
  meanFillAtPickUp: known(0.71),
  shareBelowHalf: known(0.08),
  serviceLevel: known(0.9976),
  sensorUptime: known(0.964),
  planAdherence: known(0.98),
  onTime: unknown('no-times'),
};

const row = (key: string, name: string, more: Partial<Record<KpiName, KpiFigure>> = {}): KpiRow => ({
  key,
  name,
  figures: { ...usual, ...more },
});

const rows: Readonly<Record<string, readonly KpiRow[]>> = {
  day: [row('2026-11-21', '2026-11-21'), row('2026-11-22', '2026-11-22', { distanceKm: unknown('no-plan') })],
  truck: [row('truck-1', 'Xe 61C-123.45', { collections: unknown('not-of-trucks') })],
  ward: [row('', ''), row('Phú Cường', 'Phú Cường')],
};

export const kpisOf = (query: URLSearchParams): KpisAnswer => ({
  from: query.get('from') ?? '',
  to: query.get('to') ?? '',
  baseline: { perBinPerWeek: 7, name: 'thu gom hằng ngày' },
  co2: { kgPerLitre: 2.68, source: 'IPCC 2006' },
  missingDays: query.get('by') === 'ward' ? ['2026-11-01'] : [],
  adherenceTold: { stops: 430, byCrews: 412 },
  total: usual,
  fillAtPickUp: [0, 2, 5, 12, 14, 60, 120, 130, 60, 9],
  rows: rows[query.get('by') ?? 'day'] ?? [],
});
