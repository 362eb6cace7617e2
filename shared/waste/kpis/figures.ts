import type { City } from '../../city/entities.ts';
import type { KpiDay, TruckSums, WardSums } from './kpi-day.ts';

/**
 * Diesel burnt: 43.0 TJ/Gg × 74,100 kg CO2/TJ (IPCC 2006 Guidelines, volume 2, tables 1.2 and 1.4) × 0.84 kg/L; without what making
 * the fuel gives off.
 */
export const CO2_KG_PER_LITRE = 2.68;
export const CO2_SOURCE =
  'Diesel: IPCC 2006 Guidelines, vol. 2, tables 1.2 and 1.4 (43.0 TJ/Gg, 74,100 kg CO2/TJ), 0.84 kg/L; tank to wheel';

/** What would have been done without levels and plans. Stated by the city (`collectionsBefore`) or who asks, never guessed. */
export type Baseline = NonNullable<City['collectionsBefore']>;

export const kpiReasons = {
  'no-bins': { en: 'There are no bins here', vi: 'Không có thùng rác ở đây' },
  'no-levels': { en: 'No usable level is known of the time', vi: 'Không có mức đầy dùng được trong thời gian này' },
  'no-collections': {
    en: 'No sensor saw a bin being emptied in the time',
    vi: 'Không cảm biến nào thấy thùng được thu gom trong thời gian này',
  },
  'no-baseline': {
    en: 'The city has not stated how often bins were emptied before',
    vi: 'Thành phố chưa khai tần suất thu gom trước đây',
  },
  'no-plan': { en: 'No collections were planned in the time', vi: 'Không có kế hoạch thu gom trong thời gian này' },
  'not-over': { en: 'The planned routes are not over', vi: 'Các tuyến theo kế hoạch chưa kết thúc' },
  'no-consumption': {
    en: 'The consumption of a truck that drove is not in the registry',
    vi: 'Chưa khai mức tiêu hao nhiên liệu của một xe đã chạy',
  },
  'no-costs': {
    en: 'The costs of a truck that drove are not in the registry',
    vi: 'Chưa khai chi phí của một xe đã chạy',
  },
  'no-word': {
    en: 'Neither crews nor sensors told what became of the stops',
    vi: 'Không có báo cáo của tổ thu gom hay cảm biến về các điểm dừng',
  },
  'no-times': {
    en: 'No crew reported when it collected',
    vi: 'Không tổ thu gom nào báo giờ thu gom',
  },
  'no-sensors': {
    en: 'No sensor here was heard by then',
    vi: 'Đến lúc đó chưa cảm biến nào ở đây gửi số liệu',
  },
  'not-of-trucks': { en: 'Sensors see bins, not trucks', vi: 'Cảm biến theo dõi thùng, không theo dõi xe' },
  'not-of-wards': { en: 'Trucks drive through many wards', vi: 'Xe chạy qua nhiều phường' },
  'not-of-days': { en: 'Days of which nothing was worked out', vi: 'Những ngày chưa được tổng hợp' },
} as const;
export type KpiReason = keyof typeof kpiReasons;

export type KpiFigure = number | { readonly missing: KpiReason };

/** What a council asks for. Shares are 0..1. */
export type Kpis = {
  readonly collections: KpiFigure;
  /** Less than none where more was collected than before. */
  readonly collectionsAvoided: KpiFigure;
  readonly distanceKm: KpiFigure;
  readonly workingHours: KpiFigure;
  readonly fuelLitres: KpiFigure;
  readonly co2Kg: KpiFigure;
  readonly costVnd: KpiFigure;
  readonly overflows: KpiFigure;
  readonly overflowHours: KpiFigure;
  readonly meanFillAtPickUp: KpiFigure;
  readonly shareBelowHalf: KpiFigure;
  /** Share of collections that came before the bin overflowed. */
  readonly serviceLevel: KpiFigure;
  readonly sensorUptime: KpiFigure;
  readonly planAdherence: KpiFigure;
  /** Share of stops whose crew told when it collected that were collected near the planned time. */
  readonly onTime: KpiFigure;
};
export type KpiName = keyof Kpis;

