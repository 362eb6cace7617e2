import { describe, expect, it } from 'vitest';
import { registryApi } from '../../../functions/registry-api/app.ts';
import { crewSchema, zoneSchema } from '../../../shared/city/entities.ts';
import { callerOf, httpEvent, lambdaContext } from '../../support/api-gateway.ts';
import { aBin, aSensor, aTruck } from '../../support/small-city.ts';
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

const csv = { 'content-type': 'text/csv' };

describe('tables', () => {
  const seed = { vehicle: [truck, aTruck('t2', { lifts: ['crane'] })] };

  it('are answered for Accept, for format and for .csv, and read back unchanged', async () => {
    const { at } = open(seed);
    const table = await at('/vehicles.csv');
    expect(table.headers['content-disposition']).toContain('vehicles.csv');
    expect((await at('/vehicles', 'GET', undefined, { accept: 'text/csv' })).body).toBe(table.body);
    expect((await at('/vehicles?format=csv')).body).toBe(table.body);
    expect((await at('/vehicles')).json().items).toEqual(seed.vehicle);
    const back = await at('/vehicles/import', 'POST', table.body, csv);
    expect(back.json()).toEqual({ dryRun: false, created: 0, changed: 0, unchanged: 2, faultyLines: 0, faults: [] });
  });

  const mixed = [
    'id,name,capacityKg,depotId',
    't1,Renamed,7000,depot-1',
    't2,,7000,depot-1',
    't1x,Lost,-5,nowhere',
  ].join('\n');

  it('are tried first: every fault with line and column, and nothing is written', async () => {
    const { at, registry } = open(seed);
    const tried = (await at('/vehicles/import?dryRun=true', 'POST', mixed, csv)).json();
    expect(tried).toMatchObject({ dryRun: true, created: 0, changed: 1, unchanged: 0, faultyLines: 2 });
    expect(tried.faults).toContainEqual({ line: 3, column: 'name', message: 'must not be empty', code: 'missing' });
    expect(tried.faults).toContainEqual({ line: 4, column: 'type', message: 'must not be empty', code: 'missing' });
    expect((await registry.get('vehicle', 't1'))?.name).toBe('Truck t1');
  });

  it('with a fault are refused whole, or read without the faulty rows where one says so', async () => {
    const { at, registry } = open(seed);
    const refused = await at('/vehicles/import', 'POST', mixed, csv);
    expect(refused.status).toBe(400);
    expect(faultsOf(refused)).toContain('line 3, name: must not be empty');
    expect((await registry.get('vehicle', 't1'))?.name).toBe('Truck t1');
    const partly = (await at('/vehicles/import?skipFaulty=true', 'POST', mixed, csv)).json();
    expect(partly).toMatchObject({ dryRun: false, changed: 1, faultyLines: 2 });
    expect((await registry.get('vehicle', 't1'))?.name).toBe('Renamed');
    expect((await at('/vehicles/t1/changes')).json().changes[0]).toMatchObject({ through: 'csv', by: 'lan@local' });
  });

  it('hold references to what is there', async () => {
    const { at } = open();
    const table = 'id,name,type,depotId,capacityLitres,capacityKg,shift\nt1,Xe,cẩu,nowhere,1,1,20:00-04:00';
    const { faults } = (await at('/vehicles/import?dryRun=true', 'POST', table, csv)).json();
    const told = { code: 'no-such', values: { kind: 'depot', id: 'nowhere' } };
    expect(faults).toEqual([{ line: 2, column: 'depotId', message: 'there is no depot nowhere', ...told }]);
  });

  it('do not overwrite what somebody changes in the same second', async () => {
    const { parts, registry } = open(seed);
    const editor = {
      ...parts.editor,
      list: async <K extends 'vehicle'>(kind: K) => {
        const seen = await parts.editor.list(kind);
        await registry.put('vehicle', { ...truck, name: 'Quicker' });
        return seen;
      },
    } as typeof parts.editor;
    const answer = await callerOf(registryApi({ ...parts, editor }))({
      method: 'POST',
      url: '/api/v1/registry/vehicles/import',
      headers: csv,
      body: 'id,name\nt1,Slow\nt2,Other',
    });
    expect(JSON.parse(answer.body)).toMatchObject({ changed: 1, faults: [{ line: 2, column: 'id' }] });
    expect((await registry.get('vehicle', 't1'))?.name).toBe('Quicker');
  });

  it('in another encoding are refused with a way out', async () => {
    const { parts } = open(seed);
    const event = httpEvent({ method: 'POST', url: '/api/v1/registry/vehicles/import', headers: csv });
    const body = Buffer.from([0xe9, 0xff]).toString('base64');
    const answer = await registryApi(parts)({ ...event, body, isBase64Encoded: true }, lambdaContext());
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('CSV UTF-8');
  });
});

describe('the document', () => {
  it('describes seven kinds with seven operations each, their headers and bodies', async () => {
    const { at } = open();
    const { paths } = (await at('/openapi.json')).json();
    const operations = Object.values<Record<string, object>>(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThanOrEqual(49);
    expect(paths['/vehicles/{id}'].put.requestBody.content['application/json'].schema).toBeDefined();
    const names = paths['/vehicles/{id}'].put.parameters.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['if-match', 'if-none-match', 'id']));
    expect(Object.keys(paths['/zones/import'].post.requestBody.content)).toEqual(['text/csv']);
  });
});
