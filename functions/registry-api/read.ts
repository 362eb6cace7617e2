import * as z from 'zod';
import { writeTable } from '../../shared/city/csv/write-table.ts';
import type { EditableKind } from '../../shared/city/editing/registry-editor.ts';
import { entityIdSchema } from '../../shared/city/entities.ts';
import { json, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import type { Collection } from './collections.ts';
import type { RegistryParts } from './parts.ts';

export const idParameter = z.object({ id: entityIdSchema.meta({ description: 'As the city chose it' }) });

const offers = [
  { format: 'json', mediaType: 'application/json' },
  { format: 'csv', mediaType: 'text/csv' },
] as const;

const csvOf = async <K extends EditableKind>({ editor }: RegistryParts, { kind, schema, path }: Collection<K>) => {
  const registered = await editor.list(kind);
  const body = writeTable(
    schema,
    registered.map(({ entity }) => entity),
  );
  return text('text/csv; charset=utf-8; header=present', body, {
    'content-disposition': `attachment; filename="${path}.csv"`,
  });
};

const csvContent = { 'text/csv': z.string().meta({ description: 'RFC 4180, a column for each field' }) };

export const listEntities = <K extends EditableKind>(of: Collection<K>, parts: RegistryParts): Operation => {
  const answer = z.object({ items: z.array(of.schema) }).meta({ id: `Registered${of.plural}` });
  return operation({
    method: 'GET',
    path: `/${of.path}`,
    operationId: `list${of.plural}`,
    summary: `Every ${of.words} as it is registered`,
    query: z.strictObject({ format: z.enum(['json', 'csv']).optional() }),
    responses: { 200: { description: 'By id', content: { 'application/json': answer, ...csvContent } } },
    handle: async ({ query: { format }, event }) => {
      const wanted = negotiate(offers, { format, accept: event.headers.accept });
      if (wanted === 'csv') return csvOf(parts, of);
      const registered = await parts.editor.list(of.kind);
      return json(answer, { items: registered.map(({ entity }) => entity) });
    },
  });
};

export const exportEntities = <K extends EditableKind>(of: Collection<K>, parts: RegistryParts): Operation =>
  operation({
    method: 'GET',
    path: `/${of.path}.csv`,
    operationId: `export${of.plural}`,
    summary: `Every ${of.words} as a table, as import reads it back`,
    responses: { 200: { description: 'By id', content: csvContent } },
    handle: () => csvOf(parts, of),
  });

export const getEntity = <K extends EditableKind>(of: Collection<K>, { editor }: RegistryParts): Operation =>
  operation({
    method: 'GET',
    path: `/${of.path}/{id}`,
    operationId: `get${of.singular}`,
    summary: `One ${of.words} as it is registered; its ETag names this version`,
    pathParameters: idParameter,
    responses: { 200: { description: 'As registered', content: { 'application/json': of.schema } } },
    handle: async ({ path: { id } }) => {
      const found = await editor.get(of.kind, id);
      if (found === undefined) throw notFound(`There is no ${of.words} ${id}`);
      return json(of.schema, found.entity);
    },
  });

const MOST_CHANGES = 100;

const changesAnswer = z
  .object({
    changes: z.array(
      z.object({
        at: instantSchema,
        by: z.string(),
        act: z.enum(['created', 'changed', 'removed']),
        through: z.enum(['api', 'csv']),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
      }),
    ),
  })
  .meta({ id: 'RegistryChanges' });

export const listChanges = (of: Collection, { editor }: RegistryParts): Operation =>
  operation({
    method: 'GET',
    path: `/${of.path}/{id}/changes`,
    operationId: `list${of.singular}Changes`,
    summary: `Who changed a ${of.words} through this API and when, with what was there before and after`,
    description: `The newest ${MOST_CHANGES}, newest first; of one that was removed, too.`,
    pathParameters: idParameter,
    responses: { 200: { description: 'Newest first', content: { 'application/json': changesAnswer } } },
    handle: async ({ path: { id } }) => {
      const changes = await editor.changes(of.kind, id, MOST_CHANGES);
      return json(changesAnswer, { changes: changes.map((change) => ({ ...change, at: isoInstant(change.at) })) });
    },
  });
