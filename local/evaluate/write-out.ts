import { stringify } from 'csv-stringify/sync';
import type { JudgedLimit } from '../../shared/environment/what-if/report.ts';
import { type Findings, forceWords, periodTime } from './write-text.ts';

const iso = (at: number): string => new Date(at).toISOString();

/** Instants as ISO 8601 wherever they stand. */
const withInstants = (key: string, value: unknown): unknown =>
  (key === 'at' || key === 'from' || key === 'to') && typeof value === 'number' ? iso(value) : value;

/** Everything that was found, as JSON. */
export const writeJson = ({ file, layout, read, report }: Findings): string => {
  const { tables: _, ...rows } = read;
  const { header: __, account: ___, ...readAs } = layout;
  return `${JSON.stringify({ file, readAs, read: rows, ...report }, withInstants, 2)}\n`;
};

const columns = [
  'station',
  'standard',
  'limit_id',
  'class',
  'quantity',
  'averaging_period',
  'bound',
  'limit',
  'unit',
  'judged',
  'not_judged',
  'broken',
  'broken_percent',
  'days_judged',
  'days_broken',
  'judged_in_force',
  'broken_in_force',
  'worst',
  'worst_at',
  'worst_period_local',
  'in_force',
  'verified',
  'decision',
] as const;

const rowOf = (stationId: string, unit: string, timeZone: string, judged: JudgedLimit): readonly unknown[] => {
  const { limit, worst } = judged;
  return [
    stationId,
    limit.standardId,
    limit.limitId,
    limit.class ?? '',
    limit.quantity,
    limit.averagingPeriod,
    limit.bound,
    limit.value,
    unit,
    judged.judged,
    judged.notJudged,
    judged.broken,
    judged.judged === 0 ? '' : ((100 * judged.broken) / judged.judged).toFixed(2),
    judged.daysJudged,
    judged.daysBroken,
    judged.judgedInForce,
    judged.brokenInForce,
    worst?.value ?? '',
    worst === undefined ? '' : iso(worst.at),
    periodTime(judged, timeZone),
    forceWords(judged),
    limit.verified ? 'yes' : 'no',
    limit.decision,
  ];
};

/** One line for each station and limit. */
export const writeCsv = ({ report: { stations, timeZone } }: Findings): string =>
  stringify([
    columns,
    ...stations.flatMap(({ stationId, quantities }) =>
      quantities.flatMap(({ unit, limits }) => limits.map((judged) => rowOf(stationId, unit, timeZone, judged))),
    ),
  ]);
