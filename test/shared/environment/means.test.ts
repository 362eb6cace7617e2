import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAveragingPolicy, partsNeeded } from '../../../shared/environment/averaging-policy.ts';
import { calendarPeriods } from '../../../shared/environment/calendar-periods.ts';
import {
  allMeans,
  expectedPerHour,
  type HourGrid,
  hourGrid,
  hourlyMeans,
  hourlyMeansOf,
  rollingMeans,
} from '../../../shared/environment/means.ts';

const HOUR = 3_600_000;
const ZONE = 'Asia/Ho_Chi_Minh';
const local = (text: string): number => Date.parse(`${text}:00+07:00`);

/** Hourly means, the first of them for the hour that ends at an instant; NaN for an hour without readings. */
const hoursFrom = (firstEndsAt: number, values: readonly number[]) => {
  const grid: HourGrid = { firstEndsAt, length: values.length };
  const measuredAt = values.map((_, hour) => firstEndsAt + hour * HOUR);
  return { grid, hours: hourlyMeans(grid, { measuredAt, values, expectedPerHour: 1 }) };
};

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

  it('is named by the end of the hour, which belongs to it', () => {
    const grid = hourGrid(local('2026-01-05T07:01'), local('2026-01-05T08:01'), 420);
    expect(grid).toEqual({ firstEndsAt: local('2026-01-05T08:00'), length: 2 });
    const measuredAt = ['07:00', '07:15', '08:00', '08:01'].map((time) => local(`2026-01-05T${time}`));
    const means = hourlyMeans(grid, { measuredAt, values: [90, 10, 20, 50], expectedPerHour: 1 });
    expect([...means.values]).toEqual([15, 50]);
    expect([...means.observed]).toEqual([2, 1]);
  });

  it.each([
    [3, 1],
    [2, 0],
    [0, 0],
  ])('of %i of 4 readings has a validity of %i', (count, isValid) => {
    const grid = { firstEndsAt: local('2026-01-05T08:00'), length: 1 };
    const measuredAt = [15, 30, 45, 60].map((minute) => local('2026-01-05T07:00') + minute * 60_000);
    const values = measuredAt.map((_, index) => (index < count ? 31 : Number.NaN));
    const means = hourlyMeans(grid, { measuredAt, values, expectedPerHour: 4 });
    expect([...means.isValid]).toEqual([isValid]);
    expect(means.values[0]).toBe(count === 0 ? Number.NaN : 31);
  });

  it('does not exceed by what adding decimals leaves over', () => {
    const hour = { endsAt: local('2026-01-05T08:00'), mean: (44.9 + 45.1 + 44.7 + 45.3) / 4 + 1e-13, count: 4 };
    expect(hourlyMeansOf({ firstEndsAt: hour.endsAt, length: 1 }, [hour], 4).values[0]).toBe(45);
  });

  it('says the same of readings in any order', () => {
    const readings = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 1, max: 48 * 60 }), fc.integer({ min: 0, max: 9_999 })),
      {
        selector: ([minute]) => minute,
        maxLength: 200,
      },
    );
    fc.assert(
      fc.property(readings, fc.infiniteStream(fc.nat()), (timely, keys) => {
        const grid = { firstEndsAt: local('2026-01-05T01:00'), length: 48 };
        const of = (some: typeof timely) =>
          hourlyMeans(grid, {
            measuredAt: some.map(([minute]) => local('2026-01-05T00:00') + minute * 60_000),
            values: some.map(([, value]) => value / 10),
            expectedPerHour: 4,
          });
        const shuffled = timely
          .map((reading) => ({ reading, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ reading }) => reading);
        expect(of(shuffled)).toEqual(of(timely));
      }),
    );
  });
});

describe('an 8-hour mean', () => {
  it('ends with every hour; the first of a day goes back into the evening before', () => {
    const { hours } = hoursFrom(local('2026-01-04T18:00'), [1, 2, 3, 4, 5, 6, 7, 8]);
    const means = rollingMeans(hours);
    expect(means.endsAt[7]).toBe(local('2026-01-05T01:00'));
    expect(means.startsAt[7]).toBe(local('2026-01-04T17:00'));
    expect(means.values[7]).toBe(4.5);
    expect([...means.isValid]).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
  });

  it('needs six of its hours and is the mean of those', () => {
    const of = (values: readonly number[]) => rollingMeans(hoursFrom(local('2026-01-05T01:00'), values).hours);
    const six = of([10, Number.NaN, 10, 10, Number.NaN, 40, 40, 40]);
    expect([six.values[7], six.observed[7], six.expected[7], six.isValid[7]]).toEqual([25, 6, 8, 1]);
    expect(of([10, Number.NaN, 10, 10, Number.NaN, Number.NaN, 40, 40]).isValid[7]).toBe(0);
  });
});