const missing = (reason: KpiReason): { readonly missing: KpiReason } => ({ missing: reason });
const total = <T>(all: readonly T[], of: (each: T) => number): number => all.reduce((sum, each) => sum + of(each), 0);

type OfBins = Pick<
  Kpis,
  | 'collections'
  | 'collectionsAvoided'
  | 'overflows'
  | 'overflowHours'
  | 'meanFillAtPickUp'
  | 'shareBelowHalf'
  | 'serviceLevel'
  | 'sensorUptime'
>;
const binKpis = [
  ...['collections', 'collectionsAvoided', 'overflows', 'overflowHours'],
  ...['meanFillAtPickUp', 'shareBelowHalf', 'serviceLevel', 'sensorUptime'],
] as const;

/** Of sums of wards (several days' or one's). Collections are those that sensors saw: of bins without levels nothing is known. */
const ofBins = (wards: readonly WardSums[], baseline: Baseline | undefined): OfBins => {
  const none = wards.length === 0 || total(wards, ({ bins }) => bins) === 0;
  const observed = total(wards, ({ binsObserved }) => binsObserved);
  const of = (work: () => KpiFigure): KpiFigure =>
    none ? missing('no-bins') : observed === 0 ? missing('no-levels') : work();
  const collections = total(wards, (ward) => ward.collections);
  const ofCollections = (work: () => number): KpiFigure =>
    of(() => (collections === 0 ? missing('no-collections') : work()));
  const expected = total(wards, ({ readingsExpected }) => readingsExpected);
  const belowHalf = total(wards, ({ fillAtPickUp }) => total(fillAtPickUp.slice(0, fillAtPickUp.length / 2), Number));
  return {
    collections: of(() => collections),
    // Compared bin by bin observed and day: a bin that nobody saw was neither collected nor spared.
    collectionsAvoided: of(() =>
      baseline === undefined ? missing('no-baseline') : (baseline.perBinPerWeek / 7) * observed - collections,
    ),
    overflows: of(() => total(wards, ({ overflows }) => overflows)),
    overflowHours: of(() => total(wards, ({ hoursOverflowing }) => hoursOverflowing)),
    meanFillAtPickUp: ofCollections(() => total(wards, ({ fillAtPickUpSum }) => fillAtPickUpSum) / collections),
    shareBelowHalf: ofCollections(() => belowHalf / collections),
    serviceLevel: ofCollections(() => 1 - total(wards, ({ overflowed }) => overflowed) / collections),
    sensorUptime: none
      ? missing('no-bins')
      : expected === 0
        ? missing('no-sensors')
        : total(wards, ({ readingsReceived }) => readingsReceived) / expected,
  };
};

type OfTrucks = Omit<Kpis, keyof OfBins>;
const truckKpis = ['distanceKm', 'workingHours', 'fuelLitres', 'co2Kg', 'costVnd', 'planAdherence', 'onTime'] as const;

const sumOrMissing = (
  trucks: readonly TruckSums[],
  of: (truck: TruckSums) => number | null,
  without: KpiReason,
): number | { readonly missing: KpiReason } => {
  const known = trucks.map(of);
  return known.includes(null) ? missing(without) : total(known, (each) => each ?? 0);
};

const allMissing = <N extends KpiName>(
  names: readonly N[],
  reason: KpiReason,
): Record<N, { readonly missing: KpiReason }> =>
  Object.fromEntries(names.map((name) => [name, missing(reason)])) as Record<N, { readonly missing: KpiReason }>;

