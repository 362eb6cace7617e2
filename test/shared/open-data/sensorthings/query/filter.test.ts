import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityTypeName } from '../../../../../shared/open-data/sensorthings/model/entity-model.ts';
import { compileFilter, compileOrder, openBudget } from '../../../../../shared/open-data/sensorthings/query/filter.ts';
import { parseOptions } from '../../../../../shared/open-data/sensorthings/query/parse.ts';
import { QueryError } from '../../../../../shared/open-data/sensorthings/query/query-error.ts';
import { DAY_0, filterFor, HOUR, type Nested, observations, things } from './arbitraries.ts';
import { nestedAccess } from './nested-access.ts';
import { referenceHolds } from './reference-evaluator.ts';

const now = DAY_0 + 5 * HOUR;
const context = { access: nestedAccess, now };

const holds = (filter: string, entity: Nested, type: EntityTypeName = 'Observation'): boolean => {
  const parsed = parseOptions(`$filter=${encodeURIComponent(filter)}`, type).filter;
  if (parsed === undefined) throw new Error('no filter');
  return compileFilter(parsed, type, context)(entity);
};

const ordered = (orderBy: string, entities: readonly Nested[], type: EntityTypeName = 'Observation') =>
  entities.toSorted(compileOrder(parseOptions(`$orderby=${orderBy}`, type).orderBy, type, context)).map(({ id }) => id);

describe('generated filters', () => {
  it.each([
    ['Observation', observations],
    ['Thing', things],
  ] as const)('agree with the straightforward evaluator on %s', (type, entities) => {
    let positive = 0;
    fc.assert(
      fc.property(filterFor(type), fc.array(entities, { minLength: 1, maxLength: 5 }), (filter, some) => {
        const isMatch = compileFilter(filter, type, context);
        for (const entity of some) {
          const expected = referenceHolds(filter, entity, now);
          positive += expected ? 1 : 0;
          expect(isMatch(entity)).toBe(expected);
        }
      }),
      { numRuns: 2_000 },
    );
    // The comparison means something only where both answers come up.
    expect(positive).toBeGreaterThan(500);
  });
});

