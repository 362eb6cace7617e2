import { instantOf, utcOffsetMinutes } from '../../city/calendar.ts';
import type { Bin, City, Sensor } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import { countedFlags } from '../../environment/averaging.ts';
import type { CrewReportStore } from '../../routing/crew/crew-report.ts';
import type { Plan } from '../../routing/plan.ts';
import type { PlanStore } from '../../routing/plan-store.ts';
import { daysAfter } from '../../routing/service-date.ts';
import type { Bucket, ReadingStore } from '../../telemetry/reading-store.ts';
import { emptyingsOfHours } from '../emptyings.ts';
import type { KpiDay } from './kpi-day.ts';
import { type PlannedDay, truckSumsOf } from './truck-sums.ts';
import { LOOK_AHEAD_MS, LOOK_BACK_MS, type ObservedBin, wardSumsOf } from './ward-sums.ts';

export type KpiPorts = {
  readonly registry: Pick<Registry, 'list'>;
  readonly readings: Pick<ReadingStore, 'buckets' | 'extents'>;
  readonly plans: Pick<PlanStore, 'list' | 'get'>;
  /** Absent where crews do not report. */
  readonly crewReports?: Pick<CrewReportStore, 'ofPlan'>;
};

const DAY_MS = 86_400_000;
/** Requests are listed by when they were made, at most a month before the day they are for, or a little after it. */
const PLANNED_AHEAD_MS = 33 * DAY_MS;
const PAGE = 100;

