import type { Entity } from '../city/entity.ts';
import type { NumberedType } from '../city/entity-ids.ts';
import { type EntityRelation, type EntityTypeName, relationOf } from '../model/entity-model.ts';
import { parseTime, printInstant } from '../query/times.ts';
import { faultOfGeometry } from './body-schema.ts';
import { inverseOf, keeps } from './kept-relations.ts';
import type { BodyUse, EntityBody, RelatedBody } from './read-body.ts';
import { conflict, invalid, WriteError } from './write-fault.ts';
import {
  keptValues,
  linkedEntity,
  mustBeWritten,
  mustNotSpeakForCity,
  type WriterParts,
  type WriterView,
} from './writer.ts';
import type { WrittenEntity, WrittenObservation } from './written-entity.ts';

/** Of two who change an entity at once, one begins anew. */
const ATTEMPTS = 8;

type Name = { readonly type: NumberedType; readonly id: number };

const documentNamed = async ({ source }: WriterParts, { type, id }: Name): Promise<WrittenEntity | undefined> =>
  (await source.view()).written.entities.find((each) => each.type === type && each.id === id);

/** Where a Thing is from now on. */
const noteHistory = async ({ source, clock }: WriterParts, { id, links }: WrittenEntity): Promise<void> => {
  const Locations = links.Locations ?? [];
  if (Locations.length === 0) return;
  const history = await source.store.take('HistoricalLocation', 1);
  const values = { time: printInstant(clock()) };
  const entity = {
    type: 'HistoricalLocation',
    id: history,
    version: 1,
    values,
    links: { Thing: [id], Locations },
  } as const;
  await source.store.insert([entity], []);
};

const sameIds = (a: readonly number[] = [], b: readonly number[] = []): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

/** Reads, changes and replaces a document until nobody came between; `undefined` when there is none. */
const replaced = async (
  parts: WriterParts,
  name: Name,
  change: (document: WrittenEntity) => WrittenEntity,
): Promise<{ readonly before: WrittenEntity; readonly next: WrittenEntity } | undefined> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await documentNamed(parts, name);
    if (before === undefined) return undefined;
    const next = { ...change(before), version: before.version + 1 };
    if (await parts.source.store.replace(next)) return { before, next };
  }
  throw conflict(`${name.type} ${name.id} is being changed by too many at once`);
};

/** Changes a document; a Thing that got another place, in its history too. @returns false when there is no such entity */
const update = async (
  parts: WriterParts,
  name: Name,
  change: (document: WrittenEntity) => WrittenEntity,
): Promise<boolean> => {
  const done = await replaced(parts, name, change);
  if (done === undefined) return false;
  const { before, next } = done;
  const hasMoved = name.type === 'Thing' && !sameIds(before.links.Locations, next.links.Locations);
  if (hasMoved) await noteHistory(parts, next);
  return true;
};

/** Lets an entity that is there link to another one; where it links to many, also to this one, but a Thing has one place at a time. */
const linked = (document: WrittenEntity, relation: string, id: number): WrittenEntity => {
  const isMany = relationOf(document.type, relation)?.many === true && document.type !== 'Thing';
  const others = isMany ? (document.links[relation] ?? []) : [];
  return { ...document, links: { ...document.links, [relation]: [...new Set([...others, id])] } };
};

/**
 * Links a written entity to another one. The insert that made a Thing's place has noted it in its history.
 * @returns false when there is no such entity
 */
export const relink = async (parts: WriterParts, name: Name, relation: string, id: number): Promise<boolean> =>
  (await replaced(parts, name, (document) => linked(document, relation, id))) !== undefined;

/** Says where a Thing is, as the newest entry of its history does. */
export const placeThing = async (parts: WriterParts, id: number, Locations: readonly number[]): Promise<void> => {
  const place = (document: WrittenEntity) => ({ ...document, links: { ...document.links, Locations } });
  await replaced(parts, { type: 'Thing', id }, place);
};

const idsOf = (items: EntityBody['related'][number]['items']): readonly number[] =>
  items.flatMap((item) => (item.kind === 'link' ? [item.id] : []));

