import { describe, expect, it } from 'vitest';
import type { Station } from '../../../../shared/city/entities.ts';
import { defaultAveragingPolicy } from '../../../../shared/environment/averaging-policy.ts';
import { limitsFor } from '../../../../shared/environment/limits-for.ts';
import type { MeanPeriod } from '../../../../shared/environment/means.ts';
import { buildReport } from '../../../../shared/environment/reports/build-report.ts';
import { composeDocument } from '../../../../shared/environment/reports/document/compose.ts';
import { renderHtml } from '../../../../shared/environment/reports/document/render-html.ts';
import type { KnownSeries, QuantityInput, StationInput } from '../../../../shared/environment/reports/report-input.ts';
import { reportPeriod } from '../../../../shared/environment/reports/report-period.ts';
import { local } from '../../../support/report-city.ts';
import { aStation, city } from '../../../support/small-city.ts';

const DAY = 86_400_000;

/** A series whose elements end every so often, NaN for what is not valid, `undefined` for what nobody evaluated. */
const series = (firstEndsAt: number, step: number, values: readonly (number | undefined)[]): KnownSeries => {
  const known = values.flatMap((value, index) =>
    value === undefined ? [] : [{ value, endsAt: firstEndsAt + index * step }],
  );
  return {
    length: known.length,
    endsAt: Float64Array.from(known, ({ endsAt }) => endsAt),
    values: Float64Array.from(known, ({ value }) => value),
    reasons: new Map(
      known.flatMap(({ value }, index) => (Number.isNaN(value) ? [[index, 'incomplete'] as const] : [])),
    ),
  };
};

const quantityOf = (
  quantity: QuantityInput['quantity'],
  means: Partial<Record<MeanPeriod, KnownSeries>>,
): QuantityInput => ({
  sensorId: 'a1',
  quantity,
  expected: 744,
  means,
});

const inputOf = (station: Station, more: Partial<StationInput> = {}): StationInput => ({
  station,
  limits: limitsFor(station),
  unverified: [],
  quantities: [],
  indices: [],
  episodes: [],
  ...more,
});

const reportOf = async (name: string, ...stations: StationInput[]) => {
  const kind = name.length === 7 ? 'month' : 'year';
  const period = reportPeriod(kind, name, city.timeZone);
  const asOf = period.endsAt + DAY;
  return buildReport({ city, scope: { kind: 'city' }, period, asOf }, stations, defaultAveragingPolicy);
};

const pm25 = (month: string, values: readonly (number | undefined)[]) =>
  quantityOf('pm25', { '24h': series(local(`${month}-01T00:00:00`) + DAY, DAY, values) });

