import type * as z from 'zod';
import { type Coded, codedIssue } from '../city/editing/fault-code.ts';
import { type Fault, invalidRequest } from './problem.ts';

type Where = Fault['in'];

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const fault = (where: Where, path: readonly PropertyKey[], message: string, coded: Coded): Fault => ({
  in: where,
  field: path.map(String).join('.'),
  ...(where === 'body' ? { pointer: pointerOf(path) } : {}),
  message,
  code: coded.code,
  ...(coded.values && { values: coded.values }),
});

const faultsOf = (where: Where, issue: z.core.$ZodIssue): readonly Fault[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => fault(where, [...issue.path, key], 'is not known here', { code: 'not-known' }))
    : [fault(where, issue.path, issue.message, codedIssue(issue))];

/**
 * The value as the schema makes it.
 * @throws ProblemError 400 that names every field at fault.
 */
export const validate = <Schema extends z.ZodType>(schema: Schema, value: unknown, where: Where): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error.issues.flatMap((issue) => faultsOf(where, issue)));
};
