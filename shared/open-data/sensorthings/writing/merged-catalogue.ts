import type { Catalogue } from '../city/catalogue.ts';
import { type Entity, relatedTo } from '../city/entity.ts';
import { byNumberedType, type NumberedType } from '../city/entity-ids.ts';
import { inverseOf, keptRelations } from './kept-relations.ts';
import type { Written, WrittenEntity } from './written-entity.ts';
import { noSeries, seriesOfWritten } from './written-series.ts';

type Node = {
  readonly entity: Omit<Entity, 'related'> & { readonly related: Map<string, Entity[]> };
  /** What it was in the city's own catalogue. */
  readonly city?: Entity;
  readonly linked: (relation: string) => readonly number[];
};

type Nodes = Record<NumberedType, Map<number, Node>>;

/** Those first that nothing else must be there for. */
const order: readonly NumberedType[] = [
  'Thing',
  'Location',
  'Sensor',
  'ObservedProperty',
  'FeatureOfInterest',
  'Datastream',
  'HistoricalLocation',
];

const cityNode = (city: Entity): Node => ({
  entity: { type: city.type, id: city.id, values: city.values, related: new Map() },
  city,
  linked: (relation) => relatedTo(city, relation).map(({ id }) => Number(id)),
});

const writtenNode = ({ type, id, values, links }: WrittenEntity): Node => ({
  entity: { type, id, values, related: new Map(), written: true },
  linked: (relation) => links[relation] ?? [],
});

const targetOf = (nodes: Nodes, target: Entity['type'], id: number): Node | undefined =>
  target === 'Observation' ? undefined : nodes[target].get(id);

/** An entity cannot live without what it must be linked to (18-088, 8.2): a datastream goes with its Thing, its sensor, its quantity. */
const canLive = (nodes: Nodes, type: NumberedType, node: Node): boolean =>
  keptRelations(type)
    .filter(({ mandatory }) => mandatory)
    .every(({ name, target }) => node.linked(name).some((id) => targetOf(nodes, target, id) !== undefined));

const gather = (city: Catalogue, { entities, hidden }: Written): Nodes => {
  const nodes: Nodes = byNumberedType(() => new Map());
  const gone = new Set(hidden.map(({ type, id }) => `${type}#${id}`));
  const written = Map.groupBy(entities, ({ type }) => type);
  for (const type of order) {
    const own = city.all(type).filter(({ id }) => !gone.has(`${type}#${id}`));
    for (const node of [...own.map(cityNode), ...(written.get(type) ?? []).map(writtenNode)]) {
      if (canLive(nodes, type, node)) nodes[type].set(Number(node.entity.id), node);
    }
  }
  return nodes;
};

/** The city's quantities are there because something observes them; when all that does is hidden, so are they. */
const withoutUnobserved = (nodes: Nodes): void => {
  const observed = new Set([...nodes.Datastream.values()].flatMap(({ linked }) => linked('ObservedProperty')));
  for (const [id, { city }] of nodes.ObservedProperty) {
    if (city !== undefined && !observed.has(id) && relatedTo(city, 'Datastreams').length > 0) {
      nodes.ObservedProperty.delete(id);
    }
  }
};

const append = ({ entity }: Node, relation: string, other: Node): void => {
  const list = entity.related.get(relation);
  if (list === undefined) entity.related.set(relation, [other.entity]);
  else list.push(other.entity);
};

const linkAll = (nodes: Nodes): void => {
  for (const type of order) {
    for (const node of nodes[type].values()) {
      for (const relation of keptRelations(type)) {
        for (const id of node.linked(relation.name)) {
          const target = targetOf(nodes, relation.target, id);
          if (target === undefined) continue;
          append(node, relation.name, target);
          append(target, inverseOf(relation).name, node);
        }
      }
    }
  }
};

const byId = (a: Entity, b: Entity): number => Number(a.id) - Number(b.id);

/** The city's entities without the hidden ones, and those that third parties wrote, linked both ways. */
export const mergeCatalogue = (city: Catalogue, written: Written): Catalogue => {
  if (written.entities.length === 0 && written.hidden.length === 0 && !written.readingsHidden) return city;
  const nodes = gather(city, written);
  withoutUnobserved(nodes);
  linkAll(nodes);
  const lists = new Map<NumberedType, readonly Entity[]>();
  for (const type of order) {
    const list = [...nodes[type].values()].map(({ entity }) => entity).sort(byId);
    for (const { related } of list) for (const others of related.values()) others.sort(byId);
    lists.set(type, list);
  }
  const nodeOf = ({ type, id }: Entity): Node | undefined => targetOf(nodes, type, Number(id));
  const featureOf = (datastream: Entity): Entity | undefined => {
    const own = nodeOf(datastream)?.city;
    const feature = own && city.featureOfDatastream(own);
    return feature && nodeOf(feature)?.entity;
  };
  return {
    all: (type) => lists.get(type) ?? [],
    find: (type, id) => nodes[type].get(id)?.entity,
    seriesOf: (datastream) => {
      const own = nodeOf(datastream)?.city;
      if (own === undefined) return seriesOfWritten(Number(datastream.id));
      // What is observed of a hidden feature is hidden with it.
      if (written.readingsHidden) return noSeries;
      return city.featureOfDatastream(own) !== undefined && featureOf(datastream) === undefined
        ? noSeries
        : city.seriesOf(own);
    },
    featureOfDatastream: featureOf,
    datastreamsOfFeature: (feature) => {
      const own = nodeOf(feature)?.city;
      const ids = [
        ...(own === undefined ? [] : city.datastreamsOfFeature(own).map(({ id }) => Number(id))),
        ...(written.datastreamsOfFeatures.get(Number(feature.id)) ?? []),
      ];
      return [...new Set(ids)].flatMap((id) => nodes.Datastream.get(id)?.entity ?? []).sort(byId);
    },
  };
};