/** @throws WriteError for what is not there, and for what would change what the city says of itself */
const checkLink = (view: WriterView, type: EntityTypeName, relation: EntityRelation, item: RelatedBody): void => {
  if (item.kind !== 'link') return;
  if (relation.target === 'Observation') throw invalid(item.path, 'an Observation is linked at its own address');
  const target = linkedEntity(view, relation.target, item.id, [...item.path, '@iot.id']);
  if (!keeps(type, relation.name)) mustBeWritten(target, 'It cannot be linked to this');
  mustNotSpeakForCity(type, relation.name, target);
};

const checkLinks = async ({ source }: WriterParts, { type, related }: EntityBody): Promise<void> => {
  const view = await source.view();
  for (const { relation, items } of related) {
    const isNeeded = keeps(type, relation.name) && relation.mandatory;
    if (isNeeded && items.length === 0) throw invalid([relation.name], 'must not be empty');
    for (const item of items) checkLink(view, type, relation, item);
  }
};

const changedValues = (
  before: Readonly<Record<string, unknown>>,
  { type, values }: EntityBody,
  use: BodyUse,
): Readonly<Record<string, unknown>> => {
  const next = keptValues(type, use === 'replace' ? values : { ...before, ...values });
  const member = type === 'Location' ? 'location' : 'feature';
  const fault = member in next ? faultOfGeometry(next.encodingType, next[member]) : undefined;
  if (fault !== undefined) throw new WriteError('invalid', [{ path: [member], message: fault }]);
  return next;
};

const keptLinks = ({ type, related }: EntityBody): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    related
      .filter(({ relation }) => keeps(type, relation.name))
      .map(({ relation, items }) => [relation.name, idsOf(items)]),
  );

/**
 * Changes an entity (PATCH), or replaces it but for its links (PUT).
 * @throws WriteError when it is the city's, when the body links to nothing, or when it is gone
 */
export const changeEntity = async (
  parts: WriterParts,
  entity: Entity,
  body: EntityBody,
  use: Exclude<BodyUse, 'create'>,
): Promise<void> => {
  mustBeWritten(entity, 'It cannot be changed');
  await checkLinks(parts, body);
  const { type } = entity;
  if (type === 'Observation') throw new Error('Observations are changed by changeObservation');
  const name = { type, id: Number(entity.id) };
  const found = await update(parts, name, (document) => ({
    ...document,
    values: changedValues(document.values, body, use),
    links: { ...document.links, ...keptLinks(body) },
  }));
  if (!found) throw new WriteError('missing', [{ path: [], message: `there is no ${type} ${entity.id} any more` }]);
  for (const { relation, items } of body.related) {
    if (keeps(type, relation.name) || relation.target === 'Observation') continue;
    const back = inverseOf(relation).name;
    for (const id of idsOf(items)) {
      await update(parts, { type: relation.target, id }, (document) => linked(document, back, name.id));
    }
  }
};

/** The same for an observation. @throws WriteError */
export const changeObservation = async (
  parts: WriterParts,
  entity: Entity,
  body: EntityBody,
  use: Exclude<BodyUse, 'create'>,
): Promise<WrittenObservation> => {
  mustBeWritten(entity, 'It cannot be changed');
  await checkLinks(parts, body);
  const { observations } = parts.source.store;
  const gone = new WriteError('missing', [{ path: [], message: `there is no Observation ${entity.id} any more` }]);
  const before = await observations.get(Number(entity.id));
  if (before === undefined) throw gone;
  const links = keptLinks(body);
  const fallback = { phenomenonTime: before.values.phenomenonTime };
  const values = { ...fallback, ...changedValues(before.values, body, use) };
  const time = parseTime(String(values.phenomenonTime));
  if (time === undefined) throw invalid(['phenomenonTime'], 'must be a time');
  const next: WrittenObservation = {
    id: before.id,
    datastream: links.Datastream?.[0] ?? before.datastream,
    feature: links.FeatureOfInterest?.[0] ?? before.feature,
    at: time.start,
    values,
  };
  const { written } = await parts.source.view();
  if (written.datastreamsOfFeatures.get(next.feature)?.has(next.datastream) !== true) {
    await parts.source.store.noteDatastreamOfFeature(next.feature, next.datastream);
  }
  if (!(await observations.put(next, before))) throw gone;
  return next;
};