describe('a daily mean', () => {
  const day = (values: readonly number[]) => {
    const { grid, hours } = hoursFrom(local('2026-01-05T01:00'), values);
    return allMeans(hours, calendarPeriods(grid, ZONE))['24h'];
  };

  it('is of the hours that end at 01:00 to 24:00', () => {
    const { grid, hours } = hoursFrom(local('2026-01-05T00:00'), [1_000, ...Array(24).fill(30), 1_000]);
    const days = allMeans(hours, calendarPeriods(grid, ZONE))['24h'];
    // The hour that ends at 00:00 of the 5th belongs to the 4th, of which it is all there is.
    expect([...days.values]).toEqual([1_000, 30]);
    expect([...days.observed]).toEqual([1, 24]);
    expect([...days.isValid]).toEqual([0, 1]);
  });

  it('needs 18 of 24 hours', () => {
    const without = (missing: number) => [...Array(24 - missing).fill(60), ...Array(missing).fill(Number.NaN)];
    expect([...day(without(6)).isValid]).toEqual([1]);
    expect([...day(without(7)).isValid]).toEqual([0]);
  });

  it('without any valid hour is no number, and never zero', () => {
    const nothing = day(Array(24).fill(Number.NaN));
    expect([nothing.values[0], nothing.observed[0], nothing.isValid[0]]).toEqual([Number.NaN, 0, 0]);
  });

  it('is absent while the day still runs', () => {
    expect(day(Array(23).fill(60)).length).toBe(0);
  });

  it.each([
    ['the day that loses an hour', '2026-03-29', 23, 18],
    ['the day that has one twice', '2026-10-25', 25, 19],
  ])('has as many hours as the clock shows: %s', (_, date, hoursInDay, needed) => {
    const from = Date.parse(`${date}T00:00:00Z`) - 2 * HOUR;
    const { grid, hours } = hoursFrom(from, Array(30).fill(7));
    const periods = calendarPeriods(grid, 'Europe/Berlin');
    const days = allMeans(hours, periods)['24h'];
    const index = days.expected.indexOf(hoursInDay);
    expect(index).toBeGreaterThanOrEqual(0);
    expect(days.observed[index]).toBe(hoursInDay);
    expect(partsNeeded(defaultAveragingPolicy.day, hoursInDay)).toBe(needed);
  });

  it('ends at the half hour of UTC in a zone of half hours', () => {
    const from = Date.parse('2026-01-04T18:31:00Z');
    const grid = hourGrid(from, from + 23 * HOUR, 330);
    expect(new Date(grid.firstEndsAt).toISOString()).toBe('2026-01-04T19:30:00.000Z');
    expect(calendarPeriods(grid, 'Asia/Kolkata').days).toEqual([
      { startsAt: Date.parse('2026-01-04T18:30:00Z'), endsAt: Date.parse('2026-01-05T18:30:00Z') },
    ]);
  });
});

describe('the means of months and years', () => {
  /** Days of 2024 with one value each, 366 of them. */
  const year = (valueOn: (day: number) => number) => {
    const values = Array.from({ length: 366 * 24 }, (_, hour) => valueOn(Math.floor(hour / 24)));
    const { grid, hours } = hoursFrom(local('2024-01-01T01:00'), values);
    return allMeans(hours, calendarPeriods(grid, ZONE));
  };

  it('are the means of the daily means', () => {
    const { month, year: whole } = year((day) => (day < 31 ? 10 : day < 60 ? 40 : 25));
    expect([...month.values]).toEqual([10, 40, ...Array(10).fill(25)]);
    expect([...month.expected]).toEqual([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
    expect(whole.values[0]).toBeCloseTo((31 * 10 + 29 * 40 + 306 * 25) / 366, 6);
    expect([whole.observed[0], whole.expected[0], whole.isValid[0]]).toEqual([366, 366, 1]);
  });

  it('need three quarters of the days', () => {
    const half = year((day) => (day % 2 === 0 ? 10 : Number.NaN));
    expect([...half.month.isValid]).toEqual(Array(12).fill(0));
    expect(half.year.isValid[0]).toBe(0);
    expect(half.year.values[0]).toBe(10);
    expect(year((day) => (day < 274 ? Number.NaN : 10)).month.values[0]).toBe(Number.NaN);
    expect(year((day) => (day < 275 ? 10 : Number.NaN)).year.isValid[0]).toBe(1);
    expect(year((day) => (day < 274 ? 10 : Number.NaN)).year.isValid[0]).toBe(0);
  });
});

describe('the means of part of a series', () => {
  it('are those of the whole, wherever the grid begins', () => {
    const values = fc.array(fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: Number.NaN }), {
      minLength: 24 * 5,
      maxLength: 24 * 5,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 48 }), (all, skipped) => {
        const start = local('2026-01-05T01:00');
        const whole = hoursFrom(start, all);
        const part = hoursFrom(start + skipped * HOUR, all.slice(skipped));
        const [a, b] = [whole, part].map(({ grid, hours }) => allMeans(hours, calendarPeriods(grid, ZONE)));
        expect(b?.['8h'].values.slice(7)).toEqual(a?.['8h'].values.slice(skipped + 7));
        expect(b?.['24h'].values.at(-1)).toBe(a?.['24h'].values.at(-1));
      }),
    );
  });
});
