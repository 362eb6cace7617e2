import { localDate, utcOffsetMinutes } from '../../city/calendar.ts';
import type { Bin, City, Sensor, Station, Vehicle } from '../../city/entities.ts';
import type { Registry } from '../../city/registry.ts';
import { countedFlags } from '../../environment/averaging.ts';
import type { Episode } from '../../environment/episodes/episode.ts';
import type { EpisodeStore } from '../../environment/episodes/episode-store.ts';
import type { PlanSummary } from '../../routing/plan.ts';
import type { PlanStore } from '../../routing/plan-store.ts';
import { daysAfter, windowInstants } from '../../routing/service-date.ts';
import type { SensorHealth, SensorHealthStore } from '../../telemetry/health/sensor-health.ts';
import type { LateDataStore } from '../../telemetry/late-data.ts';
import { isObservable, type Quantity, quantities } from '../../telemetry/quantity.ts';
import type { ReadingStore } from '../../telemetry/reading-store.ts';
import type { SensorState, SensorStateStore } from '../../telemetry/sensor-state.ts';
import { emptyingsOfHours } from '../../waste/emptyings.ts';
import { type FillState, fillStateOf } from '../../waste/fill-state.ts';
import { newestIndices, type StoredIndices } from '../newest-indices.ts';

export type IndicatorPorts = {
  readonly registry: Pick<Registry, 'list'>;
  readonly sensorStates: Pick<SensorStateStore, 'list'>;
  readonly sensorHealth: Pick<SensorHealthStore, 'list'>;
  readonly readings: Pick<ReadingStore, 'buckets' | 'counts' | 'edges'>;
  readonly episodes: Pick<EpisodeStore, 'live'>;
  readonly plans: Pick<PlanStore, 'list'>;
  readonly lateData: Pick<LateDataStore, 'evaluatedTo'>;
};

export type BinNow = {
  readonly bin: Bin;
  readonly fill: FillState;
  /** Emptyings of the last 24 hours; `undefined` where no level of them is known. */
  readonly collections: number | undefined;
};
export type StationNow = {
  readonly station: Station;
  readonly indices: StoredIndices;
  readonly lastReceivedAt: number | undefined;
};
export type SensorNow = {
  readonly sensor: Sensor;
  readonly state: SensorState | undefined;
  readonly health: SensorHealth | undefined;
  /** Readings of the last 24 hours, of all its quantities: those that should have come and those that did. */
  readonly expected: number;
  readonly received: number;
};
export type TonightsPlan = Extract<PlanSummary, { readonly status: 'planned' }>;

