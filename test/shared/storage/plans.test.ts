import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan, PlanSummary } from '../../../shared/routing/plan.ts';
import type { PlanStore } from '../../../shared/routing/plan-store.ts';
import { dynamodbPlans } from '../../../shared/storage/dynamodb/plans.ts';
import { InvalidCursorError } from '../../../shared/telemetry/reading-store.ts';
import { openTestTable } from '../../support/dynamodb.ts';
import { memoryPlans } from '../../support/memory-stores.ts';

const evening = Date.UTC(2026, 9, 5, 13);

type Requested = Extract<PlanSummary, { status: 'requested' }>;

const requested = (planId: string, overrides: Partial<Requested> = {}): Requested => ({
  planId,
  serviceDate: '2026-10-06',
  trigger: 'dispatcher',
  requestedAt: evening,
  requestedBy: 'an.nguyen',
  status: 'requested',
  ...overrides,
});

const totals = {
  vehicles: 1,
  trips: 1,
  bins: 1,
  distanceMetres: 1_200,
  workingSeconds: 3_600,
  collectedLitres: 900,
  collectedKg: 150,
  costVnd: 250_000,
};

/** A plan of one route; the stop's reason carries the payload. */
const planned = (planId: string, reason = 'full', overrides: Partial<Plan> = {}): Plan => ({
  ...requested(planId),
  status: 'planned',
  finishedAt: evening + 20_000,
  totals,
  routes: [
    {
      vehicleId: 'truck-1',
      vehicleName: 'Xe cẩu 1',
      startsAt: evening,
      endsAt: evening + 3_600_000,
      distanceMetres: 1_200,
      drivingSeconds: 300,
      trips: 1,
      bins: 1,
      collectedLitres: 900,
      stops: [
        {
          kind: 'bin',
          id: 'bin-1',
          name: 'Đinh Bộ Lĩnh',
          arrivesAt: evening + 60_000,
          departsAt: evening + 780_000,
          waitingSeconds: 0,
          legMetres: 600,
          loadLitres: 900,
          loadKg: 150,
          reason,
        },
      ],
    },
  ],
  unserved: [{ binId: 'bin-2', name: 'Bạch Đằng', reason: 'no truck left' }],
  noData: [],
  travelSource: 'great-circle × 1.3 at 28 km/h',
  solver: { iterations: 1_000, seconds: 1.5, seed: 1 },
  ...overrides,
});

const plansContract = (
  name: string,
  open: () => Promise<{ readonly plans: PlanStore; readonly close: () => Promise<void> }>,
): void => {
  describe(`${name} keep the life of a plan`, () => {
    let plans: PlanStore;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ plans, close } = await open());
    });
    afterAll(() => close());

    it('takes a request once', async () => {
      expect(await plans.request(requested('once'))).toBe(true);
      expect(await plans.request(requested('once', { requestedAt: evening + 5, requestedBy: 'other' }))).toBe(false);
      expect(await plans.summary('once')).toEqual(requested('once'));
      expect(await plans.get('once')).toBeUndefined();
    });

    it('lets exactly one of many simultaneous requests win', async () => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, i) => plans.request(requested('race', { requestedAt: evening + i }))),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      const { plans: listed } = await plans.list({ limit: 50 });
      expect(listed.filter(({ planId }) => planId === 'race')).toHaveLength(1);
    });

    it('gives the whole plan and a summary that agrees with it', async () => {
      const plan = planned('whole');
      await plans.request(requested('whole'));
      await plans.complete(plan);
      expect(await plans.get('whole')).toEqual(plan);
      expect(await plans.summary('whole')).toEqual({
        ...requested('whole'),
        status: 'planned',
        finishedAt: evening + 20_000,
        totals,
        unservedCount: 1,
        noDataCount: 0,
        state: 'draft',
        version: 1,
      });
    });

    it('holds a plan far bigger than one item may be', async () => {
      const big = planned('big', randomBytes(1_500_000).toString('base64'));
      await plans.complete(big);
      expect(await plans.get('big')).toEqual(big);
    });

    it('never changes a plan: neither a second one nor a failure replaces it', async () => {
      const plan = planned('final', 'first');
      await plans.complete(plan);
      await plans.complete(plan);
      await plans.complete(planned('final', 'second'));
      await plans.fail({ ...requested('final'), status: 'failed', finishedAt: evening, reason: 'time-out' });
      expect(await plans.get('final')).toEqual(plan);
      expect((await plans.summary('final'))?.status).toBe('planned');
    });

    it('records a failure, which a later attempt may mend', async () => {
      const failed = { ...requested('mended'), status: 'failed', finishedAt: evening, reason: 'no vehicle' } as const;
      await plans.request(requested('mended'));
      await plans.fail(failed);
      expect(await plans.summary('mended')).toEqual(failed);
      expect(await plans.request(requested('mended'))).toBe(false);
      await plans.complete(planned('mended'));
      expect((await plans.summary('mended'))?.status).toBe('planned');
    });

    it('knows nothing of an unknown plan', async () => {
      expect(await plans.summary('unknown')).toBeUndefined();
      expect(await plans.get('unknown')).toBeUndefined();
    });

    it('lists newest request first, page by page, each plan once', async () => {
      for (const i of [3, 1, 4, 0, 2])
        await plans.request(requested(`page-${i}`, { requestedAt: evening + 1_000 + i }));
      await plans.complete(planned('page-2', 'full', { requestedAt: evening + 1_002 }));
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await plans.list({ limit: 2, ...(cursor !== undefined && { cursor }) });
        expect(page.plans.length).toBeLessThanOrEqual(2);
        seen.push(...page.plans.map(({ planId }) => planId));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(seen.slice(0, 5)).toEqual(['page-4', 'page-3', 'page-2', 'page-1', 'page-0']);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).toContain('whole');
    });

    it('refuses a cursor that it did not issue', async () => {
      await expect(plans.list({ limit: 2, cursor: 'nonsense' })).rejects.toBeInstanceOf(InvalidCursorError);
    });
  });
};

plansContract('The in-memory plans', async () => ({ plans: memoryPlans(), close: async () => {} }));

plansContract('The DynamoDB plans', async () => {
  const { client, tableName, close } = await openTestTable();
  return { plans: dynamodbPlans({ client, tableName }), close };
});
