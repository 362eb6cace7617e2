import {
  type EntityProperty,
  type EntityRelation,
  type EntityTypeName,
  entitySetNames,
  entityTypeOfSet,
  propertyOf,
  relationOf,
} from '../model/entity-model.ts';
import type { EntityKey, NavigationStep, ResourcePath, ResourceTarget } from './ast.ts';
import { decodeComponent } from './decode.ts';
import { MAX_PATH_CHARACTERS } from './limits.ts';
import { QueryError } from './query-error.ts';
import { namesOf } from './resolve-path.ts';

type Segment = { readonly text: string; readonly start: number };

const fault = (segment: Segment, reason: string, expected?: string): QueryError =>
  new QueryError('path', 'path', segment.start, reason, expected);

const segmentsOf = (rawPath: string): readonly Segment[] => {
  if (rawPath.length > MAX_PATH_CHARACTERS) {
    throw new QueryError('too-long', 'path', MAX_PATH_CHARACTERS, `longer than ${MAX_PATH_CHARACTERS} characters`);
  }
  const segments: Segment[] = [];
  let start = 0;
  for (const raw of rawPath.replace(/^\//, '').replace(/\/$/, '').split('/')) {
    const text = decodeComponent(raw, 'path', start);
    segments.push({ text, start });
    start += text.length + 1;
  }
  return segments.length === 1 && segments[0]?.text === '' ? [] : segments;
};

const stepPattern = /^([^()]*)\((?:'((?:[^']|'')*)'|([^()']+))\)$/;

const splitKey = (segment: Segment): { readonly name: string; readonly key?: EntityKey } => {
  if (!segment.text.includes('(')) return { name: segment.text };
  const match = stepPattern.exec(segment.text);
  const name = match?.[1] ?? '';
  if (match === null) throw fault(segment, 'not an address of an entity', 'a name and an id in brackets: Things(1)');
  const span = { start: segment.start + name.length + 1, end: segment.start + segment.text.length - 1 };
  const quoted = match[2];
  return quoted === undefined
    ? { name, key: { text: (match[3] ?? '').trim(), quoted: false, span } }
    : { name, key: { text: quoted.replaceAll("''", "'"), quoted: true, span } };
};

const stepOf = (segment: Segment, name: string, entityType: EntityTypeName, many: boolean, key?: EntityKey) => {
  if (key !== undefined && !many) throw fault(segment, `${name} is one entity already`, 'no id');
  return {
    name,
    entityType,
    many: many && key === undefined,
    ...(key === undefined ? {} : { key }),
    span: { start: segment.start, end: segment.start + segment.text.length },
  };
};

const firstStep = (segment: Segment): NavigationStep => {
  const { name, key } = splitKey(segment);
  const type = entityTypeOfSet(name);
  if (type === undefined) {
    throw fault(segment, `there is no “${name.slice(0, 60)}”`, `one of ${entitySetNames.join(', ')}`);
  }
  return stepOf(segment, name, type.name, true, key);
};

const propertyTarget = (
  property: EntityProperty,
  entityType: EntityTypeName,
  inside: readonly Segment[],
): ResourceTarget => {
  const raw = inside.at(-1)?.text === '$value';
  const subPath = raw ? inside.slice(0, -1) : inside;
  const isDeep = property.type === 'json' || property.type === 'any' || property.type === 'geometry';
  const wrong = isDeep ? subPath.find(({ text }) => text === '' || text.startsWith('$')) : subPath[0];
  if (wrong !== undefined) {
    throw fault(
      wrong,
      `nothing called “${wrong.text.slice(0, 60)}” is inside ${entityType}/${property.name}`,
      '$value',
    );
  }
  return { kind: 'property', entityType, property: property.name, subPath: subPath.map(({ text }) => text), raw };
};

const relationStep = (segment: Segment, from: NavigationStep): NavigationStep => {
  const { name, key } = splitKey(segment);
  const relation: EntityRelation | undefined = relationOf(from.entityType, name);
  if (relation === undefined) {
    throw fault(segment, `${from.entityType} has no “${name.slice(0, 60)}”`, `one of ${namesOf(from.entityType)}`);
  }
  return stepOf(segment, name, relation.target, relation.many, key);
};

const endAt = (step: NavigationStep, reference: boolean): ResourceTarget => ({
  kind: step.many ? 'collection' : 'entity',
  entityType: step.entityType,
  reference,
});

/**
 * The path behind `/v1.1`, still percent-encoded: `Things(1)/Datastreams`. Empty or `/` is the root document.
 * @throws QueryError with code `path` when it leads nowhere.
 */
export const parsePath = (rawPath: string): ResourcePath => {
  const [first, ...rest] = segmentsOf(rawPath);
  if (first === undefined) return { steps: [], target: { kind: 'root' } };
  let step = firstStep(first);
  const steps = [step];
  for (const [index, segment] of rest.entries()) {
    if (segment.text === '$ref' && index === rest.length - 1) return { steps, target: endAt(step, true) };
    if (step.many) throw fault(segment, `${step.name} are many`, 'an id in brackets before going on, or $ref');
    const property = propertyOf(step.entityType, segment.text);
    if (property !== undefined) {
      return { steps, target: propertyTarget(property, step.entityType, rest.slice(index + 1)) };
    }
    step = relationStep(segment, step);
    steps.push(step);
  }
  return { steps, target: endAt(step, false) };
};
