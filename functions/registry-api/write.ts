import * as z from 'zod';
import { crossingOutlines } from '../../shared/city/editing/crossing-outlines.ts';
import type { Coded } from '../../shared/city/editing/fault-code.ts';
import { kindInWords } from '../../shared/city/editing/kind-words.ts';
import { danglingReferences, dependentsOf } from '../../shared/city/editing/references.ts';
import type { EditableKind, Registered } from '../../shared/city/editing/registry-editor.ts';
import { unknownMembers } from '../../shared/city/editing/unknown-members.ts';
import type { EntityOf } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { type Fault, invalidRequest, notFound, ProblemError } from '../../shared/lambda/problem.ts';
import { validate } from '../../shared/lambda/validate.ts';
import { handOf } from './act.ts';
import type { Collection } from './collections.ts';
import type { RegistryParts } from './parts.ts';
import { changedMeanwhile, checkPreconditions, etagOf, preconditionHeaders, requireSeen } from './preconditions.ts';
import { idParameter } from './read.ts';

const faultAt = (path: readonly (string | number)[], message: string, coded: Coded): Fault => ({
  in: 'body',
  field: path.join('.'),
  pointer: path.map((part) => `/${part}`).join(''),
  message,
  ...coded,
});

/** The body as an entity under the path's id. @throws ProblemError 400 that names every field at fault. */
const readEntity = <K extends EditableKind>({ kind, schema }: Collection<K>, id: string, body: object): EntityOf<K> => {
  const given = { id, ...body };
  const entity = validate(schema, given, 'body');
  const faults = unknownMembers(given, entity).map((path) => faultAt(path, 'is not known here', { code: 'not-known' }));
  faults.push(...crossingOutlines(kind, entity).map(({ path, message, ...coded }) => faultAt(path, message, coded)));
  if (entity.id !== id)
    faults.push(faultAt(['id'], `must be ${id}, as in the address`, { code: 'other-id', values: { id } }));
  if (faults.length > 0) throw invalidRequest(faults);
  return entity;
};

const checkReferences = async <K extends EditableKind>(
  { kind }: Collection<K>,
  entity: EntityOf<K>,
  { registry }: RegistryParts,
): Promise<void> => {
  const exists = async (other: EditableKind, id: string) => (await registry.get(other, id)) !== undefined;
  const dangling = await danglingReferences(kind, entity, exists);
  if (dangling.length === 0) return;
  throw invalidRequest(
    dangling.map(({ path, kind: other, id }) =>
      faultAt(path, `there is no ${kindInWords(other)} ${id}`, { code: 'no-such', values: { kind: other, id } }),
    ),
  );
};

export const putEntity = <K extends EditableKind>(of: Collection<K>, parts: RegistryParts): Operation =>
  operation({
    method: 'PUT',
    path: `/${of.path}/{id}`,
    operationId: `put${of.singular}`,
    summary: `Registers a ${of.words}, or replaces it`,
    description:
      'The whole of it; its id may be left to the address. Replacing asks for If-Match with the ETag of the version that was seen: 412 where it was changed meanwhile, 428 without. The same again changes nothing.',
    pathParameters: idParameter,
    headers: preconditionHeaders,
    body: z.record(z.string(), z.unknown()),
    documentedBody: of.schema,
    responses: {
      200: { description: 'Replaced, or the same as before', content: { 'application/json': of.schema } },
      201: { description: 'Registered', content: { 'application/json': of.schema } },
    },
    handle: async ({ path: { id }, body, event }) => {
      const hand = handOf(parts, event, 'api');
      const entity = readEntity(of, id, body);
      const what = `The ${of.words} ${id}`;
      const seen = await parts.editor.get(of.kind, id);
      checkPreconditions(event, what, seen?.entity);
      const headers = { etag: etagOf(entity) };
      if (seen !== undefined && etagOf(seen.entity) === headers.etag) return json(of.schema, entity, { headers });
      if (seen !== undefined) requireSeen(event, what, seen.entity);
      await checkReferences(of, entity, parts);
      if (!(await parts.editor.write(of.kind, entity, seen, hand))) throw changedMeanwhile(what);
      return json(of.schema, entity, { status: seen === undefined ? 201 : 200, headers });
    },
  });

const MOST_NAMED = 20;

/** @throws ProblemError 409 that names who would be left without it. */
const checkDependents = async <K extends EditableKind>(
  { kind, words }: Collection<K>,
  { entity }: Registered<K>,
  { registry }: RegistryParts,
): Promise<void> => {
  const dependents = await dependentsOf(registry, kind, entity.id);
  if (dependents.length === 0) return;
  const names = dependents.map((dependent) => `${kindInWords(dependent.kind)} ${dependent.id}`);
  throw new ProblemError({
    status: 409,
    kind: 'in-use',
    detail: `The ${words} ${entity.id} is still named by ${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`,
    errors: dependents.slice(0, MOST_NAMED).map((dependent, index) => ({
      in: 'path',
      field: 'id',
      message: `is still named by ${names[index]}`,
      code: 'named-by',
      values: { kind: dependent.kind, id: dependent.id },
    })),
  });
};

const removedAnswer = z
  .object({ removed: z.string(), at: instantSchema, by: z.string() })
  .meta({ id: 'RemovedEntity' });

export const deleteEntity = <K extends EditableKind>(of: Collection<K>, parts: RegistryParts): Operation =>
  operation({
    method: 'DELETE',
    path: `/${of.path}/{id}`,
    operationId: `delete${of.singular}`,
    summary: `Removes a ${of.words} that nothing names`,
    description:
      '409 names what still needs it. With If-Match, 412 where it was changed meanwhile. Its changes stay on record.',
    pathParameters: idParameter,
    headers: preconditionHeaders.pick({ 'if-match': true }),
    responses: { 200: { description: 'Removed', content: { 'application/json': removedAnswer } } },
    handle: async ({ path: { id }, event }) => {
      const hand = handOf(parts, event, 'api');
      const what = `The ${of.words} ${id}`;
      const seen = await parts.editor.get(of.kind, id);
      checkPreconditions(event, what, seen?.entity);
      if (seen === undefined) throw notFound(`There is no ${of.words} ${id}`);
      await checkDependents(of, seen, parts);
      if (!(await parts.editor.remove(of.kind, seen, hand))) throw changedMeanwhile(what);
      return json(removedAnswer, { removed: id, at: isoInstant(hand.at), by: hand.by });
    },
  });
