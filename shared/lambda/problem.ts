import { STATUS_CODES } from 'node:http';
import * as z from 'zod';
import { faultCodes } from '../city/editing/fault-code.ts';

/** One thing wrong with a request: where, which field, and what it should have been. */
export const faultSchema = z.object({
  in: z.enum(['path', 'query', 'header', 'body']),
  /** Name of the parameter, or dotted path of the body's member; empty for the body as a whole. */
  field: z.string(),
  /** JSON Pointer (RFC 6901) into the body. */
  pointer: z.string().optional(),
  message: z.string(),
  messageVi: z.string().optional(),
  /** The same for programs, with what it is about: to be told in words of their own. */
  code: z.enum(faultCodes).optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** Problem details, RFC 9457. `requestId` and `errors` are extension members. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    /** In Vietnamese, where it is known. */
    detailVi: z.string().optional(),
    /** The path that was asked for. */
    instance: z.string(),
    /** Names the invocation in the logs. */
    requestId: z.string().optional(),
    errors: z.array(faultSchema).optional(),
    /** Names of the limits that were passed (draft-ietf-httpapi-ratelimit-headers-10, 5). */
    'violated-policies': z.array(z.string()).optional(),
  })
  .meta({ id: 'Problem', description: 'Problem details, RFC 9457' });
export type Problem = z.infer<typeof problemSchema>;

/** `about:blank` says: nothing beyond the meaning of the status (RFC 9457, section 4.2.1). */
const PLAIN_TYPE = 'about:blank';

export type ProblemOptions = {
  readonly status: number;
  readonly detail: string;
  readonly detailVi?: string | undefined;
  /** Last part of the type's URN; absent where the status says it all. */
  readonly kind?: string;
  /** The whole type, where somebody else registered it. */
  readonly type?: string;
  readonly errors?: readonly Fault[];
  readonly violatedPolicies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** An answer to the caller that is not what was asked for. Thrown anywhere below `httpApi`, answered as problem details. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly options: ProblemOptions;
  constructor(options: ProblemOptions) {
    super(options.detail);
    this.options = options;
  }
}

/** 400, naming each field at fault. */
export const invalidRequest = (errors: readonly Fault[]): ProblemError =>
  new ProblemError({
    status: 400,
    kind: 'invalid-request',
    detail: errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; '),
    errors,
  });

/** 404 of a resource that the path or a parameter names. */
export const notFound = (detail: string, errors?: readonly Fault[]): ProblemError =>
  new ProblemError({ status: 404, kind: 'not-found', detail, ...(errors === undefined ? {} : { errors }) });

/** The document that describes a problem. */
export const problemOf = (options: ProblemOptions, instance: string, requestId?: string): Problem => ({
  type: options.type ?? (options.kind === undefined ? PLAIN_TYPE : `urn:problem-type:phosach:${options.kind}`),
  title: STATUS_CODES[options.status] ?? 'Error',
  status: options.status,
  detail: options.detail,
  ...(options.detailVi === undefined ? {} : { detailVi: options.detailVi }),
  instance,
  ...(requestId === undefined ? {} : { requestId }),
  ...(options.errors === undefined ? {} : { errors: [...options.errors] }),
  ...(options.violatedPolicies && { 'violated-policies': [...options.violatedPolicies] }),
});
