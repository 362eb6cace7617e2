import type { Point } from '../../../telemetry/reading-store.ts';
import type { Entity } from '../city/entity.ts';
import type { QueryOptions } from '../query/ast.ts';
import { isPointProperty, type PointProperty } from '../serialize/points.ts';
import type { ReadingRange } from '../source.ts';
import { DEFAULT_TOP, MAX_ROWS } from './bounds.ts';
import { readScanCursor, writePageCursor } from './cursor.ts';
import { countAll } from './observation-page.ts';
import type { ObservationQuery } from './observation-query.ts';
import { rangeOf } from './observation-scan.ts';
import type { Session } from './session.ts';

/** A page of one datastream's observations of which only instants and values are wanted. */
export type PointsPage = {
  readonly datastream: Entity;
  readonly points: readonly Point[];
  readonly columns: readonly PointProperty[];
  readonly count?: number;
  readonly next?: string;
};

/** What is selected, when it is nothing but what points tell; in JSON without ids, which bring links along. */
const columnsOf = ({ select, expand, resultFormat }: QueryOptions): readonly PointProperty[] | undefined => {
  if (expand.length > 0 || resultFormat === 'geojson') return undefined;
  const names = select.map((item) =>
    item.kind === 'property' && item.subPath.length === 0 && isPointProperty(item.property) ? item.property : undefined,
  );
  const isJson = resultFormat === undefined || resultFormat === 'json';
  if (names.length === 0 || names.includes(undefined) || (isJson && names.includes('id'))) return undefined;
  return [...new Set(names.flatMap((name) => name ?? []))];
};

/** Up to `most` points of a range, in as few calls as the store allows; `undefined` when it has none to give. */
const readPoints = async (
  { source, catalogue }: Session,
  datastream: Entity,
  range: Omit<ReadingRange, 'limit'>,
  most: number,
): Promise<readonly Point[] | undefined> => {
  const found: Point[] = [];
  for (let { from, to } = range; ; ) {
    const limit = Math.min(most - found.length, MAX_ROWS);
    const some = await source.points(catalogue.seriesOf(datastream), { ...range, from, to, limit });
    if (some === undefined) return undefined;
    found.push(...some);
    const last = found.at(-1);
    if (some.length < limit || found.length >= most || last === undefined) return found;
    if (range.descending) to = last.measuredAt;
    else from = last.measuredAt + 1;
  }
};

const isOrderOfTime = ({ order, rest, whole }: ObservationQuery): boolean =>
  order !== 'other' && rest === undefined && whole === undefined;

/**
 * The page, where instants and values of one datastream are all that is asked for: a chart's month, without thousands of entities in
 * between. `undefined` for any other question, which `pageOfQuery` answers; this one it would answer alike.
 */
export const pageOfPoints = async (
  session: Session,
  query: ObservationQuery,
  options: QueryOptions,
): Promise<PointsPage | undefined> => {
  const columns = columnsOf(options);
  // An observation of two members takes no more room as JSON than in rows with all of them.
  const size = Math.min(options.top ?? DEFAULT_TOP, MAX_ROWS);
  if (columns === undefined || size === 0) return undefined;
  const [datastream, ...more] = query.datastreams;
  if (datastream === undefined || more.length > 0 || !isOrderOfTime(query)) return undefined;
  const cursor = readScanCursor(options.skipToken);
  const id = Number(datastream.id);
  if ((cursor ?? options).skip || (cursor !== undefined && cursor.datastream !== id)) return undefined;
  const [count, found] = await Promise.all([
    options.count === true ? countAll(session, query) : undefined,
    readPoints(session, datastream, rangeOf(query, id, cursor), size + 1),
  ]);
  if (found === undefined) return undefined;
  const points = found.slice(0, size);
  const last = points.at(-1);
  return {
    datastream,
    points,
    columns,
    ...(count !== undefined && { count }),
    ...(last !== undefined &&
      found.length > size && { next: writePageCursor({ datastream: id, at: last.measuredAt, skip: 0 }) }),
  };
};
