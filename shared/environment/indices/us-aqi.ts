import { type Classified, mayPublishIndex } from '../../city/station-class.ts';
import { ppbFromMicrograms } from '../concentration.ts';
import {
  type AirPollutant,
  type AqiPart,
  aqiOf,
  greatest,
  type Taken,
  taken,
  takenNowcast,
  worst,
} from './aqi-parts.ts';
import { type ComputedIndex, type IndexResult, type MeanInput, notComputable, type Slots } from './index-result.ts';
import { roundHalfUp, truncate } from './rounding.ts';
import { type UsAqiTable, usAqiCategories, usAqiIndexBands, usAqiTables } from './us-aqi-tables.ts';

/**
 * The United States' Air Quality Index in its form of 6 May 2024 (40 CFR Part 58, Appendix G). All concentrations come in µg/m³, gases at
 * 25 °C and 760 mmHg, and are turned into EPA's ppm and ppb under the same conditions.
 */
const index = 'US_AQI';
export const usAqiNowcastMethod = 'US AQI, NowCast, 40 CFR 58 App. G (May 2024), 1';
export const usAqiDailyMethod = 'US AQI, daily, 40 CFR 58 App. G (May 2024), 1';

const MAX_INDEX = 500;

const inUnitOf = ({ unit }: UsAqiTable, quantity: AirPollutant, micrograms: number): number => {
  if (unit === 'µg/m³' || quantity === 'pm25' || quantity === 'pm10') return micrograms;
  const ppb = ppbFromMicrograms(quantity, micrograms);
  return unit === 'ppb' ? ppb : ppb / 1_000;
};

type Found = { readonly exact: number; readonly beyondScale: boolean; readonly verified: boolean };

/** Equation 1 on the truncated concentration; at the index of the last band's end above it; `undefined` below the first band. */
const lookUp = (table: UsAqiTable, truncated: number): Found | undefined => {
  let end: Found | undefined;
  for (const [at, band] of table.bands.entries()) {
    const [indexLow, indexHigh] = usAqiIndexBands[at] ?? [0, 0];
    if (band === null) continue;
    const [low, high] = band;
    const verified = at < table.bands.length - 1 || table.highestVerified;
    if (truncated < low) return end;
    if (truncated <= high) {
      const exact = ((indexHigh - indexLow) / (high - low)) * (truncated - low) + indexLow;
      return { exact, beyondScale: false, verified };
    }
    end = { exact: Math.min(indexHigh, MAX_INDEX), beyondScale: true, verified };
  }
  return end;
};

const partOf = (
  quantity: AirPollutant,
  tableName: keyof typeof usAqiTables,
  input: Taken | undefined,
): readonly AqiPart[] => {
  if (input === undefined) return [];
  const table: UsAqiTable = usAqiTables[tableName];
  const value = truncate(inUnitOf(table, quantity, input.value), table.decimals);
  const found = lookUp(table, value);
  if (found === undefined) return [];
  return [
    {
      input: { quantity, ...input, value, unit: table.unit },
      sub: { quantity, period: input.period, value: roundHalfUp(found.exact), ...found },
    },
  ];
};

/** The greater of the 8-hour and the 1-hour sub-index; of these the latter begins at 101 and the former ends at 300. */
const ozone = (of8h: Taken | undefined, of1h: Taken | undefined): readonly AqiPart[] =>
  worst([...partOf('o3', 'o3Of8h', of8h), ...partOf('o3', 'o3Of1h', of1h)]);

/** The 1-hour value up to 200; beyond that the 24-hour value decides, and where it is less than 305 ppb the index stays at 200. */
const sulfurDioxide = (of1h: Taken | undefined, of24h: Taken | undefined): readonly AqiPart[] =>
  worst([...partOf('so2', 'so2Of1h', of1h), ...partOf('so2', 'so2Of24h', of24h)]);

const usAqi = (
  { station, methodVersion, notes }: { station: Classified; methodVersion: string; notes: ComputedIndex['notes'] },
  parts: readonly AqiPart[],
): IndexResult => {
  const described = { index, methodVersion } as const;
  if (!mayPublishIndex(station)) return notComputable(described, 'reference-station');
  return aqiOf({ ...described, categories: usAqiCategories, notes }, parts);
};

const ozoneNote: ComputedIndex['notes'] = [
  {
    en: 'O3 by its means of the last 8 hours and the hour; EPA’s own NowCast of O3 is a regression that we do not make',
    vi: 'O3 tính theo trung bình 8 giờ và 1 giờ gần nhất; không dùng mô hình hồi quy NowCast O3 của EPA',
  },
];

export type UsAqiNowcastInput = {
  readonly station: Classified;
  /** Hourly means of the last 12 hours, newest first, `undefined` where an hour has none. */
  readonly pm25?: Slots | undefined;
  readonly pm10?: Slots | undefined;
  /** Means of the last 8 hours. */
  readonly o3Of8h?: MeanInput | undefined;
  readonly coOf8h?: MeanInput | undefined;
  /** Means of the hour. */
  readonly o3?: MeanInput | undefined;
  readonly no2?: MeanInput | undefined;
  readonly so2?: MeanInput | undefined;
  /** Mean of the last 24 hours. */
  readonly so2Of24h?: MeanInput | undefined;
};

/** US AQI of an hour with the NowCast of PM2.5 and PM10. Not computable for a reference station or without data. */
export const usAqiNowcast = ({ station, ...of }: UsAqiNowcastInput): IndexResult =>
  usAqi({ station, methodVersion: usAqiNowcastMethod, notes: ozoneNote }, [
    ...partOf('pm25', 'pm25', takenNowcast(of.pm25)),
    ...partOf('pm10', 'pm10', takenNowcast(of.pm10)),
    ...ozone(taken(of.o3Of8h, '8h'), taken(of.o3, '1h')),
    ...partOf('no2', 'no2', taken(of.no2, '1h')),
    ...sulfurDioxide(taken(of.so2, '1h'), taken(of.so2Of24h, '24h')),
    ...partOf('co', 'co', taken(of.coOf8h, '8h')),
  ]);

export type UsAqiDailyInput = {
  readonly station: Classified;
  /** Means of the day. */
  readonly pm25?: MeanInput | undefined;
  readonly pm10?: MeanInput | undefined;
  readonly so2Of24h?: MeanInput | undefined;
  /** Hourly means of the day, a slot for each hour. */
  readonly o3?: Slots | undefined;
  readonly no2?: Slots | undefined;
  readonly so2?: Slots | undefined;
  /** The 8-hour means of the day, a slot for each hour. */
  readonly o3Of8h?: Slots | undefined;
  readonly coOf8h?: Slots | undefined;
};

/** US AQI of a day. Not computable for a reference station or without data. */
export const usAqiDaily = ({ station, ...of }: UsAqiDailyInput): IndexResult =>
  usAqi({ station, methodVersion: usAqiDailyMethod, notes: [] }, [
    ...partOf('pm25', 'pm25', taken(of.pm25, '24h')),
    ...partOf('pm10', 'pm10', taken(of.pm10, '24h')),
    ...ozone(greatest(of.o3Of8h, 'max 8h'), greatest(of.o3, 'max 1h')),
    ...partOf('no2', 'no2', greatest(of.no2, 'max 1h')),
    ...sulfurDioxide(greatest(of.so2, 'max 1h'), taken(of.so2Of24h, '24h')),
    ...partOf('co', 'co', greatest(of.coOf8h, 'max 8h')),
  ]);
