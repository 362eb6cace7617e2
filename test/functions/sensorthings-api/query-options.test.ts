import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { quickestMs } from '../../support/quickest.ts';
import {
  HOUR,
  type Json,
  MINUTE,
  openSensorThingsCity,
  ROOT,
  type SensorThingsCity,
  start,
} from './sensorthings-city.ts';

let city: SensorThingsCity;
let pm25 = 0;
beforeAll(async () => {
  city = await openSensorThingsCity();
  const [datastream] = await city.list("/Datastreams?$filter=properties/quantity eq 'pm25'");
  pm25 = Number(datastream?.['@iot.id']);
});

const results = (observations: readonly Json[]): readonly unknown[] => observations.map(({ result }) => result);
const iso = (at: number): string => new Date(at).toISOString();

/** OGC's executable test suite, level 2: each option, and together. */
describe('Query options', () => {
  it('$top, $skip and $count: the count is of all, whatever the page holds', async () => {
    const page = await city.get(`/Datastreams(${pm25})/Observations?$top=3&$skip=2&$count=true`);
    expect(results(page.value ?? [])).toEqual([2, 3, 4]);
    expect(page['@iot.count']).toBe(300);
    const none = await city.get(`/Observations?$top=0&$count=true`);
    expect(none).toEqual({ '@iot.count': 24 + 24 + 2 + 300 + 3, value: [] });
    const huge = await city.get('/Things?$top=2147483647');
    expect(huge.value).toHaveLength(4);
    expect(huge['@iot.nextLink']).toBeUndefined();
  });

  it('$orderby, ascending and descending, by time, by result, by what is related', async () => {
    const newest = await city.list(`/Datastreams(${pm25})/Observations?$orderby=phenomenonTime desc&$top=2`);
    expect(newest.map(({ phenomenonTime }) => phenomenonTime)).toEqual([
      iso(start + 299 * 15 * MINUTE),
      iso(start + 298 * 15 * MINUTE),
    ]);
    const highest = await city.list(`/Datastreams(${pm25})/Observations?$orderby=result desc,phenomenonTime&$top=2`);
    expect(highest.map(({ phenomenonTime, result }) => [result, phenomenonTime])).toEqual([
      [59, iso(start + 59 * 15 * MINUTE)],
      [59, iso(start + 119 * 15 * MINUTE)],
    ]);
    const names = (await city.list('/Things?$orderby=name desc')).map(({ name }) => name);
    expect(names).toEqual(['Station river-1', 'Station air-1', 'Bin bin-2', 'Bin bin-1']);
    const byThing = await city.list('/Datastreams?$orderby=Thing/name desc&$top=1&$expand=Thing');
    expect(byThing[0]?.Thing).toMatchObject({ name: 'Station river-1' });
  });

  it('$filter: comparison, logic, arithmetic, text, dates, space, paths through relations', async () => {
    const thingsOf = async (filter: string) =>
      (await city.list(`/Things?$filter=${encodeURIComponent(filter)}`)).map(
        ({ properties }) => (properties as Json).id,
      );
    expect(await thingsOf("properties/kind eq 'bin' and not (properties/id eq 'bin-1')")).toEqual(['bin-2']);
    expect(await thingsOf("startswith(name,'Station') or endswith(name,'-2')")).toHaveLength(3);
    expect(await thingsOf('properties/capacityLitres div 2 eq 1500')).toHaveLength(2);
    expect(await thingsOf("Datastreams/ObservedProperty/properties/quantity eq 'ph'")).toEqual(['river-1']);
    const around = "geography'POLYGON((106.6 10.9,106.7 10.9,106.7 11,106.6 11,106.6 10.9))'";
    expect(await thingsOf(`st_within(Locations/location,${around})`)).toHaveLength(3);
    expect(await thingsOf(`geo.intersects(Locations/location,${around})`)).toHaveLength(3);
    expect(await thingsOf("geo.distance(Locations/location,geography'POINT(106.9 11.2)') lt 0.001")).toEqual([
      'river-1',
    ]);
    const hours = await city.list(
      `/Datastreams(${pm25})/Observations?$filter=hour(phenomenonTime) eq 5 and result mod 2 eq 0`,
    );
    expect(hours.every(({ phenomenonTime }) => String(phenomenonTime).includes('T05:'))).toBe(true);
    expect(hours).toHaveLength(6);
  });

  it('$filter by time reads only that time of the store, with its borders right', async () => {
    const [from, to] = [iso(start + HOUR), iso(start + 2 * HOUR)];
    const between = (filter: string) =>
      city.list(`/Datastreams(${pm25})/Observations?$filter=${encodeURIComponent(filter)}`);
    expect(await between(`phenomenonTime ge ${from} and phenomenonTime lt ${to}`)).toHaveLength(4);
    expect(await between(`phenomenonTime gt ${from} and phenomenonTime le ${to}`)).toHaveLength(4);
    expect(await between(`phenomenonTime eq ${from}`)).toHaveLength(1);
    expect(await between(`phenomenonTime lt ${from} and phenomenonTime gt ${to}`)).toHaveLength(0);
  });

  it('reads what clients really send: %24filter, + for spaces, quoted and unquoted ids', async () => {
    const plus = await city.list("/Things?%24filter=properties/id+eq+'bin-1'&%24top=5");
    expect(plus).toHaveLength(1);
    const id = plus[0]?.['@iot.id'];
    expect(await city.get(`/Things('${id}')`)).toEqual(await city.get(`/Things(${id})`));
    const [observation] = await city.list('/Observations?$top=1');
    const name = observation?.['@iot.id'];
    expect(await city.get(`/Observations(${name})`)).toEqual(await city.get(`/Observations('${name}')`));
    expect(await city.list(`/Observations?$filter=id eq '${name}'`)).toEqual([observation]);
    expect(await city.list(`/Things?$filter=@iot.id eq ${id}`)).toEqual(plus);
  });

  it('$select keeps to what was asked for, also inside properties', async () => {
    const [thing] = await city.list('/Things?$select=name,properties/kind,Datastreams&$top=1&$orderby=name');
    expect(Object.keys(thing ?? {}).toSorted()).toEqual(['Datastreams@iot.navigationLink', 'name', 'properties']);
    expect(thing?.properties).toEqual({ kind: 'bin' });
    expect(await city.list(`/Datastreams(${pm25})/Observations?$select=result&$top=1`)).toEqual([{ result: 0 }]);
  });

  it('$expand, nested, with options of its own, and its pages go on', async () => {
    const [thing] = await city.list(
      "/Things?$filter=properties/id eq 'air-1'&$expand=Locations($select=name),Datastreams($filter=properties/quantity eq 'pm25';$count=true;$expand=Observations($top=2;$orderby=phenomenonTime desc;$select=result),ObservedProperty)",
    );
    expect(thing?.Locations).toEqual([{ name: 'Station air-1' }]);
    expect(thing?.['Datastreams@iot.count']).toBe(1);
    const [datastream] = (thing?.Datastreams ?? []) as Json[];
    expect(datastream?.Observations).toEqual([{ result: 59 }, { result: 58 }]);
    const next = await city.get(String(datastream?.['Observations@iot.nextLink']));
    expect(next.value).toEqual([{ result: 57 }, { result: 56 }]);
  });

  it('gives the newest observation of everything as one query to each store', async () => {
    const own = await openSensorThingsCity();
    await own.list('/Datastreams?$top=1000');
    own.asked.length = 0;
    const things = await own.list(
      '/Things?$expand=Locations,Datastreams($top=1000;$expand=Observations($top=1;$orderby=phenomenonTime desc))',
    );
    const newest = things
      .flatMap(({ Datastreams }) => Datastreams as Json[])
      .map(({ Observations }) => Observations as Json[]);
    expect(newest.flat().length).toBe(7);
    expect(newest.flat().map(({ result }) => result)).toEqual(
      expect.arrayContaining([null, 440, 59, 42, 11.5, 7.1, 90]),
    );
    expect(own.asked.filter((call) => call === 'series')).toEqual([]);
    expect(own.asked.length).toBeLessThanOrEqual(4);
  });

  it('resultFormat=dataArray, CSV and GeoJSON', async () => {
    const rows = await city.list(
      `/Datastreams(${pm25})/Observations?$resultFormat=dataArray&$select=phenomenonTime,result&$top=2`,
    );
    expect(rows).toEqual([
      {
        'Datastream@iot.navigationLink': `${ROOT}/Datastreams(${pm25})`,
        components: ['phenomenonTime', 'result'],
        'dataArray@iot.count': 2,
        dataArray: [
          [iso(start), 0],
          [iso(start + 15 * MINUTE), 1],
        ],
      },
    ]);
    const csv = await city.call({
      url: `${ROOT}/Datastreams(${pm25})/Observations?$resultFormat=CSV&$select=result,resultQuality/flag&$top=2`,
    });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toBe('result,resultQuality/flag\r\n0,1\r\n1,1\r\n');
    expect(csv.headers.link).toMatch(/rel="next"$/);
    const features = await city.get('/Things?$resultFormat=GeoJSON&$top=1&$orderby=name');
    expect(features).toMatchObject({
      type: 'FeatureCollection',
      features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [106.651, 10.981] } }],
    });
  });
});

