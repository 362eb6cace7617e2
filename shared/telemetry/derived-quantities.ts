import { gasQuantities } from './gas-quantities.ts';
import type { QuantityDefinition } from './quantity.ts';

/**
 * Series that the city works out of what sensors say, kept beside it as readings: `measuredAt` is the end of the period, `receivedAt` the
 * instant of the evaluation, `value` null with flag 9 and the reason as test where a period was judged to have no valid value. No device
 * can send these.
 *
 * Means belong to the sensor whose readings they are of. A quantity is averaged because it is named here, so that a wind direction, a
 * switch or a pH (a logarithm) never is by accident.
 */
const averagedInAir = [
  ...(['pm25', 'pm10', 'tsp', 'pm1', 'so2', 'no2', 'co', 'o3', 'formaldehyde', 'pm25Corrected'] as const),
  ...(Object.keys(gasQuantities) as readonly (keyof typeof gasQuantities)[]),
] as const;
const averagedInWater = [
  'waterTemperature',
  'dissolvedOxygen',
  'tss',
  'cod',
  'ammonium',
  'nitrate',
  'phosphate',
  'toc',
  'turbidity',
  'conductivity',
  'salinity',
] as const;

/** Quantities with a mean over 8 hours: those of which a standard limits one, or an index takes one. */
const averagedOverEightHours = ['o3', 'co', 'propionicAcid'] as const;

export type AveragedQuantity = (typeof averagedInAir)[number] | (typeof averagedInWater)[number];
type EightHourQuantity = (typeof averagedOverEightHours)[number];

export const averagedQuantities: readonly AveragedQuantity[] = [...averagedInAir, ...averagedInWater];

const periodWords = {
  '1h': { suffix: 'Mean1h', en: '1-hour mean', vi: 'trung bình 1 giờ' },
  '8h': { suffix: 'Mean8h', en: '8-hour mean', vi: 'trung bình 8 giờ' },
  '24h': { suffix: 'Mean24h', en: '24-hour mean', vi: 'trung bình 24 giờ' },
  month: { suffix: 'MeanMonth', en: 'monthly mean', vi: 'trung bình tháng' },
  year: { suffix: 'MeanYear', en: 'yearly mean', vi: 'trung bình năm' },
} as const;
export type DerivedPeriod = keyof typeof periodWords;
const derivedPeriods = Object.keys(periodWords) as readonly DerivedPeriod[];

export type MeanQuantity = `${AveragedQuantity}Mean${'1h' | '24h' | 'Month' | 'Year'}` | `${EightHourQuantity}Mean8h`;

const isAveraged = (quantity: string): quantity is AveragedQuantity =>
  (averagedQuantities as readonly string[]).includes(quantity);

/** The quantity that a quantity's mean is kept as; `undefined` where none is kept. */
export const meanQuantityOf = (quantity: string, period: DerivedPeriod): MeanQuantity | undefined => {
  const none =
    !isAveraged(quantity) || (period === '8h' && !(averagedOverEightHours as readonly string[]).includes(quantity));
  return none ? undefined : (`${quantity}${periodWords[period].suffix}` as MeanQuantity);
};

/** What a mean is a mean of; `undefined` for what is no mean. */
export const meanSource = (
  quantity: string,
): { readonly quantity: AveragedQuantity; readonly period: DerivedPeriod } | undefined => {
  for (const period of derivedPeriods) {
    const { suffix } = periodWords[period];
    const source = quantity.endsWith(suffix) ? quantity.slice(0, -suffix.length) : '';
    if (isAveraged(source) && meanQuantityOf(source, period) !== undefined) return { quantity: source, period };
  }
  return undefined;
};

/** Definitions of all means, from those of what they are of. */
export const meanQuantities = (
  definitions: Readonly<Record<AveragedQuantity, QuantityDefinition>>,
): Readonly<Record<MeanQuantity, QuantityDefinition>> => {
  const entries = averagedQuantities.flatMap((quantity) =>
    derivedPeriods.flatMap((period) => {
      const name = meanQuantityOf(quantity, period);
      const { nameEn, nameVi, ...definition } = definitions[quantity];
      const { en, vi } = periodWords[period];
      return name === undefined
        ? []
        : [[name, { ...definition, nameEn: `${nameEn}, ${en}`, nameVi: `${nameVi}, ${vi}` }]];
    }),
  );
  return Object.fromEntries(entries);
};

const index = (kind: 'air' | 'water', nameEn: string, nameVi: string, max: number) =>
  ({
    unit: '1',
    kind,
    nameEn,
    nameVi,
    failSpan: [0, max],
    suspectSpan: [0, max],
  }) as const satisfies QuantityDefinition;

/** Indices belong to a station, under the id of `stationSeriesId`. */
export const indexQuantities = {
  vnAqi1h: index('air', 'VN_AQI, hourly', 'VN_AQI giờ', 500),
  vnAqi24h: index('air', 'VN_AQI, daily', 'VN_AQI ngày', 500),
  usAqiNowcast: index('air', 'US AQI, NowCast', 'US AQI (NowCast)', 500),
  usAqi24h: index('air', 'US AQI, daily', 'US AQI ngày', 500),
  vnWqi: index('water', 'VN_WQI', 'VN_WQI', 100),
  wqiIndicative: index(
    'water',
    'Water quality, indicative (not VN_WQI)',
    'Chất lượng nước, chỉ để tham khảo (không phải VN_WQI)',
    100,
  ),
} as const satisfies Record<string, QuantityDefinition>;
export type IndexQuantity = keyof typeof indexQuantities;

/** Whether a quantity is worked out here: no device sends it. */
export const isDerived = (quantity: string): boolean =>
  Object.hasOwn(indexQuantities, quantity) || meanSource(quantity) !== undefined;

/** The sensor id under which a station's own series are kept. No sensor can have it: ids of the registry hold no `~`. */
export const stationSeriesId = (stationId: string): string => `~${stationId}`;

/** The station whose series an id names; `undefined` for a sensor's. */
export const stationOfSeries = (sensorId: string): string | undefined =>
  sensorId.startsWith('~') ? sensorId.slice(1) : undefined;
