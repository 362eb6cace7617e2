import type { EntityAccess } from '../../../../../shared/open-data/sensorthings/query/filter.ts';
import type { Nested } from './arbitraries.ts';

const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null;

/** Reads entities that are nested JSON. */
export const nestedAccess: EntityAccess<Nested> = {
  property: (entity, name) => entity[name],
  one: (entity, { name }) => {
    const found = entity[name];
    return isNested(found) ? found : undefined;
  },
  many: (entity, { name }) => {
    const found = entity[name];
    return Array.isArray(found) ? found.filter(isNested) : [];
  },
};
