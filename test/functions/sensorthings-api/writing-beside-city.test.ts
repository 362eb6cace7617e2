import { beforeEach, describe, expect, it } from 'vitest';
import { sensorthingsApi } from '../../../functions/sensorthings-api/app.ts';
import { callerOf, httpEvent, lambdaContext } from '../../support/api-gateway.ts';
import { ROOT } from './sensorthings-city.ts';
import { aDatastream, aDevice, aLocation, aWholeThing, openWritableCity, type WritableCity } from './writing.ts';

let city: WritableCity;
beforeEach(async () => {
  city = await openWritableCity();
});

const airStation = (): Promise<string> =>
  city.firstOf("/Things?$filter=properties/id eq 'air-1'").then((each) => `/Things(${each['@iot.id']})`);

describe('Beside the city’s own', () => {
  it('a datastream may hang on a station of the city, with its quantity; its feature is the station’s', async () => {
    const station = await airStation();
    const { ObservedProperty } = await city.firstOf(
      `${station}/Datastreams?$filter=properties/quantity eq 'pm25'&$expand=ObservedProperty`,
    );
    const property = { '@iot.id': (ObservedProperty as { '@iot.id': number })['@iot.id'] };
    const path = await city.post(
      `${station}/Datastreams`,
      aDatastream({ Sensor: aDevice(), ObservedProperty: property }),
    );
    const observation = await city.post(`${path}/Observations`, { result: 12 });
    expect(await city.get(`${observation}/FeatureOfInterest`)).toMatchObject({ name: 'Station air-1' });
    const { '@iot.id': feature } = await city.get(`${observation}/FeatureOfInterest`);
    const of = await city.list(`/FeaturesOfInterest(${feature})/Observations?$top=1000&$orderby=phenomenonTime desc`);
    expect(of).toHaveLength(303);
    expect(of[0]).toMatchObject({ result: 12 });
    expect(await city.list(`/ObservedProperties(${property['@iot.id']})/Datastreams`)).toHaveLength(2);
  });

  it('what the city says of its own is not changed: 409', async () => {
    const station = await airStation();
    const datastream = await city.firstOf(`${station}/Datastreams`);
    const location = await city.firstOf(`${station}/Locations`);
    const observation = await city.firstOf('/Observations');
    const link = { '@iot.id': await city.idOf(station) };
    const refused = [
      await city.send('PATCH', station, { name: 'mine' }),
      await city.send('PUT', station, { name: 'mine', description: 'mine' }),
      await city.send('POST', `${station}/Locations`, aLocation()),
      await city.send('POST', '/Locations', { ...aLocation(), Things: [link] }),
      await city.send('POST', '/HistoricalLocations', {
        time: '2026-01-01T00:00:00Z',
        Thing: link,
        Locations: [{ '@iot.id': location['@iot.id'] }],
      }),
      await city.send('POST', `/Datastreams(${datastream['@iot.id']})/Observations`, { result: 1 }),
      await city.send('PATCH', `/Observations(${observation['@iot.id']})`, { result: 1 }),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 409));
    expect(refused[0]?.json.detail).toMatch(/city’s own registry/);
    expect(await city.list('/Locations?$filter=id ge 1073741824')).toEqual([]);
  });

  it('is hidden by DELETE, one by one, while its readings step aside together; registry and readings stay', async () => {
    const written = await city.post('/Things', aWholeThing());
    const station = await airStation();
    const [first, second] = await city.list('/Observations?$top=2');
    for (const each of [first, second]) {
      expect((await city.send('DELETE', `/Observations(${each?.['@iot.id']})`)).status).toBe(200);
      expect((await city.send('GET', `/Observations(${each?.['@iot.id']})`)).status).toBe(404);
    }
    expect(await city.get('/Observations?$count=true')).toEqual({ '@iot.count': 0, value: [] });
    expect((await city.send('DELETE', '/Observations(99999999999999999)')).status).toBe(404);
    await city.send('DELETE', station);
    expect(await city.list("/Things?$filter=properties/id eq 'air-1'")).toEqual([]);
    expect(await city.list("/Datastreams?$filter=properties/siteId eq 'air-1'")).toEqual([]);
    expect(await city.list('/Things')).toHaveLength(4);
    expect(await city.get(written)).toMatchObject({ name: 'Market' });
    expect((await city.registry.list('station')).map(({ id }) => id)).toEqual(['air-1', 'river-1']);
  });

  it('can be deleted whole, as OGC’s test suite does first of all, and is empty then', async () => {
    await city.post('/Things', aWholeThing());
    const sets = [
      'Observations',
      'FeaturesOfInterest',
      'Datastreams',
      'Sensors',
      'ObservedProperties',
      'HistoricalLocations',
      'Locations',
      'Things',
    ];
    for (const set of sets) {
      for (let page = await city.list(`/${set}`); page.length > 0; page = await city.list(`/${set}`)) {
        for (const each of page) {
          expect((await city.send('DELETE', `/${set}(${each['@iot.id']})`)).status).toBe(200);
        }
      }
    }
    for (const set of sets) expect(await city.list(`/${set}`)).toEqual([]);
    // A sensor of the city goes on measuring, and nothing of it is shown.
    city.pass(60_000);
    expect(await city.list('/Datastreams')).toEqual([]);
  });
});

describe('Who may write', () => {
  it('nobody, unless the city says so', async () => {
    const { status, headers } = await callerOf(
      sensorthingsApi({ source: (await openWritableCity()).source, clock: () => 0 }),
    )({ method: 'POST', url: `${ROOT}/Things`, body: { name: 'x', description: 'y' } });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('with a token only who has the scope; and the city’s own is nobody’s to hide', async () => {
    const guarded = await openWritableCity('authorized');
    const send = async (method: string, path: string, scope?: string, body?: object) => {
      const event = httpEvent({ method, url: `${ROOT}${path}`, ...(body && { body }) });
      const authorizer = scope === undefined ? {} : { authorizer: { jwt: { claims: { scope }, scopes: [] } } };
      const handled = { ...event, requestContext: { ...event.requestContext, ...authorizer } };
      const { statusCode, body: text } = await guarded.handler(handled, lambdaContext());
      return { status: statusCode, text };
    };
    const body = { name: 'x', description: 'y' };
    expect((await send('POST', '/Things', undefined, body)).status).toBe(401);
    expect((await send('POST', '/Things', 'sensorthings/read', body)).status).toBe(403);
    expect((await send('POST', '/Things', 'openid sensorthings/write', body)).status).toBe(201);
    expect((await send('GET', '/Things')).status).toBe(200);
    expect((await send('DELETE', '/Things(1)', 'sensorthings/write')).status).toBe(409);
    expect(await guarded.list('/Things')).toHaveLength(5);
  });

  it('tells in its root document what it can', async () => {
    const conformance = async (each: WritableCity) => JSON.stringify((await each.get('/')).serverSettings);
    expect(await conformance(city)).toContain('create-update-delete/deep-insert');
    const readOnly = await callerOf(sensorthingsApi({ source: city.source, clock: () => 0 }))({ url: `${ROOT}/` });
    expect(readOnly.body).not.toContain('create-update-delete');
  });

  it('answers are asked for anew each time, for whoever has written shall read it', async () => {
    expect((await city.call({ url: `${ROOT}/Things` })).headers['cache-control']).toBe('no-cache');
  });
});
