import type { Entity } from '../city/entity.ts';
import type { QueryOptions } from '../query/ast.ts';
import { compileOrder } from '../query/filter.ts';
import { QueryError } from '../query/query-error.ts';
import { passesOf } from '../writing/written-observations.ts';
import { MAX_SORTED, pageSizeOf } from './bounds.ts';
import { type EntityCursor, readEntityCursor, writePageCursor } from './cursor.ts';
import type { Page } from './entity-page.ts';
import { findObservation } from './find-observation.ts';
import type { ObservationQuery } from './observation-query.ts';
import { scanObservations } from './observation-scan.ts';
import { type Session, tooSlow } from './session.ts';

/** How many are looked through before all but the best are forgotten. */
const BATCH = 5_000;

type Start = { readonly skip: number; readonly after?: Entity };

const startOf = async (session: Session, cursor: EntityCursor | undefined, options: QueryOptions): Promise<Start> => {
  if (cursor === undefined) return { skip: options.skip ?? 0 };
  const after = await findObservation(session, String(cursor.after));
  return after === undefined ? { skip: cursor.sent } : { skip: 0, after };
};

/**
 * A page in an order that no store keeps: all that match are looked through, and only those of the page are kept.
 * @throws QueryError when there are more than one answer may look through.
 */
export const sortedPage = async (session: Session, query: ObservationQuery, options: QueryOptions): Promise<Page> => {
  const cursor = readEntityCursor(options.skipToken);
  const { skip, after } = await startOf(session, cursor, options);
  const size = pageSizeOf(options);
  const passes = passesOf(session, query);
  const total = await session.source.total(query.datastreams.map(session.catalogue.seriesOf), query);
  if (total > MAX_SORTED) {
    const reason = `by anything but phenomenonTime it cannot sort more than ${MAX_SORTED} observations`;
    throw new QueryError('too-costly', '$orderby', 0, reason, 'a narrower phenomenonTime');
  }
  let [best, batch, count]: [Entity[], Entity[], number] = [[], [], 0];
  const settle = (): void => {
    // A new order for each batch: an order remembers whatever it met.
    const compare = compileOrder(options.orderBy, 'Observation', session.filters);
    const behind = after === undefined ? batch : batch.filter((observation) => compare(observation, after) > 0);
    best = [...best, ...behind].sort(compare).slice(0, skip + size + 1);
    batch = [];
  };
  for await (const observation of scanObservations(session, { ...query, order: 'ascending' }, undefined, BATCH)) {
    if (session.isLate()) throw tooSlow('$orderby');
    if (!passes(observation)) continue;
    count += 1;
    batch.push(observation);
    if (batch.length === BATCH) settle();
  }
  settle();
  const entities = best.slice(skip, skip + size);
  const last = entities.at(-1);
  const sent = (cursor?.sent ?? skip) + entities.length;
  return {
    entities,
    ...(options.count === true && { count }),
    ...(last !== undefined && best.length > skip + size && { next: writePageCursor({ after: last.id, sent }) }),
  };
};
