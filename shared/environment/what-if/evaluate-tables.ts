import { utcOffsetMinutes } from '../../city/calendar.ts';
import { type Quantity, quantities } from '../../telemetry/quantity.ts';
import { type AveragingPolicy, defaultAveragingPolicy } from '../averaging-policy.ts';
import type { Limit } from '../limit.ts';
import { allMeans, expectedPerHour, hourlyMeans, type MeanPeriod, type MeanSeries } from '../means.ts';
import { caveatsOf, partAboveWhole, usualInterval } from './caveats.ts';
import { indicesOf } from './index-counts.ts';
import { type Judgeable, judgeLimit } from './judge-limit.ts';
import type { Coverage, JudgedLimit, QuantityReport, StationReport, WhatIfReport } from './report.ts';
import { type ScreenedColumn, screenTable } from './screen-table.ts';
import type { StationTable } from './station-table.ts';
import { forceOf, type TimeLine, timeLines } from './time-line.ts';

export type WhatIfRequest = {
  readonly tables: readonly StationTable[];
  /** IANA name: whose days and hours are judged. */
  readonly timeZone: string;
  /** Of every class wanted, whatever their time in force: what a value would have meant is the question. */
  readonly limits: readonly Limit[];
  /** Also limits that nobody has checked against a source. */
  readonly withUnverified?: boolean;
  /** Seconds between rows; the most usual one of each station when absent. */
  readonly intervalSeconds?: number;
  /** Exact zeros count as missing: what if they are what a broken instrument says? */
  readonly zerosMissing?: boolean;
  readonly policy?: AveragingPolicy;
};

type Means = Readonly<Record<MeanPeriod, MeanSeries>>;

type Context = Required<Pick<WhatIfRequest, 'policy'>> & {
  readonly limits: ReadonlyMap<Quantity, readonly Limit[]>;
  readonly timeLineOf: ReturnType<typeof timeLines>;
  readonly force: ReturnType<typeof forceOf>;
  readonly request: WhatIfRequest;
};

/** Quantities that hold another one. */
const wholes: readonly (readonly [part: Quantity, whole: Quantity])[] = [
  ['pm25', 'pm10'],
  ['pm25', 'tsp'],
  ['pm10', 'tsp'],
];

const coverageOf = ({ length, observed, isValid }: MeanSeries): Coverage => {
  let [withData, valid] = [0, 0];
  for (let index = 0; index < length; index += 1) {
    if ((observed[index] as number) > 0) withData += 1;
    valid += isValid[index] as number;
  }
  return { expected: length, withData, valid };
};

/** Every value that counts as a period of its own, for limits of single values. */
const singles = (measuredAt: Float64Array, counted: Float64Array): Judgeable => ({
  length: counted.length,
  startsAt: measuredAt,
  endsAt: measuredAt,
  values: counted,
  isValid: Uint8Array.from(counted, (value) => (Number.isNaN(value) ? 0 : 1)),
});

const withoutZeros = (table: StationTable): StationTable => ({
  ...table,
  columns: new Map(
    [...table.columns].map(([quantity, values]) => [
      quantity,
      values.map((value) => (value === 0 ? Number.NaN : value)),
    ]),
  ),
});

const countOf = (values: Float64Array): number => {
  let count = 0;
  for (const value of values) if (!Number.isNaN(value)) count += 1;
  return count;
};

const limitsOfSeries = (
  context: Context,
  timeLine: TimeLine,
  limits: readonly Limit[],
  { means, single }: { readonly means: Means; readonly single: Judgeable },
): readonly JudgedLimit[] =>
  limits.map((limit) => {
    const judgeable = limit.averagingPeriod === 'single' ? single : means[limit.averagingPeriod];
    return { limit, ...judgeLimit(judgeable, limit, { days: timeLine.allDays, force: context.force(limit) }) };
  });

