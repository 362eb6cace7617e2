import type { NumberedType } from '../city/entity-ids.ts';
import { type EntityTypeName, entityTypes, relationOf } from '../model/entity-model.ts';
import { inverseOf, keeps, keptRelations } from './kept-relations.ts';
import type { EntityBody } from './read-body.ts';
import { type MemberFault, WriteError } from './write-fault.ts';

/** A new entity, or one that is there already. */
export type Target =
  | { readonly kind: 'new'; readonly entity: PlannedEntity }
  | { readonly kind: 'known'; readonly id: number };

/** A new entity before it has a number. */
export type PlannedEntity = {
  readonly type: EntityTypeName;
  readonly path: MemberFault['path'];
  readonly values: Readonly<Record<string, unknown>>;
  /** By relation that this side keeps. */
  readonly links: Map<string, Target[]>;
};

/** An entity that is there already and shall link to a new one. */
export type Relink = {
  readonly type: EntityTypeName;
  readonly id: number;
  readonly relation: string;
  readonly target: PlannedEntity;
  readonly path: MemberFault['path'];
};

export type InsertPlan = {
  readonly root: PlannedEntity;
  /** The root among them, in the order in which they stand in the body. */
  readonly entities: readonly PlannedEntity[];
  readonly relinks: readonly Relink[];
};

/** Where the address says that the new entity belongs: `Things(1)/Datastreams`. */
export type Parent = { readonly type: EntityTypeName; readonly id: number; readonly relation: string };

type Planning = { readonly entities: PlannedEntity[]; readonly relinks: Relink[] };

const isSame = (a: Target | undefined, b: Target): boolean =>
  a?.kind === 'known' && b.kind === 'known'
    ? a.id === b.id
    : a?.kind === 'new' && b.kind === 'new' && a.entity === b.entity;

const linkTo = (from: PlannedEntity, relation: string, target: Target): void => {
  const list = from.links.get(relation);
  const isMany = relationOf(from.type, relation)?.many ?? false;
  if (list === undefined) from.links.set(relation, [target]);
  else if (list.some((each) => isSame(each, target))) return;
  else if (isMany) list.push(target);
  else {
    const message = 'is another one than the one to which the address, or the entity around it, belongs';
    throw new WriteError('invalid', [{ path: [...from.path, relation], message }]);
  }
};

const planRelated = (planning: Planning, entity: PlannedEntity, { related }: EntityBody): void => {
  for (const { relation, items } of related) {
    const isKept = keeps(entity.type, relation.name);
    const back = inverseOf(relation).name;
    for (const item of items) {
      if (item.kind === 'new') {
        const target = planEntity(
          planning,
          item.entity,
          isKept ? undefined : { relation: back, target: { kind: 'new', entity } },
        );
        if (isKept) linkTo(entity, relation.name, { kind: 'new', entity: target });
      } else if (isKept) linkTo(entity, relation.name, { kind: 'known', id: item.id });
      else
        planning.relinks.push({ type: relation.target, id: item.id, relation: back, target: entity, path: item.path });
    }
  }
};

const planEntity = (
  planning: Planning,
  body: EntityBody,
  place?: { readonly relation: string; readonly target: Target },
): PlannedEntity => {
  const entity: PlannedEntity = { type: body.type, path: body.path, values: body.values, links: new Map() };
  planning.entities.push(entity);
  if (place !== undefined) linkTo(entity, place.relation, place.target);
  planRelated(planning, entity, body);
  return entity;
};

/** What must be linked and is not (18-088, 10.2: "shall be linked or nested"). */
const missingLinks = ({ type, path, links }: PlannedEntity): readonly MemberFault[] =>
  keptRelations(type).flatMap(({ name, mandatory }) =>
    mandatory && (links.get(name) ?? []).length === 0
      ? [{ path: [...path, name], message: 'is missing: link it by {"@iot.id": 1}, or nest it' }]
      : [],
  );

/**
 * Takes a body apart into the entities to be made and the links between them and to what is there.
 * @throws WriteError when a link is missing that an entity cannot be without
 */
export const planInsert = (body: EntityBody, parent?: Parent): InsertPlan => {
  const planning: Planning = { entities: [], relinks: [] };
  const relation = parent && relationOf(parent.type, parent.relation);
  const back = relation && inverseOf(relation).name;
  const isKeptByParent = parent !== undefined && keeps(parent.type, parent.relation);
  const place =
    parent !== undefined && back !== undefined && !isKeptByParent
      ? { relation: back, target: { kind: 'known', id: parent.id } as const }
      : undefined;
  const root = planEntity(planning, body, place);
  if (parent !== undefined && isKeptByParent) {
    planning.relinks.push({ type: parent.type, id: parent.id, relation: parent.relation, target: root, path: [] });
  }
  const faults = planning.entities.flatMap(missingLinks);
  if (faults.length > 0) throw new WriteError('invalid', faults);
  return { root, ...planning };
};

export const isNumbered = (type: EntityTypeName): type is NumberedType => type !== 'Observation';

/** Every relation of a type by which entities of other types keep links to it. */
export const linksTo = (
  type: EntityTypeName,
): readonly { readonly type: EntityTypeName; readonly relation: string }[] =>
  Object.values(entityTypes).flatMap(({ name }) =>
    keptRelations(name).flatMap(({ name: relation, target }) => (target === type ? [{ type: name, relation }] : [])),
  );