describe('any data', () => {
  it('is answered by true or false, whatever JSON stands where the model expects something else', () => {
    const names = ['id', 'name', 'location', 'properties', 'Things', 'HistoricalLocations', 'time', 'encodingType'];
    const somewhere = fc.record({
      type: fc.constantFrom('Point', 'LineString', 'Polygon', 'Feature'),
      coordinates: fc.jsonValue(),
    });
    const entity = fc
      .dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), somewhere))
      .map((value): Nested => value);
    const filters = [
      "st_intersects(location,geography'POLYGON((0 0,1 0,1 1,0 0))') or geo.distance(location,geography'POINT(0 0)') lt 5",
      "geo.length(location) gt 1 or st_relate(location,location,'T********') or location/coordinates/0 gt 3",
      'HistoricalLocations/time gt 2026-01-01 or year(HistoricalLocations/time) eq 1 or Things/properties/a gt now()',
      "properties/a add 1 eq properties/b or concat(name,'x') eq name or id eq 5 or length(properties/a) eq 1",
    ];
    fc.assert(
      fc.property(entity, fc.constantFrom(...filters), (one, filter) => {
        expect(holds(filter, one, 'Location')).toBeTypeOf('boolean');
        expect(
          ordered('properties/a,geo.distance(location,location),name desc', [one, { id: 1 }], 'Location'),
        ).toHaveLength(2);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('null', () => {
  const entity = { id: 1, phenomenonTime: '2026-03-01T00:00:00Z', result: null };

  it.each([
    ['result eq null', true],
    ['result ne null', false],
    ['null eq null', true],
    ['result ne 5', true],
    ['result eq 5', false],
    ['result gt 5', false],
    ['result le null', false],
    ['not (result gt 5)', true],
    ['result add 1 eq null', true],
    ["startswith(Datastream/name,'a')", false],
    ["not startswith(Datastream/name,'a')", false],
    ["startswith(Datastream/name,'a') or id eq 1", true],
    ["startswith(Datastream/name,'a') and id eq 2 or id eq 1", true],
    ['1 div 0 eq null', true],
    ["parameters/a/b eq null and parameters/a/b ne 'x'", true],
  ])('makes %s %s', (filter, expected) => {
    expect(holds(filter, entity)).toBe(expected);
  });
});

describe('values', () => {
  const entity = {
    id: 7,
    result: 12.5,
    phenomenonTime: '2026-03-01T06:30:15.250Z/2026-03-01T07:00:00Z',
    resultTime: Date.UTC(2026, 2, 1, 8),
    parameters: { installed: '2020-05-01T00:00:00+07:00', tags: ['a', 'b'], ok: true },
    Datastream: { name: 'It’s PM2.5 air', id: 12 },
  };

  it.each([
    'id eq 7',
    "id eq '7'",
    "@iot.id eq '007'",
    'id mod 2 eq 1',
    "id ne '8'",
    'round(result) eq 13 and round(-(result)) eq -13 and floor(result) eq 12 and ceiling(result) eq 13',
    'result div 5 eq 2.5 and 5 div 2 eq 2.5',
    "substring(Datastream/name,5,5) eq 'PM2.5' and substring(Datastream/name,5) eq 'PM2.5 air'",
    "substringof('PM2.5',Datastream/name) and endswith(Datastream/name,'air') and indexof(Datastream/name,'PM') eq 5",
    "toupper(trim(concat(' a','b '))) eq 'AB' and length('Phố') eq 3",
    'year(phenomenonTime) eq 2026 and month(phenomenonTime) eq 3 and day(phenomenonTime) eq 1',
    'hour(phenomenonTime) eq 6 and minute(phenomenonTime) eq 30 and second(phenomenonTime) eq 15',
    'fractionalseconds(phenomenonTime) eq 0.25 and totaloffsetminutes(phenomenonTime) eq 0',
    'date(phenomenonTime) eq 2026-03-01 and time(resultTime) eq 08:00:00',
    'resultTime gt mindatetime() and resultTime lt maxdatetime() and now() eq 2026-03-01T05:00:00Z',
    "resultTime sub phenomenonTime lt duration'PT2H' and resultTime sub duration'PT1H' eq 2026-03-01T07:00:00Z",
    "duration'PT1H' mul 2 eq duration'PT2H' and -(duration'PT1H') lt duration'PT0S'",
    'phenomenonTime lt 2026-03-01T07:00:00Z and phenomenonTime le 2026-03-01T07:00:00Z',
    'phenomenonTime ge 2026-03-01T06:30:15.25Z and not (phenomenonTime eq 2026-03-01T06:30:15.25Z)',
    'during(phenomenonTime,2026-03-01T06:00:00Z/2026-03-01T07:00:00Z)',
    'overlaps(phenomenonTime,2026-03-01T06:45:00Z/2026-03-01T09:00:00Z)',
    'meets(phenomenonTime,2026-03-01T07:00:00Z/2026-03-01T09:00:00Z)',
    'finishes(phenomenonTime,2026-03-01T07:00:00Z) and starts(phenomenonTime,2026-03-01T06:30:15.25Z/2026-04-01T00:00:00Z)',
    'before(phenomenonTime,resultTime) and after(resultTime,phenomenonTime)',
    "parameters/installed lt 2020-05-01 and parameters/tags/1 eq 'b' and parameters/ok and parameters/ok ne 'true'",
    'parameters/tags ne null',
    'parameters/constructor eq null',
  ])('makes %s true', (filter) => {
    expect(holds(filter, entity)).toBe(true);
  });

  it('keeps ids apart that a double cannot tell apart', () => {
    expect(holds('id eq 9007199254740993', { id: '9007199254740993' })).toBe(true);
    expect(holds('id eq 9007199254740993', { id: '9007199254740992' })).toBe(false);
    expect(holds("id eq '12-1700000000000'", { id: '12-1700000000000' })).toBe(true);
  });

  it('asks where things are', () => {
    const location = { id: 1, location: { type: 'Point', coordinates: [105.85, 21.03] } };
    const ward = "geography'POLYGON((105.8 21,105.9 21,105.9 21.1,105.8 21.1,105.8 21))'";
    expect(holds(`st_within(location,${ward})`, location, 'Location')).toBe(true);
    expect(holds(`st_contains(${ward},location) and geo.intersects(location,${ward})`, location, 'Location')).toBe(
      true,
    );
    expect(holds("geo.distance(location,geography'POINT(105.85 21.13)') lt 0.1001", location, 'Location')).toBe(true);
    expect(holds("location/type eq 'Point'", location, 'Location')).toBe(true);
    expect(holds(`st_disjoint(location,${ward})`, { id: 2, location: { type: 'Somewhere' } }, 'Location')).toBe(false);
  });
});

describe('paths through many', () => {
  const thing = {
    id: 1,
    Datastreams: [
      { name: 'PM2.5', ObservedProperty: { name: 'dust' } },
      { name: 'NO2', ObservedProperty: { name: 'gas' } },
    ],
  };

  it('hold when one of the many makes the whole filter true, the same one throughout', () => {
    expect(holds("Datastreams/ObservedProperty/name eq 'gas'", thing, 'Thing')).toBe(true);
    expect(holds("Datastreams/name eq 'NO2' and Datastreams/ObservedProperty/name eq 'gas'", thing, 'Thing')).toBe(
      true,
    );
    expect(holds("Datastreams/name eq 'NO2' and Datastreams/ObservedProperty/name eq 'dust'", thing, 'Thing')).toBe(
      false,
    );
    expect(holds("not (Datastreams/name eq 'NO2')", thing, 'Thing')).toBe(true);
  });

  it('have no value where there are none', () => {
    expect(holds('Datastreams/name eq null', { id: 1, Datastreams: [] }, 'Thing')).toBe(true);
    expect(holds("Datastreams/name eq 'x'", { id: 1, Datastreams: [] }, 'Thing')).toBe(false);
  });

  it('do not multiply where they are independent, and end when the budget does', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      id: index,
      name: `n${index}`,
      time: '2026-03-01T00:00:00Z',
    }));
    const crowded = { id: 1, Datastreams: many, Locations: many, HistoricalLocations: many };
    const apart = "Datastreams/name eq 'a' or Locations/name eq 'b' or HistoricalLocations/id eq 999";
    expect(holds(apart, crowded, 'Thing')).toBe(false);
    const { filter } = parseOptions(
      '$filter=Datastreams/id add Locations/id eq HistoricalLocations/id add 9999',
      'Thing',
    );
    if (filter === undefined) throw new Error('no filter');
    const bounded = compileFilter(filter, 'Thing', { ...context, budget: openBudget(100_000) });
    expect(() => bounded(crowded)).toThrow(QueryError);
  });
});

