import type { Series } from '../../series.ts';
import { type EntityTypeName, relationOf } from '../model/entity-model.ts';
import { type Draft, pointOf } from './describe-city.ts';
import type { Entity } from './entity.ts';
import { byNumberedType, type KnownId, type NumberedType } from './entity-ids.ts';

/** Numbers by type and natural key, with every key that was ever seen. */
export type IdBook = Readonly<Record<NumberedType, ReadonlyMap<string, KnownId>>>;

/** Everything but observations, linked both ways. */
export type Catalogue = {
  /** By id, ascending. */
  readonly all: (type: NumberedType) => readonly Entity[];
  readonly find: (type: NumberedType, id: number) => Entity | undefined;
  /** Where a datastream's readings are. */
  readonly seriesOf: (datastream: Entity) => Series;
  /** The datastreams whose observations a feature is of interest to. */
  readonly datastreamsOfFeature: (feature: Entity) => readonly Entity[];
  readonly featureOfDatastream: (datastream: Entity) => Entity | undefined;
};

type Growing = Omit<Entity, 'related'> & { readonly related: Map<string, Entity[]> };

const grow = (type: EntityTypeName, id: number, values: Entity['values']): Growing => ({
  type,
  id,
  values,
  related: new Map(),
});

const append = (entity: Growing, relation: string, other: Entity): void => {
  const list = entity.related.get(relation);
  if (list === undefined) entity.related.set(relation, [other]);
  else list.push(other);
};

/** Links two entities by the relation's name and by the one that leads back. */
const link = (from: Growing, relation: string, to: Growing): void => {
  const known = relationOf(from.type, relation);
  if (known === undefined) throw new Error(`${from.type} has no relation ${relation}`);
  append(from, relation, to);
  append(to, known.inverse, from);
};

const placePattern = /^(.*)@(-?[\d.e-]+),(-?[\d.e-]+)$/;

/** A location where a Thing was once, told by its key alone. */
const formerLocation = (key: string, id: number, things: ReadonlyMap<string, Growing>) => {
  const [, thingKey = '', latitude, longitude] = placePattern.exec(key) ?? [];
  const thing = things.get(thingKey);
  if (thing === undefined) return undefined;
  const { name } = thing.values;
  const location = grow('Location', id, {
    name,
    description: `Where ${name} was`,
    encodingType: 'application/geo+json',
    location: pointOf({ latitude: Number(latitude), longitude: Number(longitude) }),
    properties: { former: true },
  });
  return { thing, location };
};

/**
 * Where Things were from when on. An entry begins when its place was first published; a Thing that went back to a place has no
 * second entry for it.
 */
const addHistory = (entities: Record<NumberedType, Map<string, Growing>>, ids: IdBook): void => {
  for (const [key, { id }] of ids.Location) {
    if (entities.Location.has(key)) continue;
    const former = formerLocation(key, id, entities.Thing);
    // A location that no Thing of today was at is not told any more.
    if (former !== undefined) entities.Location.set(key, former.location);
  }
  for (const [key, { id, since }] of ids.HistoricalLocation) {
    const location = entities.Location.get(key);
    const thing = entities.Thing.get(placePattern.exec(key)?.[1] ?? '');
    if (location === undefined || thing === undefined) continue;
    const entry = grow('HistoricalLocation', id, { time: new Date(since).toISOString() });
    entities.HistoricalLocation.set(key, entry);
    link(entry, 'Thing', thing);
    link(entry, 'Locations', location);
  }
};

const linkDrafts = (drafts: readonly Draft[], entities: Record<NumberedType, Map<string, Growing>>): void => {
  for (const { type, key, links } of drafts) {
    const from = entities[type].get(key);
    for (const { relation, key: target } of links) {
      const targetType = relationOf(type, relation)?.target;
      const to =
        targetType === undefined || targetType === 'Observation' ? undefined : entities[targetType].get(target);
      if (from === undefined || to === undefined) throw new Error(`${type} ${key} leads to no ${relation} ${target}`);
      link(from, relation, to);
    }
  }
};

const byId = (a: Entity, b: Entity): number => Number(a.id) - Number(b.id);

/** @throws Error when a draft has no number, or leads to a draft that is not there. */
export const buildCatalogue = (drafts: readonly Draft[], ids: IdBook): Catalogue => {
  const entities = byNumberedType(() => new Map<string, Growing>());
  const series = new Map<Entity, Series>();
  const features = new Map<string, Entity>();
  for (const { type, key, values, series: own } of drafts) {
    const id = ids[type].get(key)?.id;
    if (id === undefined) throw new Error(`${type} ${key} has no number`);
    const entity = grow(type, id, values);
    entities[type].set(key, entity);
    if (own !== undefined) series.set(entity, own);
    if (type === 'FeatureOfInterest') features.set(key, entity);
  }
  linkDrafts(drafts, entities);
  addHistory(entities, ids);
  const things = new Map([...entities.Thing].map(([key, thing]): [Entity, string] => [thing, key]));
  const featureOfDatastream = (datastream: Entity): Entity | undefined => {
    const thing = datastream.related.get('Thing')?.[0];
    return thing && features.get(things.get(thing) ?? '');
  };
  const datastreamsByFeature = Map.groupBy([...series.keys()].sort(byId), featureOfDatastream);
  const lists = new Map<NumberedType, readonly Entity[]>();
  const numbers = new Map<NumberedType, ReadonlyMap<number, Entity>>();
  for (const [type, known] of Object.entries(entities) as [NumberedType, Map<string, Growing>][]) {
    const list = [...known.values()].sort(byId);
    for (const { related } of list) for (const others of related.values()) others.sort(byId);
    lists.set(type, list);
    numbers.set(type, new Map(list.map((entity) => [Number(entity.id), entity])));
  }
  return {
    all: (type) => lists.get(type) ?? [],
    find: (type, id) => numbers.get(type)?.get(id),
    seriesOf: (datastream) => {
      const found = series.get(datastream);
      if (found === undefined)
        throw new Error(`${datastream.type} ${datastream.id} is no datastream of this catalogue`);
      return found;
    },
    datastreamsOfFeature: (feature) => datastreamsByFeature.get(feature) ?? [],
    featureOfDatastream,
  };
};
