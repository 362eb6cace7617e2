import type { Entity } from '../city/entity.ts';
import type { EntityTypeName } from '../model/entity-model.ts';
import type { QueryOptions } from '../query/ast.ts';
import { stubOf } from './observation-query.ts';
import { withObserved } from './observed.ts';
import { prepareExpressions, type Session } from './session.ts';

/**
 * The session in which entities can be filtered and ordered: with all loaded that their filter and order will read.
 * @throws QueryError when that would read more than one answer may.
 */
export const prepared = async (
  session: Session,
  type: EntityTypeName,
  options: QueryOptions,
  entities: readonly Entity[],
): Promise<Session> => {
  await prepareExpressions(session, type, options);
  return options.filter === undefined ? session : withObserved(session, type, options.filter, entities);
};

/** The same for the observations of some datastreams. */
export const preparedForObservations = (
  session: Session,
  options: QueryOptions,
  datastreams: readonly Entity[],
): Promise<Session> =>
  prepared(
    session,
    'Observation',
    options,
    // Nobody looks at them without a filter, and there are thousands.
    options.filter === undefined ? [] : datastreams.map((datastream) => stubOf(session, datastream)),
  );
