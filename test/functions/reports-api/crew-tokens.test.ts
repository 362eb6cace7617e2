import { describe, expect, it } from 'vitest';
import { registryApi } from '../../../functions/registry-api/app.ts';
import { reportsApi } from '../../../functions/reports-api/app.ts';
import { driverSheetsApi } from '../../../functions/reports-api/driver-sheets.ts';
import type { HttpHandler } from '../../../shared/lambda/http-api.ts';
import { httpEvent, lambdaContext } from '../../support/api-gateway.ts';
import { memoryRegistryEditor } from '../../support/memory-registry-editor.ts';
import { memoryPlans, memoryRegistry } from '../../support/memory-stores.ts';
import { aPlanOfTwoTrucks } from '../../support/plan-of-two-trucks.ts';
import { reportCity } from '../../support/report-city.ts';
import { city } from '../../support/small-city.ts';

const NOW = Date.UTC(2026, 10, 22, 10);

/** The answer's status to a token of these groups, as the gateway hands it over. */
const statusFor = async (handler: HttpHandler, url: string, groups: string): Promise<number | undefined> => {
  const event = httpEvent({ url });
  const authorizer = { jwt: { claims: { email: 'to-1@tdm.vn', 'cognito:groups': groups } } };
  const answer = await handler(
    { ...event, requestContext: { ...event.requestContext, authorizer } } as never,
    lambdaContext(),
  );
  return answer.statusCode;
};

describe('a crew’s token', () => {
  it('opens no report of the environment', async () => {
    const made = await reportCity({ from: '2026-10-08', days: 2, everyMinutes: 60 });
    const reports = reportsApi({ ...made, cityId: city.id, clock: () => made.now });
    expect(await statusFor(reports, '/api/v1/reports/day/2026-10-08', '[crew]')).toBe(403);
    expect(await statusFor(reports, '/api/v1/reports/day/2026-10-08', '[officer]')).toBe(200);
  });

  it('opens the sheets that crews drive by', async () => {
    const plans = memoryPlans();
    await plans.complete(aPlanOfTwoTrucks('plan-a', NOW));
    const registry = memoryRegistry({ city: [city] });
    const sheets = driverSheetsApi({ cityId: city.id, registry, plans, clock: () => NOW });
    expect(await statusFor(sheets, '/api/v1/driver-sheets/plan-a/t1', '[crew]')).toBe(200);
  });

  it('opens nothing of the registry', async () => {
    const registry = memoryRegistry({});
    const editor = memoryRegistryEditor(registry);
    const api = registryApi({ cityId: city.id, registry, editor, clock: () => NOW });
    expect(await statusFor(api, '/api/v1/registry/vehicles', '[crew]')).toBe(403);
    expect(await statusFor(api, '/api/v1/registry/vehicles', '[dispatcher crew]')).toBe(200);
  });
});
