import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expression } from '../../../../../shared/open-data/sensorthings/query/ast.ts';
import { compileFilter } from '../../../../../shared/open-data/sensorthings/query/filter.ts';
import { parseOptions } from '../../../../../shared/open-data/sensorthings/query/parse.ts';
import { printExpression } from '../../../../../shared/open-data/sensorthings/query/print.ts';
import {
  isInRange,
  type SplitFilter,
  splitFilter,
} from '../../../../../shared/open-data/sensorthings/query/store-conditions.ts';
import { DAY_0, filterFor, HOUR, literal, type Nested, observations, path } from './arbitraries.ts';
import { nestedAccess } from './nested-access.ts';

const paths = ['phenomenonTime', 'resultTime', 'validTime', 'result', 'id', 'Datastream/id'];
const context = { access: nestedAccess, now: DAY_0 };

const split = (text: string): SplitFilter => {
  const { filter } = parseOptions(`$filter=${encodeURIComponent(text)}`, 'Observation');
  if (filter === undefined) throw new Error('no filter');
  return splitFilter(filter, 'Observation', paths);
};

const valueAt = (entity: Nested, name: string): unknown =>
  name
    .split('/')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      entity,
    );

/** A store in five lines: what the conditions say, said again. */
const fits = (entity: Nested, { times, numbers, ids }: SplitFilter): boolean => {
  const inTimes = [...times].every(([name, { start, end }]) => {
    const ends = String(valueAt(entity, name) ?? '')
      .split('/')
      .map((text) => Date.parse(text));
    const [from = Number.NaN, to = from] = ends;
    return !Number.isNaN(from) && isInRange(from, start) && isInRange(to, end);
  });
  const inNumbers = [...numbers].every(([name, range]) => {
    const value = valueAt(entity, name);
    return typeof value === 'number' && isInRange(value, range);
  });
  return inTimes && inNumbers && [...ids].every(([name, some]) => some.includes(String(valueAt(entity, name))));
};

const span = { start: 0, end: 0 };
const instant = fc.integer({ min: 0, max: 6 }).map((hours) => DAY_0 + hours * 7 * HOUR);
const comparison = fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const compared = (name: fc.Arbitrary<string>, right: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc
    .tuple(comparison, name, right, fc.boolean())
    .map(([operator, left, value, isMirrored]) =>
      isMirrored
        ? { kind: 'comparison', operator, left: value, right: path(left), span }
        : { kind: 'comparison', operator, left: path(left), right: value, span },
    );
const number = fc.integer({ min: -3, max: 9 }).map((value) => literal({ type: 'number', value, text: String(value) }));
const time = fc.oneof(
  instant.map((value) => literal({ type: 'instant', value })),
  instant.map((value) => literal({ type: 'date', value: value - (value % (24 * HOUR)) })),
  fc.tuple(instant, instant).map(([a, b]) => literal({ type: 'interval', start: Math.min(a, b), end: Math.max(a, b) })),
);
const timeName = fc.constantFrom('phenomenonTime', 'resultTime', 'validTime');
const called: fc.Arbitrary<Expression> = fc
  .tuple(fc.constantFrom('during', 'before', 'after'), timeName, time)
  .map(([name, left, right]) => ({ kind: 'call', name, arguments: [path(left), right], span }));
const onDay: fc.Arbitrary<Expression> = fc.tuple(timeName, instant).map(([name, value]) => ({
  kind: 'comparison',
  operator: 'eq',
  left: { kind: 'call', name: 'date', arguments: [path(name)], span },
  right: literal({ type: 'date', value: value - (value % (24 * HOUR)) }),
  span,
}));
const oneId = fc
  .tuple(fc.constantFrom('id', 'Datastream/id'), number)
  .map(([name, right]): Expression => ({ kind: 'comparison', operator: 'eq', left: path(name), right, span }));
const someIds = fc
  .array(oneId, { minLength: 2, maxLength: 4 })
  .map((operands): Expression => ({ kind: 'logical', operator: 'or', operands, span }));
const condition: fc.Arbitrary<Expression> = fc.oneof(
  compared(timeName, time),
  compared(fc.constantFrom('result', 'id'), number),
  called,
  onDay,
  oneId,
  someIds,
  filterFor('Observation'),
);
const conjunction = fc
  .array(
    fc.oneof(
      condition,
      fc
        .array(condition, { minLength: 2, maxLength: 3 })
        .map((operands): Expression => ({ kind: 'logical', operator: 'and', operands, span })),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((operands): Expression => {
    const [first] = operands;
    return operands.length === 1 && first !== undefined ? first : { kind: 'logical', operator: 'and', operands, span };
  });

describe('a filter split for a store', () => {
  it('finds, with what is left, exactly what the filter finds', () => {
    let taken = 0;
    let found = 0;
    fc.assert(
      fc.property(conjunction, fc.array(observations, { minLength: 1, maxLength: 8 }), (filter, some) => {
        const parts = splitFilter(filter, 'Observation', paths);
        const isMatch = compileFilter(filter, 'Observation', context);
        const isRest = parts.rest === undefined ? () => true : compileFilter(parts.rest, 'Observation', context);
        taken += parts.times.size + parts.numbers.size + parts.ids.size;
        for (const entity of some) {
          found += isMatch(entity) ? 1 : 0;
          expect(fits(entity, parts) && isRest(entity)).toBe(isMatch(entity));
        }
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(1_000);
    expect(found).toBeGreaterThan(300);
  });

  it('leaves nothing of a month of one datastream', () => {
    const parts = split(
      'Datastream/id eq 12 and phenomenonTime ge 2026-03-01T00:00:00Z and phenomenonTime lt 2026-04-01T00:00:00Z and result gt 50',
    );
    expect(parts.rest).toBeUndefined();
    expect(parts.ids.get('Datastream/id')).toEqual(['12']);
    expect(parts.numbers.get('result')).toEqual({ from: { value: 50, inclusive: false } });
    expect(parts.times.get('phenomenonTime')).toEqual({
      start: {
        from: { value: Date.UTC(2026, 2, 1), inclusive: true },
        to: { value: Date.UTC(2026, 3, 1), inclusive: false },
      },
      end: {
        from: { value: Date.UTC(2026, 2, 1), inclusive: true },
        to: { value: Date.UTC(2026, 3, 1), inclusive: true },
      },
    });
  });

  it('leaves what no store looks up, in its order', () => {
    const parts = split(
      "Datastream/name eq 'x' and @iot.id eq '007' and (id eq 7 or id eq 8) and year(resultTime) eq 2026",
    );
    expect(parts.ids.get('id')).toEqual(['7']);
    expect(parts.rest && printExpression(parts.rest)).toBe("Datastream/name eq 'x' and year(resultTime) eq 2026");
  });

  it('takes nothing apart that is an alternative', () => {
    const parts = split('result gt 5 or Datastream/id eq 1');
    expect([parts.times.size, parts.numbers.size, parts.ids.size]).toEqual([0, 0, 0]);
    expect(parts.rest).toMatchObject({ kind: 'logical', operator: 'or' });
  });

  it('finds nothing where ids exclude each other', () => {
    expect(split('id eq 1 and id eq 2').ids.get('id')).toEqual([]);
  });
});
