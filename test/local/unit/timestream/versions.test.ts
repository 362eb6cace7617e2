import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW, openCity, pm25 } from './support.ts';

const state =
  'SELECT sensor_id, to_milliseconds(time) AS t, measure_value::double AS v FROM "city"."readings" ORDER BY 1, 2';

type Write = { readonly sensor: string; readonly at: number; readonly value: number; readonly version: number };
type Model = Map<string, { readonly value: number; readonly version: number }>;

/** The rules in their plainest form: answers the indexes of the rejected writes. */
const writeToModel = (model: Model, second: number, writes: readonly Write[]): readonly number[] =>
  writes.flatMap(({ sensor, at, value, version }, index) => {
    const key = `${sensor} ${second + at}`;
    const held = model.get(key);
    if (held === undefined || version > held.version) model.set(key, { value, version });
    else if (held.value !== value) return [index];
    return [];
  });

const modelRows = (model: Model): readonly (readonly string[])[] =>
  [...model].sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, { value }]) => [...key.split(' '), `${value}.0`]);

const write = fc.record({
  sensor: fc.constantFrom('a', 'b'),
  at: fc.nat(3),
  value: fc.nat(2),
  version: fc.integer({ min: 1, max: 4 }),
});
const step = fc.oneof(
  { weight: 8, arbitrary: fc.array(write, { minLength: 1, maxLength: 12 }) },
  { weight: 3, arbitrary: fc.constant('query' as const) },
  { weight: 1, arbitrary: fc.constant('restart' as const) },
);

describe('versions', () => {
  it('accept the same value again, in the same and in a later request', async () => {
    await using city = await openCity();
    expect(await city.rejections([pm25('aq-1', NOW, 1), { ...pm25('aq-1', NOW, 1), MeasureValue: '1.00' }])).toEqual(
      [],
    );
    expect(await city.rejections([pm25('aq-1', NOW, 1)])).toEqual([]);
    expect(await city.rows(state)).toEqual([['aq-1', String(NOW), '1.0']]);
  });

  it('reject another value of the same version and tell the existing one', async () => {
    await using city = await openCity();
    await city.write([pm25('aq-1', NOW, 1, 5)]);
    expect(await city.rejections([pm25('aq-1', NOW, 2, 5), pm25('aq-1', NOW - 1, 2)])).toEqual([
      {
        RecordIndex: 0,
        ExistingVersion: 5,
        Reason:
          'A record already exists with the same time, dimensions, measure name, and record version. A higher record version must be specified in order to update the measure value. Specifying record version is supported by the latest SDKs.',
      },
    ]);
    expect(await city.rows(state)).toEqual([
      ['aq-1', String(NOW - 1), '2.0'],
      ['aq-1', String(NOW), '1.0'],
    ]);
  });

  it('reject another value of a lower version', async () => {
    await using city = await openCity();
    await city.write([pm25('aq-1', NOW, 1, 200)]);
    expect(await city.rejections([pm25('aq-1', NOW, 2, 2)])).toEqual([
      {
        RecordIndex: 0,
        ExistingVersion: 200,
        Reason:
          'The record version 2 is lower than the existing version 200. A higher version is required to update the measure value.',
      },
    ]);
  });

  it('replace the value by that of a higher one, before and after DuckDB has the first', async () => {
    await using city = await openCity();
    await city.write([pm25('aq-1', NOW, 1, 1)]);
    await city.write([pm25('aq-1', NOW, 2, 2)]);
    expect(await city.rows(state)).toEqual([['aq-1', String(NOW), '2.0']]);
    await city.write([pm25('aq-1', NOW, 3, 3), pm25('aq-1', NOW, 4, 4)]);
    expect(await city.rows(state)).toEqual([['aq-1', String(NOW), '4.0']]);
  });

  it('rise with the same value too', async () => {
    await using city = await openCity();
    await city.write([pm25('aq-1', NOW, 1, 1)]);
    await city.write([pm25('aq-1', NOW, 1, 7)]);
    expect(await city.rejections([pm25('aq-1', NOW, 2, 3)])).toMatchObject([{ ExistingVersion: 7 }]);
  });

  it('belong to dimensions, measure name and instant together, in whatever order dimensions come', async () => {
    await using city = await openCity();
    const a = { Name: 'a', Value: '1' };
    const b = { Name: 'b', Value: '2' };
    const record = { ...pm25('x', NOW, 1), Dimensions: [a, b] };
    await city.write([record]);
    const others = [
      { ...record, Dimensions: [b, a] },
      { ...record, Dimensions: [a], MeasureValue: '2' },
      { ...record, MeasureName: 'pm10', MeasureValue: '3' },
      { ...record, Time: `${NOW}000001`, TimeUnit: 'NANOSECONDS' as const, MeasureValue: '4' },
    ];
    expect(await city.rejections(others)).toEqual([]);
    expect(await city.rows('SELECT measure_value::double FROM "city"."readings" ORDER BY 1')).toEqual([
      ['1.0'],
      ['2.0'],
      ['3.0'],
      ['4.0'],
    ]);
  });

  it('survive a restart', async () => {
    await using city = await openCity();
    await city.write([pm25('aq-1', NOW, 1, 3)]);
    await city.restart();
    expect(await city.rejections([pm25('aq-1', NOW, 9, 2)])).toMatchObject([{ ExistingVersion: 3 }]);
    expect(await city.rows(state)).toEqual([['aq-1', String(NOW), '1.0']]);
  });

  it('leave what a plain model says, whatever comes in whatever order, between queries and restarts', async () => {
    await using city = await openCity();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        run += 1;
        // Each run has a second of its own, and a record at its end, so that there is always something to read.
        const second = NOW - run * 1000;
        const model: Model = new Map();
        const check = async () => {
          const range = `WHERE time BETWEEN from_milliseconds(${second}) AND from_milliseconds(${second + 999})`;
          expect(await city.rows(state.replace('ORDER', `${range} ORDER`))).toEqual(modelRows(model));
        };
        const write = async (writes: readonly Write[]) => {
          const records = writes.map(({ sensor, at, value, version }) => pm25(sensor, second + at, value, version));
          const rejected = (await city.rejections(records)).map(({ RecordIndex }) => RecordIndex);
          expect(rejected).toEqual(writeToModel(model, second, writes));
        };
        await write([{ sensor: 'z', at: 999, value: 0, version: 1 }]);
        for (const one of steps) {
          if (one === 'restart') await city.restart();
          else if (one === 'query') await check();
          else await write(one);
        }
        await check();
      }),
      { numRuns: 25 },
    );
  });
});
