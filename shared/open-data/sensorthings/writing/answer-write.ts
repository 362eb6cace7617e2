import type { Entity } from '../city/entity.ts';
import { type EntityTypeName, entityTypes } from '../model/entity-model.ts';
import type { ResourcePath } from '../query/ast.ts';
import { parseOptions, parseRequest } from '../query/parse.ts';
import { QueryError } from '../query/query-error.ts';
import type { Json } from '../serialize/entity-json.ts';
import { renderEntities } from '../service/expand.ts';
import { findObservation } from '../service/find-observation.ts';
import { resolvePlace } from '../service/resolve.ts';
import { openSession, type Session } from '../service/session.ts';
import { changeEntity, changeObservation } from './change.ts';
import { insertEntity } from './insert.ts';
import { patched } from './json-patch.ts';
import type { Parent } from './plan-insert.ts';
import { type BodyUse, type EntityBody, readBody } from './read-body.ts';
import { removeEntity } from './remove.ts';
import type { WriterParts } from './writer.ts';
import { observationIn } from './written-observations.ts';

export type WriteMethod = 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export type WriteRequest = {
  readonly method: WriteMethod;
  /** Behind `/v1.1`, percent-encoded. */
  readonly rawPath: string;
  /** Address of the service, without a slash at its end. */
  readonly root: string;
  /** Parsed JSON; `undefined` without a body. */
  readonly body: unknown;
  /** The body is a JSON Patch (RFC 6902). */
  readonly isJsonPatch: boolean;
};

export type WriteAnswer =
  | { readonly kind: 'created'; readonly location: string; readonly body: Json }
  | { readonly kind: 'changed'; readonly body: Json }
  | { readonly kind: 'removed' };

/** What an address can do, where it is not what was asked. */
export class MethodError extends Error {
  override readonly name = 'MethodError';
  readonly allowed: readonly string[];
  constructor(allowed: readonly string[]) {
    super(`Here ${allowed.join(', ')} are possible`);
    this.allowed = allowed;
  }
}

/** Of one entity, which is what a write answers. */
const MOST_CHARACTERS = 10_000_000;

const sessionOf = async ({ source, clock }: WriterParts, root: string): Promise<Session> =>
  openSession(source, (await source.view()).catalogue, { now: clock(), root, mostCharacters: MOST_CHARACTERS });

/** An entity as it is after the write. */
const shown = async (session: Session, entity: Entity | undefined, type: EntityTypeName): Promise<Json> => {
  // Somebody else may have removed it in the meantime.
  if (entity === undefined) return {};
  const rendered = await renderEntities(session, type, [entity], parseOptions('', type));
  return rendered.get(entity) ?? {};
};

/** The entity to whose relation a new one is added: `Things(1)/Datastreams`. */
const parentOf = async (session: Session, { steps, target }: ResourcePath): Promise<Parent | undefined> => {
  const last = steps.at(-1);
  if (steps.length < 2 || last === undefined || target.kind !== 'collection') return undefined;
  const before = steps.slice(0, -1);
  const entityType = before.at(-1)?.entityType ?? target.entityType;
  const place = await resolvePlace(session, {
    steps: before,
    target: { kind: 'entity', entityType, reference: false },
  });
  if (place.kind !== 'entity') throw new QueryError('path', 'path', last.span.start, 'leads to no one entity');
  return { type: place.entity.type, id: Number(place.entity.id), relation: last.name };
};

const create = async (parts: WriterParts, { body, root }: WriteRequest, path: ResourcePath): Promise<WriteAnswer> => {
  const { target } = path;
  if (target.kind !== 'collection' || target.reference) throw new MethodError(['GET', 'HEAD', 'OPTIONS']);
  const read = readBody(target.entityType, 'create', body);
  const parent = await parentOf(await sessionOf(parts, root), path);
  const { type, id, observation } = await insertEntity(parts, read, parent);
  const session = await sessionOf(parts, root);
  const entity =
    observation === undefined
      ? type === 'Observation'
        ? undefined
        : session.catalogue.find(type, id)
      : observationIn(session, observation);
  const location = `${root}/${entityTypes[type].setName}(${id})`;
  return { kind: 'created', location, body: await shown(session, entity, type) };
};

const bodyOf = (
  entity: Entity,
  { body, isJsonPatch, method }: WriteRequest,
): readonly [EntityBody, Exclude<BodyUse, 'create'>] => {
  if (method === 'PATCH' && isJsonPatch)
    return [readBody(entity.type, 'replace', patched(entity.values, body)), 'replace'];
  const use = method === 'PATCH' ? 'change' : 'replace';
  return [readBody(entity.type, use, body), use];
};

const change = async (parts: WriterParts, entity: Entity, request: WriteRequest): Promise<WriteAnswer> => {
  const [read, use] = bodyOf(entity, request);
  if (entity.type === 'Observation') {
    const observation = await changeObservation(parts, entity, read, use);
    const session = await sessionOf(parts, request.root);
    return { kind: 'changed', body: await shown(session, observationIn(session, observation), entity.type) };
  }
  await changeEntity(parts, entity, read, use);
  const session = await sessionOf(parts, request.root);
  return {
    kind: 'changed',
    body: await shown(session, session.catalogue.find(entity.type, Number(entity.id)), entity.type),
  };
};

/** Whether a reading has been put aside with all others already: who deletes a page one by one need not be told so. */
const isHidden = async (parts: WriterParts, { root }: WriteRequest, path: ResourcePath): Promise<boolean> => {
  const { source, clock } = parts;
  const { city, written } = await source.view();
  const [step, ...others] = path.steps;
  if (!written.readingsHidden || step?.entityType !== 'Observation' || others.length > 0) return false;
  const session = openSession(source.city, city, { now: clock(), root, mostCharacters: MOST_CHARACTERS });
  return (await findObservation(session, step.key?.text ?? '')) !== undefined;
};

/**
 * Answers a request to write (18-088, clause 10).
 * @throws QueryError for an address that leads nowhere, MethodError for one that cannot be written so, WriteError for what
 * cannot be written
 */
export const answerWrite = async (parts: WriterParts, request: WriteRequest): Promise<WriteAnswer> => {
  const { path } = parseRequest(request.rawPath, '');
  if (request.method === 'POST') return create(parts, request, path);
  const { target } = path;
  if (target.kind !== 'entity' || target.reference) {
    throw new MethodError(
      target.kind === 'collection' ? ['GET', 'HEAD', 'POST', 'OPTIONS'] : ['GET', 'HEAD', 'OPTIONS'],
    );
  }
  if (request.method === 'DELETE' && (await isHidden(parts, request, path))) return { kind: 'removed' };
  const place = await resolvePlace(await sessionOf(parts, request.root), path);
  if (place.kind !== 'entity') throw new Error('The address promised an entity and led to a collection');
  if (request.method !== 'DELETE') return change(parts, place.entity, request);
  await removeEntity(parts, place.entity);
  return { kind: 'removed' };
};
