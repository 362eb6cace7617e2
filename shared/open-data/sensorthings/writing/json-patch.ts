import * as z from 'zod';
import { invalid, WriteError } from './write-fault.ts';

type Json = unknown;
type Container = Record<string, Json> | Json[];

const pointer = z.string().regex(/^(\/([^~/]|~[01])*)*$/, 'must be a JSON Pointer (RFC 6901)');
const operationSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: pointer, value: z.json() }),
  z.object({ op: z.literal('replace'), path: pointer, value: z.json() }),
  z.object({ op: z.literal('test'), path: pointer, value: z.json() }),
  z.object({ op: z.literal('remove'), path: pointer }),
  z.object({ op: z.literal('move'), path: pointer, from: pointer }),
  z.object({ op: z.literal('copy'), path: pointer, from: pointer }),
]);
type Operation = z.infer<typeof operationSchema>;

const MAX_OPERATIONS = 1_000;
const patchSchema = z.array(operationSchema).max(MAX_OPERATIONS);

const segmentsOf = (path: string): readonly string[] =>
  path
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

const isContainer = (value: Json): value is Container => typeof value === 'object' && value !== null;

/** A list's index; `-` is behind its end (RFC 6902, 4.1). */
const indexOf = (list: readonly Json[], segment: string, most: number): number | undefined => {
  const index = segment === '-' ? list.length : /^(0|[1-9]\d{0,8})$/.test(segment) ? Number(segment) : Number.NaN;
  return index <= most ? index : undefined;
};

const childOf = (container: Container, segment: string): Json => {
  if (!Array.isArray(container)) return Object.hasOwn(container, segment) ? container[segment] : undefined;
  const index = indexOf(container, segment, container.length - 1);
  return index === undefined ? undefined : container[index];
};

const valueAt = (document: Json, path: string): Json =>
  segmentsOf(path).reduce<Json>(
    (value, segment) => (isContainer(value) ? childOf(value, segment) : undefined),
    document,
  );

const sameJson = (a: Json, b: Json): boolean => {
  if (!isContainer(a) || !isContainer(b)) return a === b;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && sameJson(value, childOf(b, key)))
  );
};

/** The container in which a path's last step stands. */
const parentOf = (document: Json, path: string, index: number): readonly [Container, string] => {
  const segments = segmentsOf(path);
  const last = segments.at(-1);
  const parent = segments
    .slice(0, -1)
    .reduce<Json>((value, segment) => (isContainer(value) ? childOf(value, segment) : undefined), document);
  if (last === undefined || !isContainer(parent)) throw invalid([index, 'path'], `leads nowhere: ${path}`);
  return [parent, last];
};

const add = (document: Json, path: string, value: Json, index: number): void => {
  const [parent, last] = parentOf(document, path, index);
  if (!Array.isArray(parent)) {
    // Not by assignment: `__proto__` is a member like any other.
    Object.defineProperty(parent, last, { value, writable: true, enumerable: true, configurable: true });
    return;
  }
  const at = indexOf(parent, last, parent.length);
  if (at === undefined) throw invalid([index, 'path'], `is no place in the list: ${path}`);
  parent.splice(at, 0, value);
};

const remove = (document: Json, path: string, index: number): void => {
  const [parent, last] = parentOf(document, path, index);
  if (childOf(parent, last) === undefined) throw invalid([index, 'path'], `there is nothing at ${path}`);
  if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else delete parent[last];
};

const test = (document: Json, path: string, value: Json, index: number): void => {
  if (sameJson(valueAt(document, path), value)) return;
  throw new WriteError('conflict', [{ path: [index], message: `${path} is not what the test expects` }]);
};

/** Takes or copies a value to another place. */
const transfer = (
  document: Json,
  { op, path, from }: Extract<Operation, { readonly from: string }>,
  index: number,
): void => {
  const value = valueAt(document, from);
  if (value === undefined) throw invalid([index, 'from'], `there is nothing at ${from}`);
  if (op === 'move' && path.startsWith(`${from}/`)) throw invalid([index, 'path'], 'lies within what is moved');
  if (op === 'move') remove(document, from, index);
  add(document, path, structuredClone(value), index);
};

const apply = (document: Json, operation: Operation, index: number): void => {
  const { op, path } = operation;
  if ('from' in operation) transfer(document, operation, index);
  else if (op === 'test') test(document, path, operation.value, index);
  else {
    if (op !== 'add') remove(document, path, index);
    if (op !== 'remove') add(document, path, operation.value, index);
  }
};

/**
 * A document after a JSON Patch (RFC 6902): all of its operations, or none.
 * @throws WriteError for what is no patch, leads nowhere, or expects what is not so
 */
export const patched = (document: Readonly<Record<string, unknown>>, patch: unknown): unknown => {
  const parsed = patchSchema.safeParse(patch);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => ({
      path: path.map((part) => (typeof part === 'number' ? part : String(part))),
      message,
    }));
    throw new WriteError('invalid', faults);
  }
  const copy = structuredClone(document);
  for (const [index, operation] of parsed.data.entries()) apply(copy, operation, index);
  return copy;
};
