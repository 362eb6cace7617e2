import { describe, expect, it } from 'vitest';
import { fillAtPickUpOf, kpisByTruck, kpisByWard, kpisOf } from '../../../../shared/waste/kpis/figures.ts';
import type { KpiDay } from '../../../../shared/waste/kpis/kpi-day.ts';
import { workOutDays } from '../../../../shared/waste/kpis/work-out-days.ts';
import { aTruck, city } from '../../../support/small-city.ts';
import { aPlan, HOUR, inWard, type KpiCity, levels, midnight, openKpiCity, report } from './kpi-city.ts';

const DATE = '2026-11-20';
const later = midnight('2026-11-24');
const daily = { perBinPerWeek: 7, name: 'every day' };

const steady = (hours: number, level: number): readonly number[] => new Array(hours).fill(level);

const dayOf = async (given: KpiCity, at = later): Promise<KpiDay> => {
  const [day] = await workOutDays(await openKpiCity(given), city, { from: DATE, to: DATE, at });
  if (day === undefined) throw new Error('No day was worked out');
  return day;
};

const A = inWard('A', 'Phú Cường');
const B = inWard('B', 'Hiệp Thành');
/** Emptied at nine o'clock, 0.4 full. */
const half = levels('A', midnight(DATE), [...steady(9, 0.4), ...steady(17, 0.05)]);
/** Over the brim from four o'clock on, emptied at ten. */
const late = levels('B', midnight(DATE), [...steady(4, 0.8), ...steady(6, 0.97), ...steady(16, 0)]);

describe('A day’s figures', () => {
  it('tell of collections, how full bins were, and how many came too late', async () => {
    const kpis = kpisOf([await dayOf({ bins: [A, B], readings: [...half, ...late] })], daily);
    expect(kpis).toMatchObject({
      collections: 2,
      collectionsAvoided: 0,
      overflows: 1,
      overflowHours: 6,
      meanFillAtPickUp: expect.closeTo((0.4 + 0.97) / 2),
      shareBelowHalf: 0.5,
      serviceLevel: 0.5,
      sensorUptime: 1,
    });
  });

  it('count collections avoided against what was done before, of the bins that were seen', async () => {
    const still = levels('A', midnight(DATE), steady(26, 0.2));
    const day = await dayOf({ bins: [A, B], readings: still });
    // One of two bins was seen: the other was neither collected nor spared.
    expect(kpisOf([day], daily)).toMatchObject({ collections: 0, collectionsAvoided: 1, sensorUptime: 1 });
    expect(kpisOf([day], undefined).collectionsAvoided).toEqual({ missing: 'no-baseline' });
  });

  it('know nothing of bins that nobody heard, and say so', async () => {
    const kpis = kpisOf([await dayOf({ bins: [A] })], daily);
    for (const name of ['collections', 'collectionsAvoided', 'overflows', 'serviceLevel'] as const) {
      expect(kpis[name]).toEqual({ missing: 'no-levels' });
    }
    expect(kpis.sensorUptime).toEqual({ missing: 'no-sensors' });
    expect(kpisOf([await dayOf({ bins: [] })], daily).collections).toEqual({ missing: 'no-bins' });
    expect(kpisOf([], daily).distanceKm).toEqual({ missing: 'not-of-days' });
  });

  it('call a bin overflowing that came to the brim on the day before', async () => {
    const over = levels('B', midnight(DATE) - 5 * HOUR, [...steady(7, 0.97), ...steady(24, 0)]);
    expect(kpisOf([await dayOf({ bins: [B], readings: over })], daily)).toMatchObject({
      overflows: 0,
      overflowHours: 2,
      serviceLevel: 0,
    });
  });

  it('expect no readings of a sensor before it was first heard', async () => {
    const installed = levels('A', midnight(DATE) + 20 * HOUR, steady(8, 0.3));
    expect(kpisOf([await dayOf({ bins: [A], readings: installed })], daily).sensorUptime).toBeCloseTo(1, 1);
  });

  it('expect no readings of hours that are still to come', async () => {
    const noon = midnight(DATE) + 12 * HOUR;
    const day = await dayOf({ bins: [A], readings: levels('A', midnight(DATE), steady(12, 0.3)) }, noon);
    expect(kpisOf([day], daily).sensorUptime).toBe(1);
  });
});