/** The newest plan of each service date. */
const plansBetween = async (
  { plans }: KpiPorts,
  { timeZone }: City,
  from: string,
  to: string,
): Promise<ReadonlyMap<string, Plan>> => {
  const found = new Map<string, Plan>();
  const oldest = instantOf(from, '00:00', timeZone) - PLANNED_AHEAD_MS;
  let cursor: string | undefined;
  do {
    const page = await plans.list({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    for (const { planId, status, serviceDate } of page.plans) {
      const wanted = status === 'planned' && serviceDate >= from && serviceDate <= to && !found.has(serviceDate);
      const plan = wanted ? await plans.get(planId) : undefined;
      if (plan !== undefined) found.set(serviceDate, plan);
    }
    const last = page.plans.at(-1);
    cursor = last !== undefined && last.requestedAt < oldest ? undefined : page.nextCursor;
  } while (cursor !== undefined);
  return found;
};

type Levels = ReadonlyMap<string, readonly Bucket[]>;

const levelsBetween = async (
  { readings }: KpiPorts,
  { timeZone }: City,
  sensors: readonly Sensor[],
  span: { readonly from: number; readonly to: number },
): Promise<Levels> => {
  if (sensors.length === 0) return new Map();
  const buckets = await readings.buckets({
    sensorIds: sensors.map(({ id }) => id),
    quantity: 'fillDistance',
    ...span,
    size: 'hour',
    utcOffsetMinutes: utcOffsetMinutes(timeZone, span.from),
    flags: countedFlags,
  });
  return Map.groupBy(buckets, ({ sensorId }) => sensorId);
};

/** When each sensor was heard first; one that never was is not there. */
const heardSinceOf = async (
  { readings }: KpiPorts,
  sensors: readonly Sensor[],
  to: number,
): Promise<ReadonlyMap<string, number>> => {
  if (sensors.length === 0) return new Map();
  const series = sensors.map(({ id }) => ({ sensorId: id, quantity: 'fillDistance' as const }));
  return new Map((await readings.extents({ series, from: 0, to })).map(({ sensorId, first }) => [sensorId, first]));
};

type Heard = { readonly levels: Levels; readonly heardSince: ReadonlyMap<string, number> };

const observedBins = (
  bins: readonly Bin[],
  sensorsOf: ReadonlyMap<string | undefined, readonly Sensor[]>,
  { levels, heardSince }: Heard,
  { from, to }: { readonly from: number; readonly to: number },
): readonly ObservedBin[] =>
  bins.map((bin) => ({
    bin,
    sensors: (sensorsOf.get(bin.id) ?? []).map((sensor) => ({
      sensor,
      heardSince: heardSince.get(sensor.id),
      hours: (levels.get(sensor.id) ?? []).filter(({ endsAt }) => endsAt > from && endsAt <= to),
    })),
  }));

/** When sensors saw bins emptied; a bin without any level is not there. */
const emptiedAtOf = (observed: readonly ObservedBin[]): ReadonlyMap<string, readonly number[]> =>
  new Map(
    observed.flatMap(({ bin, sensors }) => {
      const hours = sensors.flatMap((each) => (each.hours.length === 0 ? [] : [each.hours]));
      return hours.length === 0
        ? []
        : [
            [
              bin.id,
              hours.flatMap((each) => emptyingsOfHours(bin.container, each).map(({ before }) => before)),
            ] as const,
          ];
    }),
  );

/** Of a day whose routes are all still ahead nothing is known of trucks. */
const routesOf = (planned: PlannedDay): Pick<KpiDay, 'trucks' | 'routesAhead'> => {
  const trucks = truckSumsOf(planned);
  const routesAhead = planned.plan.routes.length - trucks.length;
  return { trucks: trucks.length === 0 && routesAhead > 0 ? null : [...trucks], routesAhead };
};

/** A day's plan may still be driven on the day after: a night shift's emptyings are looked for until then. */
const PLAN_SPAN_MS = 48 * 3_600_000;

/**
 * Works days out from readings, plans and crews' reports, `from` to `to` inclusive (city-local dates). Of a day that is not over, what
 * has come of it so far.
 * @throws StoreUnavailableError when a store cannot answer now.
 */
export const workOutDays = async (
  ports: KpiPorts,
  city: City,
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: number },
): Promise<readonly KpiDay[]> => {
  const { timeZone } = city;
  const begins = instantOf(from, '00:00', timeZone);
  const ends = instantOf(daysAfter(to, 1), '00:00', timeZone);
  const [bins, allSensors, vehicles, plans] = await Promise.all([
    ports.registry.list('bin'),
    ports.registry.list('sensor'),
    ports.registry.list('vehicle'),
    plansBetween(ports, city, from, to),
  ]);
  const sensors = allSensors.filter(({ kind, status, siteId }) => kind === 'bin' && status === 'active' && siteId);
  const until = ends + Math.max(LOOK_AHEAD_MS, PLAN_SPAN_MS - DAY_MS);
  const [levels, heardSince] = await Promise.all([
    levelsBetween(ports, city, sensors, { from: begins - LOOK_BACK_MS, to: until }),
    heardSinceOf(ports, sensors, until),
  ]);
  const sensorsOf = Map.groupBy(sensors, ({ siteId }) => siteId);
  const days: KpiDay[] = [];
  for (let date = from; date <= to; date = daysAfter(date, 1)) {
    const day = {
      from: instantOf(date, '00:00', timeZone),
      to: instantOf(daysAfter(date, 1), '00:00', timeZone),
    };
    const around = (before: number, to: number) =>
      observedBins(bins, sensorsOf, { levels, heardSince }, { from: day.from - before, to });
    const plan = plans.get(date);
    // Hours of the day that have not come yet are no hours without data.
    const over = { from: day.from, to: Math.min(day.to, Math.max(day.from, at)) };
    days.push({
      date,
      computedAt: at,
      wards: [...wardSumsOf(around(LOOK_BACK_MS, day.to + LOOK_AHEAD_MS), over)],
      ...(plan === undefined
        ? { trucks: null, routesAhead: 0 }
        : routesOf({
            plan,
            at,
            vehicles,
            reports: (await ports.crewReports?.ofPlan(plan.planId)) ?? [],
            emptiedAt: emptiedAtOf(around(0, day.from + PLAN_SPAN_MS)),
          })),
    });
  }
  return days;
};
