import type { Sensor, Station } from '../../city/entities.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import { countedFlags } from '../averaging.ts';
import { defaultAveragingPolicy, partsNeeded } from '../averaging-policy.ts';
import type { IndexResult } from '../indices/index-result.ts';
import { vnWqi } from '../indices/vn-wqi.ts';
import { type WaterValue, wqiQuantities } from '../indices/wqi-sub-indices.ts';
import { expectedPerHour, hourEnd, roundMean } from '../means.ts';
import { type LaboratorySample, laboratorySensorId } from './sample.ts';

const HOUR_MS = 3_600_000;

/**
 * A sample's VN_WQI stands for the station for so many days, and then the station has none until the next: our policy. QĐ 1460 is for
 * periodic sampling and says nothing of how long; programmes here sample every month or two.
 */
export const SAMPLE_STANDS_DAYS = 30;

/**
 * What is below detection enters the index as a hair less than the detection limit, the most that it can be: the water may be better than the
 * index says and never worse. Just under it, for "< 0.005" is better than 0.005 in Bảng 3.
 */
const JUST_UNDER = 0.9999;

type Values = Partial<Record<Quantity, WaterValue>>;

/** A sample's results as the index takes them. */
export const valuesOfSample = ({ results }: Pick<LaboratorySample, 'results'>): Values =>
  Object.fromEntries(
    results.map(({ quantity, qualifier, value }) => [
      quantity,
      {
        value: qualifier === '<' ? Number((value * JUST_UNDER).toPrecision(12)) : value,
        origin: 'laboratory',
      } satisfies WaterValue,
    ]),
  );

type Site = {
  readonly station: Station;
  /** Those of the station, whatever they measure. */
  readonly sensors: readonly Sensor[];
  readonly readings: Pick<ReadingStore, 'buckets'>;
  readonly utcOffsetMinutes: number;
};

const filledBySensors: readonly Quantity[] = [...wqiQuantities, 'waterTemperature'];

/** The means of a station's sensors over the hour in which a sample was taken, of what the sample lacks; of several the fullest hour. */
const valuesOfSensors = async (
  { station, sensors, readings, utcOffsetMinutes }: Site,
  sampledAt: number,
  lacking: readonly Quantity[],
): Promise<Values> => {
  const own = sensors.filter(({ id, status }) => status === 'active' && id !== laboratorySensorId(station.id));
  const endsAt = hourEnd(sampledAt, utcOffsetMinutes);
  const values: Partial<Record<Quantity, WaterValue>> = {};
  if (own.length === 0) return values;
  for (const quantity of lacking) {
    const buckets = await readings.buckets({
      sensorIds: own.map(({ id }) => id),
      quantity,
      from: endsAt - HOUR_MS,
      to: endsAt,
      size: 'hour',
      utcOffsetMinutes,
      flags: countedFlags,
    });
    for (const { sensorId, count, mean } of buckets) {
      const expected = expectedPerHour(own.find(({ id }) => id === sensorId)?.intervalSeconds ?? HOUR_MS / 1_000);
      const completeness = Math.min(1, count / expected);
      const isFull = count >= partsNeeded(defaultAveragingPolicy.hour, expected);
      if (!isFull || completeness <= (values[quantity]?.completeness ?? 0)) continue;
      values[quantity] = { value: roundMean(mean), origin: 'sensor', completeness };
    }
  }
  return values;
};

/**
 * VN_WQI of a sample: its results, and of what it lacks the means of the station's sensors over the hour of sampling, so that oxygen and
 * temperature are of one time. Not of the hour of another day: the decision is about one sample of one water.
 * @throws StoreUnavailableError when the readings cannot be read now.
 */
export const indexOfSample = async (site: Site, sample: LaboratorySample): Promise<IndexResult> => {
  const measured = valuesOfSample(sample);
  const lacking = filledBySensors.filter((quantity) => measured[quantity] === undefined);
  const filled = await valuesOfSensors(site, sample.sampledAt, lacking);
  const { station } = site;
  const result = vnWqi({
    station,
    values: { ...filled, ...measured },
    ...(station.waterConcerns !== undefined && { concerns: station.waterConcerns }),
  });
  const below = sample.results.filter(({ qualifier }) => qualifier === '<').map(({ quantity }) => quantity);
  if (result.status !== 'computed' || below.length === 0) return result;
  const note = {
    en: `Below detection, taken at the detection limit: ${below.join(', ')}`,
    vi: `Dưới giới hạn phát hiện, tính bằng giới hạn phát hiện: ${below.join(', ')}`,
  };
  return { ...result, notes: [...result.notes, note] };
};
