import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR, type Json, start } from './sensorthings-city.ts';
import {
  aDatastream,
  aDevice,
  aLocation,
  aProperty,
  aWholeThing,
  openWritableCity,
  type WritableCity,
} from './writing.ts';

const iso = (at: number): string => new Date(at).toISOString();

let city: WritableCity;
let datastreams: readonly number[];
let written: readonly Json[];

const idOf = ({ '@iot.id': id }: Json): unknown => id;

const timeOf = ({ phenomenonTime }: Json): number => Date.parse(String(phenomenonTime).split('/')[0] ?? '');

/** Two datastreams whose observations share instants with each other, with themselves and with the city's; some last an hour. */
beforeAll(async () => {
  city = await openWritableCity();
  const thing = await city.post('/Things', aWholeThing());
  await city.post(
    `${thing}/Datastreams`,
    aDatastream({ name: 'second', Sensor: aDevice(), ObservedProperty: aProperty() }),
  );
  datastreams = (await city.list(`${thing}/Datastreams`)).map(({ '@iot.id': id }) => Number(id));
  for (const [index, datastream] of datastreams.entries()) {
    const Observations = Array.from({ length: 40 }, (_, each) => {
      const at = start + Math.floor(each / 3) * HOUR;
      return { result: each * 2 + index, phenomenonTime: each % 4 === 0 ? `${iso(at)}/${iso(at + HOUR)}` : iso(at) };
    });
    for (const body of Observations) await city.post(`/Datastreams(${datastream})/Observations`, body);
  }
  written = await city.list(
    '/Observations?$filter=Datastream/id ge 1073741824&$top=1000&$expand=Datastream($select=id)',
  );
});

const follow = async (path: string): Promise<readonly Json[]> => {
  const found: Json[] = [];
  for (let link: string | undefined = path; link !== undefined; ) {
    const page: Json = await city.get(link);
    found.push(...(page.value ?? []));
    link = page['@iot.nextLink'] as string | undefined;
  }
  return found;
};

