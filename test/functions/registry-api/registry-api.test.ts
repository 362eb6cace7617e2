import { describe, expect, it } from 'vitest';
import { registryApi } from '../../../functions/registry-api/app.ts';
import { crewSchema, zoneSchema } from '../../../shared/city/entities.ts';
import { callerOf, httpEvent, lambdaContext } from '../../support/api-gateway.ts';
import { aBin, aSensor, aTruck, city } from '../../support/small-city.ts';
import { faultsOf, open, position } from './open-registry.ts';

const truck = aTruck('t1');
const zone = zoneSchema.parse({ id: 'inner', name: 'Nội ô', area: 'city', bans: [{ dates: 'odd' }] });

describe('PUT', () => {
  it('registers, with defaults, and says which version it is', async () => {
    const { at, registry } = open();
    const { streams: _streams, status: _status, id: _id, ...body } = truck;
    const answer = await at('/vehicles/t1', 'PUT', body);
    expect(answer.status).toBe(201);
    expect(answer.json()).toEqual(truck);
    expect(answer.headers.etag).toBe((await at('/vehicles/t1')).headers.etag);
    expect(await registry.get('vehicle', 't1')).toEqual(truck);
  });

  it('replaces the version that was seen, and no other', async () => {
    const { at } = open({ vehicle: [truck] });
    const seen = (await at('/vehicles/t1')).headers.etag ?? '';
    const ours = { ...truck, name: 'Ours' };
    expect((await at('/vehicles/t1', 'PUT', ours, { 'if-match': seen })).status).toBe(200);
    const late = await at('/vehicles/t1', 'PUT', { ...truck, name: 'Theirs' }, { 'if-match': seen });
    expect(late.status).toBe(412);
    expect(late.headers.etag).toBe((await at('/vehicles/t1')).headers.etag);
    const weakened = `"other", W/${late.headers.etag}`;
    expect((await at('/vehicles/t1', 'PUT', truck, { 'if-match': weakened })).status).toBe(200);
    expect((await at('/vehicles/t2', 'PUT', aTruck('t2'), { 'if-match': seen })).status).toBe(412);
  });

  it('asks for If-Match before it replaces, unless nothing would change; can be told to create only', async () => {
    const { at } = open({ vehicle: [truck] });
    const blind = await at('/vehicles/t1', 'PUT', { ...truck, name: 'Blind' });
    expect(blind.status).toBe(428);
    expect((await at('/vehicles/t1', 'PUT', truck)).status).toBe(200);
    expect((await at('/vehicles/t1', 'PUT', truck, { 'if-none-match': '*' })).status).toBe(412);
    expect((await at('/vehicles/t2', 'PUT', aTruck('t2'), { 'if-none-match': '*' })).status).toBe(201);
    expect((await at('/vehicles/t1', 'PUT', { ...truck, name: 'Any' }, { 'if-match': '*' })).status).toBe(200);
  });

  it('is one of two writers at the same moment', async () => {
    const { at } = open({ vehicle: [truck] });
    const seen = (await at('/vehicles/t1')).headers.etag ?? '';
    const both = ['A', 'B'].map((name) => at('/vehicles/t1', 'PUT', { ...truck, name }, { 'if-match': seen }));
    expect((await Promise.all(both)).map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });

  it('refuses an outline that crosses itself, naming the field and the place, of zones and of events', async () => {
    const { at } = open();
    const bowTie = [
      [106.6, 10.9],
      [106.62, 10.92],
      [106.62, 10.9],
      [106.6, 10.92],
      [106.6, 10.9],
    ];
    const area = { type: 'Polygon', coordinates: [bowTie] };
    const event = { id: 'fair', name: 'Fair', from: '2026-12-01T06:00', to: '2026-12-01T12:00', area };
    for (const [path, body] of [
      ['/zones/inner', { ...zone, area }],
      ['/special-events/fair', event],
    ] as const) {
      const answer = await at(path, 'PUT', body);
      expect(answer.status).toBe(400);
      expect(answer.json().errors).toEqual([
        {
          in: 'body',
          field: 'area.coordinates',
          pointer: '/area/coordinates',
          message: 'the outline must not cross itself, as it does near 10.91, 106.61',
          code: 'crosses-itself',
          values: { latitude: 10.91, longitude: 106.61 },
        },
      ]);
    }
    const several = { type: 'MultiPolygon', coordinates: [[[...bowTie.slice(0, 3), bowTie[0]]], [bowTie]] };
    expect(faultsOf(await at('/zones/inner', 'PUT', { ...zone, area: several }))[0]).toMatch(/^area.coordinates.1: /);
    const table = `id,name,area,bans\ninner,Z,"${JSON.stringify(area).replaceAll('"', '""')}","[{""dates"":""odd""}]"`;
    const tried = await at('/zones/import?dryRun=true', 'POST', table, { 'content-type': 'text/csv' });
    expect(tried.json().faults).toMatchObject([{ line: 2, column: 'area', code: 'crosses-itself' }]);
    const proper = { type: 'Polygon', coordinates: [[...bowTie.slice(0, 3), bowTie[0]]] };
    expect((await at('/zones/inner', 'PUT', { ...zone, area: proper })).status).toBe(201);
  });

  it('names every field at fault, also those that it does not know', async () => {
    const { at } = open();
    const answer = await at('/vehicles/t1', 'PUT', { ...truck, capacityKg: -1, shift: { from: '8:00', to: '16:00' } });
    expect(answer.status).toBe(400);
    expect(faultsOf(answer)).toEqual(['capacityKg: Too small: expected number to be >0', 'shift.from: HH:MM']);
    const strange = await at('/vehicles/t1', 'PUT', {
      ...truck,
      id: 't9',
      sise: {},
      breaks: [{ window: truck.shift, minutes: 5, x: 1 }],
    });
    expect(faultsOf(strange)).toEqual([
      'sise: is not known here',
      'breaks.0.x: is not known here',
      'id: must be t1, as in the address',
    ]);
  });

  it('refuses what names something that is not there', async () => {
    const { at } = open({ zone: [zone] });
    const lost = await at('/vehicles/t1', 'PUT', { ...truck, depotId: 'nowhere', permits: ['inner', 'outer'] });
    expect(faultsOf(lost)).toEqual(['depotId: there is no depot nowhere', 'permits.1: there is no zone outer']);
    const crew = { name: 'C', vehicleId: 't1', members: [{ name: 'Lan' }] };
    expect(faultsOf(await at('/crews/c1', 'PUT', crew))).toEqual(['vehicleId: there is no truck t1']);
  });
});

describe('DELETE', () => {
  it('is refused while somebody names it, and says who', async () => {
    const crew = crewSchema.parse({ id: 'c1', name: 'C', vehicleId: 't1', members: [{ name: 'Lan' }] });
    const { at } = open({
      vehicle: [truck, aTruck('t2', { permits: ['inner'] })],
      crew: [crew],
      zone: [zone],
      bin: [aBin('b1')],
      sensor: [aSensor('s1', 'b1', 'bin')],
    });
    const detail = async (path: string) => {
      const answer = await at(path, 'DELETE');
      expect(answer.status).toBe(409);
      return answer.json().detail;
    };
    expect(await detail('/depots/depot-1')).toBe('The depot depot-1 is still named by truck t1, truck t2');
    expect(await detail('/vehicles/t1')).toContain('crew c1');
    expect((await at('/vehicles/t1', 'DELETE')).json().errors).toMatchObject([
      { code: 'named-by', values: { kind: 'crew', id: 'c1' } },
    ]);
    expect(await detail('/zones/inner')).toContain('truck t2');
    expect(await detail('/bins/b1')).toContain('sensor s1');
    expect((await at('/crews/c1', 'DELETE')).json()).toEqual({
      removed: 'c1',
      at: '2026-11-22T10:00:00.000Z',
      by: 'lan@local',
    });
    expect((await at('/vehicles/t1', 'DELETE')).status).toBe(200);
    expect((await at('/vehicles/t1', 'DELETE')).status).toBe(404);
  });

  it('keeps to If-Match', async () => {
    const { at } = open({ vehicle: [truck] });
    expect((await at('/vehicles/t1', 'DELETE', undefined, { 'if-match': '"other"' })).status).toBe(412);
    const { etag = '' } = (await at('/vehicles/t1')).headers;
    expect((await at('/vehicles/t1', 'DELETE', undefined, { 'if-match': etag })).status).toBe(200);
  });
});

describe('who and when', () => {
  it('is kept of every change', async () => {
    const { at } = open();
    await at('/depots/d2', 'PUT', { name: 'Two', position });
    const { etag = '' } = (await at('/depots/d2')).headers;
    await at('/depots/d2', 'PUT', { name: 'Three', position }, { 'if-match': etag });
    await at('/depots/d2', 'DELETE');
    const { changes } = (await at('/depots/d2/changes')).json();
    expect(changes).toMatchObject([
      { act: 'removed', by: 'lan@local', at: '2026-11-22T10:00:00.000Z', before: { name: 'Three' } },
      { act: 'changed', before: { name: 'Two' }, after: { name: 'Three' }, through: 'api' },
      { act: 'created', after: { name: 'Two' } },
    ]);
  });

  it('decides: dispatchers and admins write, officers and strangers do not', async () => {
    const { parts } = open();
    const { officerWithoutToken: _nobody, ...deployed } = parts;
    const handler = registryApi(deployed);
    const as = async (groups?: string) => {
      const event = httpEvent({ method: 'PUT', url: '/api/v1/registry/depots/d2', body: { name: 'Two', position } });
      const claims = { sub: 'u1', 'cognito:groups': groups };
      const authorizer = groups === undefined ? {} : { authorizer: { jwt: { claims, scopes: [] } } };
      const requestContext = { ...event.requestContext, ...authorizer };
      return (await handler({ ...event, requestContext } as typeof event, lambdaContext())).statusCode;
    };
    expect(await as()).toBe(401);
    expect(await as('[officer]')).toBe(403);
    expect(await as('[dispatcher]')).toBe(201);
    expect(await as('[admin officer]')).toBe(200);
    expect((await callerOf(handler)({ url: '/api/v1/registry/depots' })).status).toBe(200);
  });
});

describe('the rules of the city', () => {
  it('are replaced under their tag, and leave the rest of its profile alone', async () => {
    const { at, registry } = open({ city: [city] });
    const first = await at('/city-rules');
    expect(first.json()).toEqual({});
    const rules = {
      mixableStreams: [['food', 'other']],
      slowHours: [{ from: '06:30', to: '08:30', durationFactor: 1.6 }],
    };
    expect((await at('/city-rules', 'PUT', rules)).status).toBe(428);
    const put = await at('/city-rules', 'PUT', rules, { 'if-match': first.headers.etag ?? '' });
    expect(put.headers.etag).toBe((await at('/city-rules')).headers.etag);
    expect(await registry.get('city', 'tdm')).toEqual({
      ...city,
      mixableStreams: rules.mixableStreams,
      travel: { ...city.travel, slowHours: rules.slowHours },
    });
    expect((await at('/city-rules', 'PUT', {}, { 'if-match': first.headers.etag ?? '' })).status).toBe(412);
    expect((await at('/city-rules', 'PUT', {}, { 'if-match': '*' })).status).toBe(200);
    expect(await registry.get('city', 'tdm')).toEqual(city);
  });

  it('name the field at fault', async () => {
    const { at } = open({ city: [city] });
    const wrong = await at('/city-rules', 'PUT', { slowHours: [{ from: '6', to: '08:30', durationFactor: 9 }] });
    expect(faultsOf(wrong).map((fault) => fault.split(':')[0])).toEqual([
      'slowHours.0.from',
      'slowHours.0.durationFactor',
    ]);
    expect(faultsOf(await at('/city-rules', 'PUT', { mixable: [] }))).toEqual(['mixable: is not known here']);
  });
});

describe('special events', () => {
  const event = {
    name: 'Chợ phiên',
    from: '2026-11-01T05:00',
    to: '2026-11-01T11:00',
    weekdays: ['sun'],
    circle: { centre: position, radiusMetres: 300 },
  };

  it('name their bins, which nobody takes away under them', async () => {
    const { at } = open({ bin: [aBin('b1')] });
    const dangling = await at('/special-events/market', 'PUT', { ...event, binIds: ['b1', 'b9'] });
    expect(faultsOf(dangling)).toEqual(['binIds.1: there is no bin b9']);
    expect((await at('/special-events/market', 'PUT', { ...event, binIds: ['b1'] })).status).toBe(201);
    const inUse = await at('/bins/b1', 'DELETE');
    expect(inUse.json()).toMatchObject({ status: 409, detail: 'The bin b1 is still named by special event market' });
    expect(faultsOf(await at('/special-events/m2', 'PUT', { ...event, to: event.from }))).toEqual([
      'to: must be after from',
    ]);
  });

  it('go out and come back as a table', async () => {
    const { at, registry } = open();
    await at('/special-events/market', 'PUT', event);
    const table = (await at('/special-events.csv')).body ?? '';
    const renamed = table.replace('Chợ phiên', 'Chợ quê').replace(',300', ',500');
    const answer = await at('/special-events/import', 'POST', renamed, { 'content-type': 'text/csv' });
    expect(answer.json()).toMatchObject({ created: 0, changed: 1, faultyLines: 0 });
    expect(await registry.get('special-event', 'market')).toEqual({
      ...event,
      id: 'market',
      name: 'Chợ quê',
      circle: { centre: position, radiusMetres: 500 },
    });
  });
});

describe('the document', () => {
  it('describes eight kinds with seven operations each, their headers and bodies', async () => {
    const { at } = open();
    const { paths } = (await at('/openapi.json')).json();
    const operations = Object.values<Record<string, object>>(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThanOrEqual(56);
    expect(paths['/vehicles/{id}'].put.requestBody.content['application/json'].schema).toBeDefined();
    const names = paths['/vehicles/{id}'].put.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['if-match', 'if-none-match', 'id']));
    expect(Object.keys(paths['/zones/import'].post.requestBody.content)).toEqual(['text/csv']);
  });
});
