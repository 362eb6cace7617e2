import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanStanding, PublicPlanState } from '../../../../shared/routing/webhooks/plan-event.ts';
import {
  type Delivery,
  type DeliveryOutcome,
  ledgerId,
  type TellPorts,
  tellPlans,
} from '../../../../shared/routing/webhooks/tell-plans.ts';
import { type Webhook, webhookSchema } from '../../../../shared/routing/webhooks/webhook.ts';
import { memoryPushLedger } from '../../../support/memory-push-ledger.ts';

const NOW = Date.UTC(2026, 10, 22, 22);
const erp = webhookSchema.parse({ id: 'erp', url: 'https://erp.example.vn/hook' });

const standing = (version: number, state: PublicPlanState, planId = 'plan-1'): PlanStanding => ({
  planId,
  serviceDate: '2026-11-23',
  version,
  state,
  since: NOW - 60_000 + version,
});

const open = (webhook: Webhook = erp) => {
  const world = { now: NOW, plans: [] as PlanStanding[], outcome: { status: 'taken' } as DeliveryOutcome };
  const delivered: Delivery[] = [];
  const ports: TellPorts = {
    cityId: 'tdm',
    ledger: memoryPushLedger(),
    door: {
      deliver: async (_, delivery) => {
        if (world.outcome.status === 'taken') delivered.push(delivery);
        return world.outcome;
      },
    },
    plans: async () => world.plans,
    clock: () => world.now,
    random: () => 0.5,
  };
  const tell = () => tellPlans(ports, webhook, { owner: 'run', sendingMs: 40_000, holdingMs: 90_000 });
  /** Tells how plans stand, and answers what was delivered by it. */
  const see = async (...plans: readonly PlanStanding[]) => {
    world.plans = [...plans];
    const before = delivered.length;
    await tell();
    return delivered.slice(before).map(({ message }) => message.type);
  };
  return { world, delivered, ports, tell, see };
};

describe('A receiver of plans', () => {
  it('is told once of each thing that happens, and nothing of a plan that stays as it is', async () => {
    const { see } = open();
    expect(await see(standing(1, 'published'))).toEqual(['plan.published']);
    expect(await see(standing(1, 'published'))).toEqual([]);
    expect(await see(standing(2, 'published'))).toEqual(['plan.changed']);
    expect(await see(standing(2, 'in-progress'))).toEqual(['plan.started']);
    expect(await see(standing(4, 'in-progress'))).toEqual(['plan.changed']);
    expect(await see(standing(4, 'closed'))).toEqual(['plan.closed']);
  });

  it('gets the plan’s name, day, version and state, and nobody’s name', async () => {
    const { see, delivered } = open();
    await see(standing(3, 'published'));
    expect(delivered).toEqual([
      {
        id: 'plan-1.3.published',
        message: {
          type: 'plan.published',
          timestamp: new Date(NOW - 60_000 + 3).toISOString(),
          data: {
            cityId: 'tdm',
            planId: 'plan-1',
            serviceDate: '2026-11-23',
            version: 3,
            state: 'published',
            path: '/api/v1/plans/plan-1',
          },
        },
      },
    ]);
  });

  it('hears only of what it asked for', async () => {
    const { see } = open({ ...erp, events: ['plan.withdrawn'] });
    expect(await see(standing(1, 'published'))).toEqual([]);
    expect(await see(standing(1, 'withdrawn'))).toEqual(['plan.withdrawn']);
  });

  it('is not told of plans that were over before it came', async () => {
    const { see } = open();
    expect(await see(standing(1, 'closed', 'old'), standing(1, 'published'))).toEqual(['plan.published']);
  });

  it('that is down is left alone for a while, and then told how things stand', async () => {
    const { world, tell, see, ports } = open();
    world.outcome = { status: 'unavailable', reason: '503' };
    expect(await see(standing(1, 'published'))).toEqual([]);
    world.outcome = { status: 'taken' };
    expect(await tell()).toMatchObject({ result: 'waiting' });
    expect(await ports.ledger.standing(ledgerId(erp))).toMatchObject({ failures: 1, reason: '503' });
    world.now += 60_000;
    expect(await see(standing(2, 'published'))).toEqual(['plan.published']);
  });

  it('is left alone for as long as it asked', async () => {
    const { world, tell, see } = open();
    world.outcome = { status: 'unavailable', reason: '429', retryAfterMs: 300_000 };
    await see(standing(1, 'published'));
    world.now += 200_000;
    expect(await tell()).toMatchObject({ result: 'waiting' });
  });

  it('is spoken to by one run at a time', async () => {
    const { ports, tell } = open();
    await ports.ledger.hold(ledgerId(erp), { owner: 'another', at: NOW, until: NOW + 1_000 });
    expect(await tell()).toMatchObject({ result: 'busy' });
  });

  it('knows in the end how every plan stands, whatever failed in between', async () => {
    const state = fc.constantFrom<PublicPlanState>('published', 'in-progress', 'closed', 'withdrawn');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(state, fc.boolean()), { minLength: 1, maxLength: 12 }), async (days) => {
        const { world, delivered, see } = open();
        await see(standing(1, 'published'));
        for (const [index, [next, isUp]] of days.entries()) {
          world.outcome = isUp ? { status: 'taken' } : { status: 'unavailable', reason: 'down' };
          world.now += 3_600_000;
          await see(standing(index + 2, next));
        }
        world.outcome = { status: 'taken' };
        world.now += 3_600_000;
        const last = world.plans[0];
        await see(...world.plans);
        expect(delivered.at(-1)?.message.data).toMatchObject({ version: last?.version, state: last?.state });
        expect(new Set(delivered.map(({ id }) => id)).size).toBe(delivered.length);
      }),
    );
  });
});