describe('Queries over both the city’s and what was written', () => {
  it.each([
    '',
    '&$orderby=phenomenonTime',
    '&$orderby=phenomenonTime desc',
    '&$orderby=result',
    '&$orderby=result desc,id',
  ])('page through every observation exactly once: $top=13%s', async (order) => {
    const all = await follow(`/Observations?$top=13${order}`);
    expect(all).toHaveLength(433);
    expect(new Set(all.map(({ '@iot.id': id }) => id)).size).toBe(433);
    expect((await city.get('/Observations?$count=true&$top=0'))['@iot.count']).toBe(433);
    const times = all.map(timeOf);
    if (order.includes('phenomenonTime')) {
      expect(times).toEqual(times.toSorted((a, b) => (order.endsWith('desc') ? b - a : a - b)));
    }
  });

  it('one datastream, in pages smaller than what one instant holds', async () => {
    for (const order of ['', '&$orderby=phenomenonTime desc']) {
      const all = await follow(`/Datastreams(${datastreams[0]})/Observations?$top=2${order}`);
      expect(all.map(({ result }) => result).toSorted((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 40 }, (_, i) => i * 2),
      );
    }
  });

  it('a page goes on behind its last observation, also when one of the same instant comes or goes meanwhile', async () => {
    const own = await openWritableCity();
    const thing = await own.post('/Things', aWholeThing());
    const { '@iot.id': id } = await own.firstOf(`${thing}/Datastreams`);
    const path = `/Datastreams(${id})/Observations`;
    for (const result of [1, 2, 3]) await own.post(path, { result, phenomenonTime: iso(start) });
    const page = await own.get(`${path}?$top=2`);
    expect(page.value?.map(({ result }) => result)).toEqual([1, 2]);
    await own.send('DELETE', `/Observations(${page.value?.[0]?.['@iot.id']})`);
    await own.post(path, { result: 4, phenomenonTime: iso(start) });
    expect((await own.get(String(page['@iot.nextLink']))).value?.map(({ result }) => result)).toEqual([3, 4]);
  });

  it('find by time what a filter of the plain kind finds, with borders, and spans by both ends', async () => {
    const border = fc.integer({ min: -1, max: 15 }).map((hours) => start + hours * HOUR);
    const comparison = fc.constantFrom('lt', 'le', 'gt', 'ge', 'eq', 'ne');
    const spanOf = (each: Json): readonly [number, number] => {
      const [from, to] = String(each.phenomenonTime)
        .split('/')
        .map((text) => Date.parse(text));
      return [from ?? 0, to ?? from ?? 0];
    };
    const holds: Readonly<Record<string, (s: number, e: number, at: number) => boolean>> = {
      lt: (s, e, at) => e <= at && s < at,
      le: (s, e, at) => s <= at && e <= at,
      gt: (s, _, at) => s >= at && s > at,
      ge: (s, e, at) => s >= at && e >= at,
      eq: (s, e, at) => s === at && e === at,
      ne: (s, e, at) => s !== at || e !== at,
    };
    await fc.assert(
      fc.asyncProperty(comparison, border, async (operator, at) => {
        const filter = `Datastream/id ge 1073741824 and phenomenonTime ${operator} ${iso(at)}`;
        const found = await city.get(`/Observations?$top=1000&$count=true&$filter=${filter}`);
        const wanted = written.filter((each) => holds[operator]?.(...spanOf(each), at));
        expect(found.value?.map(idOf).toSorted()).toEqual(wanted.map(idOf).toSorted());
        expect(found['@iot.count']).toBe(wanted.length);
      }),
      { numRuns: 30 },
    );
  });

  it('find by ids of both kinds, by result, by datastream, Thing and feature', async () => {
    const [own] = written;
    const [ofCity] = await city.list('/Observations?$top=1');
    const ids = `id eq ${own?.['@iot.id']} or id eq ${ofCity?.['@iot.id']}`;
    expect((await city.list(`/Observations?$filter=${ids}`)).map(({ '@iot.id': id }) => id).toSorted()).toEqual(
      [own?.['@iot.id'], ofCity?.['@iot.id']].toSorted(),
    );
    expect(
      await city.list(`/Observations(${own?.['@iot.id']})/Datastream/Observations?$filter=result lt 6`),
    ).toHaveLength(3);
    expect(
      await city.list("/Observations?$filter=Datastream/Thing/name eq 'Market' and result gt 70&$top=99"),
    ).toHaveLength(9);
    expect(await city.list("/Observations?$filter=FeatureOfInterest/name eq 'Roof'&$top=1000")).toHaveLength(80);
    expect(await city.list('/Things?$filter=Datastreams/Observations/result eq 79')).toMatchObject([
      { name: 'Market' },
    ]);
    expect(
      await city.list(
        "/Things?$filter=st_within(Locations/location,geography'POLYGON((106.65 10.9,106.67 10.9,106.67 11,106.65 11,106.65 10.9))')",
      ),
    ).toHaveLength(4);
  });

  it('expand the newest of every datastream, and go on from there', async () => {
    const things = await city.list(
      '/Things?$expand=Locations,Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc),Sensor)',
    );
    const first = things.filter(({ name }) => name === 'Market').flatMap(({ Datastreams }) => Datastreams as Json[])[0];
    expect(first).toMatchObject({ Observations: [{ result: 78 }], Sensor: { name: 'DS18B20' } });
    expect(String(first?.phenomenonTime).split('/')).toEqual([iso(start), iso(start + 13 * HOUR)]);
    const next = await city.get(String(first?.['Observations@iot.nextLink']));
    expect(next.value).toMatchObject([{ result: 76 }]);
    expect(
      things.flatMap(({ Datastreams }) => Datastreams as Json[]).flatMap(({ Observations }) => Observations),
    ).toHaveLength(9);
  });

  it('of features, the observations of each and of no other', async () => {
    const own = await openWritableCity();
    const thing = await own.post('/Things', aWholeThing());
    const { '@iot.id': id } = await own.firstOf(`${thing}/Datastreams`);
    const feature = (name: string) => ({
      name,
      description: name,
      encodingType: 'application/geo+json',
      feature: aLocation().location,
    });
    for (const name of ['a', 'b', 'a']) {
      await own.post(`/Datastreams(${id})/Observations`, { result: name, FeatureOfInterest: feature(name) });
    }
    const features = await own.list(
      "/FeaturesOfInterest?$filter=name eq 'a' or name eq 'b'&$expand=Observations($count=true)&$orderby=id",
    );
    expect(features.map(({ Observations }) => (Observations as Json[]).map(({ result }) => result))).toEqual([
      ['a'],
      ['b'],
      ['a'],
    ]);
    const [{ '@iot.id': first } = {}] = features;
    const [{ '@iot.id': last } = {}] = await own.list(`/FeaturesOfInterest(${first})/Observations`);
    expect(
      (await own.call({ url: `http://localhost:8080/sta/v1.1/FeaturesOfInterest(${first})/Observations(${last})` }))
        .status,
    ).toBe(200);
    const other = features[1]?.['@iot.id'];
    expect(
      (await own.call({ url: `http://localhost:8080/sta/v1.1/FeaturesOfInterest(${other})/Observations(${last})` }))
        .status,
    ).toBe(404);
  });

  it('as CSV, GeoJSON and dataArray', async () => {
    const rows = await city.list(
      `/Datastreams(${datastreams[0]})/Observations?$resultFormat=dataArray&$select=result&$top=2`,
    );
    expect(rows).toMatchObject([{ dataArray: [[0], [2]] }]);
    const features = await city.get("/Things?$resultFormat=GeoJSON&$filter=name eq 'Market'");
    expect(features.features).toMatchObject([{ geometry: { coordinates: [106.66, 10.97] } }]);
  });
});
