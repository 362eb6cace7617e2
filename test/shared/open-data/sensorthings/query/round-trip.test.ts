import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryOptions } from '../../../../../shared/open-data/sensorthings/query/ast.ts';
import { parseOptions, parseRequest } from '../../../../../shared/open-data/sensorthings/query/parse.ts';
import { printOptions, printPath } from '../../../../../shared/open-data/sensorthings/query/print.ts';
import { QueryError } from '../../../../../shared/open-data/sensorthings/query/query-error.ts';
import { filterFor, path, withoutSpans } from './arbitraries.ts';

const span = { start: 0, end: 0 };
const none = { expand: [], select: [], orderBy: [] };
const whole = fc.integer({ min: 0, max: 2_147_483_647 });

const page = {
  top: whole,
  skip: whole,
  count: fc.boolean(),
};
const observationOptions = fc.record(
  {
    ...page,
    filter: filterFor('Observation'),
    expand: fc.constant([]),
    select: fc.constant([{ kind: 'property' as const, property: 'parameters', subPath: ['a', '0'], span }]),
    orderBy: fc.array(
      fc.record({
        expression: fc.constant(path('Datastream/name')),
        descending: fc.boolean(),
        span: fc.constant(span),
      }),
    ),
  },
  { requiredKeys: ['expand', 'select', 'orderBy'] },
);
const thingOptions: fc.Arbitrary<QueryOptions> = fc.record(
  {
    ...page,
    filter: filterFor('Thing'),
    select: fc.constant([{ kind: 'relation' as const, relation: 'Datastreams', span }]),
    orderBy: fc.constant([{ expression: path('name'), descending: true, span }]),
    resultFormat: fc.constantFrom('json', 'dataArray', 'csv', 'geojson'),
    skipToken: fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text.trim() !== '' && text.isWellFormed()),
    expand: fc.array(observationOptions, { maxLength: 1 }).map((found) =>
      found.map((options) => ({
        relation: 'Datastreams',
        target: 'Datastream' as const,
        many: true,
        span,
        options: {
          ...none,
          expand: [{ relation: 'Observations', target: 'Observation' as const, many: true, options, span }],
        },
      })),
    ),
  },
  { requiredKeys: ['expand', 'select', 'orderBy'] },
);

describe('a request printed', () => {
  it('is read as the same options', () => {
    fc.assert(
      fc.property(thingOptions, (options) => {
        const text = printOptions(options);
        // What is longer is refused, by the parser's own limit.
        fc.pre(text.length <= 32_768);
        expect(withoutSpans(parseOptions(text, 'Thing'))).toEqual(withoutSpans(options));
        expect(printOptions(parseOptions(text, 'Thing'))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('leads to the same place', () => {
    const key = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.isWellFormed());
    const end = fc.constantFrom(
      '',
      '/$ref',
      '/Datastreams',
      '/Datastreams/$ref',
      '/name/$value',
      '/properties/a/b%20c',
      '/properties/a/$value',
    );
    fc.assert(
      fc.property(key, end, (text, rest) => {
        const { path: parsed } = parseRequest(`Things('${encodeURIComponent(text.replaceAll("'", "''"))}')${rest}`, '');
        expect(parsed.steps[0]?.key?.text).toBe(text);
        expect(withoutSpans(parseRequest(printPath(parsed), '').path)).toEqual(withoutSpans(parsed));
      }),
    );
  });
});

/** Pieces of the language in any order come further than bytes do. */
const shards = fc.constantFrom(
  ..."$filter= $expand= $select= $orderby= $top= $count= & ; ( ) , / ' - = + %20 %27 %2 %ff name id eq and or not null Datastreams Observations result phenomenonTime duration' geography'POINT( ) POLYGON(( 1 2.5 1e9 1e999 2026-03-01 2026-03-01T08:00:00Z 08:00 now( st_within( concat( asc desc @iot.id $value $ref \u0000 \ud800 Phố".split(
    ' ',
  ),
  ' ',
);

describe('any text', () => {
  it.each([
    ['bytes', fc.uint8Array({ maxLength: 200 }).map((bytes) => String.fromCharCode(...bytes))],
    ['characters', fc.string({ unit: 'binary', maxLength: 200 })],
    ['shards of the language', fc.array(shards, { maxLength: 40 }).map((parts) => parts.join(''))],
    ['a filter of shards', fc.array(shards, { maxLength: 40 }).map((parts) => `$filter=${parts.join(' ')}`)],
    [
      'an expand of shards',
      fc.array(shards, { maxLength: 40 }).map((parts) => `$expand=Datastreams(${parts.join('')})`),
    ],
  ])('of %s is read or refused with a place, and nothing else', (_, texts) => {
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        for (const run of [
          () => parseRequest(first, second),
          () => parseOptions(second, 'Thing'),
          () => parseOptions(second, 'Location'),
        ]) {
          try {
            const read = run();
            expect(read).toBeTypeOf('object');
          } catch (error) {
            expect(error).toBeInstanceOf(QueryError);
            const { position, message } = error as QueryError;
            expect(position).toBeGreaterThanOrEqual(0);
            expect(message).not.toBe('');
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
