import { type EntityRelation, type EntityTypeName, entityTypes, relationOf } from '../model/entity-model.ts';

/**
 * Which side of a relation keeps the ids of the other: the one that names fewer. Reading the other side is looking at who links
 * here.
 */
const kept: Readonly<Record<EntityTypeName, readonly string[]>> = {
  Thing: ['Locations'],
  Location: [],
  HistoricalLocation: ['Thing', 'Locations'],
  Datastream: ['Thing', 'Sensor', 'ObservedProperty'],
  Sensor: [],
  ObservedProperty: [],
  Observation: ['Datastream', 'FeatureOfInterest'],
  FeatureOfInterest: [],
};

/** The relations whose ids an entity of this type keeps itself. */
export const keptRelations = (type: EntityTypeName): readonly EntityRelation[] =>
  entityTypes[type].relations.filter(({ name }) => kept[type].includes(name));

export const keeps = (type: EntityTypeName, relation: string): boolean => kept[type].includes(relation);

/** The same relation as its target sees it. */
export const inverseOf = ({ target, inverse }: EntityRelation): EntityRelation => {
  const found = relationOf(target, inverse);
  if (found === undefined) throw new Error(`${target} has no relation ${inverse}`);
  return found;
};
