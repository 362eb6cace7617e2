import { type Entity, readProperty, relatedTo } from '../city/entity.ts';
import type { Json } from './entity-json.ts';

/** Where an entity is: by itself, or by what it is related to. */
const geometryOf = (entity: Entity): unknown => {
  switch (entity.type) {
    case 'Location':
      return readProperty(entity, 'location');
    case 'FeatureOfInterest':
      return readProperty(entity, 'feature');
    case 'Datastream':
      return readProperty(entity, 'observedArea');
    case 'Thing':
    case 'HistoricalLocation': {
      const [location] = relatedTo(entity, 'Locations');
      return location && geometryOf(location);
    }
    case 'Observation': {
      const [feature] = relatedTo(entity, 'FeatureOfInterest');
      return feature && geometryOf(feature);
    }
    default:
      return undefined;
  }
};

/** RFC 7946: a feature an entity, its JSON as properties; null where an entity is nowhere. */
export const entitiesGeoJson = (entities: readonly Entity[], jsonOf: (entity: Entity) => Json | undefined): Json => ({
  type: 'FeatureCollection',
  features: entities.map((entity) => ({
    type: 'Feature',
    id: entity.id,
    geometry: geometryOf(entity) ?? null,
    properties: jsonOf(entity) ?? {},
  })),
});
