import type { Entity } from '../city/entity.ts';
import type { QueryOptions } from '../query/ast.ts';
import { QueryError } from '../query/query-error.ts';
import { observationPlace, passesOf } from '../writing/written-observations.ts';
import { MAX_SCANNED, pageSizeOf } from './bounds.ts';
import { readScanCursor, type ScanStart, writePageCursor } from './cursor.ts';
import type { Page } from './entity-page.ts';
import { jumpFar } from './observation-jump.ts';
import { type ObservationQuery, observationQuery } from './observation-query.ts';
import { scanObservations } from './observation-scan.ts';
import { sortedPage } from './observation-sort.ts';
import { seriesOfAll } from './series-of-all.ts';
import { type Session, tooSlow } from './session.ts';

const tooMany = (option: string, what: string, most: number): QueryError =>
  new QueryError('too-costly', option, 0, `${what} more than ${most} observations`, 'a narrower phenomenonTime');

export const countAll = async (session: Session, query: ObservationQuery): Promise<number> => {
  const { source, catalogue } = session;
  const total = await source.total(seriesOfAll(catalogue, query.datastreams), query);
  if (query.rest === undefined && query.whole === undefined) return total;
  if (total > MAX_SCANNED) throw tooMany('$count', 'counting with this filter looks at', MAX_SCANNED);
  const passes = passesOf(session, query);
  let count = 0;
  for await (const observation of scanObservations(session, { ...query, order: 'ascending' }, undefined, 5_000)) {
    if (session.isLate()) throw tooSlow('$count');
    if (passes(observation)) count += 1;
  }
  return count;
};

export const cursorAt = (observation: Entity, skip: number): string =>
  writePageCursor({ ...observationPlace(observation), skip });

type Collected = { readonly entities: readonly Entity[]; readonly next?: string };

/** Reads on until the page is full, or until enough was looked at for one answer. */
const collect = async (
  session: Session,
  query: ObservationQuery,
  options: QueryOptions,
  cursor: ScanStart | undefined,
): Promise<Collected> => {
  const size = pageSizeOf(options);
  const jump = cursor === undefined ? await jumpFar(session, query, options.skip ?? 0) : undefined;
  if (jump === 'beyond') return { entities: [] };
  return fill(session, query, size, jump ?? cursor ?? { skip: options.skip ?? 0 });
};

const fill = async (
  session: Session,
  query: ObservationQuery,
  size: number,
  start: ScanStart | { readonly skip: number },
): Promise<Collected> => {
  const cursor = 'at' in start ? start : undefined;
  const passes = passesOf(session, query);
  const entities: Entity[] = [];
  let { skip } = start;
  let scanned = 0;
  let last: Entity | undefined;
  for await (const observation of scanObservations(session, query, cursor, Math.min(size + skip + 1, 10_000))) {
    if (last !== undefined && (entities.length === size || scanned === MAX_SCANNED || session.isLate())) {
      // There is one more, so the page ends here.
      return { entities, next: cursorAt(last, skip) };
    }
    scanned += 1;
    last = observation;
    if (!passes(observation)) continue;
    if (skip > 0) skip -= 1;
    else entities.push(observation);
  }
  return { entities };
};

/** One page of the observations of some datastreams (by id, ascending). */
export const pageOfObservations = (
  session: Session,
  datastreams: readonly Entity[],
  options: QueryOptions,
): Promise<Page> => pageOfQuery(session, observationQuery(session, datastreams, options), options);

/** The same of a query that was taken apart before. */
export const pageOfQuery = async (session: Session, query: ObservationQuery, options: QueryOptions): Promise<Page> => {
  if (query.order === 'other') return sortedPage(session, query, options);
  const cursor = readScanCursor(options.skipToken);
  const [count, page] = await Promise.all([
    options.count === true ? countAll(session, query) : undefined,
    pageSizeOf(options) === 0 ? { entities: [] } : collect(session, query, options, cursor),
  ]);
  return count === undefined ? page : { ...page, count };
};
