import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { operationsApi } from '../../../functions/operations-api/app.ts';
import type { OperationsParts } from '../../../functions/operations-api/parts.ts';
import { startHttpServer } from '../../../local/http/server.ts';
import { localDate } from '../../../shared/city/calendar.ts';
import type { Plan } from '../../../shared/routing/plan.ts';
import type { PhoneReport } from '../../../web/src/crew/state/entry.ts';
import { openOperations } from '../../functions/operations-api/operations-city.ts';
import { lambdaContext } from '../../support/api-gateway.ts';
import { driveBy } from '../../support/drive-plan.ts';
import { aPlanOfTwoTrucks } from '../../support/plan-of-two-trucks.ts';
import { aBin, aTruck, city } from '../../support/small-city.ts';
import { launchBrowser, phone, type Visit, visit } from './browser.ts';
import { consoleFolder, ensureConsoleBuilt } from './console-build.ts';

const furnish = (): OperationsParts =>
  openOperations(
    {
      vehicle: [aTruck('t1'), aTruck('t2')],
      bin: Array.from({ length: 6 }, (_, n) => aBin(`bin-${n + 1}`)),
    },
    { clock: Date.now, officerWithoutToken: 'crew@local' },
  ).parts;

/** How the city behaves; tests change it as they go. */
type Mood = {
  /** Takes reports, but its answer is lost on the way. */
  losesAnswers: boolean;
  /** Answers 503. */
  isDown: boolean;
  /** Batches of reports in the order they came. */
  readonly batches: PhoneReport[][];
};

const openCity = async () => {
  let parts = furnish();
  let handler = operationsApi(parts);
  const mood: Mood = { losesAnswers: false, isDown: false, batches: [] };
  const invoke = async (_name: string, raw: unknown): Promise<unknown> => {
    const event = raw as APIGatewayProxyEventV2;
    if (mood.isDown) return { statusCode: 503, headers: { 'content-type': 'application/problem+json' }, body: '{}' };
    const { method } = event.requestContext.http;
    if (method === 'POST') mood.batches.push(JSON.parse(Buffer.from(event.body ?? '', 'base64').toString()).reports);
    const answer = await handler(event, lambdaContext());
    return mood.losesAnswers && method === 'POST' ? { statusCode: 504, body: '' } : answer;
  };
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    consoleDirectory: consoleFolder,
    consoleConfig: {},
    routes: { '/api/v1': 'operations' },
    invoke,
    health: () => ({ status: 'ready' }),
    log: (line) => console.error(line),
  });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    close: server.close,
    mood,
    parts: () => parts,
    /** A new day: nothing planned, nothing reported. */
    reset: () => {
      parts = furnish();
      handler = operationsApi(parts);
      Object.assign(mood, { losesAnswers: false, isDown: false });
      mood.batches.length = 0;
    },
  };
};

export type CrewCity = Awaited<ReturnType<typeof openCity>>;

/** Tonight's plan of two trucks, asked for an hour ago. */
export const tonight = (planId = 'plan-a', change: (plan: Plan) => Plan = (plan) => plan): Plan =>
  change({ ...aPlanOfTwoTrucks(planId, Date.now() - 3_600_000), serviceDate: localDate(city.timeZone, Date.now()) });

/** The built page before the city's real operations API, and a browser, for a whole file; each test begins with tonight's plan. */
export const useCrewCity = () => {
  let browser: Browser | undefined;
  let city: CrewCity | undefined;
  const visits: Visit[] = [];
  const started = (): CrewCity => {
    if (!city) throw new Error('The city has not started');
    return city;
  };

  beforeAll(async () => {
    await ensureConsoleBuilt();
    [browser, city] = await Promise.all([launchBrowser(), openCity()]);
  }, 120_000);
  beforeEach(async () => {
    started().reset();
    await driveBy(started().parts().plans, tonight());
  });
  afterEach(async () => {
    await Promise.all(visits.splice(0).map(({ context }) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await city?.close();
  });
  const said = () => started().parts().crewReports.since(0);
  return {
    city: started,
    said,
    wordsSaid: async () => (await said()).map(({ binId, outcome }) => `${binId} ${outcome}`),
    /** The city has heard so many reports, and the page says so. */
    heard: async (page: Page, count: number): Promise<void> => {
      await expect.poll(async () => (await said()).length, { timeout: 45_000 }).toBe(count);
      await page.locator('.sending.is-sent').waitFor();
    },
    open: async (options: NonNullable<Parameters<typeof visit>[2]> = {}): Promise<Visit> => {
      if (!browser) throw new Error('The browser has not started');
      const visitor = await visit(browser, started().origin, {
        viewport: phone,
        path: '/crew/',
        // There is none here; without it nothing stands between the page and its worker.
        withMap: true,
        ...options,
      });
      // The machine may be busy: a test that waits is better than one that fails.
      visitor.page.setDefaultTimeout(45_000);
      visits.push(visitor);
      return visitor;
    },
  };
};