const ofTrucks = (trucks: readonly TruckSums[] | null, without: KpiReason = 'no-plan'): OfTrucks => {
  if (trucks === null) return allMissing(truckKpis, without);
  const fuel = sumOrMissing(trucks, ({ fuelLitres }) => fuelLitres, 'no-consumption');
  const told = trucks.flatMap(({ adherence }) => adherence ?? []);
  const stops = total(told, (each) => each.stops);
  const timed = total(told, (each) => each.timed ?? 0);
  return {
    distanceKm: total(trucks, ({ distanceMetres }) => distanceMetres) / 1_000,
    workingHours: total(trucks, ({ workingSeconds }) => workingSeconds) / 3_600,
    fuelLitres: fuel,
    co2Kg: typeof fuel === 'number' ? fuel * CO2_KG_PER_LITRE : fuel,
    costVnd: sumOrMissing(trucks, ({ costVnd }) => costVnd, 'no-costs'),
    planAdherence: stops === 0 ? missing('no-word') : total(told, ({ done }) => done) / stops,
    onTime: timed === 0 ? missing('no-times') : total(told, ({ onTime = 0 }) => onTime) / timed,
  };
};

const trucksOf = (days: readonly KpiDay[]): readonly TruckSums[] | null => {
  const planned = days.flatMap(({ trucks }) => (trucks === null ? [] : [trucks]));
  return planned.length === 0 ? null : planned.flat();
};

/** The figures of all these days together. */
export const kpisOf = (days: readonly KpiDay[], baseline: Baseline | undefined): Kpis => {
  if (days.length === 0) return { ...allMissing(binKpis, 'not-of-days'), ...allMissing(truckKpis, 'not-of-days') };
  const ahead = days.some(({ routesAhead }) => routesAhead > 0);
  return {
    ...ofBins(
      days.flatMap(({ wards }) => wards),
      baseline,
    ),
    ...ofTrucks(trucksOf(days), ahead ? 'not-over' : 'no-plan'),
  };
};

/** Of each ward over all these days, by name. */
export const kpisByWard = (
  days: readonly KpiDay[],
  baseline: Baseline | undefined,
): readonly { readonly ward: string; readonly kpis: Kpis }[] =>
  [
    ...Map.groupBy(
      days.flatMap(({ wards }) => wards),
      ({ ward }) => ward,
    ),
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([ward, sums]) => ({ ward, kpis: { ...ofBins(sums, baseline), ...allMissing(truckKpis, 'not-of-wards') } }));

/** Of each truck that was planned on any of these days, by id. */
export const kpisByTruck = (
  days: readonly KpiDay[],
): readonly { readonly vehicleId: string; readonly vehicleName: string; readonly kpis: Kpis }[] =>
  [...Map.groupBy(trucksOf(days) ?? [], ({ vehicleId }) => vehicleId)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([vehicleId, sums]) => ({
      vehicleId,
      vehicleName: sums.at(-1)?.vehicleName ?? vehicleId,
      kpis: { ...allMissing(binKpis, 'not-of-trucks'), ...ofTrucks(sums) },
    }));

/** How full bins were when they were emptied: collections by tenths of the capacity. */
export const fillAtPickUpOf = (days: readonly KpiDay[]): readonly number[] =>
  days
    .flatMap(({ wards }) => wards)
    .reduce<number[]>(
      (sums, { fillAtPickUp }) => fillAtPickUp.map((each, index) => each + (sums[index] ?? 0)),
      new Array(10).fill(0),
    );

/** Of the stops that plan adherence is told of, how many a crew spoke of; of the others levels told, or nobody. */
export const adherenceToldOf = (days: readonly KpiDay[]): { readonly stops: number; readonly byCrews: number } => {
  const told = days.flatMap(({ trucks }) => (trucks ?? []).flatMap(({ adherence }) => adherence ?? []));
  return {
    stops: total(told, ({ stops }) => stops),
    byCrews: total(told, (each) => each.byCrews ?? (each.told === 'crews' ? each.stops : 0)),
  };
};
