import { localDate, localTime } from '../../shared/city/calendar.ts';
import type {
  JudgedLimit,
  QuantityReport,
  StationReport,
  WhatIfReport,
} from '../../shared/environment/what-if/report.ts';
import type { Layout } from './layout.ts';
import type { ReadFile } from './read-file.ts';
import { asTable, decimal, percent, whole } from './table.ts';

/** Everything that one run found, before it is written anywhere. */
export type Findings = {
  readonly file: string;
  readonly layout: Layout;
  readonly read: ReadFile;
  readonly report: WhatIfReport;
};

/** An instant on the clock of the place. */
export const clockTime = (at: number, timeZone: string): string =>
  `${localDate(timeZone, at)} ${localTime(timeZone, at)}`;

/** When a period of a limit was: an hour by its end, a day by its date, a month or year by its first day. */
export const periodTime = ({ limit: { averagingPeriod }, worst }: JudgedLimit, timeZone: string): string => {
  if (worst === undefined) return '';
  const isLong = averagingPeriod === '24h' || averagingPeriod === 'month' || averagingPeriod === 'year';
  return isLong ? localDate(timeZone, worst.from) : clockTime(worst.at, timeZone);
};

const periods = {
  single: 'each value',
  '1h': '1 h',
  '8h': '8 h',
  '24h': '24 h',
  month: 'month',
  year: 'year',
} as const;

/** When a limit that was judged was in force, for a reader who must not take a what-if for a breach. */
export const forceWords = ({ limit, judged, judgedInForce }: JudgedLimit): string => {
  if (judged === 0) return 'nothing to judge';
  if (judged === judgedInForce) return 'in force';
  const { from, to } = limit.inForce;
  const span = to === undefined ? `since ${from}` : `${from} to ${to}`;
  return judgedInForce === 0 ? `what-if (${span})` : `in part (${span})`;
};

const readLines = ({ layout, read }: Findings): readonly string[] => [
  'Read as',
  ...layout.account,
  `${whole(read.rows)} rows: ${whole(read.taken)} taken, ${whole(read.refusedRows)} refused; ${whole(read.refusedCells)} cells refused`,
  ...read.faults.map(({ line, column, reason }) => `  line ${line}${column === '' ? '' : `, ${column}`}: ${reason}`),
  ...(read.refusedRows + read.refusedCells > read.faults.length
    ? [`  and ${whole(read.refusedRows + read.refusedCells - read.faults.length)} more`]
    : []),
];

const doubts = ({ caveats, leftOut, contradictions }: QuantityReport, timeZone: string): readonly string[] => {
  const { zeros, values, negatives, greatest, percentile99, isGreatestImplausible, longestStuck, longestGap } = caveats;
  return [
    ...(zeros > 0 ? [`${whole(zeros)} zeros (${percent(zeros, values)})`] : []),
    ...(negatives > 0 ? [`${whole(negatives)} below zero`] : []),
    ...Object.entries(leftOut).map(([reason, count]) => `${whole(count)} left out (${reason})`),
    ...(contradictions > 0 ? [`${whole(contradictions)} contradicted by a later row`] : []),
    ...(longestStuck
      ? [
          `runs of one value: ${whole(caveats.stuckRuns)} with ${whole(caveats.stuckValues)} values, the longest ${decimal(longestStuck.hours)} h of ${decimal(longestStuck.value)} until ${clockTime(longestStuck.at, timeZone)}`,
        ]
      : []),
    ...(longestGap
      ? [
          `${whole(caveats.gaps)} gaps, the longest ${decimal(longestGap.hours)} h until ${clockTime(longestGap.at, timeZone)}`,
        ]
      : []),
    ...(isGreatestImplausible && greatest
      ? [
          `maximum ${decimal(greatest.value)} at ${clockTime(greatest.at, timeZone)} is far above the 99th percentile (${decimal(percentile99 ?? 0)})`,
        ]
      : []),
  ];
};

const dataTable = ({ stations }: WhatIfReport): readonly string[] =>
  asTable([
    [
      'station',
      'quantity',
      'values',
      'missing',
      'left out',
      'valid hours',
      'of',
      'valid days',
      'of',
      'median',
      'p99',
      'max',
    ],
    ...stations.flatMap(({ stationId, quantities }) =>
      quantities.map(({ quantity, unit, caveats, counted, hours, days }) => [
        stationId,
        `${quantity} ${unit}`,
        whole(caveats.values),
        whole(caveats.missing),
        whole(caveats.values - counted),
        whole(hours.valid),
        whole(hours.expected),
        whole(days.valid),
        whole(days.expected),
        caveats.median === undefined ? '–' : decimal(caveats.median),
        caveats.percentile99 === undefined ? '–' : decimal(caveats.percentile99),
        caveats.greatest === undefined ? '–' : decimal(caveats.greatest.value),
      ]),
    ),
  ]);

