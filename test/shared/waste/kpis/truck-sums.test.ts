import { describe, expect, it } from 'vitest';
import type { CrewReport } from '../../../../shared/routing/crew/crew-report.ts';
import type { Plan } from '../../../../shared/routing/plan.ts';
import { kpisOf } from '../../../../shared/waste/kpis/figures.ts';
import { truckSumsOf } from '../../../../shared/waste/kpis/truck-sums.ts';
import { aPlan, HOUR, midnight, report } from './kpi-city.ts';

const DATE = '2026-11-20';
/** The route begins at six, its stops are planned for seven, it ends at eleven. */
const at = (hour: number): number => midnight(DATE) + hour * HOUR;
const planId = `plan-${DATE}`;

const twoTrucks = (first: readonly string[], second: readonly string[]): Plan => {
  const [one, two] = [aPlan(DATE, first, 'truck-1'), aPlan(DATE, second, 'truck-2')];
  return { ...one, routes: [...one.routes, ...two.routes] };
};

const adherence = (
  plan: Plan,
  reports: readonly CrewReport[],
  emptied: Readonly<Record<string, readonly number[]>> = {},
) =>
  truckSumsOf({ plan, at: at(24), vehicles: [], reports, emptiedAt: new Map(Object.entries(emptied)) }).map(
    (truck) => truck.adherence,
  );

describe('whether a plan was kept to', () => {
  it('goes by when crews say they collected: a day later is not as planned', () => {
    const reports = [
      report(planId, 'A', 'collected', { at: at(7.25), sequence: 1 }),
      report(planId, 'B', 'collected', { at: at(31), sequence: 2 }),
    ];
    expect(adherence(aPlan(DATE, ['A', 'B']), reports)).toMatchObject([
      { told: 'crews', stops: 2, done: 1, byCrews: 2 },
    ]);
  });

  it('is told truck by truck: where one crew says nothing, its bins’ levels do', () => {
    const reports = [report(planId, 'A', 'collected', { at: at(7) })];
    const emptied = { C: [at(8)], D: [at(2)] };
    expect(adherence(twoTrucks(['A'], ['C', 'D', 'E']), reports, emptied)).toMatchObject([
      { told: 'crews', stops: 1, done: 1, byCrews: 1 },
      { told: 'sensors', stops: 2, done: 1, byCrews: 0 },
    ]);
  });

  it('believes a crew before a sensor, and a sensor where the crew said nothing of a stop', () => {
    const reports = [
      report(planId, 'A', 'blocked', { at: at(7), sequence: 1 }),
      report(planId, 'B', 'collected', { at: at(7), sequence: 2 }),
    ];
    const emptied = { A: [at(7)], B: [], C: [at(9)] };
    expect(adherence(aPlan(DATE, ['A', 'B', 'C', 'D']), reports, emptied)).toMatchObject([
      // D: a crew that reports its stops did not report this one, and nobody saw it emptied.
      { told: 'crews', stops: 4, done: 2, byCrews: 2 },
    ]);
  });

  it('is not known where neither says anything', () => {
    expect(adherence(aPlan(DATE, ['A']), [])).toEqual([null]);
  });
});

describe('whether crews were on time', () => {
  it('is told of stops that they timed, within half an hour of the planned visit', () => {
    const reports = [
      report(planId, 'A', 'collected', { at: at(7.5), sequence: 1 }),
      report(planId, 'B', 'collected', { at: at(7.6), sequence: 2 }),
      report(planId, 'C', 'blocked', { at: at(7), sequence: 3 }),
    ];
    expect(adherence(aPlan(DATE, ['A', 'B', 'C', 'D']), reports)).toMatchObject([{ done: 2, timed: 2, onTime: 1 }]);
  });

  it('leaves out what was done before the plan was made anew: its times there are no planned ones', () => {
    const plan = aPlan(DATE, ['A', 'B']);
    const anew: Plan = {
      ...plan,
      routes: plan.routes.map((route) => ({
        ...route,
        stops: route.stops.map((stop) => (stop.id === 'A' ? { ...stop, done: 'reported' } : stop)),
      })),
    };
    const reports = [
      report(planId, 'A', 'collected', { at: at(7), sequence: 1 }),
      report(planId, 'B', 'collected', { at: at(9), sequence: 2 }),
    ];
    expect(adherence(anew, reports)).toMatchObject([{ done: 2, timed: 1, onTime: 0 }]);
  });

  it('is not known where nobody told a time, also of days that were summed up before times were kept', () => {
    const trucks = truckSumsOf({
      plan: aPlan(DATE, ['A']),
      at: at(24),
      vehicles: [],
      reports: [],
      emptiedAt: new Map([['A', [at(8)]]]),
    });
    const day = { date: DATE, computedAt: at(24), wards: [], trucks: [...trucks], routesAhead: 0 };
    expect(kpisOf([day], undefined)).toMatchObject({ planAdherence: 1, onTime: { missing: 'no-times' } });
    const old = trucks.map((truck) => ({ ...truck, adherence: { told: 'crews' as const, stops: 4, done: 3 } }));
    expect(kpisOf([{ ...day, trucks: old }], undefined)).toMatchObject({
      planAdherence: 0.75,
      onTime: { missing: 'no-times' },
    });
  });
});
