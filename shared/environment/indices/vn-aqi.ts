import { type Classified, mayPublishIndex } from '../../city/station-class.ts';
import { quantities } from '../../telemetry/quantity.ts';
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
import { type IndexResult, type MeanInput, notComputable, type Slots } from './index-result.ts';
import { interpolate } from './interpolate.ts';
import { roundHalfUp } from './rounding.ts';
import { O3_OF_8H_LIMIT, vnAqiCategories, vnAqiPoints } from './vn-aqi-tables.ts';

/** VN_AQI: Quyết định 1459/QĐ-TCMT of 12 November 2019 of the Vietnam Environment Administration. Concentrations in µg/m³. */
const index = 'VN_AQI';
export const vnAqiHourlyMethod = 'VN_AQI hourly, 1459/QĐ-TCMT (2019), 1';
export const vnAqiDailyMethod = 'VN_AQI daily, 1459/QĐ-TCMT (2019), 1';

const MAX_INDEX = 500;

type Table = keyof typeof vnAqiPoints;

/** Formula 1; 500 from the last break-point on. */
const partOf = (quantity: AirPollutant, table: Table, input: Taken | undefined): readonly AqiPart[] => {
  if (input === undefined) return [];
  const exact = interpolate(vnAqiPoints[table], input.value) ?? MAX_INDEX;
  const beyondScale = input.value > (vnAqiPoints[table].at(-1)?.[0] ?? 0);
  const { unit } = quantities[quantity];
  return [
    {
      input: { quantity, unit, ...input },
      sub: { quantity, period: input.period, value: roundHalfUp(exact), exact, beyondScale, verified: true },
    },
  ];
};

const vnAqi = (station: Classified, methodVersion: string, parts: readonly AqiPart[]): IndexResult => {
  const described = { index, methodVersion } as const;
  if (!mayPublishIndex(station)) return notComputable(described, 'reference-station');
  if (parts.length === 0) return notComputable(described, 'no-data');
  const hasParticles = parts.some(({ sub }) => sub.quantity === 'pm25' || sub.quantity === 'pm10');
  if (!hasParticles) return notComputable(described, 'no-particles');
  return aqiOf({ ...described, categories: vnAqiCategories, notes: [] }, parts);
};

export type VnAqiHourlyInput = {
  readonly station: Classified;
  /** Hourly means of the last 12 hours, newest first, `undefined` where an hour has none. */
  readonly pm25?: Slots | undefined;
  readonly pm10?: Slots | undefined;
  /** Means of the hour. */
  readonly so2?: MeanInput | undefined;
  readonly no2?: MeanInput | undefined;
  readonly co?: MeanInput | undefined;
  readonly o3?: MeanInput | undefined;
};

/**
 * VN_AQI of an hour (2.2): NowCasts of PM2.5 and PM10, the hour's means of SO2, NO2, CO and O3; the greatest sub-index. Not computable
 * for a reference station, without any particles, or without data.
 */
export const vnAqiHourly = ({ station, pm25, pm10, so2, no2, co, o3 }: VnAqiHourlyInput): IndexResult =>
  vnAqi(station, vnAqiHourlyMethod, [
    ...partOf('pm25', 'pm25', takenNowcast(pm25)),
    ...partOf('pm10', 'pm10', takenNowcast(pm10)),
    ...partOf('o3', 'o3Of1h', taken(o3, '1h')),
    ...partOf('no2', 'no2', taken(no2, '1h')),
    ...partOf('so2', 'so2', taken(so2, '1h')),
    ...partOf('co', 'co', taken(co, '1h')),
  ]);

export type VnAqiDailyInput = {
  readonly station: Classified;
  /** Means of the day, 01:00 to 24:00 hour-ending. */
  readonly pm25?: MeanInput | undefined;
  readonly pm10?: MeanInput | undefined;
  /** Hourly means of the day, a slot for each hour. */
  readonly so2?: Slots | undefined;
  readonly no2?: Slots | undefined;
  readonly co?: Slots | undefined;
  readonly o3?: Slots | undefined;
  /** The 8-hour means that end in the day, a slot for each hour; the first ones begin the evening before. */
  readonly o3Of8h?: Slots | undefined;
};

/**
 * Ozone's part in a day: the greater of the two sub-indices, and the 1-hour one alone when the greatest 8-hour mean is above 400 µg/m³.
 * With only one of the two known it is that one: to leave ozone out would tell of cleaner air still.
 */
const ozoneOfDay = (hours: Slots | undefined, eightHours: Slots | undefined): readonly AqiPart[] => {
  const of1h = partOf('o3', 'o3Of1h', greatest(hours, 'max 1h'));
  const of8h = greatest(eightHours, 'max 8h');
  if (of8h === undefined || of8h.value > O3_OF_8H_LIMIT) return of1h;
  return worst([...partOf('o3', 'o3Of8h', of8h), ...of1h]);
};

/**
 * VN_AQI of a day (2.3): 24-hour means of PM2.5 and PM10, the greatest hourly means of SO2, NO2 and CO, the greatest hourly and 8-hour
 * means of O3; the greatest sub-index. Not computable for a reference station, without any particles, or without data.
 */
export const vnAqiDaily = ({ station, pm25, pm10, so2, no2, co, o3, o3Of8h }: VnAqiDailyInput): IndexResult =>
  vnAqi(station, vnAqiDailyMethod, [
    ...partOf('pm25', 'pm25', taken(pm25, '24h')),
    ...partOf('pm10', 'pm10', taken(pm10, '24h')),
    ...ozoneOfDay(o3, o3Of8h),
    ...partOf('no2', 'no2', greatest(no2, 'max 1h')),
    ...partOf('so2', 'so2', greatest(so2, 'max 1h')),
    ...partOf('co', 'co', greatest(co, 'max 1h')),
  ]);
