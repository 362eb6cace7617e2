import { describe, expect, it } from 'vitest';
import { diffPlans } from '../../../../shared/routing/lifecycle/diff-plans.ts';
import type { Plan } from '../../../../shared/routing/plan.ts';

const eight = Date.UTC(2026, 10, 23, 1);

/** Trucks with their bins, a quarter of an hour each; `+10` behind a bin is minutes later. */
const planOf = (trucks: Readonly<Record<string, readonly string[]>>, more: Partial<Plan> = {}): Plan => ({
  planId: 'p',
  serviceDate: '2026-11-23',
  trigger: 'dispatcher',
  requestedAt: eight,
  status: 'planned',
  finishedAt: eight,
  totals: {
    vehicles: Object.keys(trucks).length,
    trips: 1,
    bins: Object.values(trucks).flat().length,
    distanceMetres: 10_000,
    workingSeconds: 3_600,
    collectedLitres: 1,
    collectedKg: 1,
    costVnd: 1_000_000,
  },
  routes: Object.entries(trucks).map(([vehicleId, bins]) => ({
    vehicleId,
    vehicleName: `Truck ${vehicleId}`,
    startsAt: eight,
    endsAt: eight,
    distanceMetres: 1,
    drivingSeconds: 1,
    trips: 1,
    bins: bins.length,
    collectedLitres: 1,
    stops: bins.map((bin, index) => {
      const [id = '', later = '0'] = bin.split('+');
      const arrivesAt = eight + (15 * index + Number(later)) * 60_000;
      const nothing = { waitingSeconds: 0, legMetres: 0, loadLitres: 0, loadKg: 0 };
      return { kind: 'bin' as const, id, name: `Bin ${id}`, arrivesAt, departsAt: arrivesAt, ...nothing };
    }),
  })),
  unserved: [],
  noData: [],
  travelSource: '',
  solver: { iterations: 0, seconds: 0, seed: 1 },
  ...more,
});

const said = (before: Plan, after: Plan): string[] => diffPlans(before, after).differences.map(({ en }) => en);

describe('what changes between two versions', () => {
  it('is nothing between a plan and itself', () => {
    const plan = planOf({ 2: ['a', 'b'], 5: ['c'] });
    expect(diffPlans(plan, plan)).toMatchObject({
      differences: [],
      summary: { en: '+0.0 km, +0 VND', vi: '+0,0 km, +0 đồng' },
    });
  });

  it('names both trucks of a bin that moved', () => {
    expect(said(planOf({ 2: ['a', 'b'], 5: ['c'] }), planOf({ 2: ['a'], 5: ['c', 'b'] }))).toEqual([
      'Bin b: moved from Truck 2 to Truck 5',
    ]);
  });

  it('tells what is new from what is left out, with the reason', () => {
    const unserved = [{ binId: 'b', name: 'Bin b', reason: 'no time', reasonVi: 'hết giờ' }];
    const { differences } = diffPlans(planOf({ 2: ['a', 'b'] }), planOf({ 2: ['a', 'c'] }, { unserved }));
    expect(differences.map(({ en }) => en)).toEqual(['Bin c: new, on Truck 2', 'Bin b: left out: no time']);
    expect(differences.map(({ vi }) => vi)).toEqual(['Bin c: mới, do Truck 2 thu gom', 'Bin b: bỏ lại: hết giờ']);
  });

  it('says who took a bin out', () => {
    const excluded = [{ binId: 'b', name: 'Bin b', reason: 'street fair', by: 'an', at: eight }];
    expect(said(planOf({ 2: ['a', 'b'] }), planOf({ 2: ['a'] }, { excluded }))).toEqual([
      'Bin b: taken out by an: street fair',
    ]);
  });

  it('says how much later a bin is reached, from ten minutes on', () => {
    expect(said(planOf({ 2: ['a', 'b'] }), planOf({ 2: ['a+9', 'b+25'] }))).toEqual(['Bin b: 25 min later']);
  });

  it('says when a route serves its bins in another order, that a truck goes out, and that one stays at home', () => {
    expect(said(planOf({ 2: ['a', 'b'], 5: ['c'] }), planOf({ 2: ['b', 'a'], 7: ['c'] }))).toEqual([
      'Truck 7: goes out too (1 bins)',
      'Truck 5: stays at home',
      'Bin c: moved from Truck 5 to Truck 7',
      'Truck 2: bins in another order',
      'Bin b: 15 min earlier',
      'Bin a: 15 min later',
    ]);
  });
});
