import { describe, expect, it } from 'vitest';
import { dailyMean, expectedPerHour, hourlyMean, type Mean } from '../../../shared/environment/averaging.ts';

const HOUR = 3_600_000;
const DAY = { startsAt: Date.parse('2026-01-04T17:00:00Z'), endsAt: Date.parse('2026-01-05T17:00:00Z') };

const bucket = (mean: number, count: number, endsAt = DAY.endsAt) => {
  return { sensorId: 'air-1', endsAt, count, mean, min: mean, max: mean };
};

/** Hours of the day, 01:00 first, each with four readings of a quarter-hourly sensor unless said otherwise. */
const hours = (values: readonly number[], count = 4): readonly Mean[] =>
  values.map((value, index) => hourlyMean(bucket(value, count, DAY.startsAt + (index + 1) * HOUR), 900));

describe('an hourly mean', () => {
  it.each([
    [60, 60],
    [900, 4],
    [700, 5],
    [3_600, 1],
    [7_200, 1],
  ])('of a sensor that reports every %i s rests on %i readings', (interval, expected) => {
    expect(expectedPerHour(interval)).toBe(expected);
  });

  it('belongs to the hour that it ends and needs three quarters of the readings', () => {
    expect(hourlyMean(bucket(31, 3), 900)).toEqual({
      startsAt: DAY.endsAt - HOUR,
      endsAt: DAY.endsAt,
      value: 31,
      observed: 3,
      expected: 4,
      completeness: 0.75,
      isValid: true,
    });
    expect(hourlyMean(bucket(31, 2), 900)).toMatchObject({ completeness: 0.5, isValid: false });
  });

  it('is complete, not more, when a sensor reports more often than it should', () => {
    expect(hourlyMean(bucket(31, 9), 900)).toMatchObject({ observed: 9, completeness: 1 });
  });

  it('does not exceed by what adding decimals leaves over', () => {
    const mean = (44.9 + 45.1 + 44.7 + 45.3) / 4;
    expect(hourlyMean(bucket(mean + 1e-13, 4), 900).value).toBe(45);
  });
});

describe('a 24-hour mean', () => {
  it('is the mean of the hourly means, however many readings each had', () => {
    const day = [...hours(Array(12).fill(30)), ...hours(Array(24).fill(60), 3).slice(12)];
    expect(dailyMean(day, DAY, 900)).toEqual({
      ...DAY,
      value: 45,
      observed: 12 * 4 + 12 * 3,
      expected: 96,
      completeness: 84 / 96,
      isValid: true,
    });
  });

  it.each([
    [17, false],
    [18, true],
    [24, true],
  ])('with %i valid hours of 24 is valid: %s', (count, isValid) => {
    const day = [...hours(Array(count).fill(40)), ...hours(Array(24).fill(500), 2).slice(count)];
    expect(dailyMean(day, DAY, 900)).toMatchObject({ value: 40, observed: count * 4, isValid });
  });

  it('takes the hours that end at 01:00 to 24:00 and no others', () => {
    const before = hourlyMean(bucket(900, 4, DAY.startsAt), 900);
    const after = hourlyMean(bucket(900, 4, DAY.endsAt + HOUR), 900);
    expect(dailyMean([before, ...hours(Array(24).fill(40)), after], DAY, 900)).toMatchObject({ value: 40 });
  });

  it('is none without a valid hour', () => {
    expect(dailyMean(hours(Array(24).fill(40), 1), DAY, 900)).toBeUndefined();
    expect(dailyMean([], DAY, 900)).toBeUndefined();
  });
});
