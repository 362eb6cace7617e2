import type { Entity } from '../city/entity.ts';
import { relatedTo } from '../city/entity.ts';
import { readObservationId } from '../city/observation.ts';
import type { Expression } from '../query/ast.ts';
import { compileFilter } from '../query/filter.ts';
import { parseTime } from '../query/times.ts';
import { pathsOf } from '../query/walk.ts';
import type { ObservationQuery } from '../service/observation-query.ts';
import type { Session } from '../service/session.ts';
import type { WrittenObservation } from './written-entity.ts';
import { entityOfWritten } from './written-series.ts';

export const isWritten = ({ written }: Entity): boolean => written === true;

/** Whether a condition asks for something of the feature of interest. */
export const speaksOfFeature = (condition: Expression): boolean =>
  pathsOf(condition).some(({ segments }) => segments[0] === 'FeatureOfInterest');

/** As an entity; `undefined` while its datastream or its feature is not there. */
export const observationIn = (session: Pick<Session, 'catalogue'>, written: WrittenObservation): Entity | undefined => {
  const { catalogue } = session;
  const datastream = catalogue.find('Datastream', written.datastream);
  if (datastream === undefined || !isWritten(datastream)) return undefined;
  const observation = entityOfWritten(catalogue, datastream, written);
  return relatedTo(observation, 'FeatureOfInterest').length === 0 ? undefined : observation;
};

/** A written observation by the text of its id. */
export const findWrittenObservation = async (
  session: Pick<Session, 'catalogue' | 'source'>,
  text: string,
): Promise<Entity | undefined> => {
  const store = session.source.written;
  if (store === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const written = await store.get(Number(text));
  return written && observationIn(session, written);
};

/** Where an observation stands among all in the order of time; of written ones, several may stand at one instant. */
export const observationPlace = (
  observation: Entity,
): { readonly datastream: number; readonly at: number; readonly id?: number } => {
  const name = readObservationId(String(observation.id));
  if (name !== undefined) return name;
  const time = parseTime(String(observation.values.phenomenonTime));
  const [datastream] = relatedTo(observation, 'Datastream');
  if (time === undefined || datastream === undefined) {
    throw new Error(`Not an observation that can be found again: ${observation.id}`);
  }
  return { datastream: Number(datastream.id), at: time.start, id: Number(observation.id) };
};

/** What is left to ask of each observation that a query found. */
export const passesOf = (session: Session, { rest, whole }: ObservationQuery): ((observation: Entity) => boolean) => {
  const passesRest = rest && compileFilter(rest, 'Observation', session.filters);
  const passesWhole = whole && compileFilter(whole, 'Observation', session.filters);
  return (observation) => (isWritten(observation) ? passesWhole : passesRest)?.(observation) ?? true;
};