describe('a report', () => {
  it('judges each day by the limit of that day: PM2.5 over 24 hours is 45 instead of 50 from 2026-01-01', async () => {
    const values = Array.from({ length: 31 }, () => 47);
    const air = aStation('a');
    const [december, january] = await Promise.all(
      ['2025-12', '2026-01'].map((month) => reportOf(month, inputOf(air, { quantities: [pm25(month, values)] }))),
    );
    const rows = (report: typeof december) =>
      report?.stations[0]?.exceedances.map(({ limit, broken, judged }) => ({ limit, broken, judged }));
    expect(rows(december)).toEqual([{ limit: 50, broken: 0, judged: 31 }]);
    expect(rows(january)).toEqual([{ limit: 45, broken: 31, judged: 31 }]);
  });

  it('tells first, last and worst of what broke a limit; equal to it is not beyond', async () => {
    const values = [45, 45.004, undefined, Number.NaN, 60, 80, 80, 46, ...Array.from({ length: 23 }, () => 20)];
    const report = await reportOf('2026-01', inputOf(aStation('a'), { quantities: [pm25('2026-01', values)] }));
    const [station] = report.stations;
    const span = (date: string) => ({
      startsAt: new Date(local(`${date}T00:00:00`)).toISOString(),
      endsAt: new Date(local(`${date}T00:00:00`) + DAY).toISOString(),
    });
    expect(station?.exceedances).toEqual([
      expect.objectContaining({
        standard: 'QCVN 05:2023/BTNMT, Bảng 1',
        judged: 29,
        notJudged: 2,
        broken: 5,
        brokenPercent: 17.2,
        first: { value: 45.004, ...span('2026-01-02') },
        last: { value: 46, ...span('2026-01-08') },
        worst: { value: 80, ...span('2026-01-06') },
      }),
    ]);
    const [daily] = station?.quantities[0]?.statistics ?? [];
    expect(daily).toMatchObject({
      of: '24h',
      expected: 31,
      valid: 29,
      invalid: 1,
      absent: 1,
      reasons: [{ code: 'incomplete', count: 1 }],
    });
    const points = station?.quantities[0]?.series[0]?.points.slice(0, 5) ?? [];
    expect(points.map(({ status, value, broken }) => [status, value, broken])).toEqual([
      ['value', 45, false],
      ['value', 45.004, true],
      ['absent', null, false],
      ['invalid', null, false],
      ['value', 60, true],
    ]);
  });

  it('never lets a missing value look like a good one', async () => {
    const indices = [
      { index: 'vnAqi24h' as const, series: series(local('2026-01-01T00:00:00') + DAY, DAY, [Number.NaN, 42]) },
    ];
    const report = await reportOf('2026-01', inputOf(aStation('a'), { indices }));
    const [calendar] = report.stations[0]?.indices ?? [];
    expect(
      calendar?.entries.slice(0, 3).map(({ status, value, category, reason }) => [status, value, category, reason]),
    ).toEqual([
      ['not-computable', null, null, 'incomplete'],
      ['computed', 42, 1, null],
      ['absent', null, null, null],
    ]);
    expect(calendar).toMatchObject({ notComputable: 1, absent: 29 });
    const html = renderHtml(composeDocument(report), 'both');
    expect(html).not.toMatch(/<td[^>]*><\/td>/);
  });

  it('publishes no index of a reference station, whatever the store has, and says why', async () => {
    const indices = [{ index: 'vnAqi24h' as const, series: series(local('2026-01-01T00:00:00') + DAY, DAY, [42]) }];
    const report = await reportOf('2026-01', inputOf(aStation('a', { referenceStation: true }), { indices }));
    const [station] = report.stations;
    expect(station).toMatchObject({ mayPublishIndex: false, indices: [], summary: { worstIndex: null } });
    expect(station?.caveats[0]?.text.en).toContain('Article 29');
  });

  it('says of a station without data or without a standard that nothing was judged', async () => {
    const report = await reportOf('2026-01', inputOf(aStation('a')), inputOf(aStation('w', { kind: 'water' })));
    expect(report.stations.map(({ caveats }) => caveats.map(({ code }) => code))).toEqual([
      ['automatic-station', 'no-data'],
      ['automatic-station', 'no-data', 'no-limits'],
    ]);
    expect(report.stations.map(({ summary: { judged, broken } }) => [judged, broken])).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it('judges single values by the worst of each hour', async () => {
    const at = (text: string) => local(`2026-01-05T${text}:00`);
    const singles = {
      length: 4,
      endsAt: Float64Array.of(at('07:10'), at('07:20'), at('08:00'), at('08:10')),
      values: Float64Array.of(6.1, 4.9, 5, 5.2),
      reasons: new Map(),
    };
    const water = aStation('w', { kind: 'water', standards: [{ standard: 'qcvn08-2023', class: 'B' }] });
    const raw = { received: 4, valid: 4, qualities: [], singles };
    const report = await reportOf(
      '2026-01',
      inputOf(water, { quantities: [{ ...quantityOf('dissolvedOxygen', {}), raw }] }),
    );
    expect(report.stations[0]?.exceedances).toEqual([
      expect.objectContaining({
        bound: 'min',
        limit: 5,
        judged: 2,
        broken: 1,
        worst: expect.objectContaining({ value: 4.9 }),
      }),
    ]);
  });

  it('depends on its inputs alone', async () => {
    const make = () => reportOf('2026-01', inputOf(aStation('a'), { quantities: [pm25('2026-01', [10, 20, 30])] }));
    expect(JSON.stringify(await make())).toBe(JSON.stringify(await make()));
    const other = await reportOf(
      '2026-01',
      inputOf(aStation('a'), { quantities: [pm25('2026-01', [10, 20, 30.0001])] }),
    );
    expect(other.dataVersion).not.toBe((await make()).dataVersion);
  });
});
