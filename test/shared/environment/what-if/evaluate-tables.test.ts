import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limit } from '../../../../shared/environment/limit.ts';
import { evaluateTables } from '../../../../shared/environment/what-if/evaluate-tables.ts';
import { stationTables } from '../../../../shared/environment/what-if/station-table.ts';
import type { Quantity } from '../../../../shared/telemetry/quantity.ts';

const HOUR = 3_600_000;
/** Midnight of 1 March 2026 in Vietnam. */
const MIDNIGHT = Date.parse('2026-03-01T00:00:00+07:00');

const limit = (
  quantity: Quantity,
  averagingPeriod: Limit['averagingPeriod'],
  value: number,
  more: Partial<Limit> = {},
): Limit => ({
  limitId: `test-${quantity}-${averagingPeriod}-${value}`,
  standardId: 'test',
  standard: 'Test',
  decision: 'Test',
  quantity,
  averagingPeriod,
  bound: 'max',
  value,
  inForce: { from: '2020-01-01' },
  verified: true,
  ...more,
});

/** Hour-ending values from 01:00 on; NaN where the cell is empty. */
const tablesOf = (quantity: Quantity, values: readonly number[], startsAt = MIDNIGHT) => {
  const tables = stationTables([quantity]);
  for (const [hour, value] of values.entries()) tables.add('a', startsAt + (hour + 1) * HOUR, [value]);
  return tables.finish();
};

const judge = (quantity: Quantity, values: readonly number[], limits: readonly Limit[], more = {}) =>
  evaluateTables({ tables: tablesOf(quantity, values), timeZone: 'Asia/Ho_Chi_Minh', limits, ...more });

const firstLimit = (report: ReturnType<typeof judge>) => report.stations[0]?.quantities[0]?.limits[0];

