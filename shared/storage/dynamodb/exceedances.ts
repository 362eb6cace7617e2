import {
  type Exceedance,
  type ExceedanceQuery,
  type ExceedanceStore,
  exceedanceSchema,
} from '../../environment/exceedance.ts';
import { keysetCursor, sortableInstant, sortKeyOf } from '../cursor.ts';
import { batchWrite, type Item, type Key, queryItems, queryPages, type TableOptions } from './items.ts';

const MONTHS_PARTITION = 'exceedance-months';
const LIST_KEY = /^\d{15}#.+$/;
const MAX_PAGE = 1_000;

/** Instants beyond have no month with a four-digit year. */
const LAST_INSTANT = Date.UTC(9999, 11, 31);

type ExceedanceKey = Pick<Exceedance, 'exceedanceId' | 'periodEndsAt'>;

/** Exceedances in DynamoDB, a partition per month (UTC) in which their periods end. */
export const dynamodbExceedances = (options: TableOptions): ExceedanceStore => ({
  put: async (exceedances) => {
    const valid = exceedances.map((exceedance) => exceedanceSchema.parse(exceedance));
    // First the months, so that no exceedance lies where nobody looks.
    const months = new Set(valid.map(({ periodEndsAt }) => monthOf(periodEndsAt)));
    await batchWrite(options, { put: [...months].map((month) => ({ pk: MONTHS_PARTITION, sk: month })) });
    await batchWrite(options, { put: valid.map((exceedance) => ({ ...keyOf(exceedance), exceedance })) });
  },
  withdraw: (exceedances) => batchWrite(options, { remove: exceedances.map(keyOf) }),
  list: (query) => listExceedances(options, query),
});

const monthOf = (instant: number): string => new Date(instant).toISOString().slice(0, 7);
const sortKey = ({ periodEndsAt, exceedanceId }: ExceedanceKey): string =>
  `${sortableInstant(periodEndsAt)}#${exceedanceId}`;
const keyOf = (key: ExceedanceKey): Key => ({ pk: `exceedances#${monthOf(key.periodEndsAt)}`, sk: sortKey(key) });

const listExceedances = async (options: TableOptions, query: ExceedanceQuery): ReturnType<ExceedanceStore['list']> => {
  const wanted = Math.min(MAX_PAGE, Math.max(1, query.limit));
  // "$" sorts directly behind "#": the range ends before the first key of `to`.
  const last = sortableInstant(Math.min(query.to - 1, LAST_INSTANT));
  const before = query.cursor === undefined ? `${last}$` : sortKeyOf(query.cursor, LIST_KEY);
  const found: Exceedance[] = [];
  if (query.from < query.to) {
    for await (const exceedance of newestFirst(options, query, before)) {
      if (isWanted(query, exceedance)) found.push(exceedance);
      if (found.length > wanted) break;
    }
  }
  const exceedances = found.slice(0, wanted);
  const lastShown = exceedances.at(-1);
  return found.length > wanted && lastShown
    ? { exceedances, nextCursor: keysetCursor(sortKey(lastShown)) }
    : { exceedances };
};

const isWanted = ({ stationId, quantity }: ExceedanceQuery, exceedance: Exceedance): boolean =>
  (stationId === undefined || exceedance.stationId === stationId) &&
  (quantity === undefined || exceedance.quantity === quantity);

const newestFirst = async function* (
  options: TableOptions,
  { from }: ExceedanceQuery,
  before: string,
): AsyncGenerator<Exceedance> {
  for (const month of await monthsBetween(options, from, Number(before.slice(0, 15)))) {
    const pages = queryPages(options, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :before',
      ExpressionAttributeValues: {
        ':pk': `exceedances#${month}`,
        ':first': sortableInstant(Math.max(0, from)),
        ':before': before,
      },
      ScanIndexForward: false,
    });
    for await (const page of pages) {
      // BETWEEN includes its end, which is the last one of the page before.
      for (const item of page) if (item.sk !== before) yield exceedanceOf(item);
    }
  }
};

const exceedanceOf = (item: Item): Exceedance => exceedanceSchema.parse(item.exceedance);

/** Months that hold exceedances, newest first. */
const monthsBetween = async (options: TableOptions, from: number, to: number): Promise<readonly string[]> => {
  const months = await queryItems(options, MONTHS_PARTITION, [monthOf(Math.max(0, from)), monthOf(to)]);
  return months.map((item) => String(item.sk)).reverse();
};
