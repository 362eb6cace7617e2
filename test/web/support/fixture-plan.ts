import type { BinWithFill, WirePlan, WirePlanRoute, WirePlanStop, WirePlanSummary } from '../../../web/src/api/wire.ts';
import { bins, depots, disposalSites, iso, NOW } from './fixture-city.ts';

const MINUTE = 60_000;
const [depot] = depots;
const [site] = disposalSites;
if (!depot || !site) throw new Error('The fixture city has a depot and a disposal site');

const isDue = ({ fill }: BinWithFill): boolean => fill.status === 'known' && fill.fraction >= 0.62;
const due = bins.filter(isDue);
const [unreachable, ...served] = due;
if (!unreachable) throw new Error('The fixture city has bins that are due');

const binStop = (bin: BinWithFill, order: number, startsAt: number): WirePlanStop => ({
  kind: 'bin',
  id: bin.id,
  name: bin.name,
  position: bin.position,
  arrivesAt: iso(startsAt + (20 + order * 19) * MINUTE),
  departsAt: iso(startsAt + (32 + order * 19) * MINUTE),
  waitingSeconds: order === 2 ? 300 : 0,
  legMetres: 850 + order * 120,
  loadLitres: (order + 1) * 2_400,
  loadKg: (order + 1) * 360,
  trip: 1,
  expectedFillFraction: bin.fill.status === 'known' ? Math.min(1, bin.fill.fraction + 0.1) : 0,
  reason: 'would pass 80 % before the next shift',
  reasonVi: 'sẽ vượt 80 % trước ca sau',
  stream: bin.stream,
});

const routeOf = (members: readonly BinWithFill[], index: number): WirePlanRoute => {
  const startsAt = NOW + (4 * 60 + index * 15) * MINUTE;
  const [backAt, endsAt] = [
    startsAt + (50 + members.length * 19) * MINUTE,
    startsAt + (110 + members.length * 19) * MINUTE,
  ];
  const unloaded = { loadLitres: 0, loadKg: 0, waitingSeconds: 0 };
  const litres = members.length * 2_400;
  return {
    vehicleId: `truck-${index + 1}`,
    vehicleName: `Xe cẩu 61C-00${index + 1}`,
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
    distanceMetres: 42_300 + index * 3_100,
    drivingSeconds: 6_200,
    trips: 1,
    bins: members.length,
    collectedLitres: litres,
    stops: [
      {
        kind: 'depot',
        id: depot.id,
        name: depot.name,
        position: depot.position,
        arrivesAt: iso(startsAt),
        departsAt: iso(startsAt),
        legMetres: 0,
        ...unloaded,
      },
      ...members.map((bin, order) => binStop(bin, order, startsAt)),
      {
        kind: 'break',
        name: 'break',
        arrivesAt: iso(backAt - 10 * MINUTE),
        departsAt: iso(backAt),
        legMetres: 0,
        ...unloaded,
        loadLitres: litres,
      },
      {
        kind: 'disposal',
        id: site.id,
        name: site.name,
        position: site.position,
        arrivesAt: iso(backAt),
        departsAt: iso(backAt + 20 * MINUTE),
        legMetres: 17_400,
        trip: 1,
        ...unloaded,
      },
      {
        kind: 'depot',
        id: depot.id,
        name: depot.name,
        position: depot.position,
        arrivesAt: iso(endsAt),
        departsAt: iso(endsAt),
        legMetres: 18_900,
        ...unloaded,
      },
    ],
  };
};

/** By ward, west to east, as a planner would roughly do. */
const byWard = [...Map.groupBy(served, ({ ward }) => ward).values()].map((members) =>
  members.toSorted((a, b) => a.position.longitude - b.position.longitude),
);

const noData = bins.flatMap(({ id, name, fill }) =>
  fill.status === 'no-data' ? [{ binId: id, name, lastHeardAt: fill.lastHeardAt }] : [],
);

export const planOf = (planId: string): WirePlan => ({
  planId,
  serviceDate: '2026-11-23',
  trigger: 'schedule',
  requestedAt: iso(NOW - 60 * MINUTE),
  status: 'planned',
  finishedAt: iso(NOW - 59 * MINUTE),
  totals: {
    vehicles: byWard.length,
    trips: byWard.length,
    bins: served.length,
    distanceMetres: 136_200,
    workingSeconds: 31_500,
    collectedLitres: served.length * 2_400,
    collectedKg: served.length * 360,
    costVnd: 4_350_000,
  },
  routes: byWard.map(routeOf),
  unserved: [
    {
      binId: unreachable.id,
      name: unreachable.name,
      reason: 'no truck has time or room left in its shift',
      reasonVi: 'không xe nào còn thời gian hoặc chỗ chứa trong ca',
    },
  ],
  noData,
  travelSource: 'great-circle × 1.3 at 28 km/h',
  solver: { iterations: 12_000, seconds: 5, seed: 1 },
});

export const summaryOf = (plan: WirePlan): WirePlanSummary => ({
  planId: plan.planId,
  serviceDate: plan.serviceDate,
  trigger: plan.trigger,
  requestedAt: plan.requestedAt,
  status: 'planned',
  finishedAt: plan.finishedAt,
  totals: plan.totals,
  unservedCount: plan.unserved.length,
  noDataCount: plan.noData.length,
});

const head = { serviceDate: '2026-11-23', trigger: 'dispatcher' } as const;

export const requestedSummary = (planId: string): WirePlanSummary => ({
  ...head,
  planId,
  requestedAt: iso(NOW),
  status: 'requested',
});

export const failedSummary = (planId: string, reason: string): WirePlanSummary => ({
  ...head,
  planId,
  requestedAt: iso(NOW),
  status: 'failed',
  finishedAt: iso(NOW + MINUTE),
  reason,
});