/** All that the figures of an area are worked out from, as known at one instant (UTC epoch milliseconds). */
export type Snapshot = {
  readonly at: number;
  readonly bins: readonly BinNow[];
  readonly stations: readonly StationNow[];
  readonly sensors: readonly SensorNow[];
  readonly episodes: readonly Episode[];
  /** The end of the last hour that was compared with limits; `undefined` before the first. */
  readonly evaluatedTo: number | undefined;
  /** Of the city; `withheld` for a part of it. */
  readonly plan: TonightsPlan | undefined | 'withheld';
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An emptying is told from the hours around it (`emptyingsOfHours`). */
const MARGIN_MS = 3 * HOUR_MS;
/** Plans of one night: the scheduled one, and those that dispatchers asked for after it. */
const PLANS_READ = 50;

/** The service date whose shifts run now, or begin next. */
const tonightOf = (vehicles: readonly Pick<Vehicle, 'status' | 'shift'>[], timeZone: string, at: number): string => {
  const today = localDate(timeZone, at);
  const isUnderWay = (date: string): boolean =>
    vehicles.some(({ status, shift }) => status === 'available' && windowInstants(date, shift, timeZone)[1] > at);
  const yesterday = daysAfter(today, -1);
  return [yesterday, today].find(isUnderWay) ?? daysAfter(today, 1);
};

const tonightsPlan = async ({ registry, plans }: IndicatorPorts, { timeZone }: City, at: number) => {
  const [vehicles, { plans: newest }] = await Promise.all([
    registry.list('vehicle'),
    plans.list({ limit: PLANS_READ }),
  ]);
  const tonight = tonightOf(vehicles, timeZone, at);
  return newest.find((plan): plan is TonightsPlan => plan.status === 'planned' && plan.serviceDate === tonight);
};

/** Emptyings of the last 24 hours by bin; a bin without a level in them is not there. */
const collectionsOf = async (
  { readings }: IndicatorPorts,
  { timeZone }: City,
  bins: readonly Bin[],
  sensors: readonly Sensor[],
  at: number,
): Promise<ReadonlyMap<string, number>> => {
  const binOf = new Map(bins.map((bin) => [bin.id, bin]));
  const observing = sensors.filter(({ siteId = '' }) => binOf.has(siteId));
  if (observing.length === 0) return new Map();
  const buckets = await readings.buckets({
    sensorIds: observing.map(({ id }) => id),
    quantity: 'fillDistance',
    from: at - DAY_MS - MARGIN_MS,
    to: at,
    size: 'hour',
    utcOffsetMinutes: utcOffsetMinutes(timeZone, at),
    flags: countedFlags,
  });
  const bySensor = Map.groupBy(buckets, ({ sensorId }) => sensorId);
  const found = new Map<string, number>();
  for (const { id, siteId = '' } of observing) {
    const [bin, own = []] = [binOf.get(siteId), bySensor.get(id)];
    if (bin === undefined || !own.some(({ endsAt }) => endsAt > at - DAY_MS)) continue;
    const count = emptyingsOfHours(bin.container, own).filter(({ before }) => before > at - DAY_MS).length;
    // Of several sensors in one bin, the one that saw most.
    found.set(siteId, Math.max(count, found.get(siteId) ?? 0));
  }
  return found;
};

/** What a sensor ever told of its place, without what it says of itself. */
const measuredBy = ({ kind }: Sensor, state: SensorState | undefined): readonly Quantity[] =>
  Object.values(state?.latest ?? {})
    .map(({ quantity }) => quantity)
    .filter((quantity) => isObservable(quantity) && quantities[quantity].kind === kind);

const arrivals = async (
  { readings }: IndicatorPorts,
  sensors: readonly Sensor[],
  stateOf: ReadonlyMap<string, SensorState>,
  at: number,
): Promise<ReadonlyMap<string, { readonly expected: number; readonly received: number }>> => {
  const series = sensors.flatMap((sensor) =>
    measuredBy(sensor, stateOf.get(sensor.id)).map((quantity) => ({ sensorId: sensor.id, quantity })),
  );
  const counts = series.length === 0 ? [] : await readings.counts({ series, from: at - DAY_MS, to: at });
  const bySensor = Map.groupBy(counts, ({ sensorId }) => sensorId);
  return new Map(
    sensors.map((sensor) => {
      const perSeries = Math.max(1, Math.floor(86_400 / sensor.intervalSeconds));
      const own = bySensor.get(sensor.id) ?? [];
      const measured = measuredBy(sensor, stateOf.get(sensor.id)).length;
      return [
        sensor.id,
        {
          // One that never told anything owes one series at least.
          expected: perSeries * Math.max(1, measured),
          // More than expected of one series does not make up for another.
          received: own.reduce((sum, { count }) => sum + Math.min(count, perSeries), 0),
        },
      ];
    }),
  );
};

/** An hourly index, computable or not, is made by the run that compares its hour with the limits, also where that was asked for by hand. */
const judgedTo = (evaluatedTo: number | undefined, indices: readonly StoredIndices[]): number | undefined => {
  const ends = [evaluatedTo, ...indices.map(({ vnAqi1h }) => vnAqi1h?.measuredAt)].filter((end) => end !== undefined);
  return ends.length === 0 ? undefined : Math.max(...ends);
};

/**
 * Reads what the figures are worked out from, the whole city at once. Sensors that lie in the workshop or are retired are no part of it.
 * @throws StoreUnavailableError
 */
export const takeSnapshot = async (ports: IndicatorPorts, city: City, at: number): Promise<Snapshot> => {
  const { registry } = ports;
  const [bins, stations, allSensors, states, health, episodes, evaluatedTo, plan] = await Promise.all([
    registry.list('bin'),
    registry.list('station'),
    registry.list('sensor'),
    ports.sensorStates.list(),
    ports.sensorHealth.list(),
    ports.episodes.live(),
    ports.lateData.evaluatedTo(),
    tonightsPlan(ports, city, at),
  ]);
  const siteIds = new Set([...bins, ...stations].map(({ id }) => id));
  const sensors = allSensors.filter(
    ({ status, siteId }) => status === 'active' && siteId !== undefined && siteIds.has(siteId),
  );
  const stateOf = new Map(states.map((state) => [state.sensorId, state]));
  const healthOf = new Map(health.map((each) => [each.sensorId, each]));
  const [indices, collections, arrived] = await Promise.all([
    newestIndices(ports.readings, stations, at),
    collectionsOf(ports, city, bins, sensors, at),
    arrivals(ports, sensors, stateOf, at),
  ]);
  const sensorsAt = Map.groupBy(sensors, ({ siteId }) => siteId);
  const statesAt = (siteId: string): readonly SensorState[] =>
    (sensorsAt.get(siteId) ?? []).flatMap(({ id }) => stateOf.get(id) ?? []);
  return {
    at,
    bins: bins.map((bin) => ({
      bin,
      fill: fillStateOf(bin, statesAt(bin.id), at),
      collections: collections.get(bin.id),
    })),
    stations: stations.map((station) => {
      const heard = statesAt(station.id).map(({ lastReceivedAt }) => lastReceivedAt);
      return {
        station,
        indices: indices.get(station.id) ?? {},
        lastReceivedAt: heard.length === 0 ? undefined : Math.max(...heard),
      };
    }),
    sensors: sensors.map((sensor) => ({
      sensor,
      state: stateOf.get(sensor.id),
      health: healthOf.get(sensor.id),
      ...(arrived.get(sensor.id) ?? { expected: 0, received: 0 }),
    })),
    episodes,
    evaluatedTo: judgedTo(evaluatedTo, [...indices.values()]),
    plan,
  };
};

/** The part of a snapshot that lies in each ward, by the wards' names; what lies in none is in the whole city only. */
export const byWard = (snapshot: Snapshot): ReadonlyMap<string, Snapshot> => {
  const places = [...snapshot.bins.map(({ bin }) => bin), ...snapshot.stations.map(({ station }) => station)];
  const wardOf = new Map(places.map(({ id, ward }) => [id, ward]));
  const wards = [...new Set(places.flatMap(({ ward }) => ward ?? []))].sort((a, b) => a.localeCompare(b, 'vi'));
  return new Map(
    wards.map((ward) => {
      const isHere = (siteId: string | undefined): boolean => siteId !== undefined && wardOf.get(siteId) === ward;
      return [
        ward,
        {
          at: snapshot.at,
          bins: snapshot.bins.filter(({ bin }) => isHere(bin.id)),
          stations: snapshot.stations.filter(({ station }) => isHere(station.id)),
          sensors: snapshot.sensors.filter(({ sensor }) => isHere(sensor.siteId)),
          episodes: snapshot.episodes.filter(({ stationId }) => isHere(stationId)),
          evaluatedTo: snapshot.evaluatedTo,
          plan: 'withheld' as const,
        },
      ];
    }),
  );
};
