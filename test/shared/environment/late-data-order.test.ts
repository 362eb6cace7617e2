import { describe, expect, it } from 'vitest';
import type { Station } from '../../../shared/city/entities.ts';
import { stationSeriesId } from '../../../shared/telemetry/derived-quantities.ts';
import { HOUR, MINUTE, reading, setUp } from './late-data-support.ts';

describe('what is derived', () => {
  const start = Date.parse('2026-01-05T00:00:00+07:00');
  const pm25 = (values: readonly (number | null)[], sensorId = 'air-1') =>
    values.map((value, step) => reading(sensorId, 'pm25', start + (step + 1) * 30 * MINUTE, value));

  it('is null with its reason where there is too little data, absent where there is none, and never zero', async () => {
    const { arrive, evaluate, readings } = setUp();
    await arrive(pm25([10, 20, 30, null, null, null, 40, 50]), start + 4 * HOUR);
    await evaluate(start + 4 * HOUR + 10 * MINUTE);
    const page = await readings.series({ sensorId: 'air-1', quantity: 'pm25Mean1h', from: 0, to: 4e12 });
    expect(
      page.readings.map(({ measuredAt, value, quality }) => [(measuredAt - start) / HOUR, value, quality]),
    ).toEqual([
      [1, 15, { flag: 1, test: 'completeness' }],
      [2, null, { flag: 9, test: 'incomplete' }],
      [4, 45, { flag: 1, test: 'completeness' }],
    ]);
  });

  it('loses its value when its data is withdrawn, and says so', async () => {
    const { arrive, evaluate, readings } = setUp();
    await arrive(pm25([10, 20]), start + HOUR);
    await evaluate(start + HOUR + 10 * MINUTE);
    await arrive(pm25([null, null]), start + HOUR + 20 * MINUTE);
    await evaluate(start + 2 * HOUR + 10 * MINUTE);
    const hour = { sensorId: 'air-1', quantity: 'pm25Mean1h', measuredAt: start + HOUR } as const;
    expect((await readings.versions(hour)).map(({ value, quality }) => [value, quality.test])).toEqual([
      [15, 'completeness'],
      [null, 'no-data'],
    ]);
  });

  it('is written once, however often it is worked out', async () => {
    const { arrive, evaluate, readings } = setUp();
    await arrive(pm25(Array(48).fill(40)), start + 24 * HOUR);
    const at = start + 24 * HOUR + 10 * MINUTE;
    expect((await evaluate(at)).derived).toBeGreaterThan(0);
    expect(await evaluate(at)).toMatchObject({ derived: 0 });
    // NowCast still has two of the last three hours for one hour more, and says so then.
    for (const [hours, derived] of [
      [1, 2],
      [1, 0],
      [2, 0],
    ] as const) {
      expect(await evaluate(at + hours * HOUR)).toMatchObject({ derived });
    }
    const daily = { sensorId: 'air-1', quantity: 'pm25Mean24h', measuredAt: start + 24 * HOUR } as const;
    expect(await readings.versions(daily)).toMatchObject([{ value: 40, receivedAt: at }]);
  });

  it('counts data that came between two tries of one scheduled run', async () => {
    const { arrive, evaluate, readings } = setUp();
    const at = start + 2 * HOUR + 10 * MINUTE;
    await arrive(pm25([10, 20]), start + HOUR);
    await evaluate(at);
    await arrive(pm25([null, 40]), start + HOUR + MINUTE);
    await arrive(pm25([30, 40]), start + HOUR + 2 * MINUTE);
    await evaluate(at);
    const hour = { sensorId: 'air-1', quantity: 'pm25Mean1h', measuredAt: start + HOUR } as const;
    const versions = await readings.versions(hour);
    expect([versions[0], versions.at(-1)]).toMatchObject([{ value: 15 }, { value: 35 }]);
  });

  it('takes for an index the sensor with the most valid hours', async () => {
    const { arrive, evaluate, readings } = setUp();
    const at = start + 12 * HOUR;
    await arrive(
      [...pm25(Array(24).fill(25), 'air-2'), ...pm25([...Array(2).fill(80), ...Array(20).fill(null), 80, 80])],
      at,
    );
    await evaluate(at);
    const series = { sensorId: stationSeriesId('phu-cuong'), quantity: 'vnAqi1h', from: at, to: at + 1 } as const;
    // 25 µg/m³ is the break-point of 50 (QĐ 1459/QĐ-TCMT, bảng 2).
    expect((await readings.series(series)).readings).toMatchObject([{ value: 50, measuredAt: at }]);
  });

  it('holds an index of the day, and none for a reference station', async () => {
    const at = start + 24 * HOUR;
    const values = async (station: Partial<Station>) => {
      const { arrive, evaluate, derived } = setUp({ station });
      await arrive(pm25(Array(48).fill(50)), at);
      await evaluate(at);
      const names = [...(await derived())].filter(([key]) => key.includes(new Date(at).toISOString()));
      return new Map(names.map(([key, value]) => [key.split(' ')[1], value]));
    };
    expect(Object.fromEntries(await values({}))).toMatchObject({ pm25Mean24h: 50, vnAqi1h: 100, vnAqi24h: 100 });
    const ofReference = await values({ referenceStation: true });
    expect([...ofReference.keys()]).toEqual(['pm25Mean1h', 'pm25Mean24h']);
  });
});
