import { beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './sensorthings-city.ts';
import {
  aDatastream,
  aDevice,
  aLocation,
  aProperty,
  aWholeThing,
  openWritableCity,
  point,
  type WritableCity,
} from './writing.ts';

let city: WritableCity;
beforeEach(async () => {
  city = await openWritableCity();
});

const ofOwn = async (set: string) => (await city.list(`/${set}?$filter=id ge 1073741824&$top=1000`)).length;

/** Written Things, links and datastream one by one, as a client does that knows no deep insert. */
const writeOneByOne = async () => {
  const thing = await city.post('/Things', { name: 'Market', description: 'The market' });
  const location = await city.post('/Locations', aLocation());
  const [sensor, property] = [
    await city.post('/Sensors', aDevice()),
    await city.post('/ObservedProperties', aProperty()),
  ];
  const link = async (path: string) => ({ '@iot.id': await city.idOf(path) });
  const datastream = await city.post(
    '/Datastreams',
    aDatastream({ Thing: await link(thing), Sensor: await link(sensor), ObservedProperty: await link(property) }),
  );
  return { thing, location, sensor, property, datastream, link };
};

describe('Creating', () => {
  it('answers 201 with the address, and the entity is there for every instance at once', async () => {
    const { status, headers, json } = await city.send('POST', '/Things', { name: 'Market', description: 'The market' });
    expect(status).toBe(201);
    expect(headers.location).toMatch(/^http:\/\/localhost:8080\/sta\/v1\.1\/Things\(\d+\)$/);
    expect(json).toMatchObject({ '@iot.selfLink': headers.location, name: 'Market' });
    const other = await city.openInstance()({ url: headers.location ?? '' });
    expect(JSON.parse(other.body)).toEqual(json);
    expect(Number(json['@iot.id'])).toBeLessThan(2 ** 31);
  });

  it('makes every kind of entity, linked by id', async () => {
    const { thing, location, datastream, link } = await writeOneByOne();
    const feature = await city.post('/FeaturesOfInterest', {
      name: 'The air',
      description: 'Air above the market',
      encodingType: 'application/geo+json',
      feature: point(106.6, 10.9),
    });
    const observation = await city.post('/Observations', {
      phenomenonTime: '2026-10-05T07:00:00+07:00',
      result: 31.5,
      Datastream: await link(datastream),
      FeatureOfInterest: await link(feature),
    });
    const history = await city.post('/HistoricalLocations', {
      time: '2026-10-05T00:00:00Z',
      Thing: await link(thing),
      Locations: [await link(location)],
    });
    expect(await city.get(observation)).toMatchObject({
      phenomenonTime: '2026-10-05T00:00:00.000Z',
      result: 31.5,
      resultTime: null,
    });
    expect(await city.get(`${observation}/FeatureOfInterest`)).toMatchObject({ name: 'The air' });
    expect(await city.get(`${observation}/Datastream/Thing`)).toMatchObject({ name: 'Market' });
    expect(await city.get(`${history}/Thing`)).toMatchObject({ name: 'Market' });
    expect(await city.list(`${thing}/HistoricalLocations`)).toHaveLength(1);
  });

  it('makes nested entities with it, and tells where the Thing is from then on', async () => {
    const thing = await city.post('/Things', aWholeThing());
    const [location] = await city.list(`${thing}/Locations`);
    expect(location).toMatchObject(aLocation());
    const datastream = await city.firstOf(`${thing}/Datastreams?$expand=Sensor,ObservedProperty`);
    expect(datastream).toMatchObject({ Sensor: aDevice(), ObservedProperty: aProperty() });
    const [history] = await city.list(`${thing}/HistoricalLocations?$expand=Locations`);
    expect(history?.Locations).toMatchObject([{ name: 'Roof' }]);
  });

  it('adds to a relation by its address', async () => {
    const thing = await city.post('/Things', { name: 'Market', description: 'The market' });
    await city.post(`${thing}/Locations`, aLocation());
    const datastream = await city.post(
      `${thing}/Datastreams`,
      aDatastream({ Sensor: aDevice(), ObservedProperty: aProperty() }),
    );
    const twice = { Datastream: { '@iot.id': await city.idOf(datastream) } };
    const body = { result: 'wet', parameters: { by: 'hand' } };
    const observation = await city.post(`${datastream}/Observations`, { ...body, ...twice });
    const elsewhere = { ...body, Datastream: { '@iot.id': 1 } };
    expect((await city.send('POST', `${datastream}/Observations`, elsewhere)).status).toBe(400);
    expect(await city.list(`${thing}/Locations`)).toHaveLength(1);
    expect(await city.list(`${thing}/HistoricalLocations`)).toHaveLength(1);
    expect(await city.get(observation)).toMatchObject({ result: 'wet', parameters: { by: 'hand' } });
    await city.post(`${thing}/Locations`, aLocation('Cellar', 106.7));
    expect(await city.list(`${thing}/Locations`)).toMatchObject([{ name: 'Cellar' }]);
    expect(await city.list(`${thing}/HistoricalLocations`)).toHaveLength(2);
  });

  it('a history written by hand moves the Thing when it begins later than all others, and only then', async () => {
    const thing = await city.post('/Things', aWholeThing());
    const link = { '@iot.id': await city.idOf(thing) };
    const place = async (name: string, time: string) => {
      const Locations = [aLocation(name, 107)];
      return city.post('/HistoricalLocations', { time, Thing: link, Locations });
    };
    await place('Before', '2020-01-01T00:00:00Z');
    expect(await city.list(`${thing}/Locations`)).toMatchObject([{ name: 'Roof' }]);
    await place('After', '2030-01-01T00:00:00Z');
    expect(await city.list(`${thing}/Locations`)).toMatchObject([{ name: 'After' }]);
    expect(await city.list(`${thing}/HistoricalLocations`)).toHaveLength(3);
  });

  it('makes one feature of interest of the Thing’s place, and a new one when the place moved', async () => {
    const thing = await city.post('/Things', aWholeThing());
    const { '@iot.id': id } = await city.firstOf(`${thing}/Datastreams`);
    const datastream = `/Datastreams(${id})`;
    const first = await city.post(`${datastream}/Observations`, { result: 1, phenomenonTime: '2026-10-05T00:00:00Z' });
    const second = await city.post(`${datastream}/Observations`, { result: 2, phenomenonTime: '2026-10-05T01:00:00Z' });
    const feature = await city.get(`${first}/FeatureOfInterest`);
    expect(feature).toMatchObject({ name: 'Roof', feature: point(106.66, 10.97) });
    expect(await city.get(`${second}/FeatureOfInterest`)).toEqual(feature);
    const location = await city.firstOf(`${thing}/Locations`);
    await city.send('PATCH', `/Locations(${location['@iot.id']})`, { location: point(106, 10) });
    const third = await city.post(`${datastream}/Observations`, { result: 3, phenomenonTime: '2026-10-05T02:00:00Z' });
    const other = await city.get(`${third}/FeatureOfInterest`);
    expect(other).toMatchObject({ feature: point(106, 10) });
    expect(await city.list(`/FeaturesOfInterest(${feature['@iot.id']})/Observations`)).toHaveLength(2);
    expect(await city.list(`/FeaturesOfInterest(${other['@iot.id']})/Observations?$count=true`)).toHaveLength(1);
  });

  it('takes any JSON as a result, spans of time, and the time of its arrival where none is said', async () => {
    const thing = await city.post('/Things', aWholeThing());
    const { '@iot.id': id } = await city.firstOf(`${thing}/Datastreams`);
    for (const result of [0, -1.5, true, null, 'text', [1, { a: 'ạ' }], { deep: { er: '' } }]) {
      const made = await city.post(`/Datastreams(${id})/Observations`, { result });
      expect(await city.get(made)).toMatchObject({ result, phenomenonTime: expect.stringMatching(/^2026-10-13T/) });
    }
    const whole = {
      phenomenonTime: '2026-10-05T00:00:00Z/2026-10-05T01:00:00Z',
      result: 3,
      resultTime: '2026-10-05T02:00:00Z',
      resultQuality: 'High',
      validTime: '2026-10-05T00:00:00Z/PT2H',
      parameters: { a: [1] },
    };
    const made = await city.post(`/Datastreams(${id})/Observations`, whole);
    expect(await city.get(made)).toMatchObject({
      ...whole,
      phenomenonTime: '2026-10-05T00:00:00.000Z/2026-10-05T01:00:00.000Z',
      resultTime: '2026-10-05T02:00:00.000Z',
      validTime: '2026-10-05T00:00:00.000Z/2026-10-05T02:00:00.000Z',
    });
  });
});

describe('What cannot be created', () => {
  it.each([
    ['/Things', { description: 'no name' }, 'name'],
    ['/Things', { name: 'x', description: 'y', colour: 'red' }, 'colour'],
    ['/Things', { name: 'x', description: 'y', '@iot.id': 7 }, '@iot.id'],
    ['/Things', { name: 'x', description: 'y', Locations: aLocation() }, 'Locations'],
    ['/Things', { name: 'x', description: 'y', Locations: [{ '@iot.id': 999 }] }, 'Locations.@iot.id'],
    [
      '/Things',
      { ...aWholeThing(), Datastreams: [aDatastream({ ObservedProperty: aProperty() })] },
      'Datastreams.0.Sensor',
    ],
    ['/Locations', { ...aLocation(), location: { type: 'Point', coordinates: ['a', 1] } }, 'location'],
    ['/Datastreams', aDatastream({ Sensor: aDevice(), ObservedProperty: aProperty() }), 'Thing'],
    ['/Datastreams', aDatastream({ unitOfMeasurement: 'm' }), 'unitOfMeasurement'],
    ['/HistoricalLocations', { time: 'yesterday' }, 'time'],
    ['/Observations', { result: 1 }, 'Datastream'],
    ['/Observations', { result: 1, phenomenonTime: '2026-02-30T00:00:00Z' }, 'phenomenonTime'],
    ['/Observations', { result: 1, phenomenonTime: '1969-12-31T00:00:00Z' }, 'phenomenonTime'],
    ['/Things', [], ''],
  ])('%s %j: 400, naming %s', async (path, body, field) => {
    const before = await ofOwn('Locations');
    const { status, json, headers } = await city.send('POST', path, body);
    expect(status).toBe(400);
    expect(headers['content-type']).toMatch(/application\/problem\+json/);
    expect((json.errors as { field: string }[]).map((each) => each.field)).toContain(field);
    for (const set of ['Things', 'Datastreams', 'Sensors', 'ObservedProperties', 'HistoricalLocations']) {
      expect(await ofOwn(set)).toBe(0);
    }
    expect(await ofOwn('Locations')).toBe(before);
  });

  it('an observation without a feature, of a Thing that is nowhere, makes nothing', async () => {
    const { datastream } = await writeOneByOne();
    const { status, json } = await city.send('POST', `${datastream}/Observations`, { result: 1 });
    expect([status, (json.errors as { field: string }[])[0]?.field]).toEqual([400, 'FeatureOfInterest']);
    const { encodingType: _, ...feature } = { ...aLocation(), feature: point(1, 2) };
    const bad = await city.send('POST', `${datastream}/Observations`, { result: 1, FeatureOfInterest: feature });
    expect(bad.status).toBe(400);
    expect(await city.list(`${datastream}/Observations`)).toEqual([]);
    expect(await ofOwn('FeaturesOfInterest')).toBe(0);
  });

  it('what is no JSON, too deep, too much, or at no collection', async () => {
    expect((await city.send('POST', '/Things', '{"name":')).status).toBe(400);
    expect((await city.send('POST', '/Things', '')).status).toBe(400);
    const deep = JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`);
    expect((await city.send('POST', '/Things', { name: 'x', description: 'y', properties: deep })).status).toBe(400);
    const many = { ...aWholeThing(), Locations: Array.from({ length: 2_001 }, () => aLocation()) };
    expect((await city.send('POST', '/Things', many)).json.detail).toMatch(/at most 2000 entities/);
    expect((await city.send('POST', '/Nothings', {})).status).toBe(404);
    expect(
      (
        await city.send(
          'POST',
          '/Things(4711)/Datastreams',
          aDatastream({ Sensor: aDevice(), ObservedProperty: aProperty() }),
        )
      ).status,
    ).toBe(404);
    const thing = await city.post('/Things', { name: 'x', description: 'y' });
    const answer = await city.send('POST', thing, { name: 'x', description: 'y' });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect((await city.call({ method: 'OPTIONS', url: `${ROOT}/Things` })).headers.allow).toContain('POST');
  });
});
