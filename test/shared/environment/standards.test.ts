import { describe, expect, it } from 'vitest';
import { type AveragingPeriod, limitsInForce } from '../../../shared/environment/limit.ts';
import { qcvn05Limits } from '../../../shared/environment/standards/qcvn-05-2023.ts';
import { type Quantity, quantities } from '../../../shared/telemetry/quantity.ts';

const limitOn = (date: string, quantity: Quantity, averagingPeriod: AveragingPeriod): readonly number[] =>
  limitsInForce(qcvn05Limits, { date, quantity, averagingPeriod }).map(({ value }) => value);

describe('QCVN 05:2023/BTNMT', () => {
  // Table 1 of the regulation, µg/Nm³; a dash where it has no value.
  it.each<[Quantity, number | undefined, number | undefined]>([
    ['so2', 350, 125],
    ['co', 30_000, undefined],
    ['no2', 200, 100],
    ['o3', 200, undefined],
    ['tsp', 300, 200],
    ['pm10', undefined, 100],
    ['pm25', undefined, 45],
  ])('allows %s %s over an hour and %s over a day', (quantity, hour, day) => {
    expect(limitOn('2026-11-22', quantity, '1h')).toEqual(hour === undefined ? [] : [hour]);
    expect(limitOn('2026-11-22', quantity, '24h')).toEqual(day === undefined ? [] : [day]);
    expect(quantities[quantity].unit).toBe('µg/m³');
  });

  it('tightens PM2.5 with the year 2026', () => {
    expect(limitOn('2025-12-31', 'pm25', '24h')).toEqual([50]);
    expect(limitOn('2026-01-01', 'pm25', '24h')).toEqual([45]);
  });

  it('holds since 12 September 2023', () => {
    expect(limitOn('2023-09-11', 'so2', '1h')).toEqual([]);
    expect(limitOn('2023-09-12', 'so2', '1h')).toEqual([350]);
  });

  it('has an id for each limit that fits into the id of an exceedance', () => {
    expect(new Set(qcvn05Limits.map(({ limitId }) => limitId)).size).toBe(qcvn05Limits.length);
    for (const { limitId } of qcvn05Limits) expect(limitId).toMatch(/^[a-z0-9-]+$/);
  });
});
