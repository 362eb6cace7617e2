import { type EntityRelation, type EntityTypeName, entityTypes, relationOf } from '../model/entity-model.ts';
import { faultOfGeometry, isWorkedOut, propertySchemas } from './body-schema.ts';
import { type MemberFault, WriteError } from './write-fault.ts';

/** A related entity in a body: one that is there already (`{"@iot.id": 3}`), or one to be made with this one. */
export type RelatedBody =
  | { readonly kind: 'link'; readonly id: number; readonly path: MemberFault['path'] }
  | { readonly kind: 'new'; readonly entity: EntityBody };

/** What a body says of one entity: validated values, as they are kept, and what it is related to. */
export type EntityBody = {
  readonly type: EntityTypeName;
  readonly path: MemberFault['path'];
  /** Present members only; null takes an optional one away. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly related: readonly { readonly relation: EntityRelation; readonly items: readonly RelatedBody[] }[];
};

/**
 * - `create`: what is mandatory must be there, related entities may be nested;
 * - `replace` (PUT): what is mandatory must be there, related entities are named by id;
 * - `change` (PATCH): members that are there replace those of the entity.
 */
export type BodyUse = 'create' | 'replace' | 'change';

/** Entities that one body may hold. */
const MAX_ENTITIES = 2_000;

type Reading = { readonly use: BodyUse; readonly faults: MemberFault[]; entities: number };
type Path = MemberFault['path'];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Links and counts that an answer of this service carries; who sends an answer back means nothing by them. */
const isAnnotation = (name: string): boolean => /@iot\.(navigationLink|nextLink|count|selfLink)$/.test(name);

const readId = (value: unknown): number | undefined => {
  const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
};

const readProperty = (reading: Reading, type: EntityTypeName, name: string, value: unknown, path: Path): unknown => {
  const schema = propertySchemas[type][name];
  const parsed = schema?.safeParse(value);
  if (parsed?.success) return parsed.data;
  for (const issue of parsed?.error.issues ?? []) {
    reading.faults.push({
      path: [...path, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))],
      message: issue.message,
    });
  }
  return undefined;
};

const readRelated = (
  reading: Reading,
  relation: EntityRelation,
  value: unknown,
  path: Path,
): RelatedBody | undefined => {
  if (!isObject(value)) {
    reading.faults.push({ path, message: `must be an object: {"@iot.id": 1}, or a ${relation.target} of its own` });
    return undefined;
  }
  if ('@iot.id' in value) {
    const id = readId(value['@iot.id']);
    const others = Object.keys(value).filter((name) => name !== '@iot.id' && !isAnnotation(name));
    if (id === undefined) reading.faults.push({ path: [...path, '@iot.id'], message: 'must be the id of an entity' });
    if (others.length > 0) {
      const message = `leads to an entity that is there already, so it cannot also have ${others.join(', ')}`;
      reading.faults.push({ path, message });
    }
    return id === undefined ? undefined : { kind: 'link', id, path };
  }
  if (reading.use !== 'create') {
    const message = 'an entity that is there can be linked by {"@iot.id": 1}; a new one is made by POST';
    reading.faults.push({ path, message });
    return undefined;
  }
  return { kind: 'new', entity: readEntity(reading, relation.target, value, path) };
};

const readRelation = (
  reading: Reading,
  relation: EntityRelation,
  value: unknown,
  path: Path,
): readonly RelatedBody[] => {
  if (relation.many && !Array.isArray(value)) {
    reading.faults.push({ path, message: 'must be a list' });
    return [];
  }
  const items: readonly unknown[] = relation.many && Array.isArray(value) ? value : [value];
  return items.flatMap(
    (item, index) => readRelated(reading, relation, item, relation.many ? [...path, index] : path) ?? [],
  );
};

const missingOf = (
  reading: Reading,
  type: EntityTypeName,
  value: Readonly<Record<string, unknown>>,
  path: Path,
): void => {
  if (reading.use === 'change') return;
  for (const { name, mandatory } of entityTypes[type].properties) {
    if (mandatory && !(name in value)) reading.faults.push({ path: [...path, name], message: 'is missing' });
  }
};

const geometryMember: Partial<Record<EntityTypeName, string>> = { Location: 'location', FeatureOfInterest: 'feature' };

const readEntity = (
  reading: Reading,
  type: EntityTypeName,
  value: Readonly<Record<string, unknown>>,
  path: Path,
): EntityBody => {
  reading.entities += 1;
  const values: Record<string, unknown> = {};
  const related: { relation: EntityRelation; items: readonly RelatedBody[] }[] = [];
  // Only so much is looked at; the fault is told at the end.
  if (reading.entities > MAX_ENTITIES) return { type, path, values, related };
  missingOf(reading, type, value, path);
  for (const [name, member] of Object.entries(value)) {
    const at = [...path, name];
    const relation = relationOf(type, name);
    if (relation !== undefined) related.push({ relation, items: readRelation(reading, relation, member, at) });
    else if (name in propertySchemas[type]) values[name] = readProperty(reading, type, name, member, at);
    else if (name === '@iot.id' && path.length === 0 && reading.use === 'create') {
      reading.faults.push({ path: at, message: 'is given by the service' });
    } else if (name !== '@iot.id' && !isAnnotation(name) && !isWorkedOut(type, name)) {
      reading.faults.push({ path: at, message: `is not known here: ${type} has no such property or relation` });
    }
  }
  const geometry = geometryMember[type];
  if (geometry !== undefined && values[geometry] !== undefined && values.encodingType !== undefined) {
    const message = faultOfGeometry(values.encodingType, values[geometry]);
    if (message !== undefined) reading.faults.push({ path: [...path, geometry], message });
  }
  return { type, path, values, related };
};

/**
 * What a body says of an entity of a type.
 * @throws WriteError that names every member at fault
 */
export const readBody = (type: EntityTypeName, use: BodyUse, value: unknown): EntityBody => {
  if (!isObject(value)) {
    throw new WriteError('invalid', [{ path: [], message: `the body must be a JSON object, a ${type}` }]);
  }
  const reading: Reading = { use, faults: [], entities: 0 };
  const body = readEntity(reading, type, value, []);
  if (reading.entities > MAX_ENTITIES) {
    reading.faults.push({ path: [], message: `one request may hold at most ${MAX_ENTITIES} entities` });
  }
  if (reading.faults.length > 0) throw new WriteError('invalid', reading.faults.slice(0, 20));
  return body;
};
