import type { Table } from '../storage/catalog.ts';
import { DAY_MICROS, dayOf, recentTable, SERIES, seriesTable, sortedTable, tallyTable } from '../storage/layout.ts';
import { askedOf, type Find } from './tally.ts';

/** DuckDB's texts for how many records each day (UTC, counted from 1970) has of those that a count is to count. */
export type DayCounts = {
  /** Hashes of the series that are meant. */
  readonly series: string;
  /** Of the sorted records, given those hashes, in the order of days. */
  readonly sorted: (hashes: readonly string[]) => string;
  /** Of the recent ones on some days, both included: they lie in the order in which they came, so that few days are found at once. */
  readonly recent: (hashes: readonly string[], first: number, last: number) => string;
};

/** What stands in the tally as whole days, and the records of the parts of days at both ends of a span. */
const sortedSql = (table: Table, { from, to }: { from: number; to: number }, among: string): string => {
  const [firstDay, endDay] = [Math.ceil(from / DAY_MICROS), Math.floor(to / DAY_MICROS)];
  const ones = (start: number, end: number): readonly string[] =>
    start < end
      ? [
          `SELECT ${dayOf('time')} AS day, 1 AS records FROM ${sortedTable(table)}
           WHERE ${among} AND time >= make_timestamp(${start}) AND time < make_timestamp(${end})`,
        ]
      : [];
  const parts = [
    `SELECT day, records FROM ${tallyTable(table)} WHERE ${among} AND day >= ${firstDay} AND day < ${endDay}`,
    ...ones(from, firstDay * DAY_MICROS),
    ...ones(endDay * DAY_MICROS, to),
  ];
  return `SELECT day, sum(records) AS records FROM (${parts.join(' UNION ALL ')}) GROUP BY day ORDER BY day`;
};

/** `undefined` for a count that the tally cannot answer. */
export const dayCountsOf = (count: string, find: Find): DayCounts | undefined => {
  const asked = askedOf(count, find);
  if (asked === undefined || asked.parts.group.length > 0) return undefined;
  const { table, span, meant } = asked;
  const among = (hashes: readonly string[]): string => `${SERIES} IN (${hashes.join(', ')})`;
  return {
    series: `SELECT ${SERIES} FROM ${seriesTable(table)} WHERE ${meant}`,
    sorted: (hashes) => sortedSql(table, span, among(hashes)),
    recent: (hashes, first, last) => {
      const [start, end] = [Math.max(span.from, first * DAY_MICROS), Math.min(span.to, (last + 1) * DAY_MICROS)];
      return `SELECT ${dayOf('time')} AS day, count(*) AS records FROM ${recentTable(table)}
        WHERE ${among(hashes)} AND time >= make_timestamp(${start}) AND time < make_timestamp(${end}) GROUP BY day`;
    },
  };
};
