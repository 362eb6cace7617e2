import { beforeAll, describe, expect, it } from 'vitest';
import { checkSolution } from '../../../../shared/routing/checker.ts';
import { diffPlans } from '../../../../shared/routing/lifecycle/diff-plans.ts';
import type { DayEvent } from '../../../../shared/routing/lifecycle/edit-schema.ts';
import { decidedProblem, type WorkingBasis } from '../../../../shared/routing/lifecycle/plan-basis.ts';
import { planOf } from '../../../../shared/routing/lifecycle/plan-body.ts';
import type { TravelTimes } from '../../../../shared/routing/travel/travel-times.ts';
import { at, gridBins, openDay, SERVICE_DATE, truckWith } from '../../../support/day-city.ts';
import { replanBySteps } from '../../../support/replan-by-steps.ts';
import { aBin } from '../../../support/small-city.ts';
import { endOfLane, streetGrid } from '../../../support/street-grid.ts';

/** Around the market: one bin of the grid, bin-15, stands in it. */
const market = { centre: { latitude: 10.976, longitude: 106.646 }, radiusMetres: 500 };
/** The only way to one of the bins. */
const lane = { centre: { latitude: 10.976, longitude: 106.614 }, radiusMetres: 60 };
const head = { planId: 'p', serviceDate: SERVICE_DATE, trigger: 'dispatcher', requestedAt: 1 } as const;

let first: WorkingBasis;
let travel: TravelTimes;
beforeAll(async () => {
  const streets = streetGrid();
  const atTheEnd = aBin('lane-end', { position: endOfLane, serviceSeconds: 240 });
  const day = await openDay({ bins: [...gridBins(36), atTheEnd], travel: streets });
  ({ basis: first } = await day.judge(await day.draft(), 1));
  travel = streets(first.city);
}, 60_000);

const replan = async (basis: WorkingBasis, time: string, events: readonly DayEvent[]) => {
  const now = at(time);
  const replanned = await replanBySteps(basis, now, { events, travel });
  if (!replanned.ok) throw new Error(replanned.code);
  const { basis: next, notes } = replanned;
  expect(checkSolution(decidedProblem(next), next.solution).faults).toEqual([]);
  return { basis: next, plan: planOf(next, head, { at: now, seed: 1 }), said: notes.map(({ en }) => en).join('\n') };
};

const close = (area: typeof market, reason: string, until?: string): DayEvent => ({
  kind: 'area-closed',
  area,
  reason,
  ...(until !== undefined && { until: at(until) }),
});
const open = (closureId: string, time: string): DayEvent => ({ kind: 'area-opened', closureId, at: at(time) });

describe('a closed area that opens earlier than said', () => {
  it('lets bins be served and roads be driven that were closed all day', async () => {
    const closed = await replan(first, '05:02', [close(market, 'flooded'), close(lane, 'a tree')]);
    expect(closed.plan.closures).toMatchObject([{ closureId: 'closure-1' }, { closureId: 'closure-2' }]);
    expect(closed.plan.excluded).toMatchObject([{ binId: 'bin-15', reason: 'flooded' }]);
    expect(closed.plan.unserved.map(({ binId }) => binId)).toEqual(['lane-end']);
    const market2 = await replan(closed.basis, '05:40', [open('closure-1', '05:35')]);
    expect(market2.plan.closures).toMatchObject([{ closureId: 'closure-2', reason: 'a tree' }]);
    expect(market2.plan.excluded ?? []).toEqual([]);
    expect(truckWith(market2.plan, 'bin-15')).toBeDefined();
    expect(market2.plan.unserved.map(({ binId }) => binId)).toEqual(['lane-end']);
    const both = await replan(market2.basis, '05:50', [open('closure-2', '05:50')]);
    expect(both.plan.closures ?? []).toEqual([]);
    expect(truckWith(both.plan, 'lane-end')).toBeDefined();
    expect(both.basis.problem.travelSource).toBe(first.problem.travelSource);
  });

  it('serves a bin that waited for a later hour as soon as that is open', async () => {
    const closed = await replan(first, '05:02', [close(market, 'flooded', '11:30')]);
    const waits = closed.plan.routes.flatMap(({ stops }) => stops).find(({ id }) => id === 'bin-15');
    expect(waits?.departsAt).toBeGreaterThan(at('11:30'));
    const opened = await replan(closed.basis, '05:40', [open('closure-1', '05:40')]);
    const served = opened.plan.routes.flatMap(({ stops }) => stops).find(({ id }) => id === 'bin-15');
    // A truck had to stay out longer for it, so that it pays to come earlier.
    expect(served?.departsAt).toBeLessThan(at('11:30'));
    const { differences } = diffPlans(closed.plan, opened.plan);
    expect(differences).toContainEqual({
      kind: 'area-opened',
      en: 'Area open again: flooded',
      vi: 'Khu vực đã mở lại: flooded',
    });
    expect(differences.some(({ kind, binId }) => binId === 'bin-15' && (kind === 'earlier' || kind === 'moved'))).toBe(
      true,
    );
    const before = planOf(first, head, { at: at('05:00'), seed: 1 });
    expect(diffPlans(before, closed.plan).differences).toContainEqual({
      kind: 'area-closed',
      en: 'Area closed: flooded',
      vi: 'Chặn khu vực: flooded',
    });
  });

  it('stays closed until the hour that is now said, and its bin is served after that', async () => {
    const closed = await replan(first, '05:02', [close(market, 'flooded')]);
    const soon = await replan(closed.basis, '05:20', [open('closure-1', '07:00')]);
    expect(soon.plan.closures).toMatchObject([{ reason: 'flooded', until: at('07:00') }]);
    const served = soon.plan.routes.flatMap(({ stops }) => stops).find(({ id }) => id === 'bin-15');
    expect(served?.arrivesAt ?? 0).toBeGreaterThan(at('05:20'));
    expect(served?.departsAt).toBeGreaterThan(at('07:00'));
    expect(diffPlans(closed.plan, soon.plan).differences.map(({ en }) => en)).toContain(
      'Area opens earlier than said: flooded',
    );
  });

  it('frees no bin that another closure still holds, nor one that a dispatcher took out', async () => {
    const wide = { ...market, radiusMetres: 900 };
    const closed = await replan(first, '05:02', [close(market, 'flooded'), close(wide, 'a fair')]);
    const decided: WorkingBasis = {
      ...closed.basis,
      decisions: {
        ...closed.basis.decisions,
        excluded: [...closed.basis.decisions.excluded, { binId: 'bin-01', reason: 'roadworks', by: 'an', at: 1 }],
      },
    };
    const opened = await replan(decided, '05:30', [open('closure-1', '05:30')]);
    const excluded = opened.plan.excluded?.map(({ binId, reason }) => [binId, reason]) ?? [];
    expect(excluded).toContainEqual(['bin-15', 'a fair']);
    expect(excluded).toContainEqual(['bin-01', 'roadworks']);
  });

  it('says so where there is nothing to open', async () => {
    const closed = await replan(first, '05:02', [close(market, 'flooded', '06:00')]);
    const { said } = await replan(closed.basis, '05:10', [open('closure-7', '05:10'), open('closure-1', '07:00')]);
    expect(said).toContain('closure-7: the plan knows no such closed area');
    expect(said).toContain('(flooded) opens no later than that anyway');
  });
});
