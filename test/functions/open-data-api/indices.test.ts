import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateHours, hoursOfReadings } from '../../support/air-hours.ts';
import { aSensor, aStation, city } from '../../support/small-city.ts';
import { at, NOW, openCityOf } from './open-data-city.ts';

const openAir = async () => {
  const { parts, store, call } = openCityOf({
    city: [city],
    station: [
      aStation('air-1', { name: 'Trạm "Bạch Đằng"' }),
      aStation('cheap-1', { referenceStation: true }),
      aStation('cheap-2', { class: 'reference' }),
      aStation('silent-1'),
      aStation('water-1', { kind: 'water' }),
    ],
    sensor: [aSensor('a1', 'air-1', 'air'), aSensor('c1', 'cheap-1', 'air'), aSensor('c2', 'cheap-2', 'air')],
  });
  for (const sensorId of ['a1', 'c1', 'c2']) {
    await store(...hoursOfReadings(sensorId, 'pm25', { until: at(0), hours: 60, valueAt: () => 41 }));
  }
  await evaluateHours(parts, NOW);
  return call;
};

describe('indices in the open data', () => {
  let call: Awaited<ReturnType<typeof openAir>>;
  beforeAll(async () => {
    call = await openAir();
  });
  const get = (query: string, headers: Record<string, string> = {}) =>
    call({ url: `/open/v1/indices${query}`, headers });

  it('are four of every station that may publish them, and say why where there is none', async () => {
    const { indices } = (await get('')).json();
    expect(indices.map((index: { stationId: string; series: string }) => `${index.stationId} ${index.series}`)).toEqual(
      ['air-1', 'silent-1'].flatMap((id) =>
        ['vnAqi1h', 'usAqiNowcast', 'vnAqi24h', 'usAqi24h'].map((name) => `${id} ${name}`),
      ),
    );
    expect(indices[4].result).toMatchObject({ status: 'not-computable', reason: 'no-data' });
  });

  it('tell what Bảng 3 of the decision wants told', async () => {
    const { indices } = (await get('?station=air-1&quantity=vnAqi1h')).json();
    expect(indices).toHaveLength(1);
    expect(indices[0]).toMatchObject({
      stationName: 'Trạm "Bạch Đằng"',
      position: { latitude: 10.97, longitude: 106.66 },
      endsAt: '2026-11-22T10:00:00.000Z',
      endsAtLocal: '2026-11-22T17:00:00.000+07:00',
      source: 'Thủ Dầu Một, Trạm "Bạch Đằng"',
      result: {
        index: 'VN_AQI',
        value: 82,
        dominant: 'pm25',
        subIndices: [{ quantity: 'pm25', value: 82, isDominant: true }],
        category: { nameVi: 'Trung bình', rgb: [255, 255, 0], adviceVi: 'Tự do thực hiện các hoạt động ngoài trời' },
        methodVersion: 'VN_AQI hourly, 1459/QĐ-TCMT (2019), 1',
      },
    });
  });

  it.each([
    ['cheap-1', 'Điều 29'],
    ['cheap-2', 'Điều 29'],
    ['water-1', 'no station of air'],
    ['nowhere', 'no such station'],
  ])('are never those of %s, and the answer says why', async (station, why) => {
    const answer = await get(`?station=${station}`);
    expect(answer.status).toBe(404);
    expect(answer.json().detail).toContain(why);
    expect((await get('')).body).not.toContain(station);
    expect((await get('?format=csv')).body).not.toContain(station);
    expect((await get('?format=geojson')).body).not.toContain(station);
  });

  it('are rows in CSV with a column for each sub-index; what is missing is empty', async () => {
    const answer = await get('?quantity=vnAqi1h&format=csv');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="indices.csv"');
    const [header, first, second] = answer.body.split('\r\n');
    expect(header).toContain('value,categoryLevel,categoryEn,categoryVi,colour,dominant,pm25,pm10,o3,no2,so2,co');
    expect(first).toContain('air-1,"Trạm ""Bạch Đằng""",10.97,106.66,vnAqi1h,2026-11-22T10:00:00.000Z');
    expect(first).toContain('VN_AQI,82,2,Moderate,Trung bình,#ffff00,pm25,82,,,,,,1,');
    expect(second).toContain('VN_AQI,,,,,,,,,,,,,,,,,,no-data,');
  });

  it('are points in GeoJSON, with null where there is no value', async () => {
    const answer = await get('?quantity=vnAqi1h', { accept: 'application/geo+json' });
    expect(answer.headers['content-type']).toBe('application/geo+json');
    expect(answer.json().features).toMatchObject([
      {
        id: 'air-1/vnAqi1h',
        geometry: { type: 'Point', coordinates: [106.66, 10.97] },
        properties: { value: 82, colour: '#ffff00', pm25: 82, dominant: 'pm25' },
      },
      { id: 'silent-1/vnAqi1h', properties: { value: null, reason: 'no-data' } },
    ]);
  });

  it('are kept by caches for a minute, and refuse what they do not know', async () => {
    expect((await get('')).headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=60');
    expect((await get('?quantity=vnWqi')).status).toBe(400);
  });
});
