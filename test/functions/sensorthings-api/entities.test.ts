import { beforeAll, describe, expect, it } from 'vitest';
import { entitySetNames, entityTypeOfSet } from '../../../shared/open-data/sensorthings/model/entity-model.ts';
import { aBin, aStation } from '../../support/small-city.ts';
import { HOUR, openSensorThingsCity, ROOT, type SensorThingsCity, start } from './sensorthings-city.ts';

let city: SensorThingsCity;
beforeAll(async () => {
  city = await openSensorThingsCity();
});

const first = async (path: string) => {
  const [entity] = await city.list(path);
  if (entity === undefined) throw new Error(`nothing at ${path}`);
  return entity;
};

describe('The root', () => {
  it('lists every set with its address, and the requirements classes that hold', async () => {
    const root = await city.get('');
    expect(root.value).toEqual(entitySetNames.map((name) => ({ name, url: `${ROOT}/${name}` })));
    const { conformance } = root.serverSettings as { conformance: string[] };
    expect(conformance).toContain('http://www.opengis.net/spec/iot_sensing/1.1/req/request-data/filter');
    expect(conformance.join()).not.toMatch(/create-update-delete|mqtt|batch/);
  });
});

/** OGC's executable test suite, level 1: entity control information, mandatory properties, addresses, related entities. */
describe.each(entitySetNames)('%s', (set) => {
  const type = entityTypeOfSet(set);

  it('have control information, mandatory properties, and links that lead on', async () => {
    const entity = await first(`/${set}`);
    expect(entity['@iot.id']).toBeDefined();
    for (const { name } of type?.properties.filter(({ mandatory }) => mandatory) ?? []) {
      expect(entity).toHaveProperty(name);
    }
    const link = String(entity['@iot.selfLink']);
    expect(link.startsWith(`${ROOT}/${set}(`)).toBe(true);
    expect(await city.get(link)).toEqual(entity);
    for (const { name, many } of type?.relations ?? []) {
      const related = await city.get(String(entity[`${name}@iot.navigationLink`]));
      if (many) expect(Array.isArray(related.value)).toBe(true);
      else expect(related['@iot.selfLink']).toBeDefined();
    }
  });

  it('lead to their relations and back', async () => {
    const entity = await first(`/${set}`);
    for (const { name, many, inverse } of type?.relations ?? []) {
      const link = String(entity[`${name}@iot.navigationLink`]);
      const related = many ? await first(link) : await city.get(link);
      const back = await city.get(String(related[`${inverse}@iot.navigationLink`]));
      const ids = back.value?.map((each) => each['@iot.id']) ?? [back['@iot.id']];
      expect(ids).toContain(entity['@iot.id']);
    }
  });

  it('give their references, and each property by itself, bare too', async () => {
    const entity = await first(`/${set}`);
    const link = String(entity['@iot.selfLink']);
    expect((await city.list(`/${set}/$ref`))[0]).toEqual({ '@iot.selfLink': link });
    expect(await city.get(`${link}/$ref`)).toEqual({ '@iot.selfLink': link });
    for (const { name } of type?.properties ?? []) {
      if (name === 'id' || entity[name] === undefined) continue;
      expect(await city.get(`${link}/${name}`)).toEqual({ [name]: entity[name] });
      const { body } = await city.call({ url: `${link}/${name}/$value` });
      const value = entity[name];
      expect(body).toBe(typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
  });

  it('answers 404 for one that is not there', async () => {
    for (const key of ['2147483647', "'nobody'", '-1', '0']) {
      const { status, body } = await city.call({ url: `${ROOT}/${set}(${key})` });
      expect([status, JSON.parse(body).code]).toEqual([404, 404]);
    }
  });
});

describe('The city in SensorThings', () => {
  it('tells a bin and where it is, and marks a position that nobody surveyed', async () => {
    const bin = await first("/Things?$filter=properties/id eq 'bin-2'&$expand=Locations");
    expect(bin).toMatchObject({
      name: 'Bin bin-2',
      properties: { kind: 'bin', stream: 'other', capacityLitres: 3_000 },
      Locations: [
        {
          encodingType: 'application/geo+json',
          location: { type: 'Point', coordinates: [106.651, 10.981] },
          properties: { positionApproximate: true },
        },
      ],
    });
  });

  it('tells a datastream with its unit in UCUM, its area and from when to when it has observations', async () => {
    const datastream = await first(
      "/Datastreams?$filter=properties/quantity eq 'pm25'&$expand=ObservedProperty,Sensor",
    );
    expect(datastream).toMatchObject({
      observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
      unitOfMeasurement: { symbol: 'ug/m3', definition: 'http://www.opengis.net/def/uom/UCUM/ug%2Fm3' },
      observedArea: { type: 'Point', coordinates: [106.66, 10.97] },
      phenomenonTime: '2026-10-05T00:00:00.000Z/2026-10-08T02:45:00.000Z',
      ObservedProperty: { definition: 'http://dd.eionet.europa.eu/vocabulary/aq/pollutant/6001' },
      Sensor: { name: 'air-s', encodingType: 'text/html', properties: { kind: 'air', status: 'active' } },
    });
  });

  it('has datastreams of what was derived, also of indices, but none of an index that a station may not publish', async () => {
    const quantities = (await city.list('/Datastreams?$top=1000')).map(
      ({ properties }) => (properties as { quantity: string }).quantity,
    );
    expect(quantities).toContain('pm25Mean24h');
    expect(quantities).toContain('vnAqi1h');
    expect(quantities).not.toContain('vnWqi');
    const [index] = await city.list("/Observations?$filter=Datastream/properties/quantity eq 'vnAqi1h'");
    expect(index).toMatchObject({ result: 42, phenomenonTime: '2026-10-05T01:00:00.000Z' });
  });

  it('tells a missing value as null with its reason, never as a number', async () => {
    const [newest] = await city.list(
      "/Observations?$filter=Datastream/Thing/properties/id eq 'bin-2'&$orderby=phenomenonTime desc&$top=1",
    );
    expect(newest).toMatchObject({
      result: null,
      resultTime: '2026-10-05T02:00:02.000Z',
      resultQuality: { scheme: 'QARTOD', flag: 9, meaning: 'missing', test: 'gross-range' },
      parameters: { missingReason: 'gross-range' },
    });
    expect((await city.call({ url: `${newest?.['@iot.selfLink']}/result` })).status).toBe(204);
  });

  it('keeps every id when sensors and Things come and go', async () => {
    const own = await openSensorThingsCity();
    const before = new Map((await own.list('/Things')).map((thing) => [thing.name, thing['@iot.id']]));
    await own.registry.remove('bin', 'bin-1');
    own.pass(HOUR);
    expect((await own.list('/Things')).map(({ name }) => name)).not.toContain('Bin bin-1');
    await own.registry.put('bin', aBin('bin-0'));
    await own.registry.put('bin', aBin('bin-1'));
    own.pass(HOUR);
    const after = new Map((await own.list('/Things')).map((thing) => [thing.name, thing['@iot.id']]));
    for (const [name, id] of before) expect(after.get(name)).toBe(id);
    expect(after.size).toBe(before.size + 1);
  });

  it('remembers where a Thing was before it moved', async () => {
    const own = await openSensorThingsCity();
    const [thing] = await own.list("/Things?$filter=properties/id eq 'air-1'&$expand=HistoricalLocations,Locations");
    expect(thing?.HistoricalLocations).toHaveLength(1);
    own.pass(HOUR);
    await own.registry.put('station', aStation('air-1', { position: { latitude: 10.5, longitude: 106.5 } }));
    const link = `${thing?.['@iot.selfLink']}`;
    const history = await own.list(`${link}/HistoricalLocations?$orderby=time&$expand=Locations`);
    expect(history.map(({ time }) => Date.parse(String(time)))).toEqual([start + 200 * HOUR, start + 201 * HOUR]);
    expect(
      history.map(({ Locations }) => (Locations as { location: { coordinates: number[] } }[])[0]?.location.coordinates),
    ).toEqual([
      [106.66, 10.97],
      [106.5, 10.5],
    ]);
    expect(await own.list(`${link}/Locations`)).toHaveLength(1);
  });

  it('says nothing of what identifies a device or a person', async () => {
    const everything = await Promise.all(entitySetNames.map((set) => city.get(`/${set}?$top=1000`)));
    expect(JSON.stringify(everything)).not.toMatch(/devEui|serialNumber|receivedBy|clientid/i);
  });
});
