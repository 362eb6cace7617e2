import { describe, expect, it } from 'vitest';
import {
  close,
  discard,
  type LifeOutcome,
  type PlanLife,
  publish,
  start,
} from '../../../../shared/routing/lifecycle/plan-life.ts';
import type { PlanStore } from '../../../../shared/routing/plan-store.ts';
import { planStandings } from '../../../../shared/routing/webhooks/plan-standings.ts';
import { memoryPlans } from '../../../support/memory-plans.ts';
import { aPlan, HOUR, midnight } from '../../waste/kpis/kpi-city.ts';

const DATE = '2026-11-22';
const NOW = midnight(DATE) + 4 * HOUR;
const PLAN = `plan-${DATE}`;

const planned = async (...dates: readonly string[]): Promise<PlanStore> => {
  const plans = memoryPlans();
  for (const plan of dates.map((date) => aPlan(date, ['A']))) {
    const { planId, serviceDate, trigger, requestedAt } = plan;
    await plans.request({ planId, serviceDate, trigger, requestedAt, status: 'requested' });
    await plans.complete(plan);
  }
  return plans;
};

type Act = (life: PlanLife, act: { readonly by: string; readonly at: number }) => LifeOutcome;

const move = async (plans: PlanStore, act: Act, at: number, planId = PLAN): Promise<void> => {
  const life = await plans.life(planId);
  const outcome = life && act(life, { by: 'lan', at });
  if (!outcome?.ok || !(await plans.move(outcome.life))) throw new Error('The plan did not move');
};

describe('How plans stand for others', () => {
  it('is nobody’s business before they are published, nor when a draft is thrown away', async () => {
    const plans = await planned(DATE);
    expect(await planStandings(plans, NOW)).toEqual([]);
    await move(plans, discard, NOW);
    expect(await planStandings(plans, NOW)).toEqual([]);
  });

  it('follows what happens to them', async () => {
    const plans = await planned(DATE);
    const standing = { planId: PLAN, serviceDate: DATE, version: 1 };
    await move(plans, publish, NOW);
    expect(await planStandings(plans, NOW)).toEqual([{ ...standing, state: 'published', since: NOW }]);
    await move(plans, start, NOW + HOUR);
    expect(await planStandings(plans, NOW)).toEqual([{ ...standing, state: 'in-progress', since: NOW + HOUR }]);
    await move(plans, close, NOW + 9 * HOUR);
    expect(await planStandings(plans, NOW)).toEqual([{ ...standing, state: 'closed', since: NOW + 9 * HOUR }]);
  });

  it('is told of days that still matter', async () => {
    const plans = await planned('2026-11-10', DATE);
    await move(plans, publish, NOW, 'plan-2026-11-10');
    expect(await planStandings(plans, NOW)).toEqual([]);
  });
});
