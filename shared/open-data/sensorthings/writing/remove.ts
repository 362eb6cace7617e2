import { type Entity, relatedTo } from '../city/entity.ts';
import { relationOf } from '../model/entity-model.ts';
import { inverseOf } from './kept-relations.ts';
import { isNumbered, linksTo } from './plan-insert.ts';
import { WriteError } from './write-fault.ts';
import { mustBeWritten, type WriterParts } from './writer.ts';
import type { Hidden } from './written-entity.ts';

/** An entity and all that cannot be without it (18-088, 10.4, table 25). Observations are found by their datastreams. */
const goesWith = (root: Entity): readonly Entity[] => {
  const going = new Set([root]);
  const visit = (entity: Entity): void => {
    for (const { type, relation: name } of linksTo(entity.type)) {
      const relation = relationOf(type, name);
      if (relation === undefined || !relation.mandatory || type === 'Observation') continue;
      for (const dependent of relatedTo(entity, inverseOf(relation).name)) {
        const remains = relatedTo(dependent, name).some((each) => !going.has(each));
        if (remains || going.has(dependent)) continue;
        going.add(dependent);
        visit(dependent);
      }
    }
  };
  visit(root);
  return [...going];
};

const nameOf = ({ type, id }: Entity): readonly Hidden[] => (isNumbered(type) ? [{ type, id: Number(id) }] : []);

const removeObservation = async ({ source }: WriterParts, entity: Entity): Promise<void> => {
  const { observations } = source.store;
  if (entity.written === true) {
    if (await observations.remove(Number(entity.id))) return;
    throw new WriteError('missing', [{ path: [], message: `there is no Observation ${entity.id} any more` }]);
  }
  // One reading cannot be taken out of the city's record, so all of it steps aside.
  await source.store.hideReadings();
};

/**
 * Removes an entity with what cannot be without it. What is the city's is hidden instead: its registry and its readings stay as
 * they are, and are shown again where writing is off.
 * @throws WriteError when the city's may not be hidden
 */
export const removeEntity = async (parts: WriterParts, entity: Entity): Promise<void> => {
  if (!parts.mayHideCity) mustBeWritten(entity, 'It cannot be removed');
  if (entity.type === 'Observation') return removeObservation(parts, entity);
  const { source } = parts;
  const { store } = source;
  const { written } = await source.view();
  const going = goesWith(entity);
  const own = going.filter((each) => each.written === true);
  // The entity first: once it is gone, nothing that needs it is shown, whatever becomes of the rest.
  if (entity.written !== true) await store.hide(nameOf(entity));
  await store.remove(own.flatMap(nameOf));
  for (const each of own) {
    if (each.type === 'Datastream') await store.observations.clear(Number(each.id));
  }
  if (entity.type !== 'FeatureOfInterest') return;
  const id = Number(entity.id);
  for (const datastream of written.datastreamsOfFeatures.get(id) ?? []) await store.observations.clear(datastream, id);
};
