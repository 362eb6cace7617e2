import type { Catalogue } from '../city/catalogue.ts';
import type { Entity } from '../city/entity.ts';
import type { EntityTypeName } from '../model/entity-model.ts';
import type { WritableSource } from './writable-source.ts';
import { conflict, invalid, type MemberFault } from './write-fault.ts';
import type { Written } from './written-entity.ts';

/** What writing needs. */
export type WriterParts = {
  readonly source: WritableSource;
  /** Whether DELETE hides what is the city's, as a conformance test needs that deletes whatever it sees; refused otherwise. */
  readonly mayHideCity: boolean;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};

/** The state that a request to write was checked against. */
export type WriterView = { readonly catalogue: Catalogue; readonly written: Written };

/** An entity that a body names by its id. @throws WriteError when there is none */
export const linkedEntity = (
  { catalogue }: WriterView,
  type: EntityTypeName,
  id: number,
  path: MemberFault['path'],
): Entity => {
  const found = type === 'Observation' ? undefined : catalogue.find(type, id);
  if (found === undefined) throw invalid(path, `there is no ${type} with the id ${id}`);
  return found;
};

/** @throws WriteError for what comes from the city's registry and sensors: third parties add to it, they do not change it */
export const mustBeWritten = (entity: Entity, what: string): void => {
  if (entity.written === true) return;
  throw conflict(`${what}: ${entity.type} ${entity.id} comes from the city’s own registry, which is not changed here`);
};

/** What the city says of its own Things and datastreams, nobody else says. @throws WriteError */
export const mustNotSpeakForCity = (type: EntityTypeName, relation: string, target: Entity): void => {
  if (type === 'Observation' && relation === 'Datastream')
    mustBeWritten(target, 'Its observations come from its sensor');
  if (type === 'HistoricalLocation' && relation === 'Thing') mustBeWritten(target, 'Where it was is known');
};

/** Optional members that are null have no value and are not kept; a result that is null is one. */
export const keptValues = (
  type: EntityTypeName,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const kept = Object.entries(values).filter(
    ([name, value]) => value !== null || name === 'result' || name === 'metadata',
  );
  // An observation says that it has no resultTime (18-088, 8.2.7), so that who reads it need not guess.
  return { ...(type === 'Observation' && { resultTime: null }), ...Object.fromEntries(kept) };
};
