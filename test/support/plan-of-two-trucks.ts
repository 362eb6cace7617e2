import type { Plan, PlanStop } from '../../shared/routing/plan.ts';

const depot = { id: 'depot-1', name: 'Bãi xe Phú Cường', position: { latitude: 10.97, longitude: 106.65 } };
const landfill = { id: 'site-1', name: 'Khu xử lý "Nam Bình Dương"', position: { latitude: 11.07, longitude: 106.7 } };

const bare = { waitingSeconds: 0, legMetres: 1_200, loadLitres: 0, loadKg: 0 };

const binOf = (n: number, name: string, trip: number, loadLitres: number) =>
  ({
    ...bare,
    kind: 'bin',
    id: `bin-${n}`,
    name,
    position: { latitude: 10.98 + n / 1_000, longitude: 106.66 - n / 1_000 },
    stream: 'other',
    expectedFillFraction: 0.8,
    reason: 'full by 04:00',
    reasonVi: 'đầy trước 04:00',
    trip,
    loadLitres,
    loadKg: loadLitres / 5,
  }) as const;

type Planned = Omit<PlanStop, 'arrivesAt' | 'departsAt'>;

/** Stops twenty minutes apart, each of ten minutes. */
const timed = (stops: readonly Planned[], from: number): PlanStop[] =>
  stops.map((stop, index) => ({
    ...stop,
    arrivesAt: from + index * 1_200_000,
    departsAt: from + index * 1_200_000 + (stop.kind === 'depot' ? 0 : 600_000),
  }));

const routeOf = (vehicleId: string, vehicleName: string, stops: readonly Planned[], from: number) => {
  const list = timed(stops, from);
  const bins = list.filter(({ kind }) => kind === 'bin');
  return {
    vehicleId,
    vehicleName,
    startsAt: from,
    endsAt: list.at(-1)?.arrivesAt ?? from,
    distanceMetres: 1_200 * (list.length - 1),
    drivingSeconds: 3_000,
    trips: new Set(bins.map(({ trip }) => trip)).size,
    bins: bins.length,
    collectedLitres: bins.length * 2_400,
    stops: list,
  };
};

/** Truck t1 drives two trips with a break between, t2 one; names and reasons have what breaks careless writers of CSV, XML and iCalendar. */
export const aPlanOfTwoTrucks = (planId: string, requestedAt: number): Plan => {
  const from = requestedAt + 3 * 3_600_000;
  const stopAt = (kind: 'depot' | 'disposal', trip?: number): Planned => ({
    ...bare,
    ...(kind === 'depot' ? depot : landfill),
    kind,
    ...(trip !== undefined && { trip }),
  });
  const routes = [
    routeOf(
      't1',
      'Xe 1; cẩu, 14 m³',
      [
        stopAt('depot'),
        binOf(1, 'Chợ "Thủ", cổng <A> & B', 1, 2_400),
        binOf(2, 'Đinh Bộ Lĩnh; số 5\\7', 1, 4_800),
        stopAt('disposal', 1),
        { ...bare, kind: 'break', name: 'Break' },
        binOf(3, '=HYPERLINK("x")', 2, 2_400),
        stopAt('disposal', 2),
        stopAt('depot'),
      ],
      from,
    ),
    routeOf(
      't2',
      'Xe 2',
      [stopAt('depot'), binOf(4, 'Bạch Đằng', 1, 2_400), stopAt('disposal', 1), stopAt('depot')],
      from + 1_800_000,
    ),
  ];
  return {
    planId,
    serviceDate: '2026-11-22',
    trigger: 'dispatcher',
    requestedAt,
    status: 'planned',
    finishedAt: requestedAt + 60_000,
    totals: {
      vehicles: 2,
      trips: 3,
      bins: 4,
      distanceMetres: 12_000,
      workingSeconds: 12_000,
      collectedLitres: 9_600,
      collectedKg: 1_920,
      costVnd: 900_000,
    },
    routes,
    unserved: [],
    noData: [],
    travelSource: 'great-circle × 1.3 at 28 km/h',
    solver: { iterations: 1_000, seconds: 2, seed: 1 },
  };
};
