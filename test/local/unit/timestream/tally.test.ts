import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOW, openCity, reading } from './support.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const settings = { memoryHours: 24 * 60, runRecords: 25 };
const sensors = ['a', 'b', "c's", 'd'];

type City = Awaited<ReturnType<typeof openCity>>;

const sorted = async (city: City, sql: string): Promise<readonly string[]> =>
  (await city.rows(sql)).map((row) => row.join('|')).sort();

const range = (from: number, to: number): string =>
  `time >= from_milliseconds(${from}) AND time < from_milliseconds(${to})`;

const some = `sensor_id IN ('a', 'c''s') AND measure_name = 'pm25'`;
const either = `(sensor_id = 'b' OR (sensor_id = 'd' AND measure_name IN ('pm25')))`;

/** The same question in the shape that the tally answers, and in one that reads the records. */
const bothWays = async (city: City, conditions: string): Promise<void> => {
  const columns = 'count(*) AS readings, to_milliseconds(min(time)) AS first_at, max(time) AS last_at';
  for (const [select, group] of [
    [`sensor_id, measure_name, ${columns}`, 'GROUP BY sensor_id, measure_name'],
    [`sensor_id, ${columns}`, 'GROUP BY sensor_id'],
    ['count(*) AS readings', ''],
    ['to_milliseconds(min(time)) AS first_at', ''],
  ]) {
    const asked = (where: string) => sorted(city, `SELECT ${select} FROM city.readings WHERE ${where} ${group}`);
    expect(await asked(conditions)).toEqual(await asked(`${conditions} AND (measure_value::bigint IS NULL OR true)`));
  }
};

/** Records behind a place, in the shape that looks at their days alone, and in one that sorts them all: another name will do. */
const placesBothWays = async (city: City, conditions: string): Promise<void> => {
  const behind = (place: number, order: string, name: string) =>
    city.rows(`SELECT record
FROM (SELECT concat(CAST(to_milliseconds(time) AS VARCHAR), ' ', quality_test) AS record, row_number() OVER (ORDER BY time ${order}) AS ${name}
FROM city.readings
WHERE ${conditions})
WHERE ${name} > ${place} AND ${name} <= ${place + 3}
ORDER BY ${name}`);
  const [[records] = []] = await city.rows(`SELECT count(*) FROM city.readings WHERE ${conditions}`);
  for (const order of ['ASC', 'DESC']) {
    for (const place of [0, 1, 4, Math.max(0, Number(records) - 1), Number(records)]) {
      const found = await behind(place, order, 'place');
      expect(found).toHaveLength(Math.min(3, Math.max(0, Number(records) - place)));
      expect(found).toEqual(await behind(place, order, 'spot'));
    }
  }
};

const hours = fc.integer({ min: -24 * 20, max: 0 });
const records = fc.array(
  fc.record({ sensor: fc.constantFrom(...sensors), hour: hours, value: fc.integer({ min: 0, max: 9 }) }),
  { maxLength: 60 },
);

describe('The tally', () => {
  it('says what the records say, whatever was sorted, corrected or left behind', async () => {
    await using city = await openCity(settings);
    // A column that no record has a value in, to ask past the tally.
    await city.write([
      {
        ...reading('other', NOW - 30 * DAY, 1),
        MeasureValues: undefined,
        MeasureValueType: 'BIGINT',
        MeasureValue: '1',
      },
    ]);
    let version = 1;
    await fc.assert(
      fc.asyncProperty(fc.array(records, { minLength: 1, maxLength: 3 }), hours, hours, async (batches, one, other) => {
        for (const batch of batches) {
          version += 1;
          const latest = new Map(batch.map((each) => [`${each.sensor} ${each.hour}`, each]));
          const rows = [...latest.values()].map(({ sensor, hour, value }) =>
            reading(sensor, NOW + hour * HOUR, value, version),
          );
          if (rows.length > 0) await city.write(rows);
          await city.rows('SELECT count(*) FROM city.readings');
        }
        const [from, to] = [Math.min(one, other), Math.max(one, other)].map((hour) => NOW + hour * HOUR + 1);
        for (const within of [range(0, NOW + DAY), range(from ?? 0, to ?? 0)]) {
          for (const series of [some, either, `${either} AND NOT sensor_id = 'd'`]) {
            await bothWays(city, `${series} AND ${within}`);
          }
          await bothWays(city, within);
          await placesBothWays(city, `sensor_id = 'a' AND ${within}`);
        }
      }),
      { numRuns: 6 },
    );
    await city.restart();
    await bothWays(city, range(0, NOW + DAY));
  });

  it('forgets what expires', async () => {
    let now = NOW;
    await using city = await openCity({
      memoryHours: 24,
      magneticDays: 10,
      magneticWrites: true,
      runRecords: 5,
      clock: () => now,
    });
    await city.write([
      { ...reading('other', NOW, 1), MeasureValues: undefined, MeasureValueType: 'BIGINT', MeasureValue: '1' },
    ]);
    await city.write(Array.from({ length: 72 }, (_, index) => reading('a', NOW - index * HOUR, index)));
    await bothWays(city, range(0, NOW + DAY));
    now = NOW + 9 * DAY;
    await city.restart();
    expect(
      await city.rows(`SELECT count(*) FROM city.readings WHERE sensor_id = 'a' AND ${range(0, NOW + DAY)}`),
    ).toEqual([['25']]);
    await bothWays(city, range(0, NOW + DAY));
    await placesBothWays(city, `sensor_id = 'a' AND ${range(0, NOW + DAY)}`);
  });
});

describe('A store of before', () => {
  it('is taken over with all its records', async () => {
    await using city = await openCity({ memoryHours: 24 * 60 });
    await city.write(sensors.flatMap((sensor) => [0, 1, 2].map((hour) => reading(sensor, NOW - hour * HOUR, hour))));
    const everything =
      'SELECT sensor_id, measure_name, time, value, quality_flag, quality_test, received_at, checked FROM city.readings';
    const before = await sorted(city, everything);
    expect(before).toHaveLength(12);
    await city.restart(async (directory) => {
      const instance = await DuckDBInstance.create(join(directory, 'readings.duckdb'));
      const connection = await instance.connect();
      // As it was: one table, with every name beside every record.
      await connection.run(`CREATE TABLE stored.earlier AS SELECT t.*, k.measure_name, k.sensor_id
        FROM stored.t1 AS t JOIN stored.k1 AS k ON k."stored::series" = t."stored::series"`);
      await connection.run('DROP VIEW city.readings; DROP TABLE stored.t1; DROP TABLE stored.k1');
      await connection.run('DROP TABLE stored.s1; DROP TABLE stored.n1; ALTER TABLE stored.earlier RENAME TO t1');
      connection.closeSync();
      instance.closeSync();
    });
    expect(await sorted(city, everything)).toEqual(before);
    await city.write([reading('a', NOW, 7, 2), reading('new', NOW, 8)]);
    expect(
      await city.rows(
        "SELECT value FROM city.readings WHERE sensor_id IN ('a', 'new') AND time = from_milliseconds(" +
          NOW +
          ') ORDER BY sensor_id',
      ),
    ).toEqual([['7.0'], ['8.0']]);
    await city.restart();
    expect(await sorted(city, everything)).toHaveLength(13);
  });
});
