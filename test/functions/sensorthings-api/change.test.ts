import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from './sensorthings-city.ts';
import {
  aDevice,
  aLocation,
  aProperty,
  aWholeThing,
  celsius,
  openWritableCity,
  point,
  type WritableCity,
} from './writing.ts';

let city: WritableCity;
let thing: string;
let datastream: string;
let observation: string;

const pathOf = (set: string, { '@iot.id': id }: Json): string => `/${set}(${id})`;

beforeEach(async () => {
  city = await openWritableCity();
  thing = await city.post('/Things', aWholeThing());
  datastream = pathOf('Datastreams', await city.firstOf(`${thing}/Datastreams`));
  observation = await city.post(`${datastream}/Observations`, { result: 1, phenomenonTime: '2026-10-05T00:00:00Z' });
});

describe('Changing', () => {
  it('replaces the members that a PATCH names, and leaves the others as they were', async () => {
    const changes: readonly (readonly [string, object])[] = [
      [thing, { description: 'Another' }],
      [pathOf('Locations', await city.firstOf(`${thing}/Locations`)), { location: point(-50, 50) }],
      [
        pathOf('HistoricalLocations', await city.firstOf(`${thing}/HistoricalLocations`)),
        { time: '2026-07-01T00:00:00.000Z' },
      ],
      [pathOf('Sensors', await city.get(`${datastream}/Sensor`)), { metadata: 'new' }],
      [pathOf('ObservedProperties', await city.get(`${datastream}/ObservedProperty`)), { description: 'new' }],
      [pathOf('FeaturesOfInterest', await city.get(`${observation}/FeatureOfInterest`)), { feature: point(1, 1) }],
      [datastream, { unitOfMeasurement: { ...celsius, name: 'kelvin' } }],
      [observation, { phenomenonTime: '2026-11-05T00:00:00.000Z', resultTime: '2026-11-05T01:00:00.000Z' }],
    ];
    for (const [path, change] of changes) {
      const before = await city.get(path);
      const { status, json } = await city.send('PATCH', path, change);
      expect(status).toBe(200);
      expect(json).toEqual(await city.get(path));
      const { phenomenonTime: _, ...rest } = before;
      expect(json).toMatchObject({ ...(path.startsWith('/Datastreams') ? rest : before), ...change });
    }
    expect(await city.list(`${datastream}/Observations?$filter=phenomenonTime lt 2026-11-01T00:00:00Z`)).toEqual([]);
    expect(await city.list(`${datastream}/Observations`)).toHaveLength(1);
  });

  it('takes optional members away by null, and refuses that of mandatory ones', async () => {
    const { json } = await city.send('PATCH', thing, { properties: null });
    expect(json).not.toHaveProperty('properties');
    expect((await city.send('PATCH', thing, { name: null })).status).toBe(400);
  });

  it('PUT replaces all properties and needs the mandatory ones; links stay', async () => {
    expect((await city.send('PUT', thing, { name: 'Only' })).json.detail).toMatch(/description: is missing/);
    const { json } = await city.send('PUT', thing, { name: 'Only', description: 'this' });
    expect(json).toMatchObject({ name: 'Only', description: 'this' });
    expect(json).not.toHaveProperty('properties');
    expect(await city.list(`${thing}/Locations`)).toHaveLength(1);
  });

  it('a Thing moves by a link to another place, and its history grows only then', async () => {
    const other = await city.post('/Locations', aLocation('Harbour', 107));
    const link = { Locations: [{ '@iot.id': await city.idOf(other) }] };
    await city.send('PATCH', thing, link);
    await city.send('PATCH', thing, link);
    expect(await city.list(`${thing}/Locations`)).toMatchObject([{ name: 'Harbour' }]);
    const histories = await city.list(`${thing}/HistoricalLocations?$expand=Locations($select=name)&$orderby=id`);
    expect(histories.map(({ Locations }) => Locations)).toEqual([[{ name: 'Roof' }], [{ name: 'Harbour' }]]);
  });

  it('links a datastream to another sensor, from either side', async () => {
    const [one, two] = [await city.post('/Sensors', aDevice('one')), await city.post('/Sensors', aDevice('two'))];
    await city.send('PATCH', datastream, { Sensor: { '@iot.id': await city.idOf(one) } });
    expect(await city.get(`${datastream}/Sensor`)).toMatchObject({ name: 'one' });
    await city.send('PATCH', two, { Datastreams: [{ '@iot.id': await city.idOf(datastream) }] });
    expect(await city.get(`${datastream}/Sensor`)).toMatchObject({ name: 'two' });
    expect(await city.list(`${one}/Datastreams`)).toEqual([]);
  });

  it.each([
    ['Locations', [aLocation()]],
    ['Datastreams', [{ unitOfMeasurement: celsius }]],
  ])('refuses a Thing’s new %s within a PATCH', async (relation, inline) => {
    expect((await city.send('PATCH', thing, { [relation]: inline })).status).toBe(400);
  });

  it.each([
    ['ObservedProperty', aProperty()],
    ['Sensor', aDevice()],
    ['Thing', { name: 'a', description: 'b' }],
    ['Observations', [{ result: 2 }]],
  ])('refuses a datastream’s new %s within a PATCH', async (relation, inline) => {
    expect((await city.send('PATCH', datastream, { [relation]: inline })).status).toBe(400);
    expect(await city.list(`${datastream}/Observations`)).toHaveLength(1);
  });

  it('refuses links to nothing, and tells where they stand', async () => {
    const { status, json } = await city.send('PATCH', datastream, { Sensor: { '@iot.id': 5_000 } });
    expect(status).toBe(400);
    expect(json.errors).toMatchObject([{ in: 'body', pointer: '/Sensor/@iot.id' }]);
  });

  it('of many changes at once none is lost', async () => {
    const names = ['name', 'description', 'properties'] as const;
    const changes = [{ name: 'N' }, { description: 'D' }, { properties: { p: 1 } }];
    await Promise.all(changes.map((change) => city.send('PATCH', thing, change)));
    const found = await city.get(thing);
    expect(names.map((name) => found[name])).toEqual(['N', 'D', { p: 1 }]);
  });

  it('takes a JSON Patch, all of it or nothing', async () => {
    const type = { 'content-type': 'application/json-patch+json' };
    const patch = (operations: readonly object[]) => city.send('PATCH', thing, JSON.stringify(operations), type);
    const { status, json } = await patch([
      { op: 'test', path: '/properties/owner', value: 'school' },
      { op: 'add', path: '/properties/floor', value: 3 },
      { op: 'replace', path: '/name', value: 'Hall' },
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject({ name: 'Hall', properties: { owner: 'school', floor: 3 } });
    const refused = await patch([
      { op: 'remove', path: '/properties' },
      { op: 'test', path: '/name', value: 'Market' },
    ]);
    expect(refused.status).toBe(409);
    expect((await patch([{ op: 'remove', path: '/name' }])).status).toBe(400);
    expect(await city.get(thing)).toEqual(json);
  });
});

describe('Removing', () => {
  const there = async (): Promise<readonly string[]> => {
    const sets = [
      'Things',
      'Locations',
      'HistoricalLocations',
      'Datastreams',
      'Sensors',
      'ObservedProperties',
      'FeaturesOfInterest',
    ];
    const kept: string[] = [];
    for (const set of sets) if ((await city.list(`/${set}?$filter=id ge 1073741824`)).length > 0) kept.push(set);
    const observations = await city.list('/Observations?$filter=Datastream/id ge 1073741824');
    return observations.length > 0 ? [...kept, 'Observations'] : kept;
  };
  const all = [
    'Things',
    'Locations',
    'HistoricalLocations',
    'Datastreams',
    'Sensors',
    'ObservedProperties',
    'FeaturesOfInterest',
    'Observations',
  ];
  const addressOf: Readonly<Record<string, () => Promise<string>>> = {
    Things: async () => thing,
    Datastreams: async () => datastream,
    Observations: async () => observation,
    Locations: async () => pathOf('Locations', await city.firstOf(`${thing}/Locations`)),
    HistoricalLocations: async () => pathOf('HistoricalLocations', await city.firstOf(`${thing}/HistoricalLocations`)),
    Sensors: async () => pathOf('Sensors', await city.get(`${datastream}/Sensor`)),
    ObservedProperties: async () => pathOf('ObservedProperties', await city.get(`${datastream}/ObservedProperty`)),
    FeaturesOfInterest: async () => pathOf('FeaturesOfInterest', await city.get(`${observation}/FeatureOfInterest`)),
  };

  it.each([
    ['Things', ['Things', 'Datastreams', 'HistoricalLocations', 'Observations']],
    ['Datastreams', ['Datastreams', 'Observations']],
    ['Locations', ['Locations', 'HistoricalLocations']],
    ['HistoricalLocations', ['HistoricalLocations']],
    ['Sensors', ['Sensors', 'Datastreams', 'Observations']],
    ['ObservedProperties', ['ObservedProperties', 'Datastreams', 'Observations']],
    ['FeaturesOfInterest', ['FeaturesOfInterest', 'Observations']],
    ['Observations', ['Observations']],
  ])('one of %s takes %j with it and nothing else', async (set, gone) => {
    expect(await there()).toEqual(all);
    const address = (await addressOf[set]?.()) ?? '';
    const { status, body } = await city.send('DELETE', address);
    expect([status, body]).toEqual([200, '']);
    expect((await city.send('GET', address)).status).toBe(404);
    expect((await city.send('DELETE', address)).status).toBe(404);
    expect(await there()).toEqual(all.filter((each) => !gone.includes(each)));
  });

  it('a place that is one of two of a history leaves it', async () => {
    const other = await city.post('/Locations', aLocation('Harbour', 107));
    const both = await city.list('/Locations?$filter=id ge 1073741824');
    const Locations = both.map(({ '@iot.id': id }) => ({ '@iot.id': id }));
    const history = await city.post('/HistoricalLocations', {
      time: '2026-10-05T00:00:00Z',
      Thing: { '@iot.id': await city.idOf(thing) },
      Locations,
    });
    await city.send('DELETE', other);
    expect(await city.list(`${history}/Locations`)).toMatchObject([{ name: 'Roof' }]);
  });

  it.each(all)('of %s nothing that is not there: 404', async (set) => {
    expect((await city.send('DELETE', `/${set}(9223372036854775807)`)).status).toBe(404);
  });

  it('a collection or a property cannot be removed', async () => {
    expect((await city.send('DELETE', '/Things')).headers.allow).toBe('GET, HEAD, POST, OPTIONS');
    expect((await city.send('DELETE', `${thing}/properties`)).status).toBe(405);
  });
});
