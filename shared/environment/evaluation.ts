import { localDate, utcOffsetMinutes } from '../city/calendar.ts';
import type { Sensor, Station } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { averagedQuantities, isDerived } from '../telemetry/derived-quantities.ts';
import type { LateDataStore } from '../telemetry/late-data.ts';
import { type Quantity, quantities } from '../telemetry/quantity.ts';
import type { ReadingStore } from '../telemetry/reading-store.ts';
import type { SensorStateStore } from '../telemetry/sensor-state.ts';
import { type AveragingPolicy, defaultAveragingPolicy } from './averaging-policy.ts';
import type { Exceedance, ExceedanceStore } from './exceedance.ts';
import type { JudgedPeriod } from './judged-period.ts';
import type { Limit } from './limit.ts';
import { limitsFor } from './limits-for.ts';

export type EvaluationRequest = {
  /** The instant of the run, UTC epoch milliseconds; periods that end later are not evaluated. */
  readonly at: number;
  readonly cityId: string;
  readonly registry: Pick<Registry, 'get' | 'list'>;
  readonly readings: ReadingStore;
  readonly exceedances: ExceedanceStore;
  /** What each sensor measures; without it every sensor is asked for everything that its kind could measure. */
  readonly sensorStates?: Pick<SensorStateStore, 'get'>;
  /** Late data and how far the hourly run has come. With it a run looks at what may have changed; without, at the look-back. */
  readonly lateData?: Omit<LateDataStore, 'note'>;
  /** The limits that a station is judged by; those of the standards it names (`limitsFor`) when absent. */
  readonly limitsFor?: (station: Station) => readonly Limit[];
  /** How far back periods are evaluated again where `lateData` does not tell; 48 when absent. */
  readonly lookbackHours?: number;
  /** Periods that end in `from` < t ≤ `to` instead of the look-back, UTC epoch milliseconds. */
  readonly range?: { readonly from: number; readonly to?: number };
  /** Told of every period that was judged, window by window, oldest first, after the window's exceedances are recorded. */
  readonly onJudged?: (judged: readonly JudgedPeriod[]) => Promise<void>;
  /** The instant that derived readings are stamped with as `receivedAt`; `at` when absent. */
  readonly clock?: () => number;
};

/** A sensor at the station it observes. */
export type Site = { readonly sensor: Sensor; readonly station: Station; readonly measures: ReadonlySet<Quantity> };

/** What one run works with. */
export type EvaluationContext = {
  readonly request: EvaluationRequest;
  readonly timeZone: string;
  readonly utcOffset: number;
  readonly policy: AveragingPolicy;
  readonly sites: readonly Site[];
  /** A station's limits by quantity. */
  readonly limitsOf: (station: Station, quantity: Quantity) => readonly Limit[];
  /** The city-local date of an instant, remembered: a window asks for few dates, thousands of times. */
  readonly dateOf: (at: number) => string;
  readonly now: number;
};

/** What evaluating some periods found. */
export type Findings = {
  readonly exceedances: Exceedance[];
  readonly judged: JudgedPeriod[];
  evaluated: number;
  invalid: number;
  /** Derived readings that are new or changed. */
  derived: number;
};

export const noFindings = (): Findings => ({ exceedances: [], judged: [], evaluated: 0, invalid: 0, derived: 0 });

const remembered = <K, V>(work: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = work(key);
    known.set(key, value);
    return value;
  };
};

/** Everything that a sensor of its kind could measure and that is averaged, or limited at its station. */
const couldMeasure = ({ kind }: Sensor, limited: ReadonlyMap<Quantity, unknown>): ReadonlySet<Quantity> =>
  new Set(
    [...averagedQuantities, ...limited.keys()].filter((name) => !isDerived(name) && quantities[name].kind === kind),
  );

/** Everything that the registry and the sensors' states say for a run. @throws Error when the city is not in the registry. */
export const loadContext = async (request: EvaluationRequest): Promise<EvaluationContext> => {
  const city = await request.registry.get('city', request.cityId);
  if (city === undefined) throw new Error(`City ${request.cityId} is not in the registry`);
  const [sensors, stations] = await Promise.all([request.registry.list('sensor'), request.registry.list('station')]);
  const stationById = new Map(stations.map((station) => [station.id, station]));
  const placed = sensors.flatMap((sensor) => {
    const station = sensor.siteId === undefined ? undefined : stationById.get(sensor.siteId);
    return station === undefined ? [] : [{ sensor, station }];
  });
  const chosen = request.limitsFor ?? limitsFor;
  const limits = remembered((station: Station) => Map.groupBy(chosen(station), ({ quantity }) => quantity));
  const states = (await request.sensorStates?.get(placed.map(({ sensor }) => sensor.id))) ?? [];
  const heard = new Map(states.map(({ sensorId, latest }) => [sensorId, new Set(Object.keys(latest) as Quantity[])]));
  const sites = placed.map(({ sensor, station }) => {
    return { sensor, station, measures: heard.get(sensor.id) ?? couldMeasure(sensor, limits(station)) };
  });
  return {
    request,
    timeZone: city.timeZone,
    utcOffset: utcOffsetMinutes(city.timeZone, request.at),
    policy: city.averaging ?? defaultAveragingPolicy,
    sites,
    limitsOf: (station, quantity) => limits(station).get(quantity) ?? [],
    dateOf: remembered((at: number) => localDate(city.timeZone, at)),
    now: request.clock?.() ?? request.at,
  };
};
