import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { aReading } from '../../support/small-city.ts';
import { type Json, MINUTE, openSensorThingsCity, ROOT, type SensorThingsCity, start } from './sensorthings-city.ts';

/**
 * Where instants and values are all that is asked for, the store hands over nothing else. The answer is the one that everybody gets
 * who asks for more, without what is more.
 */
let city: SensorThingsCity;
let pm25 = 0;
let empty = 0;

beforeAll(async () => {
  city = await openSensorThingsCity();
  const idOf = async (filter: string): Promise<number> =>
    Number((await city.list(`/Datastreams?$filter=${filter}`))[0]?.['@iot.id']);
  pm25 = await idOf("properties/quantity eq 'pm25'");
  await city.observe(
    aReading('air-s', 'pm25', start - 7 * MINUTE, null),
    aReading('air-s', 'pm25', start + 22 * MINUTE + 1, -2.5e-7),
  );
  empty = await idOf("properties/quantity eq 'ph'");
});

type Table = { readonly components: readonly string[]; readonly dataArray: readonly (readonly unknown[])[] };

/** The rows of one table, by their columns' names; and where the answer goes on. */
const rowsOf = (answer: Json) => {
  const [table] = (answer.value ?? []) as unknown as readonly Table[];
  const rows = table?.dataArray.map((row) =>
    Object.fromEntries(row.map((cell, index) => [table.components[index], cell])),
  );
  const link = answer['@iot.nextLink'];
  return {
    rows: rows ?? [],
    count: answer['@iot.count'],
    next: link && decodeURIComponent(String(link)).split('skiptoken=')[1],
  };
};

const without = (rows: readonly Json[], column: string): readonly Json[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== column)));

const ask = (select: string, options: string, format: string): Promise<Json> =>
  city.get(`/Datastreams(${pm25})/Observations?$select=${select}&$resultFormat=${format}${options}`);

const bodyOf = async (path: string): Promise<string> => {
  const { status, body } = await city.call({ url: `${ROOT}${path}` });
  expect(status).toBe(200);
  return body;
};

const options = fc
  .record({
    order: fc.constantFrom(
      '',
      '&$orderby=phenomenonTime',
      '&$orderby=phenomenonTime desc',
      '&$orderby=id',
      '&$orderby=result',
    ),
    top: fc.constantFrom('', '&$top=1', '&$top=7', '&$top=302', '&$top=400'),
    skip: fc.constantFrom('', '&$skip=0', '&$skip=3', '&$skip=1000'),
    count: fc.constantFrom('', '&$count=true'),
    filter: fc.constantFrom(
      '',
      `&$filter=phenomenonTime ge ${new Date(start).toISOString()}`,
      `&$filter=phenomenonTime lt ${new Date(start + 99 * MINUTE).toISOString()} and phenomenonTime gt 2026-10-04T23:00:00Z`,
      '&$filter=phenomenonTime lt 2020-01-01T00:00:00Z',
      '&$filter=result gt 3',
    ),
  })
  .map(({ order, top, skip, count, filter }) => `${order}${top}${skip}${count}${filter}`);
const selections = fc.shuffledSubarray(['id', 'phenomenonTime', 'result'], { minLength: 1 });

describe('Instants and values alone', () => {
  it('are the same entities in JSON as with more selected', async () => {
    await fc.assert(
      fc.asyncProperty(selections, options, async (columns, rest) => {
        const alone = await ask(columns.join(','), rest, 'json');
        const more = await ask([...columns, 'resultTime'].join(','), rest, 'json');
        expect(alone.value).toEqual(without((more.value ?? []) as readonly Json[], 'resultTime'));
        expect(rowsOf({ ...alone, value: [] })).toEqual(rowsOf({ ...more, value: [] }));
      }),
      { numRuns: 60 },
    );
  });

  it('are the same rows as with more columns, in the order selected, with the same count and next link', async () => {
    await fc.assert(
      fc.asyncProperty(selections, options, async (columns, rest) => {
        const alone = await ask(columns.join(','), rest, 'dataArray');
        const more = rowsOf(await ask([...columns, 'resultTime'].join(','), rest, 'dataArray'));
        expect(rowsOf(alone)).toEqual({ ...more, rows: without(more.rows, 'resultTime') });
        const [table] = (alone.value ?? []) as unknown as readonly Table[];
        if (table !== undefined) expect(table.components).toEqual(columns);
      }),
      { numRuns: 60 },
    );
  });

  it('are the same as CSV', async () => {
    const path = `/Datastreams(${pm25})/Observations?$resultFormat=CSV&$top=400&$select=`;
    for (const order of ['', '&$orderby=phenomenonTime desc']) {
      const more = await bodyOf(`${path}result,phenomenonTime,id,resultTime${order}`);
      const cut = more.split('\r\n').map((line) => line.split(',').slice(0, 3).join(','));
      expect(await bodyOf(`${path}result,phenomenonTime,id${order}`)).toBe(cut.join('\r\n'));
      expect(cut[0]).toBe('id,phenomenonTime,result');
    }
  });

  it('go on page by page, and each comes once', async () => {
    const found: Json[] = [];
    let link: string | undefined =
      `/Datastreams(${pm25})/Observations?$select=id,result&$resultFormat=dataArray&$top=50`;
    while (link !== undefined) {
      const answer: Json = await city.get(link);
      found.push(...rowsOf(answer).rows);
      link = answer['@iot.nextLink'] as string | undefined;
    }
    expect(found).toEqual(rowsOf(await ask('id,result', '&$top=400', 'dataArray')).rows);
    expect(found).toHaveLength(302);
    expect(found[0]).toEqual({ id: `${pm25}${start - 7 * MINUTE}`, result: null });
  });

  it('are of no other datastream, and none where there are none', async () => {
    const path = `/Datastreams(${empty})/Observations?$select=result&$resultFormat=`;
    expect(rowsOf(await city.get(`${path}dataArray`)).rows).toEqual([{ result: 7.1 }]);
    const before = '&$filter=phenomenonTime lt 2020-01-01T00:00:00Z';
    expect(await city.get(`${path}dataArray&$count=true${before}`)).toEqual({ '@iot.count': 0, value: [] });
    // Whoever reads it as a table finds its column.
    expect(await bodyOf(`${path}CSV${before}`)).toBe('result\r\n');
  });
});
