import type { Bin, Vehicle } from '../../../../shared/city/entities.ts';
import type { CrewReport } from '../../../../shared/routing/crew/crew-report.ts';
import { type Plan, planSchema } from '../../../../shared/routing/plan.ts';
import { memoryReadingStore } from '../../../../shared/telemetry/memory-reading-store.ts';
import type { SummarizePorts } from '../../../../shared/waste/kpis/kpi-days.ts';
import { memoryKpiDays } from '../../../support/memory-kpi-days.ts';
import { memoryPlans, memoryRegistry } from '../../../support/memory-stores.ts';
import { aBin, aReading, aSensor, aTruck, city } from '../../../support/small-city.ts';

export const HOUR = 3_600_000;
/** Midnight in Thủ Dầu Một. */
export const midnight = (date: string): number => Date.parse(`${date}T00:00:00+07:00`);

export const inWard = (id: string, ward: string): Bin => aBin(id, { ward });

/** Levels of a bin, one an hour from an instant on, measured in mid-hour; `null` is an hour without a reading. */
export const levels = (binId: string, from: number, each: readonly (number | null)[]) =>
  each.flatMap((level, index) =>
    level === null
      ? []
      : [aReading(`s-${binId}`, 'fillDistance', from + (index + 0.5) * HOUR, Math.round(1_000 * (1 - level)))],
  );

/** A plan of one truck that drives 40 km in five hours to these bins. */
export const aPlan = (serviceDate: string, binIds: readonly string[], vehicleId = 'truck-1'): Plan => {
  const startsAt = midnight(serviceDate) + 6 * HOUR;
  const stop = {
    arrivesAt: startsAt + HOUR,
    departsAt: startsAt + HOUR,
    waitingSeconds: 0,
    legMetres: 1_000,
    loadLitres: 1_000,
    loadKg: 200,
  };
  return planSchema.parse({
    planId: `plan-${serviceDate}`,
    serviceDate,
    trigger: 'schedule',
    requestedAt: startsAt - 10 * HOUR,
    status: 'planned',
    finishedAt: startsAt - 10 * HOUR + 20_000,
    totals: {
      vehicles: 1,
      trips: 1,
      bins: binIds.length,
      distanceMetres: 40_000,
      workingSeconds: 18_000,
      collectedLitres: 3_000,
      collectedKg: 600,
      costVnd: 1_700_000,
    },
    routes: [
      {
        vehicleId,
        vehicleName: `Truck ${vehicleId}`,
        startsAt,
        endsAt: startsAt + 5 * HOUR,
        distanceMetres: 40_000,
        drivingSeconds: 6_000,
        trips: 1,
        bins: binIds.length,
        collectedLitres: 3_000,
        stops: binIds.map((id) => ({ ...stop, kind: 'bin', id, name: id })),
      },
    ],
    unserved: [],
    noData: [],
    travelSource: 'test',
    solver: { iterations: 1, seconds: 1, seed: 1 },
  });
};

export const report = (
  planId: string,
  binId: string,
  outcome: CrewReport['outcome'],
  more: Partial<CrewReport> = {},
): CrewReport => ({
  reportId: crypto.randomUUID(),
  planId,
  vehicleId: 'truck-1',
  binId,
  outcome,
  at: midnight('2026-11-20') + 8 * HOUR,
  sequence: 1,
  ...more,
});

export type KpiCity = {
  readonly bins: readonly Bin[];
  readonly vehicles?: readonly Vehicle[];
  readonly readings?: Parameters<ReturnType<typeof memoryReadingStore>['append']>[0];
  readonly plans?: readonly Plan[];
  readonly reports?: readonly CrewReport[];
};

export const openKpiCity = async ({
  bins,
  vehicles = [aTruck('truck-1', { fixedCostVnd: 500_000, costPerKmVnd: 15_000, costPerHourVnd: 120_000 })],
  readings = [],
  plans: given = [],
  reports,
}: KpiCity): Promise<SummarizePorts> => {
  const store = memoryReadingStore();
  await store.append(readings);
  const plans = memoryPlans();
  for (const plan of given) {
    const { planId, serviceDate, trigger, requestedAt } = plan;
    await plans.request({ planId, serviceDate, trigger, requestedAt, status: 'requested' });
    await plans.complete(plan);
  }
  return {
    registry: memoryRegistry({
      city: [city],
      bin: bins,
      vehicle: vehicles,
      sensor: bins.map(({ id }) => ({ ...aSensor(`s-${id}`, id, 'bin'), intervalSeconds: 3_600 })),
    }),
    readings: store,
    plans,
    kpiDays: memoryKpiDays(),
    ...(reports !== undefined && {
      crewReports: {
        ofPlan: async (planId: string) =>
          reports.filter((each) => each.planId === planId).map((each) => ({ ...each, receivedAt: each.at })),
      },
    }),
  };
};
