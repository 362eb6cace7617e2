import { relatedTo } from '../city/entity.ts';
import { type EntityTypeName, relationOf } from '../model/entity-model.ts';
import { parseTime, printInstant } from '../query/times.ts';
import { placeThing, relink } from './change.ts';
import { type CompletePlan, completePlan, type MadeFeature } from './insert-defaults.ts';
import { isNumbered, type Parent, type PlannedEntity, planInsert, type Relink, type Target } from './plan-insert.ts';
import type { EntityBody } from './read-body.ts';
import { conflict, invalid } from './write-fault.ts';
import {
  keptValues,
  linkedEntity,
  mustBeWritten,
  mustNotSpeakForCity,
  type WriterParts,
  type WriterView,
} from './writer.ts';
import type { WrittenEntity, WrittenObservation } from './written-entity.ts';

/** What was made: its number, and itself where it is an observation. */
export type Inserted = {
  readonly type: EntityTypeName;
  readonly id: number;
  readonly observation?: WrittenObservation;
};

type Numbers = ReadonlyMap<PlannedEntity, number>;

/** What third parties may not link to, because it would change what the city says of itself. */
const mustNotChangeCity = (view: WriterView, { type, path, links }: PlannedEntity): void => {
  for (const [relation, targets] of links) {
    const target = relationOf(type, relation)?.target;
    for (const each of targets) {
      if (target === undefined || each.kind === 'new') continue;
      const entity = linkedEntity(view, target, each.id, [...path, relation, '@iot.id']);
      mustNotSpeakForCity(type, relation, entity);
    }
  }
};

const mustBeRelinkable = (view: WriterView, { type, id, path }: Relink): void => {
  if (type === 'Observation') throw invalid(path, 'an Observation that is there is changed at its own address');
  mustBeWritten(linkedEntity(view, type, id, [...path, '@iot.id']), 'It cannot be linked to this');
};

const number = async ({ source }: WriterParts, entities: readonly PlannedEntity[]): Promise<Numbers> => {
  const numbers = new Map<PlannedEntity, number>();
  const types = [...Map.groupBy(entities, ({ type }) => type)];
  const firsts = await Promise.all(types.map(([type, own]) => source.store.take(type, own.length)));
  for (const [place, [, own]] of types.entries()) {
    for (const [index, entity] of own.entries()) numbers.set(entity, (firsts[place] ?? Number.NaN) + index);
  }
  return numbers;
};

const idOf = (numbers: Numbers, target: Target): number => {
  const id = target.kind === 'known' ? target.id : numbers.get(target.entity);
  if (id === undefined) throw new Error('A planned entity was given no number');
  return id;
};

const documentOf = (numbers: Numbers, entity: PlannedEntity): readonly WrittenEntity[] => {
  const { type, values, links } = entity;
  if (!isNumbered(type)) return [];
  const ids = [...links].map(([relation, targets]): [string, readonly number[]] => [
    relation,
    [...new Set(targets.map((target) => idOf(numbers, target)))],
  ]);
  const id = idOf(numbers, { kind: 'new', entity });
  return [{ type, id, version: 1, values: keptValues(type, values), links: Object.fromEntries(ids) }];
};

const observationOf = (numbers: Numbers, entity: PlannedEntity, now: number): readonly WrittenObservation[] => {
  const { type, values, links } = entity;
  if (type !== 'Observation') return [];
  const [[datastream], [feature]] = [links.get('Datastream') ?? [], links.get('FeatureOfInterest') ?? []];
  // 18-088, 10.2.1: what names no time was observed now.
  const phenomenonTime = values.phenomenonTime ?? printInstant(now);
  const time = parseTime(String(phenomenonTime));
  if (datastream === undefined || feature === undefined || time === undefined) {
    throw new Error('An observation was planned without datastream, feature or time');
  }
  return [
    {
      id: idOf(numbers, { kind: 'new', entity }),
      datastream: idOf(numbers, datastream),
      feature: idOf(numbers, feature),
      at: time.start,
      values: keptValues(type, { ...values, phenomenonTime }),
    },
  ];
};

/** Notes go first: one that leads to nothing is ignored, one that is missing would hide what was written. */
const note = async (
  { source }: WriterParts,
  { written }: WriterView,
  numbers: Numbers,
  made: readonly MadeFeature[],
  observations: readonly WrittenObservation[],
): Promise<void> => {
  for (const { feature, location } of made) {
    const id = idOf(numbers, { kind: 'new', entity: feature });
    await source.store.noteFeatureOfLocation(idOf(numbers, location), id);
  }
  const pairs = new Map(
    observations.map(({ feature, datastream }) => [`${feature} ${datastream}`, { feature, datastream }]),
  );
  for (const { feature, datastream } of pairs.values()) {
    if (written.datastreamsOfFeatures.get(feature)?.has(datastream)) continue;
    await source.store.noteDatastreamOfFeature(feature, datastream);
  }
};

/** A history that begins later than all others says where the Thing is now (18-088, 10.2: manual creation). */
const moveThing = async (
  parts: WriterParts,
  { catalogue }: WriterView,
  { type, values, links }: PlannedEntity,
  numbers: Numbers,
): Promise<void> => {
  const [thing] = links.get('Thing') ?? [];
  if (type !== 'HistoricalLocation' || thing?.kind !== 'known') return;
  const entity = catalogue.find('Thing', thing.id);
  const times = (entity === undefined ? [] : relatedTo(entity, 'HistoricalLocations')).map((each) => each.values.time);
  // Both are UTC with milliseconds, so the texts are in the order of time.
  if (times.some((time) => String(time) >= String(values.time))) return;
  const locations = (links.get('Locations') ?? []).map((target) => idOf(numbers, target));
  await placeThing(parts, thing.id, locations);
};

const commit = async (
  parts: WriterParts,
  view: WriterView,
  { root, entities, relinks, made }: CompletePlan,
): Promise<Inserted> => {
  const numbers = await number(parts, entities);
  const documents = entities.flatMap((entity) => documentOf(numbers, entity));
  const observations = entities.flatMap((entity) => observationOf(numbers, entity, parts.clock()));
  await note(parts, view, numbers, made, observations);
  await parts.source.store.insert(documents, observations);
  for (const { type, id, relation, target } of relinks) {
    if (!isNumbered(type)) continue;
    const done = await relink(parts, { type, id }, relation, idOf(numbers, { kind: 'new', entity: target }));
    if (!done) throw conflict(`${type} ${id} went away while it was being linked`);
  }
  await moveThing(parts, view, root, numbers);
  const id = idOf(numbers, { kind: 'new', entity: root });
  const observation = root.type === 'Observation' ? observations.find((each) => each.id === id) : undefined;
  return { type: root.type, id, ...(observation && { observation }) };
};

/**
 * Makes an entity with all that is nested in it, or nothing.
 * @throws WriteError for what cannot be made, with the member at fault
 */
export const insertEntity = async (parts: WriterParts, body: EntityBody, parent?: Parent): Promise<Inserted> => {
  const plan = planInsert(body, parent);
  const view = await parts.source.view();
  for (const entity of plan.entities) mustNotChangeCity(view, entity);
  for (const each of plan.relinks) mustBeRelinkable(view, each);
  return commit(parts, view, completePlan(view, plan, parts.clock()));
};
