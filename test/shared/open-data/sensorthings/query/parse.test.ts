import { describe, expect, it } from 'vitest';
import type { EntityTypeName } from '../../../../../shared/open-data/sensorthings/model/entity-model.ts';
import type { Expression, QueryOptions } from '../../../../../shared/open-data/sensorthings/query/ast.ts';
import { parseOptions, parseRequest } from '../../../../../shared/open-data/sensorthings/query/parse.ts';
import { printExpression, printOptions } from '../../../../../shared/open-data/sensorthings/query/print.ts';
import { QueryError } from '../../../../../shared/open-data/sensorthings/query/query-error.ts';
import { quickestMs } from '../../../../support/quickest.ts';

const filterOf = (text: string, type: EntityTypeName = 'Observation'): Expression => {
  const { filter } = parseOptions(`$filter=${encodeURIComponent(text)}`, type);
  if (filter === undefined) throw new Error('no filter');
  return filter;
};
const printed = (text: string, type?: EntityTypeName): string => printExpression(filterOf(text, type));

const errorOf = (run: () => unknown): QueryError => {
  try {
    run();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
const fault = (text: string, type?: EntityTypeName): QueryError => errorOf(() => filterOf(text, type));

const expanded = (options: QueryOptions, ...relations: string[]): QueryOptions => {
  const [first, ...rest] = relations;
  const item = options.expand.find(({ relation }) => relation === first);
  if (item === undefined) throw new Error(`${first} is not expanded`);
  return rest.length === 0 ? item.options : expanded(item.options, ...rest);
};

describe('a resource path', () => {
  const target = (path: string) => parseRequest(path, '').path.target;

  it('leads to sets, entities, their relations and properties', () => {
    expect(target('')).toEqual({ kind: 'root' });
    expect(target('/')).toEqual({ kind: 'root' });
    expect(target('/Things')).toEqual({ kind: 'collection', entityType: 'Thing', reference: false });
    expect(target('Datastreams(1)/Observations')).toMatchObject({ kind: 'collection', entityType: 'Observation' });
    expect(target('Datastreams(1)/Thing/Locations(2)')).toMatchObject({ kind: 'entity', entityType: 'Location' });
    expect(target('Datastreams(1)/Observations/$ref')).toMatchObject({ kind: 'collection', reference: true });
    expect(target('Things(1)/name/$value')).toMatchObject({ kind: 'property', property: 'name', raw: true });
    expect(target('Things(1)/@iot.id')).toMatchObject({ kind: 'property', property: 'id' });
    expect(target('Things(1)/properties/owner/name')).toMatchObject({
      property: 'properties',
      subPath: ['owner', 'name'],
    });
    expect(target('Things(1)/Datastreams/')).toMatchObject({ kind: 'collection' });
  });

  it.each([
    ['Things(7)', { text: '7', quoted: false }],
    ["Things('7')", { text: '7', quoted: true }],
    ['Things(%277%27)', { text: '7', quoted: true }],
    ["Observations('12/it''s')", undefined],
    ["Observations('12%2Fit''s')", { text: "12/it's", quoted: true }],
    ['Observations(12-1700000000000)', { text: '12-1700000000000', quoted: false }],
  ])('reads the id of %s', (path, key) => {
    if (key === undefined) expect(errorOf(() => target(path)).code).toBe('path');
    else expect(parseRequest(path, '').path.steps[0]?.key).toMatchObject(key);
  });

  it.each([
    ['Foo', 0, 'one of Things'],
    ['things', 0, 'one of Things'],
    ['Things(1)/Foo', 10, 'one of id, name'],
    ['Things/Datastreams', 7, 'an id in brackets'],
    ['Datastreams(1)/Thing(2)', 15, 'no id'],
    ['Things(1)/name/first', 15, '$value'],
    ['Things()', 0, 'Things(1)'],
    ['Things(1', 0, 'Things(1)'],
    ['Things(1)//Datastreams', 10, 'one of id'],
    ['Things/$count', 7, '$ref'],
  ])('refuses %s with the place and what was expected', (path, position, expected) => {
    const error = errorOf(() => target(path));
    expect(error).toMatchObject({ code: 'path', option: 'path', position });
    expect(error.expected).toContain(expected);
  });
});

describe('what clients really send', () => {
  it('reads %24filter with plus for spaces and encoded quotes', () => {
    const { options } = parseRequest('Datastreams', '%24filter=Thing%2Fname+eq+%27a+b%27&%24top=5');
    expect(options).toMatchObject({ top: 5, filter: { kind: 'comparison', operator: 'eq' } });
    expect(printOptions(options)).toBe("$filter=Thing/name%20eq%20'a%20b'&$top=5");
  });

  it('gives the number of $top as asked, zero and the largest too', () => {
    expect(parseOptions('$top=0&$count=true', 'Thing')).toMatchObject({ top: 0, count: true });
    expect(parseOptions('$top=2147483647', 'Thing').top).toBe(2_147_483_647);
  });

  it('ignores empty options, a trailing ampersand, and parameters of the client’s own', () => {
    const none = { expand: [], select: [], orderBy: [] };
    expect(parseOptions('$filter=&$expand=&$select&_=1234&cachebust=x&', 'Thing')).toEqual(none);
    expect(parseOptions('?$top=1&&', 'Thing')).toEqual({ ...none, top: 1 });
  });

  it('reads option names in any case, and without the dollar', () => {
    const options = parseOptions('$Filter=id eq 1&$ORDERBY=name DESC&$resultformat=DataArray&top=3', 'Datastream');
    expect(options).toMatchObject({ top: 3, resultFormat: 'dataArray', orderBy: [{ descending: true }] });
    expect(options.filter).toBeDefined();
  });

  it('takes a space for the plus of an offset that was not encoded', () => {
    const { filter } = parseOptions('$filter=phenomenonTime ge 2026-03-01T07:00:00+07:00', 'Observation');
    expect(filter && printExpression(filter)).toBe('phenomenonTime ge 2026-03-01T00:00:00.000Z');
  });

  it('reads the query that times out elsewhere', () => {
    const query = '$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))';
    const options = expanded(parseRequest('Things', query).options, 'Datastreams', 'Observations');
    expect(options).toMatchObject({ top: 1, orderBy: [{ descending: true }] });
  });

  it('keeps brackets, semicolons and commas in texts apart from the grammar', () => {
    const query = "$expand=Datastreams($filter=name eq 'a);(b,''c''';$select=name,id),Locations";
    const options = parseOptions(query, 'Thing');
    expect(options.expand.map(({ relation }) => relation)).toEqual(['Datastreams', 'Locations']);
    const { filter, select } = expanded(options, 'Datastreams');
    expect(filter).toMatchObject({ right: { literal: { value: "a);(b,'c'" } } });
    expect(select).toHaveLength(2);
  });

  it('reads the slashes of SensorThings 1.0 in $expand as nesting, and one relation once', () => {
    const options = parseOptions(
      '$expand=Datastreams/Sensor,Datastreams/ObservedProperty,Datastreams($top=2)',
      'Thing',
    );
    expect(options.expand).toHaveLength(1);
    expect(expanded(options, 'Datastreams')).toMatchObject({ top: 2, expand: [{}, {}] });
    expect(errorOf(() => parseOptions('$expand=Datastreams($top=1),Datastreams($top=2)', 'Thing'))).toMatchObject({
      code: 'syntax',
      option: '$expand',
      position: 20,
    });
  });

  it('selects properties, what is inside them, and navigation links', () => {
    expect(parseOptions('$select=@iot.id,properties/street,Datastreams', 'Thing').select).toMatchObject([
      { kind: 'property', property: 'id' },
      { kind: 'property', property: 'properties', subPath: ['street'] },
      { kind: 'relation', relation: 'Datastreams' },
    ]);
    expect(parseOptions('$select=*', 'Thing').select).toEqual([]);
  });
});

describe('an expression', () => {
  it.each([
    ['result gt 1 or result lt 0 and result ne 5', 'result gt 1 or (result lt 0 and result ne 5)'],
    ['result add 2 mul 3 eq 7', '(result add (2 mul 3)) eq 7'],
    ['result sub 2 sub 3 eq 7', '((result sub 2) sub 3) eq 7'],
    ['result eq -5', 'result eq -5'],
    ['-result eq 5', '-(result) eq 5'],
    ['result gt 1 eq true', '(result gt 1) eq true'],
    ['(((result)))  EQ ((1))', 'result eq 1'],
  ])('binds %s as OData does', (text, meaning) => {
    expect(printed(text)).toBe(printed(meaning));
  });

  it('binds not closer than every comparison', () => {
    expect(printed('not (result gt 1) and result lt 5')).toBe('not (result gt 1) and result lt 5');
    expect(fault('not result gt 1')).toMatchObject({ code: 'type' });
  });

  it.each([
    ['2026-03-01T08:00:00Z', { type: 'instant', value: Date.UTC(2026, 2, 1, 8) }],
    ['2026-03-01T08:00:00.1234567+07:00', { type: 'instant', value: Date.UTC(2026, 2, 1, 1, 0, 0, 123) }],
    ['2026-03-01T08:00Z/2026-03-02T08:00Z', { type: 'interval', start: Date.UTC(2026, 2, 1, 8) }],
    ['2026-03-01T00:00:00Z/P1D', { type: 'interval', start: Date.UTC(2026, 2, 1), end: Date.UTC(2026, 2, 2) }],
    ['2026-03-01', { type: 'date', value: Date.UTC(2026, 2, 1) }],
  ])('reads the time %s', (text, literal) => {
    expect(filterOf(`phenomenonTime ge ${text}`)).toMatchObject({ right: { literal } });
  });

  it('reads durations, times of day, null, booleans and geometries', () => {
    expect(printed("phenomenonTime gt now() sub duration'P1DT2H3M4.5S'")).toContain("duration'PT93784.500S'");
    expect(printed('time(resultTime) lt 13:20')).toBe('time(resultTime) lt 13:20:00.000');
    expect(printed('resultQuality eq null and result ne true')).toContain('null');
    expect(printed("st_within(FeatureOfInterest/feature, geography'SRID=4326;Point Z(30.0 10 5)')")).toBe(
      "st_within(FeatureOfInterest/feature,geography'POINT(30 10)')",
    );
  });

  it('keeps a thousand alternatives flat', () => {
    const text = Array.from({ length: 1_000 }, (_, id) => `id eq ${id}`).join(' or ');
    expect(filterOf(text)).toMatchObject({ kind: 'logical', operator: 'or' });
  });

  it.each<[string, EntityTypeName, QueryError['code'], number, string]>([
    ['nam eq 5', 'Thing', 'type', 0, 'one of id, name'],
    ['name eq 5', 'Thing', 'type', 8, ''],
    ['Datastreams/nam eq 5', 'Thing', 'type', 0, 'one of id, name, description, observationType'],
    ['Datastreams eq 5', 'Thing', 'type', 0, 'a property of them'],
    ['Thing eq null', 'Datastream', 'type', 0, 'a property of it'],
    ['id/x eq 1', 'Thing', 'type', 0, ''],
    ["phenomenonTime gt '2026-03-01T00:00:00Z'", 'Observation', 'type', 18, 'without quotes'],
    ['length(5) eq 1', 'Thing', 'type', 7, 'string'],
    ['startswith(name) eq true', 'Thing', 'type', 0, '2'],
    ['name and true', 'Thing', 'type', 0, 'a condition'],
    ['name', 'Thing', 'type', 0, 'a condition'],
    ['location eq location', 'Location', 'type', 0, 'st_equals'],
    ["st_relate(location,location,'TT')", 'Location', 'type', 28, 'nine of'],
    ['phenomenonTime mul 2 eq 1', 'Observation', 'type', 0, ''],
    ['-name eq 1', 'Thing', 'type', 0, 'a number'],
    ['foo(1)', 'Thing', 'unsupported', 0, ''],
    ["Datastreams/any(d:d/name eq 'x')", 'Thing', 'unsupported', 12, ''],
    ['(name eq', 'Thing', 'syntax', 8, 'a property, a literal'],
    ["(name eq 'a'", 'Thing', 'syntax', 12, '“)”'],
    ["name eq 'a' name", 'Thing', 'syntax', 12, 'the end'],
    ["name eq 'a", 'Thing', 'syntax', 8, 'a closing quote'],
    ['id eq 1 # 2', 'Thing', 'syntax', 8, 'a name'],
    ['id eq 1x', 'Thing', 'syntax', 6, ''],
    ['phenomenonTime eq 2026-02-30T00:00:00Z', 'Observation', 'syntax', 18, 'an instant'],
    ['phenomenonTime eq 2026-03-02T00:00:00Z/PD', 'Observation', 'syntax', 18, 'a later one'],
    ['phenomenonTime eq 2026-03-02T00:00:00Z/2026-03-01T00:00:00Z', 'Observation', 'syntax', 18, 'a later one'],
    ["resultTime gt now() sub duration'P1M'", 'Observation', 'syntax', 24, 'days to seconds'],
    ["st_within(location,geography'POLYGON((0 0,1 0,1 1))')", 'Location', 'syntax', 50, 'a closed ring'],
    ["st_within(location,geography'SRID=3857;POINT(0 0)')", 'Location', 'syntax', 29, 'SRID=4326'],
    ["st_within(location,geography'POINT(0 0')", 'Location', 'syntax', 38, '“)”'],
  ])('refuses %s', (text, type, code, position, expected) => {
    const error = fault(text, type);
    expect(error).toMatchObject({ code, option: '$filter', position });
    expect(error.expected ?? '').toContain(expected);
    expect(error.message).toContain(`position ${position}`);
  });

  it.each([
    ['$top=-1', '$top'],
    ['$top=1.5', '$top'],
    ['$top=ten', '$top'],
    ['$count=maybe', '$count'],
    ['$resultFormat=xml', '$resultFormat'],
    ['$orderby=name up', '$orderby'],
    ['$orderby=Datastreams/Observations/result', '$orderby'],
    ['$select=nam', '$select'],
    ['$select=name/first', '$select'],
    ['$expand=Foo', '$expand'],
    ['$expand=Datastreams($top=1', '$expand'],
    ['$expand=Datastreams($foo=1)', '$expand'],
    ['$expand=Datastreams($top=1;$top=2)', '$expand'],
    ['$expand=Datastreams($filter=nam eq 1)', '$expand'],
    ['$top=1&$TOP=2', '$top'],
    ['$apply=x', '$apply'],
    ['$filter=%zz', '$filter'],
    ['$filter=%ff', '$filter'],
  ])('refuses %s and names the option', (query, option) => {
    expect(errorOf(() => parseOptions(query, 'Thing'))).toMatchObject({ option });
  });
});

describe('hostile requests', () => {
  const hostile: Readonly<Record<string, string>> = {
    '10,000 brackets': `$filter=${'('.repeat(10_000)}1 eq 1${')'.repeat(10_000)}`,
    'a megabyte': `$filter=name eq '${'a'.repeat(1 << 20)}'`,
    'a megabyte of brackets': `$filter=${'('.repeat(1 << 20)}`,
    'deep expands': `$expand=${'Datastreams($expand=Thing($expand='.repeat(800)}`,
    'expands by slashes': `$expand=${'Datastreams/Thing/'.repeat(1_500)}Datastreams`,
    'wide expands': `$expand=Datastreams($expand=${Array.from({ length: 1_000 }, () => 'Sensor').join()})`,
    'many nots': `$filter=${'not '.repeat(8_000)}true`,
    'many signs': `$filter=${'-'.repeat(30_000)}1 eq 1`,
    'long sums': `$filter=1${' add 1'.repeat(5_000)} eq 1`,
    'nested calls': `$filter=${'concat('.repeat(4_500)}`,
    'long paths': `$filter=${'Datastreams/Thing/'.repeat(1_700)}id eq 1`,
    'long path': 'Things(1)/'.repeat(100_000),
  };

  it.each(Object.keys(hostile))('refuses %s in under 50 ms', async (name) => {
    const text = hostile[name] ?? '';
    const [path, query] = name === 'long path' ? [text, ''] : ['Things', text];
    const refused = () => errorOf(() => parseRequest(path, query));
    expect(await quickestMs(refused, 50)).toBeLessThan(50);
    expect(['too-long', 'too-deep', 'too-costly']).toContain(refused().code);
  });
});