describe('Routes', () => {
  it('are in no figure before they are over', async () => {
    const plan = aPlan(DATE, ['A']);
    const during = await dayOf({ bins: [A], plans: [plan] }, midnight(DATE) + 8 * HOUR);
    expect(kpisOf([during], daily)).toMatchObject({
      distanceKm: { missing: 'not-over' },
      planAdherence: { missing: 'not-over' },
    });
  });

  const truck = aTruck('truck-1', {
    fixedCostVnd: 500_000,
    costPerKmVnd: 15_000,
    costPerHourVnd: 120_000,
    fuelLitresPer100Km: 50,
  });

  it('tell distance, hours, cost, fuel and CO2', async () => {
    const kpis = kpisOf([await dayOf({ bins: [A], vehicles: [truck], plans: [aPlan(DATE, ['A'])] })], daily);
    expect(kpis).toMatchObject({
      distanceKm: 40,
      workingHours: 5,
      fuelLitres: 20,
      co2Kg: expect.closeTo(53.6),
      costVnd: 500_000 + 40 * 15_000 + 5 * 120_000,
    });
  });

  it('tell no fuel and no cost that nobody stated', async () => {
    const day = await dayOf({ bins: [A], vehicles: [aTruck('truck-1')], plans: [aPlan(DATE, ['A'])] });
    expect(kpisOf([day], daily)).toMatchObject({
      fuelLitres: { missing: 'no-consumption' },
      co2Kg: { missing: 'no-consumption' },
      costVnd: { missing: 'no-costs' },
    });
    expect(kpisOf([await dayOf({ bins: [A] })], daily).distanceKm).toEqual({ missing: 'no-plan' });
  });

  it('were kept to as crews say, whose last word counts', async () => {
    const plan = aPlan(DATE, ['A', 'B']);
    const reports = [
      report(plan.planId, 'A', 'blocked', { sequence: 1 }),
      report(plan.planId, 'B', 'partly', { sequence: 2 }),
      report(plan.planId, 'A', 'collected', { sequence: 3 }),
    ];
    const day = await dayOf({ bins: [A, B], plans: [plan], reports, readings: late });
    expect(kpisOf([day], daily).planAdherence).toBe(0.5);
  });

  it('were kept to as sensors saw, where crews say nothing; of bins without levels nobody knows', async () => {
    const plan = aPlan(DATE, ['A', 'B']);
    expect(kpisOf([await dayOf({ bins: [A, B], plans: [plan], readings: half })], daily).planAdherence).toBe(1);
    expect(kpisOf([await dayOf({ bins: [A, B], plans: [plan] })], daily).planAdherence).toEqual({ missing: 'no-word' });
    const still = levels('B', midnight(DATE), steady(40, 0.2));
    const both = await dayOf({ bins: [A, B], plans: [plan], readings: [...half, ...still] });
    expect(kpisOf([both], daily).planAdherence).toBe(0.5);
  });
});

describe('Figures by ward and by truck', () => {
  it('add up to the city’s', async () => {
    const day = await dayOf({
      bins: [A, B],
      readings: [...half, ...late],
      plans: [aPlan(DATE, ['A', 'B'])],
    });
    const wards = kpisByWard([day, day], daily);
    expect(wards.map(({ ward }) => ward)).toEqual(['Hiệp Thành', 'Phú Cường']);
    expect(wards.map(({ kpis }) => kpis.collections)).toEqual([2, 2]);
    expect(wards[0]?.kpis.distanceKm).toEqual({ missing: 'not-of-wards' });
    expect(kpisOf([day, day], daily).collections).toBe(4);
    const trucks = kpisByTruck([day, day]);
    expect(trucks).toMatchObject([
      { vehicleId: 'truck-1', kpis: { distanceKm: 80, collections: { missing: 'not-of-trucks' } } },
    ]);
    expect(fillAtPickUpOf([day, day])).toEqual([0, 0, 0, 0, 2, 0, 0, 0, 0, 2]);
  });
});
