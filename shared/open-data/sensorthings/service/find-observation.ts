import type { Entity } from '../city/entity.ts';
import { observationOf, readObservationId } from '../city/observation.ts';
import { seriesName } from '../source.ts';
import { findWrittenObservation } from '../writing/written-observations.ts';
import type { Session } from './session.ts';

/** An observation by its id, if it is still there. */
export const findObservation = async (session: Session, id: string): Promise<Entity | undefined> => {
  const name = readObservationId(id);
  if (name === undefined) return findWrittenObservation(session, id);
  const datastream = session.catalogue.find('Datastream', name.datastream);
  if (datastream === undefined) return undefined;
  const series = session.catalogue.seriesOf(datastream);
  const found = await session.source.edges([series], 'oldest', { from: name.at, to: name.at + 1 });
  const reading = found.get(seriesName(series));
  return reading && observationOf(session.catalogue, datastream, reading);
};
