import type { Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { Limit } from '../limit.ts';

type Threshold = Pick<Limit, 'value' | 'standard' | 'decision'>;

const EU = { standard: 'Directive (EU) 2024/2881, Annex I', decision: 'Alert thresholds; here for single readings' };
const VN_AQI = {
  standard: 'QĐ 1459/QĐ-TCMT, bảng 2',
  decision: 'QĐ 1459/QĐ-TCMT, 12/11/2019; here for single readings',
};

/**
 * Values at which nobody should wait for the hour, in the quantity's canonical unit. For SO2, NO2 and O3 the EU's alert thresholds, for
 * particles the lower end of VN_AQI's last class (300, "nguy hại"), for CO that of the one before the last (200): the last class of gases
 * lies where the gross-range test calls a reading suspect. That they are compared with single readings is our policy.
 */
const thresholds: Readonly<Partial<Record<Quantity, Threshold>>> = {
  so2: { value: 350, ...EU },
  no2: { value: 200, ...EU },
  o3: { value: 240, ...EU },
  pm25: { value: 250, ...VN_AQI },
  pm10: { value: 420, ...VN_AQI },
  co: { value: 60_000, ...VN_AQI },
};

export const ALARM_STANDARD = 'alarm';

/** A city's own thresholds for one sensor: a value, or `null` for no alarm. */
export type AlarmOverrides = Readonly<Partial<Record<Quantity, number | null>>>;

/** The threshold of a quantity as a limit of single values; `undefined` where there is no alarm. */
export const alarmLimitOf = (quantity: Quantity, overrides: AlarmOverrides = {}): Limit | undefined => {
  const usual = thresholds[quantity];
  const own = overrides[quantity];
  const value = own === undefined ? usual?.value : own;
  if (value === undefined || value === null) return undefined;
  const city = { standard: 'Alarm threshold of the city', decision: 'Registry, `alarms` of the sensor' };
  const { standard, decision } = own === undefined && usual !== undefined ? usual : city;
  return {
    limitId: `alarm-${quantity}-${value}`,
    standardId: ALARM_STANDARD,
    standard,
    decision,
    quantity,
    averagingPeriod: 'single',
    bound: 'max',
    value,
    inForce: { from: '2019-11-12' },
    verified: true,
  };
};

/** Whether a stored reading gives reason to look: a trustworthy value over its threshold. No I/O: every reading is asked. */
export const isAlarming = ({ quantity, value, quality }: Reading, overrides: AlarmOverrides | undefined): boolean => {
  if (value === null || quality.flag > 2) return false;
  const own = overrides?.[quantity];
  const threshold = own === undefined ? thresholds[quantity]?.value : own;
  return threshold !== undefined && threshold !== null && value > threshold;
};
