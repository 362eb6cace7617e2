/** A value of AWS IoT SQL: JSON, or Undefined, which is a value of its own and no JSON. */
export type Value = Json | undefined;
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type BinaryOperator = 'OR' | 'AND' | '=' | '<>' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export type CastType = 'string' | 'int' | 'decimal' | 'boolean';

export type Expression =
  | { readonly kind: 'literal'; readonly value: Json }
  /** `*`, the whole payload as the bytes that were sent; only as the first argument of `encode`. */
  | { readonly kind: 'payload' }
  /** A property of the payload. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Expression])[] }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'case';
      readonly subject: Expression;
      readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
      readonly otherwise?: Expression;
    }
  | { readonly kind: 'cast'; readonly operand: Expression; readonly type: CastType }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] };

export type SelectItem =
  /** All properties of the payload. */
  { readonly kind: 'all' } | { readonly kind: 'value'; readonly expression: Expression; readonly alias: string };

export type Statement = {
  readonly items: readonly SelectItem[];
  /** Topic filter; absent in a rule that only Basic Ingest reaches. */
  readonly from?: string;
  readonly where?: Expression;
};

/** SQL that is wrong, or that is right on AWS and not supported here. */
export class RuleSyntaxError extends SyntaxError {
  override readonly name = 'RuleSyntaxError';
  /** Offset into the SQL, in UTF-16 code units from 0. */
  readonly position: number;

  constructor(reason: string, sql: string, position: number) {
    const near = sql.slice(position, position + 20);
    super(`${reason}, at position ${position}${near === '' ? ' (the end)' : ` near "${near}"`}`);
    this.position = position;
  }
}
