import fc from 'fast-check';
import type { EntityTypeName } from '../../../../../shared/open-data/sensorthings/model/entity-model.ts';
import type { Expression, Literal } from '../../../../../shared/open-data/sensorthings/query/ast.ts';

const span = { start: 0, end: 0 };

export const literal = (value: Literal): Expression => ({ kind: 'literal', literal: value, span });
export const path = (text: string): Expression => ({ kind: 'path', segments: text.split('/'), span });
const number = (value: number): Expression => literal({ type: 'number', value, text: String(value) });

/** Few different values, so that equal ones meet. */
export const DAY_0 = Date.UTC(2026, 2, 1);
export const HOUR = 3_600_000;
export const words = ['', 'air', 'Air quality', "it's; (a) & b+c%", 'Phố', 'air'];
const instant = fc.integer({ min: 0, max: 6 }).map((hours) => DAY_0 + hours * 7 * HOUR);

export type Of = {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  readonly times: readonly string[];
};

/** Properties by type; the paths of a Thing lead through relations of many. */
export const pathsFor: Readonly<Record<'Observation' | 'Thing', Of>> = {
  Observation: {
    numbers: ['result', 'id', 'Datastream/id', 'Datastream/properties/level', 'parameters/n'],
    texts: ['Datastream/name', 'Datastream/ObservedProperty/name', 'Datastream/Thing/properties/street'],
    times: ['phenomenonTime', 'resultTime', 'Datastream/phenomenonTime', 'validTime'],
  },
  Thing: {
    numbers: ['id', 'properties/level', 'Datastreams/id', 'Datastreams/Observations/result'],
    texts: ['name', 'properties/street', 'Datastreams/name', 'Datastreams/ObservedProperty/name', 'Locations/name'],
    times: ['Datastreams/phenomenonTime', 'Datastreams/Observations/phenomenonTime', 'HistoricalLocations/time'],
  },
};

const comparisonOperator = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');

/** Conditions that the type checker accepts, over `pathsFor`. */
export const filterFor = (type: EntityTypeName & keyof typeof pathsFor): fc.Arbitrary<Expression> =>
  filterOver(pathsFor[type]);

/** Conditions that the type checker accepts, over some paths. */
export const filterOver = ({ numbers, texts, times }: Of): fc.Arbitrary<Expression> => {
  const nothing = fc.constant(literal({ type: 'null' }));
  return fc.letrec<{ condition: Expression; number: Expression; text: Expression; time: Expression }>((tie) => {
    const call = (name: Extract<Expression, { kind: 'call' }>['name'], ...parts: fc.Arbitrary<Expression>[]) =>
      fc.tuple(...parts).map((parameters): Expression => ({ kind: 'call', name, arguments: parameters, span }));
    const compare = (left: fc.Arbitrary<Expression>, right: fc.Arbitrary<Expression>) =>
      fc
        .tuple(comparisonOperator, left, fc.oneof({ weight: 8, arbitrary: right }, { weight: 1, arbitrary: nothing }))
        .map(([operator, a, b]): Expression => ({ kind: 'comparison', operator, left: a, right: b, span }));
    const timeLiteral = fc.oneof(
      instant.map((value) => literal({ type: 'instant', value })),
      fc
        .tuple(instant, instant)
        .map(([a, b]) => literal({ type: 'interval', start: Math.min(a, b), end: Math.max(a, b) })),
      instant.map((value) => literal({ type: 'date', value: value - (value % (24 * HOUR)) })),
    );
    const size = { maxDepth: 4, depthSize: 'small' } as const;
    return {
      number: fc.oneof(
        size,
        fc.constantFrom(...numbers).map(path),
        fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(0.5, 2.5, -2.5, 1e21)).map(number),
        fc
          .tuple(fc.constantFrom('add', 'sub', 'mul', 'div', 'mod'), tie('number'), tie('number'))
          .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, span })),
        tie('number').map((operand): Expression => ({ kind: 'negate', operand, span })),
        call('round', tie('number')),
        call('floor', tie('number')),
        call('length', tie('text')),
        call('indexof', tie('text'), tie('text')),
        call('hour', tie('time')),
        call('day', tie('time')),
      ),
      text: fc.oneof(
        size,
        fc.constantFrom(...texts).map(path),
        fc.constantFrom(...words).map((value) => literal({ type: 'string', value })),
        call('tolower', tie('text')),
        call('concat', tie('text'), tie('text')),
        call('substring', tie('text'), fc.integer({ min: 0, max: 3 }).map(number)),
      ),
      time: fc.oneof(
        size,
        fc.constantFrom(...times).map(path),
        timeLiteral,
        call('now'),
        fc.tuple(fc.constantFrom(...times).map(path), fc.integer({ min: -20, max: 20 })).map(
          ([left, hours]): Expression => ({
            kind: 'arithmetic',
            operator: 'add',
            left,
            right: literal({ type: 'duration', value: hours * HOUR }),
            span,
          }),
        ),
      ),
      condition: fc.oneof(
        { maxDepth: 5, depthSize: 'small' },
        compare(tie('number'), tie('number')),
        compare(tie('text'), tie('text')),
        compare(tie('time'), tie('time')),
        call('startswith', tie('text'), tie('text')),
        call('substringof', tie('text'), tie('text')),
        call('before', tie('time'), tie('time')),
        call('during', tie('time'), tie('time')),
        fc
          .tuple(fc.constantFrom('and', 'or'), fc.array(tie('condition'), { minLength: 2, maxLength: 4 }))
          .map(([operator, operands]): Expression => ({ kind: 'logical', operator, operands, span })),
        tie('condition').map((operand): Expression => ({ kind: 'not', operand, span })),
      ),
    };
  }).condition;
};

