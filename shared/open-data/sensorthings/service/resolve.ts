import { type Entity, relatedTo } from '../city/entity.ts';
import type { EntityTypeName } from '../model/entity-model.ts';
import type { NavigationStep, ResourcePath } from '../query/ast.ts';
import { QueryError } from '../query/query-error.ts';
import { findObservation } from './find-observation.ts';
import { findNumbered, type Session } from './session.ts';

/** What an address leads to: one entity, several in memory, or the observations of some datastreams. */
export type Place =
  | { readonly kind: 'entity'; readonly entity: Entity }
  | { readonly kind: 'entities'; readonly type: EntityTypeName; readonly entities: readonly Entity[] }
  | {
      readonly kind: 'observations';
      readonly datastreams: readonly Entity[];
      /** Only what was observed of this one. */
      readonly feature?: Entity;
    };

const missing = (step: NavigationStep): QueryError =>
  new QueryError('path', 'path', step.span.start, `there is no ${step.entityType} ${step.key?.text ?? ''}`.trim());

const firstPlace = async (session: Session, step: NavigationStep): Promise<Place> => {
  const { entityType, key } = step;
  if (key === undefined) {
    return entityType === 'Observation'
      ? { kind: 'observations', datastreams: session.catalogue.all('Datastream') }
      : { kind: 'entities', type: entityType, entities: session.catalogue.all(entityType) };
  }
  const entity =
    entityType === 'Observation'
      ? await findObservation(session, key.text)
      : findNumbered(session, entityType, key.text);
  if (entity === undefined) throw missing(step);
  return { kind: 'entity', entity };
};

const observationAmong = async (
  session: Session,
  step: NavigationStep,
  from: readonly Entity[],
  feature?: Entity,
): Promise<Place> => {
  if (step.key === undefined) return { kind: 'observations', datastreams: from, ...(feature && { feature }) };
  const entity = await findObservation(session, step.key.text);
  const [datastream] = entity === undefined ? [] : relatedTo(entity, 'Datastream');
  if (entity === undefined || datastream === undefined || !from.includes(datastream)) throw missing(step);
  if (feature !== undefined && !relatedTo(entity, 'FeatureOfInterest').includes(feature)) throw missing(step);
  return { kind: 'entity', entity };
};

const nextPlace = async (session: Session, from: Entity, step: NavigationStep): Promise<Place> => {
  if (step.entityType === 'Observation') {
    const datastreams = from.type === 'Datastream' ? [from] : session.catalogue.datastreamsOfFeature(from);
    return observationAmong(session, step, datastreams, from.type === 'FeatureOfInterest' ? from : undefined);
  }
  const related = relatedTo(from, step.name);
  if (step.many) return { kind: 'entities', type: step.entityType, entities: related };
  const entity = step.key === undefined ? related[0] : related.find(({ id }) => String(id) === step.key?.text);
  if (entity === undefined) throw missing(step);
  return { kind: 'entity', entity };
};

/** @throws QueryError with code `path` when a step leads to nothing. */
export const resolvePlace = async (session: Session, { steps }: ResourcePath): Promise<Place> => {
  const [first, ...rest] = steps;
  if (first === undefined) throw new QueryError('path', 'path', 0, 'the root is no entity');
  let place = await firstPlace(session, first);
  for (const step of rest) {
    if (place.kind !== 'entity') throw missing(step);
    place = await nextPlace(session, place.entity, step);
  }
  return place;
};
