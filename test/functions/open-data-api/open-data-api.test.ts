import { beforeEach, describe, expect, it } from 'vitest';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { aReading, aStation } from '../../support/small-city.ts';

import { at, openCity } from './open-data-city.ts';

describe('Open data', () => {
  let open: Awaited<ReturnType<typeof openCity>>;
  beforeEach(async () => {
    open = await openCity();
  });

  describe('the index', () => {
    it('links to what really answers', async () => {
      const { links, city: name } = (await open.call({ url: '/open/v1' })).json();
      expect(name).toBe('Thủ Dầu Một');
      for (const { href, type } of links.filter((link: { rel: string }) => link.rel === 'item')) {
        const answer = await open.call({ url: href });
        expect(answer.status).toBe(200);
        expect(answer.headers['content-type']).toContain(type);
      }
    });

    it('answers at its path with a slash too', async () => {
      expect((await open.call({ url: '/open/v1/' })).status).toBe(200);
    });
  });

  describe('stations', () => {
    it('are all places, with their sensors', async () => {
      const { stations } = (await open.call({ url: '/open/v1/stations' })).json();
      expect(stations.map((site: { id: string; kind: string }) => [site.id, site.kind])).toEqual([
        ['air-1', 'air'],
        ['bin-1', 'bin'],
        ['water-1', 'water'],
      ]);
      expect(stations[0]).toMatchObject({ sensorIds: ['a1', 'a2'], referenceStation: false, stream: null });
      expect(stations[1]).toMatchObject({ positionApproximate: true, ward: 'Phú Cường', capacityLitres: 3_000 });
    });

    it.each(['air', 'water', 'bin'])('are only those of kind %s when asked so', async (kind) => {
      const { stations } = (await open.call({ url: `/open/v1/stations?kind=${kind}` })).json();
      expect(stations.map((site: { kind: string }) => site.kind)).toEqual([kind]);
    });

    it('are points with longitude first in GeoJSON', async () => {
      const answer = await open.call({
        url: '/open/v1/stations?kind=bin',
        headers: { accept: 'application/geo+json' },
      });
      expect(answer.headers['content-type']).toBe('application/geo+json');
      expect(answer.json().features).toMatchObject([
        { id: 'bin-1', geometry: { type: 'Point', coordinates: [106.651, 10.981] }, properties: { ward: 'Phú Cường' } },
      ]);
    });

    it('are rows in CSV, quoted as RFC 4180 says', async () => {
      const answer = await open.call({ url: '/open/v1/stations?kind=bin&format=csv' });
      expect(answer.headers['content-type']).toMatch(/^text\/csv; charset=utf-8/);
      expect(answer.headers['content-disposition']).toBe('attachment; filename="stations.csv"');
      expect(answer.body).toBe(
        'id,kind,name,latitude,longitude,positionApproximate,ward,stream,capacityLitres,referenceStation,sensorIds,stationClass,mayPublishIndex\r\n' +
          'bin-1,bin,"Đinh Bộ Lĩnh, ""thùng 1""",10.981,106.651,true,Phú Cường,other,3000,,b1,,\r\n',
      );
    });
  });

  describe('readings', () => {
    it('are means of sensors and indices of stations when asked for by quantity', async () => {
      await open.parts.readings.append([
        aReading('a1', 'pm25Mean1h', at(1), 21),
        aReading('~air-1', 'vnAqi1h', at(1), 42),
        aReading('~reference', 'vnAqi1h', at(1), 43),
      ]);
      await open.parts.registry.put('station', aStation('reference', { referenceStation: true }));
      const of = async (query: string) =>
        (await open.call({ url: `/open/v1/readings?${query}` }))
          .json()
          .readings.map(({ stationId, sensorId, value }: Record<string, unknown>) => [stationId, sensorId, value]);
      expect(await of('quantity=pm25Mean1h')).toEqual([['air-1', 'a1', 21]]);
      expect(await of('quantity=vnAqi1h')).toEqual([['air-1', '~air-1', 42]]);
      expect(await of('quantity=vnAqi1h&station=air-1')).toEqual([['air-1', '~air-1', 42]]);
      expect(await of('quantity=vnAqi1h&station=reference')).toEqual([]);
      expect(await of('quantity=wqiIndicative')).toEqual([]);
    });

    it('are those of the last 24 hours, with unit, flag and both clocks', async () => {
      const body = (await open.call({ url: '/open/v1/readings?sensor=a1&quantity=pm25' })).json();
      expect(body.readings).toHaveLength(3);
      expect(body.readings[0]).toEqual({
        stationId: 'air-1',
        sensorId: 'a1',
        quantity: 'pm25',
        value: 20,
        unit: 'µg/m³',
        measuredAt: '2026-11-22T07:00:00.000Z',
        measuredAtLocal: '2026-11-22T14:00:00.000+07:00',
        flag: 1,
        test: 'none',
      });
    });

    it('keep doubtful values with their flag, and missing ones as null', async () => {
      const { readings } = (await open.call({ url: '/open/v1/readings?sensor=a1&quantity=pm25' })).json();
      expect(readings.map(({ value, flag }: { value: number; flag: number }) => [value, flag])).toEqual([
        [20, 1],
        [null, 9],
        [900, 3],
      ]);
    });

    it('come by sensor, quantity and instant', async () => {
      const { readings } = (await open.call({ url: '/open/v1/readings?station=air-1' })).json();
      expect(readings.map((each: Reading) => `${each.sensorId} ${each.quantity} ${each.value}`)).toEqual([
        'a1 airTemperature -1.5',
        'a1 pm25 20',
        'a1 pm25 null',
        'a1 pm25 900',
        'a2 pm25 30',
      ]);
    });

    it('include the first instant of the period and not its last', async () => {
      const url = '/open/v1/readings?sensor=a1&quantity=pm25&from=2026-11-22T07:00:00Z&to=2026-11-22T09:00:00Z';
      const { readings } = (await open.call({ url })).json();
      expect(readings.map((each: Reading) => each.value)).toEqual([20, null]);
    });

    it('of one quantity come from every sensor that measures it', async () => {
      const { readings } = (await open.call({ url: '/open/v1/readings?quantity=pm25' })).json();
      expect(new Set(readings.map((each: Reading) => each.sensorId))).toEqual(new Set(['a1', 'a2']));
    });

    it('of a bin are there as well', async () => {
      const { readings } = (await open.call({ url: '/open/v1/readings?station=bin-1' })).json();
      expect(readings).toMatchObject([{ quantity: 'fillDistance', value: 400, unit: 'mm', stationId: 'bin-1' }]);
    });

    it('are an empty list where nothing was measured', async () => {
      expect((await open.call({ url: '/open/v1/readings?station=water-1' })).json().readings).toEqual([]);
    });

    it('are CSV with numbers as numbers and missing values empty', async () => {
      const answer = await open.call({ url: '/open/v1/readings?sensor=a1', headers: { accept: 'text/csv' } });
      expect(answer.body.split('\r\n')).toEqual([
        'stationId,sensorId,quantity,value,unit,measuredAt,measuredAtLocal,flag,test',
        'air-1,a1,airTemperature,-1.5,°C,2026-11-22T09:00:00.000Z,2026-11-22T16:00:00.000+07:00,1,none',
        'air-1,a1,pm25,20,µg/m³,2026-11-22T07:00:00.000Z,2026-11-22T14:00:00.000+07:00,1,none',
        'air-1,a1,pm25,,µg/m³,2026-11-22T08:00:00.000Z,2026-11-22T15:00:00.000+07:00,9,gross-range',
        'air-1,a1,pm25,900,µg/m³,2026-11-22T09:00:00.000Z,2026-11-22T16:00:00.000+07:00,3,gross-range',
        '',
      ]);
    });

    it('are features at their station in GeoJSON', async () => {
      const answer = await open.call({ url: '/open/v1/readings?sensor=a2&format=geojson' });
      expect(answer.json().features).toMatchObject([
        {
          id: 'a2/pm25/2026-11-22T08:00:00.000Z',
          geometry: { coordinates: [106.66, 10.97] },
          properties: { value: 30, unit: 'µg/m³' },
        },
      ]);
    });
  });

  describe('refuses, naming the field,', () => {
    it.each([
      ['/readings', ['station', 'sensor', 'quantity']],
      ['/readings?from=2026-11-22T00:00:00Z', ['station', 'sensor', 'quantity']],
      ['/readings?sensor=a1&quantity=happiness', ['quantity']],
      ['/readings?sensor=a1&from=today', ['from']],
      ['/readings?sensor=a1&from=2026-11-22T09:00:00Z&to=2026-11-22T08:00:00Z', ['from']],
      ['/readings?sensor=a1&from=2026-10-01T00:00:00Z&to=2026-11-22T08:00:00Z', ['from']],
      ['/readings?sensor=a1&limit=5001', ['limit']],
      ['/readings?sensor=a%20b', ['sensor']],
      ['/readings?sensor=a1&format=xml', ['format']],
      ['/readings?sensro=a1&quantity=pm25', ['sensro']],
      ['/stations?kind=tree', ['kind']],
    ])('%s', async (path, fields) => {
      const answer = await open.call({ url: `/open/v1${path}` });
      expect(answer.status).toBe(400);
      expect(answer.json().errors.map((error: { field: string }) => error.field)).toEqual(fields);
    });

    it.each([
      ['station=nowhere', 'station'],
      ['sensor=nobody', 'sensor'],
      ['station=air-1&sensor=b1', 'sensor'],
    ])('what does not exist: %s', async (query, field) => {
      const answer = await open.call({ url: `/open/v1/readings?${query}` });
      expect(answer.status).toBe(404);
      expect(answer.json().errors).toMatchObject([{ in: 'query', field }]);
    });

    it('a representation that it does not have', async () => {
      const answer = await open.call({ url: '/open/v1/stations', headers: { accept: 'image/png' } });
      expect(answer.status).toBe(406);
    });
  });

  it('describes every parameter and format in OpenAPI', async () => {
    const { paths } = (await open.call({ url: '/open/v1/openapi.json' })).json();
    const { parameters, responses } = paths['/readings'].get;
    expect(parameters.map((parameter: { name: string }) => parameter.name)).toEqual([
      'station',
      'sensor',
      'quantity',
      'from',
      'to',
      'limit',
      'cursor',
      'format',
    ]);
    expect(Object.keys(responses['200'].content)).toEqual([
      'application/json',
      'text/csv',
      'application/geo+json',
      'application/vnd.apache.parquet',
    ]);
  });
});