describe('What cannot be answered', () => {
  it.each([
    ['/Things?$filter=nam eq 1', 400, /\$filter, position 0.*no property/],
    ["/Things?$filter=name eq 'x", 400, /\$filter, position/],
    ['/Things?$top=-1', 400, /\$top/],
    ['/Nothings', 404, /Things/],
    ['/Things(1)/nothing', 404, /nothing/],
    ['/Things(1)/properties/nothing', 404, /nothing/],
    ['/Things?$frobnicate=1', 501, /\$frobnicate/],
    ['/Things?$skiptoken=abc', 400, /next link/],
    ['/Things?$filter=Datastreams/Observations/Datastream/Observations/result gt 3', 501, /Observations/],
    ['/Things?$orderby=Datastreams/Observations/result', 400, /Observations/],
    ['/Things?$resultFormat=dataArray', 501, /dataArray/],
  ])('%s: %i', async (path, status, words) => {
    const answer = await city.call({ url: `${ROOT}${path}` });
    const problem = JSON.parse(answer.body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/application\/problem\+json/);
    expect(problem).toMatchObject({ status, code: status, message: problem.detail });
    expect(problem.detail).toMatch(words);
  });

  it('10,000 brackets are refused at once, saying so', async () => {
    const ask = () => city.call({ url: `${ROOT}/Things?$filter=${'('.repeat(10_000)}name eq 'x'` });
    const answer = await ask();
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body).detail).toMatch(/deep/);
    expect(await quickestMs(ask, 50)).toBeLessThan(50);
  });

  it.each(['POST', 'PATCH', 'PUT', 'DELETE'])('%s is refused with what is possible', async (method) => {
    const answer = await city.call({ method, url: `${ROOT}/Things`, body: { name: 'x' } });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD, OPTIONS');
    expect(JSON.parse(answer.body)).toMatchObject({ status: 405, code: 405, message: expect.any(String) });
  });
});

