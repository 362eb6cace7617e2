import { localDate, utcOffsetMinutes } from '../city/calendar.ts';
import type { Sensor, Station } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { type Quantity, quantities } from '../telemetry/quantity.ts';
import type { Bucket, ReadingStore } from '../telemetry/reading-store.ts';
import { countedFlags, dailyMean, hourlyMean, type Mean } from './averaging.ts';
import type { Exceedance, ExceedanceStore } from './exceedance.ts';
import type { JudgedPeriod } from './judged-period.ts';
import { type AveragingPeriod, breaks, type Limit, limitsInForce } from './limit.ts';
import { type Day, daysEndingIn, inWindows, type Window, wholeHour } from './periods.ts';
import { reconcile } from './reconcile.ts';
import { qcvn05Limits } from './standards/qcvn-05-2023.ts';

const HOUR_MS = 3_600_000;
const DEFAULT_LOOKBACK_HOURS = 48;

export type EvaluationRequest = {
  /** The instant of the run, UTC epoch milliseconds; periods that end later are not evaluated. */
  readonly at: number;
  readonly cityId: string;
  readonly registry: Pick<Registry, 'get' | 'list'>;
  readonly readings: Pick<ReadingStore, 'buckets' | 'series'>;
  readonly exceedances: ExceedanceStore;
  /** How far back periods are evaluated again, so that late data counts; 48 when absent. */
  readonly lookbackHours?: number;
  /** Periods that end in `from` < t ≤ `to` instead of the look-back, UTC epoch milliseconds. */
  readonly range?: { readonly from: number; readonly to?: number };
  /** Told of every period that was judged, window by window, oldest first, after the window's exceedances are recorded. */
  readonly onJudged?: (judged: readonly JudgedPeriod[]) => Promise<void>;
};

export type EvaluationSummary = {
  /** The range evaluated, whole city-local hours, UTC epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Air stations with at least one sensor. */
  readonly stations: number;
  /** Means compared with a limit, and means that were not for lack of data. */
  readonly evaluated: number;
  readonly invalid: number;
  /** Exceedances found, and among them those that are new or changed. */
  readonly exceedances: number;
  readonly written: number;
  /** Exceedances of earlier runs that the data no longer shows. */
  readonly withdrawn: number;
};

type Site = { readonly sensor: Sensor; readonly station: Station };

type Context = {
  readonly request: EvaluationRequest;
  readonly timeZone: string;
  readonly utcOffset: number;
  readonly sites: readonly Site[];
};

type Findings = {
  readonly exceedances: Exceedance[];
  readonly judged: JudgedPeriod[];
  evaluated: number;
  invalid: number;
};

const loadContext = async (request: EvaluationRequest): Promise<Context> => {
  const city = await request.registry.get('city', request.cityId);
  if (city === undefined) throw new Error(`City ${request.cityId} is not in the registry`);
  const [sensors, stations] = await Promise.all([request.registry.list('sensor'), request.registry.list('station')]);
  const airStations = new Map(stations.filter(({ kind }) => kind === 'air').map((station) => [station.id, station]));
  const sites = sensors.flatMap((sensor) => {
    const station = sensor.siteId === undefined ? undefined : airStations.get(sensor.siteId);
    return station === undefined ? [] : [{ sensor, station }];
  });
  return { request, timeZone: city.timeZone, utcOffset: utcOffsetMinutes(city.timeZone, request.at), sites };
};

/** The whole hours of the request, none of them still running. */
const rangeOf = ({ request, utcOffset }: Context): Window => {
  const { at, range, lookbackHours = DEFAULT_LOOKBACK_HOURS } = request;
  const to = wholeHour(Math.min(at, range?.to ?? at), utcOffset);
  return { from: range === undefined ? to - lookbackHours * HOUR_MS : wholeHour(range.from, utcOffset), to };
};

const compare = (context: Context, { sensor, station }: Site, mean: Mean, limit: Limit): Exceedance | undefined => {
  if (!breaks(mean.value, limit)) return undefined;
  const { limitId, quantity } = limit;
  return {
    exceedanceId: [station.id, sensor.id, quantity, limitId, mean.endsAt].join('~'),
    stationId: station.id,
    stationName: station.name,
    sensorId: sensor.id,
    quantity,
    limitId,
    standard: limit.standard,
    averagingPeriod: limit.averagingPeriod,
    periodStartsAt: mean.startsAt,
    periodEndsAt: mean.endsAt,
    value: mean.value,
    limit: limit.value,
    bound: limit.bound,
    unit: quantities[quantity].unit,
    observed: mean.observed,
    expected: mean.expected,
    completeness: mean.completeness,
    evaluatedAt: context.request.at,
  };
};

