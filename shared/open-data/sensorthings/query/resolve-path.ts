import {
  type EntityProperty,
  type EntityRelation,
  type EntityTypeName,
  entityTypes,
  propertyOf,
  relationOf,
} from '../model/entity-model.ts';
import type { PathExpression } from './ast.ts';
import { faultAt } from './query-error.ts';

/** What a property path means from one type on: relations to follow, then a property, then keys inside its JSON. */
export type ResolvedPath = {
  readonly relations: readonly EntityRelation[];
  readonly property: EntityProperty;
  readonly subPath: readonly string[];
};

/** Every name that can stand after this type, for messages. */
export const namesOf = (type: EntityTypeName): string =>
  [...entityTypes[type].properties, ...entityTypes[type].relations].map(({ name }) => name).join(', ');

const hasInside = ({ type }: EntityProperty): boolean => type === 'json' || type === 'any' || type === 'geometry';

/** @throws QueryError when a name is not in the model, something follows a plain property, or the path ends at an entity. */
export const resolvePath = (path: PathExpression, from: EntityTypeName): ResolvedPath => {
  const relations: EntityRelation[] = [];
  let type = from;
  for (const [index, segment] of path.segments.entries()) {
    const property = propertyOf(type, segment);
    if (property !== undefined) {
      const subPath = path.segments.slice(index + 1);
      if (subPath.length > 0 && !hasInside(property)) {
        throw faultAt('type', path.span, `${type}/${property.name} has nothing inside, so no “/${subPath[0]}”`);
      }
      return { relations, property, subPath };
    }
    const relation = relationOf(type, segment);
    if (relation === undefined) {
      throw faultAt('type', path.span, `${type} has no property “${segment.slice(0, 60)}”`, `one of ${namesOf(type)}`);
    }
    relations.push(relation);
    type = relation.target;
  }
  const [what, hint] = relations.some((relation) => relation.many)
    ? ['many entities', 'a property of them']
    : ['an entity', 'a property of it'];
  throw faultAt('type', path.span, `“${path.segments.join('/')}” is ${what}, not a value`, `${hint}: ${namesOf(type)}`);
};
