import type { Span } from './ast.ts';

/**
 * - `syntax`: not in the grammar; `type`: in the grammar, but the model has no such property or the operands do not fit;
 * - `unsupported`: in OData, but not in SensorThings 1.1; `path`: the address leads nowhere the model knows (answered with 404);
 * - `too-long`, `too-deep`, `too-costly`: more than one request may ask for.
 */
export type QueryErrorCode = 'syntax' | 'type' | 'unsupported' | 'path' | 'too-long' | 'too-deep' | 'too-costly';

/**
 * A request that cannot be answered as it stands, with the place and what was expected there. The only error that parser,
 * checker and evaluator throw at what a stranger sent.
 */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code: QueryErrorCode;
  /** The option it stands in (`$filter`), `path` for the resource path, `query` for all options together. */
  readonly option: string;
  /** Characters from the start of the decoded option or path, from 0. */
  readonly position: number;
  readonly reason: string;
  readonly expected: string | undefined;

  constructor(code: QueryErrorCode, option: string, position: number, reason: string, expected?: string) {
    super(`${option}, position ${position}: ${reason}${expected === undefined ? '' : `; expected ${expected}`}`);
    this.code = code;
    this.option = option;
    this.position = position;
    this.reason = reason;
    this.expected = expected;
  }

  inOption(option: string): QueryError {
    return new QueryError(this.code, option, this.position, this.reason, this.expected);
  }
}

/** A fault found in an expression, where the option's name is not at hand: `$filter` until `inOption` says otherwise. */
export const faultAt = (code: QueryErrorCode, span: Span, reason: string, expected?: string): QueryError =>
  new QueryError(code, '$filter', span.start, reason, expected);
