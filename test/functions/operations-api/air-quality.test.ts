import { describe, expect, it } from 'vitest';
import { evaluateHours, hoursOfReadings } from '../../support/air-hours.ts';
import { aSensor, aStation } from '../../support/small-city.ts';
import { HOUR, NOW, openOperations } from './operations-city.ts';

const openAir = async () => {
  const city = openOperations({
    station: [
      aStation('air-1'),
      aStation('cheap-1', { referenceStation: true }),
      aStation('silent-1'),
      aStation('river-1', { kind: 'water' }),
    ],
    sensor: [aSensor('a1', 'air-1', 'air'), aSensor('c1', 'cheap-1', 'air')],
  });
  for (const sensorId of ['a1', 'c1']) {
    await city.store(...hoursOfReadings(sensorId, 'pm25', { until: NOW, hours: 60, valueAt: () => 110 }));
  }
  await city.store(
    ...hoursOfReadings('a1', 'no2', { until: NOW, hours: 60, valueAt: (hours) => (hours === 0 ? 50 : 65) }),
  );
  await evaluateHours(city.parts, NOW);
  const get = async (path: string) => city.call({ url: `/api/v1/stations/${path}` });
  return { ...city, get };
};

describe('the air’s quality of a station', () => {
  it('is VN_AQI and US AQI of the hour and the day with category, advice, sub-indices, inputs and method', async () => {
    const { get } = await openAir();
    const { hour, day, mayPublishIndex } = (await get('air-1/air-quality')).json();
    expect(mayPublishIndex).toBe(true);
    expect([hour.startsAt, hour.endsAt]).toEqual(['2026-11-22T09:00:00.000Z', '2026-11-22T10:00:00.000Z']);
    expect([day.startsAt, day.endsAt]).toEqual(['2026-11-20T17:00:00.000Z', '2026-11-21T17:00:00.000Z']);
    // QĐ 1459/QĐ-TCMT, Bảng 2: PM2.5 80 is 150 and 150 is 200; NO2 100 is 50.
    expect(hour.vnAqi).toMatchObject({
      status: 'computed',
      index: 'VN_AQI',
      value: 171,
      category: { level: 4, nameVi: 'Xấu', nameEn: 'Unhealthy', rgb: [255, 0, 0], colourVi: 'Đỏ' },
      dominant: 'pm25',
      subIndices: [
        { quantity: 'pm25', value: 171, period: 'nowcast', isDominant: true },
        { quantity: 'no2', value: 25, period: '1h', isDominant: false },
      ],
      inputs: [
        { quantity: 'pm25', value: 110, unit: 'µg/m³', period: 'nowcast', completeness: 1 },
        { quantity: 'no2', value: 50, unit: 'µg/m³', period: '1h', completeness: 1 },
      ],
      missing: ['pm10', 'o3', 'so2', 'co'],
      methodVersion: 'VN_AQI hourly, 1459/QĐ-TCMT (2019), 1',
    });
    expect(hour.vnAqi.category.adviceVi).toContain('Giảm hoạt động mạnh');
    expect(hour.vnAqi.category.sensitiveAdviceEn).toContain('Stay indoors');
    expect(hour.usAqi).toMatchObject({ index: 'US_AQI', status: 'computed', category: { nameEn: 'Unhealthy' } });
    expect(day.vnAqi).toMatchObject({ value: 171, methodVersion: 'VN_AQI daily, 1459/QĐ-TCMT (2019), 1' });
    expect(day.vnAqi.inputs[1]).toMatchObject({ quantity: 'no2', value: 65, period: 'max 1h' });
  });

  it('of a reference station is no index, with the circular’s article, and the concentrations all the same', async () => {
    const { get } = await openAir();
    const body = (await get('cheap-1/air-quality')).json();
    expect(body).toMatchObject({ class: 'reference', mayPublishIndex: false });
    for (const result of [body.hour.vnAqi, body.hour.usAqi, body.day.vnAqi, body.day.usAqi]) {
      expect(result).toMatchObject({ status: 'not-computable', reason: 'reference-station' });
      expect(result.reasonVi).toContain('Thông tư 10/2021/TT-BTNMT, Điều 29');
      expect(result).not.toHaveProperty('value');
    }
    expect(body.concentrations).toMatchObject([
      { quantity: 'pm25', unit: 'µg/m³', hour: { value: 110, completeness: 1 }, day: { value: 110 } },
    ]);
  });

  it('of an earlier instant is that of the hour and day before it', async () => {
    const { get } = await openAir();
    const at = new Date(NOW - 3 * HOUR + 60_000).toISOString();
    const { hour } = (await get(`air-1/air-quality?at=${at}`)).json();
    expect(hour.endsAt).toBe('2026-11-22T07:00:00.000Z');
    expect(hour.vnAqi.inputs[1]).toMatchObject({ quantity: 'no2', value: 65 });
  });

  it('without data is not computable and holds no number', async () => {
    const { get } = await openAir();
    const { hour, concentrations } = (await get('silent-1/air-quality')).json();
    expect(hour.vnAqi).toMatchObject({ status: 'not-computable', reason: 'no-data' });
    expect(concentrations).toEqual([]);
  });

  it.each([
    ['nowhere/air-quality', 404],
    ['river-1/air-quality', 404],
    ['air-1/air-quality?at=2030-01-01T00:00:00Z', 400],
    ['air-1/air-quality?at=yesterday', 400],
    ['air-1/air-quality?when=2026-01-01T00:00:00Z', 400],
  ])('%s is answered with a reason', async (path, status) => {
    const { get } = await openAir();
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.json().detail).not.toBe('');
  });
});