const limitName = ({ limit: { bound, value, quantity, averagingPeriod, class: level } }: JudgedLimit): string =>
  `${quantity} ${periods[averagingPeriod]} ${bound === 'max' ? '≤' : '≥'} ${decimal(value)}${level === undefined ? '' : ` (${level})`}`;

const limitTable = ({ stations, timeZone }: WhatIfReport, standardId: string): readonly string[] =>
  asTable([
    ['station', 'limit', 'judged', 'not judged', 'broken', '%', 'days broken', 'worst', 'at', ''],
    ...stations.flatMap(({ stationId, quantities }) =>
      quantities.flatMap(({ limits }) =>
        limits
          .filter(({ limit }) => limit.standardId === standardId)
          .map((judged) => [
            stationId,
            limitName(judged),
            whole(judged.judged),
            whole(judged.notJudged),
            whole(judged.broken),
            percent(judged.broken, judged.judged),
            ['month', 'year'].includes(judged.limit.averagingPeriod)
              ? ''
              : `${whole(judged.daysBroken)}/${whole(judged.daysJudged)}`,
            judged.worst === undefined ? '–' : decimal(judged.worst.value),
            periodTime(judged, timeZone) || '–',
            `${forceWords(judged)}${judged.limit.verified ? '' : ', NOT VERIFIED'}`,
          ]),
      ),
    ),
  ]);

const indexLines = ({ stationId, indices }: StationReport, timeZone: string): readonly string[] =>
  indices.flatMap(({ index, period, computed, categories, notComputable, dominant, worst, methodVersion }) => [
    `${stationId}: ${index} of each ${period}, ${whole(computed)} computed (${methodVersion})`,
    ...categories.map(
      ({ category, count }) =>
        `    ${category.min}–${category.max} ${category.nameEn} / ${category.nameVi}: ${whole(count)} (${percent(count, computed)})`,
    ),
    ...notComputable.map(({ reasonEn, count }) => `    not computable: ${whole(count)}. ${reasonEn}`),
    ...(worst
      ? [
          `    worst ${worst.value}, ${period === 'day' ? localDate(timeZone, worst.at - 1) : clockTime(worst.at, timeZone)}`,
        ]
      : []),
    `    decided by ${Object.entries(dominant)
      .map(([quantity, count]) => `${quantity} ${whole(count)}`)
      .join(', ')}`,
  ]);

const doubtLines = ({ stations, timeZone }: WhatIfReport): readonly string[] =>
  stations.flatMap(({ stationId, quantities, repeatedRows, partsAboveWhole, intervalSeconds }) => [
    `${stationId}: a row every ${whole(intervalSeconds)} s${intervalSeconds > 3_600 ? ': too seldom for hourly and daily means' : ''}; ${whole(repeatedRows)} rows repeat an instant`,
    ...partsAboveWhole
      .filter(({ rows }) => rows > 0)
      .map(({ part, whole: all, rows }) => `    ${part} is above ${all}, which holds it, in ${whole(rows)} rows`),
    ...quantities.flatMap((quantity) => {
      const found = doubts(quantity, timeZone);
      return found.length === 0 ? [] : [`    ${quantity.quantity}: ${found.join('; ')}`];
    }),
  ]);

const leftOutLines = ({ limitsLeftOut }: WhatIfReport): readonly string[] => {
  const missing = new Set(
    limitsLeftOut.filter(({ why }) => why === 'no-such-column').map(({ limit }) => limit.quantity),
  );
  const unverified = limitsLeftOut.filter(({ why }) => why === 'not-verified').map(({ limit }) => limit.limitId);
  return [
    ...(missing.size > 0 ? [`Not in the file, though limited: ${[...missing].join(', ')}`] : []),
    ...(unverified.length > 0 ? [`Not judged, for nobody has verified the value: ${unverified.join(', ')}`] : []),
  ];
};

/** The whole account, for a terminal. */
export const writeText = (findings: Findings): readonly string[] => {
  const { report } = findings;
  const { timeZone, stations } = report;
  const standardIds = new Set(
    stations.flatMap(({ quantities }) =>
      quantities.flatMap(({ limits }) => limits.map(({ limit }) => limit.standardId)),
    ),
  );
  return [
    ...readLines(findings),
    '',
    `Data, ${stations.length} stations`,
    ...dataTable(report),
    '',
    'Doubts about the data',
    ...doubtLines(report),
    ...[...standardIds].flatMap((standardId) => ['', `Limits of ${standardId}`, ...limitTable(report, standardId)]),
    ...leftOutLines(report),
    '',
    'Indices, as if the stations might publish one (a reference station may not: TT 10/2021, Điều 29)',
    ...stations.flatMap((station) => indexLines(station, timeZone)),
  ];
};
