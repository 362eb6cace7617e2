import { beforeAll, describe, expect, it } from 'vitest';
import { type Json, openSensorThingsCity, ROOT, type SensorThingsCity } from './sensorthings-city.ts';

let city: SensorThingsCity;
beforeAll(async () => {
  city = await openSensorThingsCity();
});

/** The requests of QGIS's SensorThings provider, as its source sends them, encoded as Qt encodes. */
describe('QGIS', () => {
  it('adds Locations as a layer: settings, count, pages of 200 within the map', async () => {
    const root = await city.get('');
    const url = root.value?.find(({ name }) => name === 'Locations')?.url;
    const counted = await city.get(`${url}?$top=0&$count=true`);
    expect(counted['@iot.count']).toBe(4);
    const filter =
      "geo.intersects(location,%20geography'POLYGON((106.6%2010.9,%20106.7%2010.9,%20106.7%2011,%20106.6%2011,%20106.6%2010.9))')";
    const page = await city.get(`${url}?$top=200&$count=false&$filter=${filter}`);
    expect(page.value).toHaveLength(3);
    for (const location of page.value ?? []) expect(location).toMatchObject({ location: { type: 'Point' } });
  });

  it('asks which geometries there are, counting each kind, and combines that with the map and a filter of the user', async () => {
    const kindIs = (kind: string) => `location/type eq '${kind}' or location/geometry/type eq '${kind}'`;
    const count = async (filter: string) =>
      (await city.get(`${ROOT}/Locations?$top=0&$count=true&$filter=${filter.replaceAll(' ', '%20')}`))['@iot.count'];
    expect(await Promise.all(['Point', 'LineString', 'Polygon'].map((kind) => count(kindIs(kind))))).toEqual([4, 0, 0]);
    const inside =
      "geo.intersects(location, geography'Polygon ((106.6 10.9, 106.7 10.9, 106.7 11, 106.6 11, 106.6 10.9))')";
    expect(await count(`(${kindIs('Point')}) and (${inside}) and (startswith(name,'Bin'))`)).toBe(2);
  });

  it('reads ids as text or as integers of 32 bits, and cuts off what is longer', async () => {
    for (const { name } of (await city.get('')).value ?? []) {
      for (const { '@iot.id': id } of await city.list(`/${name}?$top=1000`)) {
        const isSafe = typeof id === 'string' || (Number.isInteger(id) && Number(id) > 0 && Number(id) < 2 ** 31);
        expect([name, id, isSafe]).toEqual([name, id, true]);
      }
    }
  });

  it('changes $top in a next link, which still goes on from there', async () => {
    const page = await city.get('/Locations?$top=2&$count=false');
    const rest = await city.list(String(page['@iot.nextLink']).replace(/\$top=\d+/, '$top=1'));
    expect(rest).toEqual((await city.list('/Locations')).slice(2, 3));
  });

  it('reads the whole extent with a chain of expansions', async () => {
    const things = await city.list(
      '/Locations?$top=200&$count=false&$expand=Things($top=1;$expand=Datastreams($top=10;$expand=Observations($orderby=phenomenonTime%20desc;$top=1)))',
    );
    const newest = things
      .flatMap(({ Things }) => Things as Json[])
      .flatMap(({ Datastreams }) => Datastreams as Json[])
      .flatMap(({ Observations }) => Observations as Json[]);
    expect(newest.length).toBeGreaterThan(4);
  });
});

/** The requests of FROST-Client for Java and Python: counts, iteration by next links, entities by id and by relation. */
describe('FROST clients', () => {
  it('iterate a query, page after page, unchanged links', async () => {
    const names: unknown[] = [];
    let link: unknown = `${ROOT}/Datastreams?$orderby=id+asc&$top=5&$count=true&$select=id,name`;
    while (typeof link === 'string') {
      const page = await city.get(link);
      names.push(...(page.value ?? []).map(({ name }) => name));
      expect(page['@iot.count']).toBeGreaterThanOrEqual(names.length);
      link = page['@iot.nextLink'];
    }
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(Number((await city.get('/Datastreams?$top=0&$count=true'))['@iot.count']));
  });

  it('follow an observation to its datastream, Thing and feature', async () => {
    const [observation] = await city.list('/Observations?$top=1&$orderby=phenomenonTime+desc&$expand=Datastream');
    const link = String(observation?.['@iot.selfLink']);
    const datastream = await city.get(`${link}/Datastream`);
    expect((observation?.Datastream as Json | undefined)?.['@iot.id']).toBe(datastream['@iot.id']);
    const thing = await city.get(`${link}/Datastream/Thing`);
    expect(thing['@iot.id']).toBe((await city.get(`/Datastreams(${datastream['@iot.id']})/Thing`))['@iot.id']);
    const feature = await city.get(`${link}/FeatureOfInterest`);
    expect(feature).toMatchObject({ encodingType: 'application/geo+json', feature: { type: 'Point' } });
    const ofFeature = await city.get(`/FeaturesOfInterest(${feature['@iot.id']})/Observations?$count=true&$top=1`);
    expect(ofFeature['@iot.count']).toBeGreaterThan(0);
  });

  it('ask for the first and the last observation of a datastream, as Grafana does too', async () => {
    const [datastream] = await city.list("/Datastreams?$filter=properties/quantity+eq+'pm25'");
    const link = `${datastream?.['@iot.selfLink']}/Observations`;
    const [first] = await city.list(`${link}?$orderby=phenomenonTime+asc&$top=1`);
    const [last] = await city.list(`${link}?$orderby=phenomenonTime+desc&$top=1`);
    expect(`${first?.phenomenonTime}/${last?.phenomenonTime}`).toBe(datastream?.phenomenonTime);
  });
});
