import { describe, expect, it } from 'vitest';
import { registryApi } from '../../../functions/registry-api/app.ts';
import { callerOf, httpEvent, lambdaContext } from '../../support/api-gateway.ts';
import { aTruck } from '../../support/small-city.ts';
import { faultsOf, open } from './open-registry.ts';

const truck = aTruck('t1');
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