describe('$orderby', () => {
  const at = (hour: number): string => new Date(DAY_0 + hour * HOUR).toISOString();

  it('puts null first when ascending, and lets the id decide between equals, upwards either way', () => {
    const entities = [
      { id: 10, result: 2 },
      { id: 9, result: 2 },
      { id: 3, result: null },
      { id: 4, result: 'x' },
      { id: 5, result: 1 },
    ];
    expect(ordered('result', entities)).toEqual([3, 5, 9, 10, 4]);
    expect(ordered('result desc', entities)).toEqual([4, 9, 10, 5, 3]);
    expect(ordered('', entities)).toEqual([3, 4, 5, 9, 10]);
  });

  it('orders spans by start, then end, and follows relations to one', () => {
    const entities = [
      { id: 1, phenomenonTime: `${at(1)}/${at(3)}`, Datastream: { name: 'b' } },
      { id: 2, phenomenonTime: `${at(1)}/${at(2)}`, Datastream: { name: 'a' } },
      { id: 3, phenomenonTime: at(0) },
    ];
    expect(ordered('phenomenonTime', entities)).toEqual([3, 2, 1]);
    expect(ordered('Datastream/name desc,id', entities)).toEqual([1, 2, 3]);
  });

  it('is one order whatever order entities came in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(observations, { selector: ({ id }) => id, maxLength: 6 }), (some) => {
        const query = 'result desc,phenomenonTime,Datastream/name';
        expect(ordered(query, some.toReversed())).toEqual(ordered(query, some));
      }),
    );
  });
});
