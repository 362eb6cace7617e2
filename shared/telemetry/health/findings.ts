import type { Reading } from '../reading.ts';
import type { SensorState } from '../sensor-state.ts';
import { batteryEmptyAt } from './battery-trend.ts';
import type { HealthLimits } from './limits.ts';
import { median } from './median.ts';
import type { HealthReason, SensorHealth } from './sensor-health.ts';

/**
 * What one check sees of one kind of problem. Between `ill` and `well` lies a margin in which, as without any data, nothing is
 * opened and nothing closed.
 */
export type Finding =
  | { readonly status: 'ill'; readonly since: number; readonly reason: HealthReason }
  | { readonly status: 'well' }
  | { readonly status: 'undecided' };

const DAY_MS = 86_400_000;

/** A battery that will be empty within so many days fades; one that will last longer than that is well again. */
const FADING_DAYS = 14;
const LASTING_DAYS = 21;

/** How much above its limit a battery must be to count as well. */
const BATTERY_MARGIN = { '%': 5, V: 0.1 } as const;

/** Fewer samples of a clock may be one slow network. */
const MIN_LAGS = 3;

const WELL: Finding = { status: 'well' };
const UNDECIDED: Finding = { status: 'undecided' };

/** No message for longer than the limit. */
export const findSilence = (health: SensorHealth, limits: HealthLimits, at: number): Finding => {
  const { lastReceivedAt, watchedSince } = health;
  const since = lastReceivedAt ?? watchedSince;
  const limitSeconds = limits.silentAfterSeconds;
  const age = at - since;
  if (age <= limitSeconds * 1_000) {
    return lastReceivedAt !== null && age <= limits.regularSeconds * 1_000 ? WELL : UNDECIDED;
  }
  const reason: HealthReason =
    lastReceivedAt === null
      ? { code: 'never-heard', watchedSince, limitSeconds }
      : { code: 'no-message', lastReceivedAt, limitSeconds };
  return { status: 'ill', since, reason };
};

const usable = (reading: Reading | undefined): number | undefined =>
  reading === undefined || reading.value === null || reading.quality.flag === 4 ? undefined : reading.value;

const findLevel = (value: number | undefined, limit: number | undefined, unit: '%' | 'V', at: number): Finding => {
  if (value === undefined || limit === undefined) return UNDECIDED;
  if (value < limit) return { status: 'ill', since: at, reason: { code: 'battery-low', value, limit, unit } };
  return value >= Math.min(limit + BATTERY_MARGIN[unit], unit === '%' ? 100 : Number.POSITIVE_INFINITY)
    ? WELL
    : UNDECIDED;
};

const findTrend = ({ batterySamples }: SensorHealth, limits: HealthLimits, at: number): Finding => {
  const last = batterySamples.at(-1);
  const empty = last?.unit === 'V' ? limits.emptyVolts : 0;
  const emptyAt = last === undefined || empty === undefined ? undefined : batteryEmptyAt(batterySamples, empty);
  if (last === undefined || emptyAt === undefined) return UNDECIDED;
  if (emptyAt > at + LASTING_DAYS * DAY_MS) return WELL;
  if (emptyAt > at + FADING_DAYS * DAY_MS) return UNDECIDED;
  const { value, unit } = last;
  return { status: 'ill', since: at, reason: { code: 'battery-fading', value, unit, emptyAt } };
};

/** A battery that is low, says so itself, or will be empty within two weeks. Well when all that is known of it is. */
export const findBattery = (
  state: SensorState | undefined,
  health: SensorHealth,
  limits: HealthLimits,
  at: number,
): Finding => {
  const { battery, batteryVoltage, lowBattery } = state?.latest ?? {};
  const percent = usable(battery);
  const volts = usable(batteryVoltage);
  const says = usable(lowBattery);
  const reason: HealthReason = { code: 'battery-says-low' };
  const known: (readonly [boolean, Finding])[] = [
    [percent !== undefined, findLevel(percent, limits.batteryPercent, '%', at)],
    [volts !== undefined && limits.batteryVolts !== undefined, findLevel(volts, limits.batteryVolts, 'V', at)],
    [says !== undefined, says === 1 ? { status: 'ill', since: at, reason } : WELL],
  ];
  const trend = findTrend(health, limits, at);
  const findings = known.flatMap(([isKnown, finding]) => (isKnown ? [finding] : []));
  const ill = [...findings, trend].find(({ status }) => status === 'ill');
  if (ill !== undefined) return ill;
  // Too few samples for a trend, as after a change of batteries, are no sign of illness.
  const isMargin = trend.status === 'undecided' && isFadingAtAll(health, limits);
  return findings.length > 0 && !isMargin && findings.every(({ status }) => status === 'well') ? WELL : UNDECIDED;
};

const isFadingAtAll = ({ batterySamples }: SensorHealth, limits: HealthLimits): boolean => {
  const empty = batterySamples.at(-1)?.unit === 'V' ? limits.emptyVolts : 0;
  return empty !== undefined && batteryEmptyAt(batterySamples, empty) !== undefined;
};

/** The median of how old measurements are when they arrive: below zero they come from the future, far above they come from the past. */
export const findClock = ({ lagsMs }: SensorHealth, limits: HealthLimits, at: number): Finding => {
  const lag = lagsMs.length < MIN_LAGS ? undefined : median(lagsMs);
  if (lag === undefined) return UNDECIDED;
  const seconds = Math.round(Math.abs(lag) / 1_000);
  const { clockAheadSeconds: ahead, clockBehindSeconds: behind } = limits;
  if (lag < -ahead * 1_000) {
    return { status: 'ill', since: at, reason: { code: 'clock-ahead', seconds, limitSeconds: ahead } };
  }
  if (lag > behind * 1_000) {
    return { status: 'ill', since: at, reason: { code: 'clock-behind', seconds, limitSeconds: behind } };
  }
  return lag > -ahead * 500 && lag < behind * 800 ? WELL : UNDECIDED;
};