describe('a file under limits', () => {
  it('breaks a limit by what lies beyond it, not by what is equal, and names the worst hour', () => {
    const judged = firstLimit(judge('so2', [350, 350.1, 400, 10], [limit('so2', '1h', 350)]));
    expect(judged).toMatchObject({ judged: 4, broken: 2, daysJudged: 1, daysBroken: 1 });
    expect(judged?.worst).toEqual({ value: 400, from: MIDNIGHT + 2 * HOUR, at: MIDNIGHT + 3 * HOUR });
  });

  it('judges a day by 18 of its 24 hours and not by 17', () => {
    const of = (hours: number) => [
      ...Array(hours).fill(60),
      ...Array(24 - hours - 1).fill(Number.NaN),
      ...(hours < 24 ? [Number.NaN] : []),
    ];
    // Rows whose cell is empty keep the day within the file.
    expect(firstLimit(judge('no2', of(18), [limit('no2', '24h', 50)]))).toMatchObject({ judged: 1, broken: 1 });
    expect(firstLimit(judge('no2', of(17), [limit('no2', '24h', 50)]))).toMatchObject({ judged: 0, notJudged: 1 });
  });

  it('tells what was in force from what is only what-if', () => {
    const later = limit('no2', '1h', 5, { inForce: { from: '2026-03-02' } });
    const report = evaluateTables({
      tables: tablesOf('no2', Array(48).fill(10)),
      timeZone: 'Asia/Ho_Chi_Minh',
      limits: [later],
    });
    expect(firstLimit(report)).toMatchObject({
      judged: 48,
      broken: 48,
      judgedInForce: 24,
      brokenInForce: 24,
      daysBroken: 2,
    });
  });

  it('judges single values of water, and least values from below', () => {
    const report = judge('dissolvedOxygen', [5, 3.9, 4], [limit('dissolvedOxygen', 'single', 4, { bound: 'min' })]);
    expect(firstLimit(report)).toMatchObject({ judged: 3, broken: 1, worst: { value: 3.9 } });
  });

  it('leaves a limit that nobody verified out by name, until it is asked for', () => {
    const unverified = limit('so2', '1h', 350, { verified: false });
    expect(judge('so2', [400], [unverified]).limitsLeftOut).toEqual([{ limit: unverified, why: 'not-verified' }]);
    expect(firstLimit(judge('so2', [400], [unverified], { withUnverified: true }))).toMatchObject({ broken: 1 });
    expect(judge('so2', [400], [limit('co', '1h', 1)]).limitsLeftOut).toMatchObject([{ why: 'no-such-column' }]);
  });

  it('counts what the quality tests leave out, by reason, and takes it out of the means', () => {
    const [quantity] = judge('pm25', [10, -3, 600, 2_000, 12], []).stations[0]?.quantities ?? [];
    expect(quantity?.leftOut).toEqual({ 'fail: gross-range': 2, 'suspect: gross-range': 1 });
    expect(quantity).toMatchObject({ counted: 2, hours: { expected: 5, valid: 2 } });
  });

  it('takes zeros for what they are, or for missing when asked', () => {
    const limits = [limit('no2', '1h', -1)];
    expect(firstLimit(judge('no2', [0, 0, 7], limits))).toMatchObject({ judged: 3 });
    const without = judge('no2', [0, 0, 7], limits, { zerosMissing: true });
    expect(firstLimit(without)).toMatchObject({ judged: 1 });
    expect(without.stations[0]?.quantities[0]?.caveats.zeros).toBe(2);
  });

  it('tells of gaps, of stuck values and of a maximum far above all else', () => {
    const values = [
      ...Array.from({ length: 200 }, (_, hour) => 10 + (hour % 7)),
      403.7,
      ...Array(6).fill(Number.NaN),
      ...Array(9).fill(33),
    ];
    const caveats = judge('no2', values, []).stations[0]?.quantities[0]?.caveats;
    expect(caveats).toMatchObject({ missing: 6, gaps: 1, stuckRuns: 1, stuckValues: 9, isGreatestImplausible: true });
    expect(caveats?.longestGap?.hours).toBe(7);
    expect(caveats?.longestStuck).toMatchObject({ value: 33, hours: 9 });
    expect(caveats?.greatest).toEqual({ value: 403.7, at: MIDNIGHT + 201 * HOUR });
  });

  it('lets the last of several rows for an instant count, and tells that they disagree', () => {
    const tables = stationTables(['so2']);
    tables.add('a', MIDNIGHT + HOUR, [400]);
    tables.add('a', MIDNIGHT + HOUR, [10]);
    tables.add('a', MIDNIGHT + HOUR, [Number.NaN]);
    const report = evaluateTables({
      tables: tables.finish(),
      timeZone: 'Asia/Ho_Chi_Minh',
      limits: [limit('so2', '1h', 350)],
    });
    expect(report.stations[0]).toMatchObject({ rows: 3, repeatedRows: 2 });
    expect(report.stations[0]?.quantities[0]).toMatchObject({ contradictions: 1 });
    expect(firstLimit(report)).toMatchObject({ judged: 1, broken: 0 });
  });

  it('says the same in whatever order the rows come', () => {
    const value = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.integer(), (values, seed) => {
        const rows = values.map((each, hour) => [MIDNIGHT + (hour + 1) * HOUR, each] as const);
        const shuffled = rows.toSorted(([a], [b]) => ((a ^ seed) % 1_000) - ((b ^ seed) % 1_000));
        const evaluate = (given: typeof rows) => {
          const tables = stationTables(['pm25']);
          for (const [at, each] of given) tables.add('a', at, [each]);
          const limits = [limit('pm25', '24h', 45), limit('pm25', '1h', 100)];
          return evaluateTables({ tables: tables.finish(), timeZone: 'Asia/Ho_Chi_Minh', limits });
        };
        expect(evaluate(shuffled)).toEqual(evaluate(rows));
      }),
      { numRuns: 40 },
    );
  });

  it('makes VN_WQI of samples, and never of rows that only a sensor writes', () => {
    const rows = (step: number) => {
      const quantities = ['ph', 'bod5', 'cod', 'ammonium', 'totalColiform'] as const;
      const tables = stationTables(quantities);
      for (const row of [1, 2, 3]) tables.add('a', MIDNIGHT + row * step, [7, 5, 9, 0.1, 2_000]);
      const report = evaluateTables({ tables: tables.finish(), timeZone: 'Asia/Ho_Chi_Minh', limits: [] });
      return report.stations[0]?.indices[0];
    };
    expect(rows(30 * 24 * HOUR)).toMatchObject({ index: 'VN_WQI', computed: 3 });
    expect(rows(HOUR)).toMatchObject({ computed: 0, notComputable: [{ reason: 'sensors-only', count: 3 }] });
  });

  it('counts the days of each index by category, and the days without one by reason', () => {
    // PM2.5 of 50 µg/m³ is VN_AQI 100 (QĐ 1459, Bảng 2); the half day after it is too little.
    const values = [
      ...Array.from({ length: 24 }, (_, hour) => (hour % 2 === 0 ? 49 : 51)),
      ...Array(24).fill(Number.NaN),
    ];
    const daily = judge('pm25', values, []).stations[0]?.indices.find(
      ({ index, period }) => index === 'VN_AQI' && period === 'day',
    );
    expect(daily).toMatchObject({
      computed: 1,
      categories: [{ category: { max: 100 }, count: 1 }],
      dominant: { pm25: 1 },
    });
    expect(daily?.notComputable).toMatchObject([{ reason: 'no-data', count: 1 }]);
    expect(daily?.worst).toEqual({ value: 100, at: MIDNIGHT + 24 * HOUR });
  });
});
