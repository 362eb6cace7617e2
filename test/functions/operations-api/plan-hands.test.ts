import { describe, expect, it } from 'vitest';
import { operationsApi, operationsOf } from '../../../functions/operations-api/app.ts';
import { httpEvent, lambdaContext } from '../../support/api-gateway.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { openDay, truckOf } from '../../support/day-city.ts';

describe('a re-plan', () => {
  it('that the registry makes impossible ends with what is to be mended, in both languages', async () => {
    const day = await openDay();
    const planId = await day.draft();
    await day.parts.registry.put('vehicle', truckOf(9, { depotId: 'nowhere' }));
    const events = [{ kind: 'truck-joins', vehicleId: 'truck-9' }];
    expect((await day.post(planId, 'replan', { expectedVersion: 1, events })).status).toBe(202);
    expect(await day.work()).toMatchObject([{ status: 'failed' }]);
    const { life } = (await day.call({ url: `/api/v1/plans/${planId}/versions` })).json();
    expect(life.replans).toMatchObject([
      {
        status: 'failed',
        reason: expect.stringContaining('stands at depot nowhere, which is not registered'),
        reasonVi: expect.stringContaining('thuộc bãi xe nowhere'),
      },
    ]);
  });
});

describe('a plan', () => {
  it('is changed by those who may, in the name of their token', async () => {
    const day = await openDay();
    const planId = await day.draft();
    const { officerWithoutToken: _nobody, ...asked } = day.parts;
    const call = conformingCaller(operationsApi(asked), operationsOf(asked), '/api/v1');
    const publish = { method: 'POST', url: `/api/v1/plans/${planId}/publish`, body: { expectedVersion: 1 } };
    expect((await call(publish)).status).toBe(401);
    const as = async (groups: string) => {
      const event = httpEvent(publish);
      const claims = { email: 'mai@tdm.gov.vn', 'cognito:groups': groups };
      const authorizer = { jwt: { claims, scopes: [] }, principalId: '', integrationLatency: 0 };
      const signed = { ...event, requestContext: { ...event.requestContext, authorizer } };
      return operationsApi(asked)(signed, lambdaContext());
    };
    expect((await as('[crew]')).statusCode).toBe(403);
    const published = await as('[dispatcher]');
    expect(published.statusCode).toBe(200);
    expect(JSON.parse(published.body ?? '')).toMatchObject({ log: [{ by: 'mai@tdm.gov.vn' }] });
    const again = JSON.parse((await as('[dispatcher]')).body ?? '');
    expect(again).toMatchObject({ detail: 'Version 1 is published already', detailVi: 'Phiên bản 1 đã được ban hành' });
  });
});
