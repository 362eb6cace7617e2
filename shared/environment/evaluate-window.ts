import { type AveragedQuantity, averagedQuantities, meanQuantityOf } from '../telemetry/derived-quantities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import type { Reading } from '../telemetry/reading.ts';
import type { Bucket } from '../telemetry/reading-store.ts';
import { countedFlags, type Mean, meanAt } from './averaging.ts';
import { type Period, periodsEndingIn } from './calendar-periods.ts';
import { type KnownValues, knownValues, meanReadings, storeDerived, storedHours } from './derived-series.ts';
import { type EvaluationContext, type Findings, noFindings, type Site } from './evaluation.ts';
import { judge, limitsAt } from './judge.ts';
import type { Limit } from './limit.ts';
import { expectedPerHour, type HourGrid, hourlyMeansOf, type MeanSeries, meansOfHours, rollingMeans } from './means.ts';
import type { Window } from './periods.ts';

const HOUR_MS = 3_600_000;

/** The US AQI of an hour takes SO2 of 24 hours, NowCast of 12; a mean of 8 hours goes back seven. */
const HOURS_BEFORE = 23;
const EVENING_HOURS = 7;

/** One window of periods to evaluate at some sites. */
export type WindowTask = {
  readonly sites: readonly Site[];
  readonly window: Window;
  /** Take hours before the window as they are stored, instead of averaging their readings once more. */
  readonly hoursBeforeAreStored: boolean;
};

/** Hourly means of one quantity of one sensor, from some hours before the window to its end. */
export type SeriesHours = {
  readonly site: Site;
  readonly quantity: Quantity;
  readonly hours: MeanSeries;
  /** The 8-hour means that end with the same hours. */
  readonly eightHours: MeanSeries;
};

export type WindowOutcome = {
  readonly findings: Findings;
  readonly days: readonly Period[];
  /** Of what is averaged. */
  readonly series: readonly SeriesHours[];
};

type Frame = WindowTask & { readonly grid: HourGrid; readonly days: readonly Period[] };

/** The window with the hours before it that its means and indices go back to. */
const frameOf = (context: EvaluationContext, task: WindowTask): Frame => {
  const { from, to } = task.window;
  const { days } = periodsEndingIn(from, to, context.timeZone);
  const start = Math.min(from - HOURS_BEFORE * HOUR_MS, (days[0]?.startsAt ?? from) - EVENING_HOURS * HOUR_MS);
  const hours = Math.ceil((to - start) / HOUR_MS);
  return { ...task, days, grid: { firstEndsAt: to - (hours - 1) * HOUR_MS, length: hours } };
};

const isAveraged = (quantity: Quantity): quantity is AveragedQuantity & Quantity =>
  (averagedQuantities as readonly Quantity[]).includes(quantity);

