import type { FaultValues } from '../../../shared/city/editing/fault-code.ts';

/** A field of the request that is at fault: its dotted path, and what is wrong: in the server's words and by code. */
export type FieldError = {
  readonly field: string;
  readonly message: string;
  readonly messageVi?: string;
  readonly code?: string;
  readonly values?: FaultValues;
};

/** Why a request came to nothing, in a form that the console can show. */
export type Problem =
  /** The server could not be reached at all. */
  | { readonly kind: 'unreachable' }
  /** It answered with an error (RFC 9457). */
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly title: string;
      readonly detail?: string;
      readonly detailVi?: string;
      /** The last part of the problem's type, where it has one of its own. */
      readonly code?: string;
      readonly errors?: readonly FieldError[];
    };

/** Thrown by the API client; nothing else is. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind === 'unreachable' ? 'The server cannot be reached' : `${problem.status} ${problem.title}`);
    this.problem = problem;
  }
}

const textOf = (body: unknown, key: string): string | undefined => {
  if (typeof body !== 'object' || body === null || !(key in body)) return undefined;
  const value: unknown = Reflect.get(body, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const valuesOf = (error: unknown): FaultValues => {
  const values: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'values') : undefined;
  const entries = typeof values === 'object' && values !== null ? Object.entries(values) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number] => ['string', 'number'].includes(typeof entry[1])),
  );
};

const errorsOf = (body: unknown): readonly FieldError[] => {
  const errors: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'errors') : undefined;
  return (Array.isArray(errors) ? errors : []).flatMap((error: unknown) => {
    const message = textOf(error, 'message');
    if (message === undefined) return [];
    const [messageVi, code] = [textOf(error, 'messageVi'), textOf(error, 'code')];
    return [
      {
        field: textOf(error, 'field') ?? '',
        message,
        ...(messageVi !== undefined && { messageVi }),
        ...(code !== undefined && { code, values: valuesOf(error) }),
      },
    ];
  });
};

/** Reads problem details (RFC 9457 §3.1) out of an error answer; a body that is none still gives the status. */
export const problemFrom = (status: number, statusText: string, body: unknown): Problem => {
  const [detail, detailVi] = [textOf(body, 'detail'), textOf(body, 'detailVi')];
  const code = textOf(body, 'type')?.match(/^urn:problem-type:phosach:(.+)$/)?.[1];
  const errors = errorsOf(body);
  return {
    kind: 'refused',
    status,
    title: textOf(body, 'title') ?? (statusText || `HTTP ${status}`),
    ...(detail === undefined ? {} : { detail }),
    ...(detailVi === undefined ? {} : { detailVi }),
    ...(code === undefined ? {} : { code }),
    ...(errors.length === 0 ? {} : { errors }),
  };
};

export const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : { kind: 'unreachable' };

export const isNotFound = (problem: Problem | undefined): boolean =>
  problem?.kind === 'refused' && problem.status === 404;
