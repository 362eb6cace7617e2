import { describe, expect, it } from 'vitest';
import {
  entitySetNames,
  entityTypeOfSet,
  entityTypes,
  propertyOf,
  relationOf,
} from '../../../../../shared/open-data/sensorthings/model/entity-model.ts';

describe('the SensorThings model', () => {
  it('lists the eight entity sets of 18-088', () => {
    expect(entitySetNames.toSorted()).toEqual([
      'Datastreams',
      'FeaturesOfInterest',
      'HistoricalLocations',
      'Locations',
      'Observations',
      'ObservedProperties',
      'Sensors',
      'Things',
    ]);
  });

  it('leads back from every relation to where it came from', () => {
    for (const type of Object.values(entityTypes)) {
      for (const relation of type.relations) {
        const inverse = relationOf(relation.target, relation.inverse);
        expect(inverse, `${type.name}/${relation.name}`).toMatchObject({ target: type.name, inverse: relation.name });
      }
    }
  });

  it('names relations to many like their set and relations to one like their type', () => {
    for (const relation of Object.values(entityTypes).flatMap((type) => type.relations)) {
      expect(relation.name).toBe(relation.many ? entityTypes[relation.target].setName : relation.target);
    }
  });

  it('knows @iot.id as id, and names exactly', () => {
    expect(propertyOf('Thing', '@iot.id')).toBe(propertyOf('Thing', 'id'));
    expect(entityTypeOfSet('things')).toBeUndefined();
    expect(relationOf('Thing', 'Datastream')).toBeUndefined();
  });
});