const quantityReport = (
  context: Context,
  table: StationTable,
  { timeLine, intervalSeconds }: { readonly timeLine: TimeLine; readonly intervalSeconds: number },
  [quantity, { counted, leftOut }]: readonly [Quantity, ScreenedColumn],
): { readonly report: QuantityReport; readonly means: Means } => {
  const { policy } = context;
  const { measuredAt } = table;
  const readings = { measuredAt, values: counted, expectedPerHour: expectedPerHour(intervalSeconds) };
  const means = allMeans(hourlyMeans(timeLine.grid, readings, policy), timeLine.periods, policy);
  const limits = context.limits.get(quantity) ?? [];
  const report: QuantityReport = {
    quantity,
    unit: quantities[quantity].unit,
    caveats: caveatsOf(measuredAt, table.columns.get(quantity) as Float64Array, intervalSeconds),
    contradictions: table.contradictions.get(quantity) ?? 0,
    leftOut: Object.fromEntries(leftOut),
    counted: countOf(counted),
    hours: coverageOf(means['1h']),
    days: coverageOf(means['24h']),
    limits: limitsOfSeries(context, timeLine, limits, { means, single: singles(measuredAt, counted) }),
  };
  return { report, means };
};

/** First and last instant of a table that is not empty. */
const spanOf = ({ measuredAt }: StationTable) => ({ from: measuredAt[0] ?? 0, to: measuredAt.at(-1) ?? 0 });

const stationReport = (context: Context, table: StationTable): StationReport => {
  const { request } = context;
  const { stationId, measuredAt, rows, repeatedRows, columns } = table;
  const { from, to } = spanOf(table);
  const intervalSeconds = request.intervalSeconds ?? usualInterval(measuredAt);
  const timeLine = context.timeLineOf({ from, to });
  const screened = screenTable(request.zerosMissing === true ? withoutZeros(table) : table, intervalSeconds);
  const reports: QuantityReport[] = [];
  const means = new Map<Quantity, Means>();
  for (const entry of screened) {
    const judged = quantityReport(context, table, { timeLine, intervalSeconds }, entry);
    reports.push(judged.report);
    means.set(entry[0], judged.means);
  }
  const partsAboveWhole = wholes.flatMap(([part, whole]) => {
    const [inner, outer] = [columns.get(part), columns.get(whole)];
    return inner && outer ? [{ part, whole, rows: partAboveWhole(inner, outer) }] : [];
  });
  return {
    stationId,
    from,
    to,
    intervalSeconds,
    rows,
    repeatedRows,
    partsAboveWhole,
    quantities: reports,
    indices: indicesOf({ table, screened, means, timeLine, policy: context.policy }),
  };
};

/**
 * What the rows of a file mean under limits and indices: the city's own tests, means and rules, over everything at once and without a
 * store. The limits are applied whatever the dates; how much of it was in force then is counted beside.
 */
export const evaluateTables = (request: WhatIfRequest): WhatIfReport => {
  const { tables, timeZone, limits, withUnverified = false, policy = defaultAveragingPolicy } = request;
  const present = new Set(tables.flatMap(({ columns }) => [...columns.keys()]));
  const limitsLeftOut = limits.flatMap((limit): WhatIfReport['limitsLeftOut'] => {
    if (!present.has(limit.quantity)) return [{ limit, why: 'no-such-column' }];
    return limit.verified || withUnverified ? [] : [{ limit, why: 'not-verified' }];
  });
  const leftOut = new Set(limitsLeftOut.map(({ limit }) => limit));
  const judged = limits.filter((limit) => !leftOut.has(limit));
  const filled = tables.filter(({ measuredAt }) => measuredAt.length > 0);
  if (filled.length === 0) return { timeZone, stations: [], limitsLeftOut };
  const spans = filled.map(spanOf);
  const whole = {
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
  };
  const context: Context = {
    request,
    policy,
    limits: Map.groupBy(judged, ({ quantity }) => quantity),
    timeLineOf: timeLines(timeZone, utcOffsetMinutes(timeZone, whole.from), whole),
    force: forceOf(timeZone),
  };
  const stations = filled.map((table) => stationReport(context, table));
  return { timeZone, stations, limitsLeftOut };
};