/** Hour buckets of raw readings by sensor: of the window, and of the hours before it unless those are stored. */
const rawHours = async (
  { request, utcOffset }: EvaluationContext,
  { grid, window, hoursBeforeAreStored }: Frame,
  quantity: Quantity,
  sensorIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Bucket[]>> => {
  const buckets = await request.readings.buckets({
    sensorIds,
    quantity,
    from: hoursBeforeAreStored ? window.from : grid.firstEndsAt - HOUR_MS,
    to: window.to,
    size: 'hour',
    utcOffsetMinutes: utcOffset,
    flags: countedFlags,
  });
  return Map.groupBy(buckets, ({ sensorId }) => sensorId);
};

/** Hours from raw buckets, before them those that are stored. */
const hoursOf = (
  context: EvaluationContext,
  frame: Frame,
  site: Site,
  raw: readonly Bucket[],
  stored: ReadonlyMap<number, number> | undefined,
): MeanSeries => {
  const expected = expectedPerHour(site.sensor.intervalSeconds);
  if (!frame.hoursBeforeAreStored || stored === undefined)
    return hourlyMeansOf(frame.grid, raw, expected, context.policy);
  const before = storedHours(stored, frame.window.from, expected);
  return hourlyMeansOf(frame.grid, [...before, ...raw], expected, context.policy);
};

/** Judges all means of one kind that end in the window. */
const judgeMeans = (
  context: EvaluationContext,
  findings: Findings,
  { site, limits, means, window }: { site: Site; limits: readonly Limit[]; means: MeanSeries; window: Window },
): void => {
  const [first] = limits;
  if (first === undefined) return;
  for (let index = 0; index < means.length; index += 1) {
    const period = { startsAt: means.startsAt[index] as number, endsAt: means.endsAt[index] as number };
    if (period.endsAt <= window.from || period.endsAt > window.to) continue;
    const mean = meanAt(means, index);
    for (const limit of limitsAt(context, limits, first.averagingPeriod, period.startsAt)) {
      judge(context, findings, { site, limit, period, mean });
    }
  }
};

/**
 * Single values: of every hour with readings the greatest (or least) of those that count, which broke the limit when any did. An hour
 * without readings says nothing, for many such values are samples of a laboratory.
 */
const judgeSingleValues = (
  context: EvaluationContext,
  findings: Findings,
  { site, limits, raw, window }: { site: Site; limits: readonly Limit[]; raw: readonly Bucket[]; window: Window },
): void => {
  if (limits.length === 0) return;
  for (const { endsAt, count, min, max } of raw) {
    if (endsAt <= window.from) continue;
    const period = { startsAt: endsAt - HOUR_MS, endsAt };
    const common: Omit<Mean, 'value'> = { ...period, observed: count, expected: count, completeness: 1, isValid: true };
    for (const limit of limitsAt(context, limits, 'single', period.startsAt)) {
      judge(context, findings, { site, limit, period, mean: { ...common, value: limit.bound === 'max' ? max : min } });
    }
  }
};

const ofPeriod = (limits: readonly Limit[], averagingPeriod: Limit['averagingPeriod']): readonly Limit[] =>
  limits.filter((limit) => limit.averagingPeriod === averagingPeriod);

/** What the store has of the three series of means in the frame's hours. */
const storedMeans = async (
  context: EvaluationContext,
  { grid, window, days }: Frame,
  quantity: Quantity,
  sensorIds: readonly string[],
): Promise<Readonly<Record<'1h' | '8h' | '24h', KnownValues>>> => {
  const of = async (period: '1h' | '8h' | '24h', from: number): Promise<KnownValues> => {
    const name = meanQuantityOf(quantity, period);
    return name === undefined
      ? new Map()
      : knownValues(
          { readings: context.request.readings, utcOffset: context.utcOffset },
          { quantity: name, sensorIds, from, to: window.to },
        );
  };
  const { from } = window;
  return {
    '1h': await of('1h', grid.firstEndsAt - HOUR_MS),
    '8h': await of('8h', from),
    '24h': days.length === 0 ? new Map() : await of('24h', from),
  };
};

/** One quantity at all sites that measure it: its means are judged and stored, its hours handed back. */
const evaluateQuantity = async (
  context: EvaluationContext,
  findings: Findings,
  frame: Frame,
  quantity: Quantity,
): Promise<readonly SeriesHours[]> => {
  const { window, days } = frame;
  const sites = frame.sites.filter(({ measures }) => measures.has(quantity));
  const sensorIds = sites.map(({ sensor }) => sensor.id);
  const raw = await rawHours(context, frame, quantity, sensorIds);
  const known = await storedMeans(context, frame, quantity, sensorIds);
  const readings: Reading[] = [];
  const series: SeriesHours[] = [];
  for (const site of sites) {
    const { id: sensorId } = site.sensor;
    const buckets = raw.get(sensorId) ?? [];
    const stored = known['1h'].get(sensorId);
    // A sensor without any reading of the quantity does not measure it.
    if (buckets.length === 0 && stored === undefined) continue;
    const limits = context.limitsOf(site.station, quantity);
    judgeSingleValues(context, findings, { site, limits: ofPeriod(limits, 'single'), raw: buckets, window });
    const hours = hoursOf(context, frame, site, buckets, stored);
    const means = {
      '1h': hours,
      '8h': rollingMeans(hours, context.policy),
      '24h': meansOfHours(hours, days, context.policy.day),
    };
    for (const period of ['1h', '8h', '24h'] as const) {
      judgeMeans(context, findings, { site, limits: ofPeriod(limits, period), means: means[period], window });
      const own = { sensorId, quantity, period, ...window, now: context.now, known: known[period].get(sensorId) };
      readings.push(...meanReadings(means[period], own));
    }
    if (isAveraged(quantity)) series.push({ site, quantity, hours, eightHours: means['8h'] });
  }
  findings.derived += await storeDerived(context.request.readings, readings);
  return series;
};

/** Whether there is anything to do about a quantity at a site. */
const isEvaluated = (context: EvaluationContext, { station }: Site, quantity: Quantity): boolean =>
  isAveraged(quantity) || context.limitsOf(station, quantity).length > 0;

/** Evaluates a window: the means that end in it are judged, and stored where they are new or changed. */
export const evaluateWindow = async (context: EvaluationContext, task: WindowTask): Promise<WindowOutcome> => {
  const frame = frameOf(context, task);
  const findings = noFindings();
  const quantities = new Set<Quantity>();
  for (const site of task.sites) {
    for (const quantity of site.measures) if (isEvaluated(context, site, quantity)) quantities.add(quantity);
  }
  const series: SeriesHours[] = [];
  for (const quantity of quantities) series.push(...(await evaluateQuantity(context, findings, frame, quantity)));
  return { findings, days: frame.days, series };
};
