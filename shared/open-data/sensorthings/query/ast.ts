import type { EntityTypeName } from '../model/entity-model.ts';
import type { FunctionName } from './functions.ts';
import type { Geometry } from './geometry/geometry.ts';

/** What a SensorThings request says, as data. Spans count characters of the decoded option (or path) from 0, end exclusive. */
export type Span = { readonly start: number; readonly end: number };

/** `Things(7)`, `Observations('12-1700000000000')`: the text between the brackets without its quotes. */
export type EntityKey = { readonly text: string; readonly quoted: boolean; readonly span: Span };

export type NavigationStep = {
  /** As written in the path: a set's name (`Things`) or a relation's (`Datastream`). */
  readonly name: string;
  readonly entityType: EntityTypeName;
  /** More than one may stand here, because the set or relation holds many and no key chooses one. */
  readonly many: boolean;
  readonly key?: EntityKey;
  readonly span: Span;
};

export type ResourceTarget =
  | { readonly kind: 'root' }
  | { readonly kind: 'collection'; readonly entityType: EntityTypeName; readonly reference: boolean }
  | { readonly kind: 'entity'; readonly entityType: EntityTypeName; readonly reference: boolean }
  | {
      readonly kind: 'property';
      readonly entityType: EntityTypeName;
      readonly property: string;
      /** Below a JSON property: `properties/owner/name` has `['owner', 'name']`. */
      readonly subPath: readonly string[];
      /** `/$value`: bare, not wrapped in an object. */
      readonly raw: boolean;
    };

/** `Datastreams(1)/Observations`: the steps taken and what stands at their end. Only the last step can hold many. */
export type ResourcePath = { readonly steps: readonly NavigationStep[]; readonly target: ResourceTarget };

export type ResultFormat = 'json' | 'dataArray' | 'csv' | 'geojson';

export type QueryOptions = {
  readonly filter?: Expression;
  /** One item a relation: `A/B,A/C` has become `A($expand=B,C)`. Empty when nothing is expanded. */
  readonly expand: readonly ExpandItem[];
  /** Empty: everything. */
  readonly select: readonly SelectItem[];
  readonly orderBy: readonly OrderItem[];
  /** As asked, from 0; the service clamps it. */
  readonly top?: number;
  readonly skip?: number;
  readonly count?: boolean;
  readonly resultFormat?: ResultFormat;
  /** What the service wrote into its own `@iot.nextLink`, unread. */
  readonly skipToken?: string;
};

export type ExpandItem = {
  readonly relation: string;
  readonly target: EntityTypeName;
  readonly many: boolean;
  readonly options: QueryOptions;
  readonly span: Span;
};

/** A property by its model name (`id` for `@iot.id`), possibly below a JSON property; or a relation, for its navigation link. */
export type SelectItem =
  | { readonly kind: 'property'; readonly property: string; readonly subPath: readonly string[]; readonly span: Span }
  | { readonly kind: 'relation'; readonly relation: string; readonly span: Span };

export type OrderItem = { readonly expression: Expression; readonly descending: boolean; readonly span: Span };

export type SensorThingsRequest = { readonly path: ResourcePath; readonly options: QueryOptions };

export type ComparisonOperator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type ArithmeticOperator = 'add' | 'sub' | 'mul' | 'div' | 'mod';
export type LogicalOperator = 'and' | 'or';

export type Literal =
  | { readonly type: 'null' }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** `text` keeps digits that a double cannot hold, for ids. */
  | { readonly type: 'number'; readonly value: number; readonly text: string }
  | { readonly type: 'string'; readonly value: string }
  /** UTC epoch milliseconds. */
  | { readonly type: 'instant'; readonly value: number }
  /** UTC epoch milliseconds, both ends; `start` ≤ `end`. */
  | { readonly type: 'interval'; readonly start: number; readonly end: number }
  /** UTC epoch milliseconds of the day's midnight. */
  | { readonly type: 'date'; readonly value: number }
  /** Milliseconds since midnight. */
  | { readonly type: 'timeOfDay'; readonly value: number }
  /** Milliseconds, negative ones too. */
  | { readonly type: 'duration'; readonly value: number }
  | { readonly type: 'geometry'; readonly value: Geometry };

export type LiteralExpression = { readonly kind: 'literal'; readonly literal: Literal; readonly span: Span };
/** `Datastream/Thing/properties/street`, as written; what each segment is, the model says (`resolvePath`). */
export type PathExpression = { readonly kind: 'path'; readonly segments: readonly string[]; readonly span: Span };
export type ComparisonExpression = {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
};
/** Flat: `a or b or c` has three operands, so that a thousand alternatives are no deeper than two. */
export type LogicalExpression = {
  readonly kind: 'logical';
  readonly operator: LogicalOperator;
  readonly operands: readonly Expression[];
  readonly span: Span;
};
export type CallExpression = {
  readonly kind: 'call';
  readonly name: FunctionName;
  readonly arguments: readonly Expression[];
  readonly span: Span;
};

export type Expression =
  | LiteralExpression
  | PathExpression
  | ComparisonExpression
  | LogicalExpression
  | CallExpression
  | { readonly kind: 'not'; readonly operand: Expression; readonly span: Span }
  | { readonly kind: 'negate'; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };
