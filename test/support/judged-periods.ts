import type { JudgedPeriod } from '../../shared/environment/judged-period.ts';
import type { Limit } from '../../shared/environment/limit.ts';

export const HOUR = 3_600_000;
/** The first hour of these tests begins here. */
export const EPOCH = Date.UTC(2026, 9, 30, 17);

export const no2Limit: Limit = {
  limitId: 'qcvn-05-2023-no2-1h-200',
  standardId: 'qcvn05-2023',
  standard: 'QCVN 05:2023/BTNMT, Bảng 1',
  decision: 'Thông tư 01/2023/TT-BTNMT, 13/03/2023',
  quantity: 'no2',
  averagingPeriod: '1h',
  bound: 'max',
  value: 200,
  inForce: { from: '2023-09-12' },
  verified: true,
};

/** The n-th hour with its mean: `null` where no reading counts, negative (of the value) where too few do. */
export const judgedHour = (
  hour: number,
  value: number | null,
  { sensorId = 'a1', limit = no2Limit }: { readonly sensorId?: string; readonly limit?: Limit } = {},
): JudgedPeriod => {
  const startsAt = EPOCH + hour * HOUR;
  const endsAt = startsAt + HOUR;
  const period = { stationId: 'air-1', sensorId, limit, startsAt, endsAt };
  if (value === null) return period;
  const isValid = value >= 0;
  const observed = isValid ? 12 : 4;
  const counts = { observed, expected: 12, completeness: observed / 12 };
  return { ...period, mean: { startsAt, endsAt, value: Math.abs(value), isValid, ...counts } };
};

export const endOf = (hour: number): number => EPOCH + (hour + 1) * HOUR;
