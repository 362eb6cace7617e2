import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NgsiEntity } from '../../../../shared/open-data/ngsi-ld/entity.ts';
import { geoTest, metresTo } from '../../../../shared/open-data/ngsi-ld/query/geo-query.ts';
import { satisfies } from '../../../../shared/open-data/ngsi-ld/query/q-evaluate.ts';
import { parseQ } from '../../../../shared/open-data/ngsi-ld/query/q-parser.ts';
import { QueryFault } from '../../../../shared/open-data/ngsi-ld/query/query-fault.ts';
import { shapeOf } from '../../../../shared/open-data/sensorthings/query/geometry/shape.ts';

const entity = (values: Readonly<Record<string, number>>): NgsiEntity => ({
  id: 'urn:ngsi-ld:WasteContainer:tdm:1',
  type: 'WasteContainer',
  attributes: {
    location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [106.65, 10.98] } },
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { type: 'Property', value }])),
  },
});

/** Terms, and what they mean, side by side. */
type Meant = { readonly text: string; readonly holds: (values: Readonly<Record<string, number>>) => boolean };

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
const name = fc.constantFrom('a', 'b', 'c');
const number = fc.integer({ min: -3, max: 3 });
const term: fc.Arbitrary<Meant> = fc.oneof(
  name.map((attribute): Meant => ({ text: attribute, holds: (values) => attribute in values })),
  fc.tuple(name, fc.constantFrom(...Object.keys(comparisons)), number).map(
    ([attribute, operator, wanted]): Meant => ({
      text: `${attribute}${operator}${wanted}`,
      holds: ({ [attribute]: value }) => value !== undefined && comparisons[operator]?.(value, wanted) === true,
    }),
  ),
  fc.tuple(name, number, number).map(
    ([attribute, from, to]): Meant => ({
      text: `${attribute}==${from}..${to}`,
      holds: ({ [attribute]: value }) => value !== undefined && value >= from && value <= to,
    }),
  ),
  fc.tuple(name, number, number).map(
    ([attribute, one, other]): Meant => ({
      text: `${attribute}!=${one},${other}`,
      holds: ({ [attribute]: value }) => value !== undefined && value !== one && value !== other,
    }),
  ),
);
const query = fc.letrec<{ or: Meant; and: Meant; operand: Meant }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    term,
    tie('or').map(({ text, holds }) => ({ text: `(${text})`, holds })),
  ),
  and: fc.array(tie('operand'), { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join(';'),
    holds: (values) => parts.every(({ holds }) => holds(values)),
  })),
  or: fc.array(tie('and'), { minLength: 1, maxLength: 3 }).map((parts) => ({
    text: parts.map(({ text }) => text).join('|'),
    holds: (values) => parts.some(({ holds }) => holds(values)),
  })),
})).or;
const values = fc.dictionary(name, number, { noNullPrototype: true });

const faultOf = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('q', () => {
  it('means what it says: ";" binds before "|", and what is not there fails every condition', () =>
    fc.assert(
      fc.property(query, values, ({ text, holds }, known) => {
        // Longer ones are refused.
        fc.pre(text.split(/[;|]/).length <= 64);
        expect(satisfies(entity(known), parseQ(text)), text).toBe(holds(known));
      }),
      { numRuns: 500 },
    ));

  it('refuses whatever it does not understand with a place, and fails at nothing', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1.=!<>~;|()[]",\\ é'), maxLength: 30 }), (text) => {
        const fault = faultOf(() => parseQ(text));
        if (fault !== undefined) expect(fault).toBeInstanceOf(QueryFault);
      }),
      { numRuns: 2_000 },
    ));

  it.each([
    ['parentheses', `${'('.repeat(1_900)}a${')'.repeat(1_900)}`],
    ['conditions', Array.from({ length: 300 }, () => 'a>1').join(';')],
    ['characters', `a==${'1'.repeat(10_000)}`],
  ])('has its limit of %s', (_, text) => {
    expect(faultOf(() => parseQ(text))).toBeInstanceOf(QueryFault);
  });
});

describe('A place', () => {
  it('is as far from a polygon as from its nearest edge, and not at all within it', () => {
    const square = shapeOf({
      type: 'Polygon',
      coordinates: [
        [
          [106, 10],
          [107, 10],
          [107, 11],
          [106, 11],
          [106, 10],
        ],
      ],
    });
    expect(metresTo([106.5, 10.5], square)).toBe(0);
    // One hundredth of a degree of a great circle of 6,371,008.8 m: 1,111.95 m; along a parallel times the cosine of the latitude.
    expect(metresTo([106.5, 11.01], square)).toBeCloseTo(1_111.95, 0);
    expect(metresTo([107.01, 10.5], square)).toBeCloseTo(1_111.95 * Math.cos((10.5 * Math.PI) / 180), 0);
  });

  it('refuses what is no geometry with a reason, and fails at nothing', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('Point', 'Polygon', 'LineString', 'X'), (coordinates, geometry) => {
        const asked = { georel: 'within', geometry, coordinates: JSON.stringify(coordinates) };
        const fault = faultOf(() => geoTest(asked)?.(entity({})));
        if (fault !== undefined) expect(fault).toBeInstanceOf(QueryFault);
      }),
    ));
});