describe('Manners', () => {
  it('tags answers, and says nothing again to who has it', async () => {
    const answer = await city.call({ url: `${ROOT}/Things` });
    expect(answer.headers['cache-control']).toMatch(/public, max-age=\d+/);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    const again = await city.call({ url: `${ROOT}/Things`, headers: { 'if-none-match': answer.headers.etag ?? '' } });
    expect([again.status, again.body]).toEqual([304, '']);
    expect((await city.call({ method: 'HEAD', url: `${ROOT}/Things` })).headers.etag).toBe(answer.headers.etag);
  });

  it('compresses long answers for those who take it, and for nobody else', async () => {
    const url = `${ROOT}/Datastreams`;
    const plain = await city.call({ url });
    const answer = await city.call({ url, headers: { 'accept-encoding': 'br;q=0.5, gzip;q=0.8' } });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(gunzipSync(Buffer.from(answer.body, 'base64')).toString()).toBe(plain.body);
    for (const refusing of ['identity', 'gzip;q=0', 'deflate']) {
      const other = await city.call({ url, headers: { 'accept-encoding': refusing } });
      expect(other.headers['content-encoding']).toBeUndefined();
    }
    const again = await city.call({ url, headers: { 'if-none-match': answer.headers.etag ?? '' } });
    expect(again.status).toBe(304);
  });

  it('answers a preflight', async () => {
    const { status, headers } = await city.call({ method: 'OPTIONS', url: `${ROOT}/Things` });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    });
  });
});
