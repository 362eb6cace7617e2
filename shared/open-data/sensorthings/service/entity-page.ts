import type { Entity } from '../city/entity.ts';
import type { EntityTypeName } from '../model/entity-model.ts';
import type { QueryOptions } from '../query/ast.ts';
import { compileFilter, compileOrder } from '../query/filter.ts';
import { pageSizeOf } from './bounds.ts';
import { readEntityCursor, writePageCursor } from './cursor.ts';
import type { Session } from './session.ts';

export type Page = {
  readonly entities: readonly Entity[];
  /** Of all that match, whatever the page holds; only where it was asked for. */
  readonly count?: number;
  /** What continues behind this page. */
  readonly next?: string;
};

/** Entities in memory that match, in their order. */
const matching = (session: Session, type: EntityTypeName, entities: readonly Entity[], options: QueryOptions) => {
  const { filter, orderBy } = options;
  const passes = filter && compileFilter(filter, type, session.filters);
  const found = passes === undefined ? entities : entities.filter(passes);
  const compare = compileOrder(orderBy, type, session.filters);
  session.budget.spend(found.length);
  return { found: [...found].sort(compare), compare };
};

/** One page of entities that are all in memory. */
export const pageOfEntities = (
  session: Session,
  type: EntityTypeName,
  entities: readonly Entity[],
  options: QueryOptions,
): Page => {
  const { found, compare } = matching(session, type, entities, options);
  const size = pageSizeOf(options);
  const cursor = readEntityCursor(options.skipToken);
  const last = cursor && entities.find(({ id }) => id === cursor.after);
  const start = (): number => {
    if (cursor === undefined) return options.skip ?? 0;
    if (last === undefined) return cursor.sent;
    const behind = found.findIndex((entity) => compare(entity, last) > 0);
    return behind === -1 ? found.length : behind;
  };
  const from = start();
  const page = found.slice(from, from + size);
  const end = page.at(-1);
  const next =
    end !== undefined && found.length > from + size
      ? writePageCursor({ after: end.id, sent: from + page.length })
      : undefined;
  return {
    entities: page,
    ...(options.count === true && { count: found.length }),
    ...(next !== undefined && { next }),
  };
};