/** Judges one mean, or the lack of one, over a period by the limits that held on the day in which it lies. */
const judge = (
  context: Context,
  findings: Findings,
  {
    site,
    quantity,
    averagingPeriod,
    period,
    mean,
  }: {
    readonly site: Site;
    readonly quantity: Quantity;
    readonly averagingPeriod: AveragingPeriod;
    readonly period: Day;
    readonly mean: Mean | undefined;
  },
): void => {
  const date = localDate(context.timeZone, period.startsAt);
  for (const limit of limitsInForce(qcvn05Limits, { quantity, averagingPeriod, date })) {
    const { sensor, station } = site;
    findings.judged.push({ stationId: station.id, sensorId: sensor.id, limit, ...period, ...(mean && { mean }) });
    if (mean === undefined || !mean.isValid) {
      findings.invalid += 1;
      continue;
    }
    findings.evaluated += 1;
    const exceedance = compare(context, site, mean, limit);
    if (exceedance !== undefined) findings.exceedances.push(exceedance);
  }
};

/** All periods of one series in the window. A sensor without any reading of the quantity does not measure it. */
const judgeSeries = (
  context: Context,
  findings: Findings,
  {
    window,
    days,
    site,
    quantity,
    buckets,
  }: {
    readonly window: Window;
    readonly days: readonly Day[];
    readonly site: Site;
    readonly quantity: Quantity;
    readonly buckets: readonly Bucket[];
  },
): void => {
  const { intervalSeconds } = site.sensor;
  const hours = buckets.map((bucket) => hourlyMean(bucket, intervalSeconds));
  const meanByEnd = new Map(hours.map((hour) => [hour.endsAt, hour]));
  for (let endsAt = window.from + HOUR_MS; endsAt <= window.to; endsAt += HOUR_MS) {
    const period = { startsAt: endsAt - HOUR_MS, endsAt };
    judge(context, findings, { site, quantity, averagingPeriod: '1h', period, mean: meanByEnd.get(endsAt) });
  }
  for (const day of days) {
    const mean = dailyMean(hours, day, intervalSeconds);
    judge(context, findings, { site, quantity, averagingPeriod: '24h', period: day, mean });
  }
};

const limitedQuantities: readonly Quantity[] = [...new Set(qcvn05Limits.map(({ quantity }) => quantity))];

const evaluateWindow = async (context: Context, window: Window): Promise<Findings> => {
  const findings: Findings = { exceedances: [], judged: [], evaluated: 0, invalid: 0 };
  const days = daysEndingIn(window, context.timeZone);
  for (const quantity of limitedQuantities) {
    const buckets = await context.request.readings.buckets({
      sensorIds: context.sites.map(({ sensor }) => sensor.id),
      quantity,
      // A day that ends in the window may have begun before it.
      from: Math.min(window.from, days[0]?.startsAt ?? window.from),
      to: window.to,
      size: 'hour',
      utcOffsetMinutes: context.utcOffset,
      flags: countedFlags,
    });
    const bySensor = Map.groupBy(buckets, ({ sensorId }) => sensorId);
    for (const site of context.sites) {
      const own = bySensor.get(site.sensor.id);
      if (own !== undefined) judgeSeries(context, findings, { window, days, site, quantity, buckets: own });
    }
  }
  return findings;
};

/**
 * Compares the hourly and daily means of every air station with the limits in force, records what exceeds them and withdraws
 * what late or corrected data proved wrong. Running it again over the same data changes nothing.
 * @throws StoreUnavailableError when the reading store cannot answer now; Error when the city is not in the registry.
 */
export const evaluateCity = async (request: EvaluationRequest): Promise<EvaluationSummary> => {
  const context = await loadContext(request);
  const range = rangeOf(context);
  const stations = new Set(context.sites.map(({ station }) => station.id)).size;
  const totals = { evaluated: 0, invalid: 0, exceedances: 0, written: 0, withdrawn: 0 };
  const sensorIds = new Set(context.sites.map(({ sensor }) => sensor.id));
  for (const window of inWindows(range)) {
    const { exceedances, judged, evaluated, invalid } = await evaluateWindow(context, window);
    const { written, withdrawn } = await reconcile({ ...request, window, sensorIds, found: exceedances });
    await request.onJudged?.(judged);
    totals.evaluated += evaluated;
    totals.invalid += invalid;
    totals.exceedances += exceedances.length;
    totals.written += written;
    totals.withdrawn += withdrawn;
  }
  return { ...range, stations, ...totals };
};
