import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { readTable, type TableFault, type TableRow } from '../../shared/city/csv/read-table.ts';
import { crossingOutlines } from '../../shared/city/editing/crossing-outlines.ts';
import { entityDigest } from '../../shared/city/editing/entity-digest.ts';
import { kindInWords } from '../../shared/city/editing/kind-words.ts';
import { danglingReferences } from '../../shared/city/editing/references.ts';
import type { EditableKind, Hand, Registered } from '../../shared/city/editing/registry-editor.ts';
import type { EntityOf } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { type Fault, faultSchema, invalidRequest, ProblemError } from '../../shared/lambda/problem.ts';
import { mapInParallel } from '../../shared/storage/parallel.ts';
import { handOf } from './act.ts';
import type { Collection } from './collections.ts';
import type { RegistryParts } from './parts.ts';

const MOST_FAULTS = 1_000;
const WRITES_AT_ONCE = 16;
/** As much as API Gateway hands a Lambda function. */
const MOST_BYTES = 6 * 1_048_576;

/** The body as text, whatever media type it is said to be. @throws ProblemError 400, 413 */
const tableText = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string => {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MOST_BYTES) {
    throw new ProblemError({ status: 413, kind: 'too-large', detail: 'A table has at most 6 MB' });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const message = 'The table is not in UTF-8: save it as “CSV UTF-8”';
    throw invalidRequest([{ in: 'body', field: '', message, code: 'not-utf-8' }]);
  }
};

type Change<K extends EditableKind> = TableRow<EntityOf<K>> & { readonly seen: Registered<K> | undefined };

/** What an import would do, before it does anything. */
type Proposal<K extends EditableKind> = {
  readonly changes: readonly Change<K>[];
  readonly unchanged: number;
  readonly faults: readonly TableFault[];
};

const proposal = async <K extends EditableKind>(
  { kind, schema }: Collection<K>,
  text: string,
  { editor, registry }: RegistryParts,
): Promise<Proposal<K>> => {
  const known = new Map((await editor.list(kind)).map((each) => [each.entity.id, each]));
  const table = readTable(schema, text, (id) => known.get(id)?.entity);
  const ids = new Map<EditableKind, Promise<ReadonlySet<string>>>();
  const idsOf = (other: EditableKind): Promise<ReadonlySet<string>> => {
    const found = ids.get(other) ?? registry.list(other).then((all) => new Set(all.map(({ id }) => id)));
    ids.set(other, found);
    return found;
  };
  const faults = [...table.faults];
  const changes: Change<K>[] = [];
  let unchanged = 0;
  for (const { line, entity } of table.rows) {
    const seen = known.get(entity.id);
    const dangling = await danglingReferences(kind, entity, async (other, id) => (await idsOf(other)).has(id));
    for (const { path, kind: other, id } of dangling) {
      const message = `there is no ${kindInWords(other)} ${id}`;
      faults.push({ line, column: String(path[0]), message, code: 'no-such', values: { kind: other, id } });
    }
    if (dangling.length > 0) continue;
    if (seen !== undefined && entityDigest(seen.entity) === entityDigest(entity)) {
      unchanged += 1;
      continue;
    }
    const crossing = crossingOutlines(kind, entity);
    for (const { path, ...told } of crossing) faults.push({ line, column: String(path[0]), ...told });
    if (crossing.length === 0) changes.push({ line, entity, seen });
  }
  return { changes, unchanged, faults: faults.toSorted((a, b) => a.line - b.line) };
};

/** Writes what is proposed; rows whose entity somebody else changed in these seconds are faults. */
const carryOut = async <K extends EditableKind>(
  kind: K,
  changes: readonly Change<K>[],
  { editor }: RegistryParts,
  hand: Hand,
): Promise<readonly TableFault[]> => {
  const written = await mapInParallel(changes, WRITES_AT_ONCE, async ({ entity, seen }) =>
    editor.write(kind, entity, seen, hand),
  );
  return changes.flatMap(({ line, entity }, index) =>
    written[index] === true
      ? []
      : [
          {
            line,
            column: 'id',
            message: `${entity.id} was changed meanwhile: nothing was written`,
            code: 'changed-meanwhile',
          },
        ],
  );
};

const faultAnswer = z.object({
  line: z.int(),
  column: z.string().optional(),
  ...faultSchema.pick({ message: true, code: true, values: true }).shape,
});
const importAnswer = z
  .object({
    dryRun: z.boolean(),
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    /** Lines with a fault; nothing of them was written. */
    faultyLines: z.int(),
    faults: z.array(faultAnswer).meta({ description: `The first ${MOST_FAULTS}` }),
  })
  .meta({ id: 'RegistryImport', description: 'What an import did, or would do' });

const inWords = ({ line, column, message }: TableFault): string =>
  `line ${line}${column === undefined ? '' : `, ${column}`}: ${message}`;

const asProblem = (faults: readonly TableFault[]): ProblemError => {
  const errors = faults.slice(0, MOST_FAULTS).map(
    ({ line, column, ...told }): Fault => ({
      in: 'body',
      field: `line ${line}${column === undefined ? '' : `, ${column}`}`,
      ...told,
    }),
  );
  const more = faults.length > 5 ? `; and ${faults.length - 5} more` : '';
  return new ProblemError({
    status: 400,
    kind: 'faulty-table',
    detail: `Nothing was written. ${faults.slice(0, 5).map(inWords).join('; ')}${more}`,
    errors,
  });
};

const flag = z.enum(['true', 'false']).default('false');

export const importEntities = <K extends EditableKind>(of: Collection<K>, parts: RegistryParts): Operation =>
  operation({
    method: 'POST',
    path: `/${of.path}/import`,
    operationId: `import${of.plural}`,
    summary: `Registers and replaces from a table: all rows, or with skipFaulty those without a fault`,
    description:
      'CSV in UTF-8 with a header; columns in any order. What the file has no column for stays as it is, what it has no row for too; an empty cell takes the value away. dryRun=true writes nothing and answers what would be done, every faulty line with its column.',
    query: z.strictObject({ dryRun: flag, skipFaulty: flag }),
    binaryBody: ['text/csv'],
    responses: { 200: { description: 'Done, or what would be', content: { 'application/json': importAnswer } } },
    handle: async ({ query, event }) => {
      const hand = handOf(parts, event, 'csv');
      const dryRun = query.dryRun === 'true';
      const { changes, unchanged, faults } = await proposal(of, tableText(event), parts);
      if (!dryRun && faults.length > 0 && query.skipFaulty === 'false') throw asProblem(faults);
      const late = dryRun ? [] : await carryOut(of.kind, changes, parts, hand);
      const lost = new Set(late.map(({ line }) => line));
      const done = changes.filter(({ line }) => !lost.has(line));
      const all = [...faults, ...late];
      return json(importAnswer, {
        dryRun,
        created: done.filter(({ seen }) => seen === undefined).length,
        changed: done.filter(({ seen }) => seen !== undefined).length,
        unchanged,
        faultyLines: new Set(all.map(({ line }) => line)).size,
        faults: all.slice(0, MOST_FAULTS),
      });
    },
  });
