import { type LateNote, LOOKBACK_HOURS } from '../telemetry/late-data.ts';
import type { Period } from './calendar-periods.ts';
import { evaluateIndices } from './evaluate-indices.ts';
import { endedLongPeriods, evaluateLongPeriod } from './evaluate-long-periods.ts';
import { evaluateWindow } from './evaluate-window.ts';
import { type EvaluationContext, type EvaluationRequest, type Findings, loadContext, type Site } from './evaluation.ts';
import { lateTasks } from './late-tasks.ts';
import type { AveragingPeriod } from './limit.ts';
import { inWindows, type Window, wholeHour } from './periods.ts';
import { reconcile } from './reconcile.ts';

export type { EvaluationRequest } from './evaluation.ts';

const HOUR_MS = 3_600_000;
const DEFAULT_LOOKBACK_HOURS = 48;

/** Notes of late data that one run takes up; the next one goes on. Enough for two years of a station's files. */
const NOTES_PER_RUN = 1_000;

export type EvaluationSummary = {
  /** The range evaluated, whole city-local hours, UTC epoch milliseconds; late data may lie before it. */
  readonly from: number;
  readonly to: number;
  /** Air and water stations with at least one sensor. */
  readonly stations: number;
  /** Means compared with a limit, and means that were not for lack of data. */
  readonly evaluated: number;
  readonly invalid: number;
  /** Exceedances found, and among them those that are new or changed. */
  readonly exceedances: number;
  readonly written: number;
  /** Exceedances of earlier runs that the data no longer shows. */
  readonly withdrawn: number;
  /** Derived readings that are new or changed. */
  readonly derived: number;
  /** Days of sensors that were evaluated again because of data that came late. */
  readonly lateDays: number;
};

type Totals = Omit<EvaluationSummary, 'from' | 'to' | 'stations' | 'lateDays'>;
type Counts = { -readonly [K in keyof Totals]: Totals[K] };

const shortPeriods: ReadonlySet<AveragingPeriod> = new Set(['single', '1h', '8h', '24h']);

const tell = async (
  context: EvaluationContext,
  totals: Counts,
  {
    findings,
    sites,
    window,
    periods,
  }: {
    readonly findings: Findings;
    readonly sites: readonly Site[];
    readonly window: Window;
    readonly periods: ReadonlySet<AveragingPeriod>;
  },
): Promise<void> => {
  const { request } = context;
  const sensorIds = new Set(sites.map(({ sensor }) => sensor.id));
  const found = findings.exceedances;
  const { written, withdrawn } = await reconcile({ ...request, window, sensorIds, found, periods });
  await request.onJudged?.(findings.judged);
  totals.evaluated += findings.evaluated;
  totals.invalid += findings.invalid;
  totals.exceedances += found.length;
  totals.derived += findings.derived;
  totals.written += written;
  totals.withdrawn += withdrawn;
};

/** Evaluates a range at some sites, window by window, and then the months and years that its days belong to. */
const evaluateRange = async (
  context: EvaluationContext,
  totals: Counts,
  {
    sites,
    range,
    endedBy,
    hoursBeforeAreStored,
  }: {
    readonly sites: readonly Site[];
    readonly range: Window;
    /** Months and years that end later still run. */
    readonly endedBy: number;
    readonly hoursBeforeAreStored: boolean;
  },
): Promise<void> => {
  const days: Period[] = [];
  for (const window of inWindows(range)) {
    const outcome = await evaluateWindow(context, { sites, window, hoursBeforeAreStored });
    outcome.findings.derived += await evaluateIndices(context, window, outcome);
    days.push(...outcome.days);
    await tell(context, totals, { findings: outcome.findings, sites, window, periods: shortPeriods });
  }
  for (const unit of ['month', 'year'] as const) {
    for (const period of endedLongPeriods(unit, days, { timeZone: context.timeZone, endedBy })) {
      const findings = await evaluateLongPeriod(context, sites, unit, period);
      const window = { from: period.endsAt - 1, to: period.endsAt };
      await tell(context, totals, { findings, sites, window, periods: new Set([unit]) });
    }
  }
};

/** Evaluates again what late data may have changed; a note goes when that is done, and only if it was not made anew meanwhile. */
const evaluateLate = async (context: EvaluationContext, totals: Counts, to: number): Promise<number> => {
  const { lateData } = context.request;
  const notes = (await lateData?.list(NOTES_PER_RUN)) ?? [];
  const done = async (some: readonly LateNote[]): Promise<void> => lateData?.remove(some);
  const { tasks, pointless } = lateTasks(context, notes, to);
  for (const { sites, range, notes: own } of tasks) {
    await evaluateRange(context, totals, { sites, range, endedBy: to, hoursBeforeAreStored: false });
    await done(own);
  }
  await done(pointless);
  return notes.length;
};

type Plan = {
  readonly range: Window;
  readonly isHourlyRun: boolean;
  readonly hoursBeforeAreStored: boolean;
  /** The end of the last hour that this run or an earlier one has evaluated; what lies behind it is still to come. */
  readonly reached: number;
};

/** The whole hours that a run covers, none of them still running. */
const planOf = async ({ request, utcOffset }: EvaluationContext): Promise<Plan> => {
  const { at, range, lookbackHours, lateData } = request;
  const to = wholeHour(Math.min(at, range?.to ?? at), utcOffset);
  if (range !== undefined) {
    return {
      range: { from: wholeHour(range.from, utcOffset), to },
      isHourlyRun: false,
      hoursBeforeAreStored: false,
      reached: wholeHour(at, utcOffset),
    };
  }
  const evaluatedTo = lookbackHours === undefined ? await lateData?.evaluatedTo() : undefined;
  if (evaluatedTo === undefined) {
    const from = to - (lookbackHours ?? DEFAULT_LOOKBACK_HOURS) * HOUR_MS;
    return { range: { from, to }, isHourlyRun: lookbackHours === undefined, hoursBeforeAreStored: false, reached: to };
  }
  const from = Math.min(to, evaluatedTo) - LOOKBACK_HOURS * HOUR_MS;
  return { range: { from, to }, isHourlyRun: true, hoursBeforeAreStored: true, reached: Math.max(to, evaluatedTo) };
};

/**
 * Works out the means of every station, stores them as series of their own, compares them with the limits in force, records what exceeds
 * those and withdraws what late or corrected data proved wrong. Running it again over the same data changes nothing.
 * @throws StoreUnavailableError when the reading store cannot answer now; Error when the city is not in the registry.
 */
export const evaluateCity = async (request: EvaluationRequest): Promise<EvaluationSummary> => {
  const context = await loadContext(request);
  const { range, isHourlyRun, hoursBeforeAreStored, reached } = await planOf(context);
  const { sites } = context;
  const totals: Counts = { evaluated: 0, invalid: 0, exceedances: 0, written: 0, withdrawn: 0, derived: 0 };
  const lateDays = isHourlyRun ? await evaluateLate(context, totals, reached) : 0;
  await evaluateRange(context, totals, { sites, range, endedBy: reached, hoursBeforeAreStored });
  if (isHourlyRun) await request.lateData?.setEvaluatedTo(range.to);
  const stations = new Set(sites.map(({ station }) => station.id)).size;
  return { ...range, stations, ...totals, lateDays };
};