/** An entity as nested JSON: properties, related entities by their relation's name; times as the standard writes them. */
export type Nested = { readonly [name: string]: unknown };

const text = fc.option(fc.constantFrom(...words), { nil: undefined });
const iso = (value: number): string => new Date(value).toISOString();
const isoInstant = instant.map(iso);
const isoSpan = fc.tuple(instant, instant).map((ends) => ends.toSorted().map(iso).join('/'));
const id = fc.integer({ min: 1, max: 6 });
const smallNumber = fc.integer({ min: -3, max: 9 });
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });
const properties = optional(fc.record({ level: optional(fc.oneof(smallNumber, fc.constant('high'))), street: text }));

const observation = fc.record({
  id,
  phenomenonTime: fc.oneof(isoInstant, isoSpan),
  resultTime: optional(isoInstant),
  validTime: optional(isoSpan),
  result: fc.oneof(smallNumber, smallNumber, fc.constantFrom('high', null, true), fc.constant({ a: 1 })),
  parameters: optional(fc.record({ n: smallNumber })),
});
const observedProperty = fc.record({ id, name: text });
const datastream = fc.record({
  id,
  name: text,
  properties,
  phenomenonTime: optional(isoSpan),
  ObservedProperty: observedProperty,
});

export const things: fc.Arbitrary<Nested> = fc.record({
  id,
  name: text,
  properties,
  Locations: fc.array(fc.record({ id, name: text }), { maxLength: 2 }),
  HistoricalLocations: fc.array(fc.record({ id, time: isoInstant }), { maxLength: 2 }),
  Datastreams: fc.array(
    fc
      .tuple(datastream, fc.array(observation, { maxLength: 3 }))
      .map(([one, Observations]) => ({ ...one, Observations })),
    { maxLength: 3 },
  ),
});

export const observations: fc.Arbitrary<Nested> = fc
  .tuple(observation, optional(datastream), fc.record({ id, name: text, properties }))
  .map(([one, stream, Thing]) => ({ ...one, ...(stream === undefined ? {} : { Datastream: { ...stream, Thing } }) }));

/** The expression without places, to compare trees by what they mean. */
export const withoutSpans = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (key === 'span' ? [] : [[key, withoutSpans(inner)]])),
  );
};
