import { ResourceNotFoundException, ValidationException, WriteRecordsCommand } from '@aws-sdk/client-timestream-write';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOW, openCity, pm25, reading, table } from './support.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const allValues =
  'SELECT sensor_id, to_milliseconds(time) AS t, measure_value::double AS v FROM "city"."readings" ORDER BY 1, 2';

// Rules and wordings: Timestream for LiveAnalytics API reference (WriteRecords, RejectedRecord, Quotas) and messages of the
// service that users quote in public issues.
describe('records', () => {
  it('come back with all their values and types', async () => {
    await using city = await openCity();
    const { RecordsIngested } = await city.write([reading('aq-1', NOW - 1234, 17.25)]);
    expect(RecordsIngested).toEqual({ Total: 1, MemoryStore: 1, MagneticStore: 0 });
    const { ColumnInfo = [] } = await city.query('SELECT * FROM "city"."readings"');
    expect(ColumnInfo.map(({ Name, Type }) => `${Name} ${Type?.ScalarType}`)).toEqual([
      'sensor_id VARCHAR',
      'measure_name VARCHAR',
      'time TIMESTAMP',
      'checked BOOLEAN',
      'quality_flag BIGINT',
      'quality_test VARCHAR',
      'received_at TIMESTAMP',
      'value DOUBLE',
    ]);
    expect(await city.rows('SELECT * FROM "city"."readings"')).toEqual([
      [
        'aq-1',
        'pm25',
        '2026-10-31 23:59:58.766000000',
        'true',
        '1',
        'gross-range',
        '2026-11-01 00:00:00.266000000',
        '17.25',
      ],
    ]);
  });

  it('take what they lack from the common attributes', async () => {
    await using city = await openCity();
    await city.write(
      [{ MeasureValue: '1' }, { MeasureValue: '2', Dimensions: [{ Name: 'sensor_id', Value: 'aq-2' }] }],
      {
        Dimensions: [{ Name: 'district', Value: 'Phú Cường' }],
        MeasureName: 'pm25',
        Time: String(NOW / 1000 - 60),
        TimeUnit: 'SECONDS',
      },
    );
    expect(
      await city.rows('SELECT district, sensor_id, measure_value::double FROM "city"."readings" ORDER BY 3'),
    ).toEqual([
      ['Phú Cường', null, '1.0'],
      ['Phú Cường', 'aq-2', '2.0'],
    ]);
  });

  it.each([
    ['SECONDS', String(NOW / 1000), '2026-11-01 00:00:00.000000000'],
    ['MILLISECONDS', String(NOW - 1), '2026-10-31 23:59:59.999000000'],
    ['MICROSECONDS', `${NOW - 1}123`, '2026-10-31 23:59:59.999123000'],
    ['NANOSECONDS', `${NOW - 1}123000`, '2026-10-31 23:59:59.999123000'],
  ] as const)('tell their time in %s', async (unit, time, expected) => {
    await using city = await openCity();
    await city.write([{ ...pm25('aq-1', 0, 1), Time: time, TimeUnit: unit }]);
    expect(await city.rows('SELECT time FROM "city"."readings"')).toEqual([[expected]]);
  });

  it('are at most a hundred a request', async () => {
    await using city = await openCity();
    const hundred = Array.from({ length: 100 }, (_, index) => pm25('aq-1', NOW - index, index));
    await expect(city.write([...hundred, pm25('aq-1', NOW - 100, 100)])).rejects.toThrow(
      "at 'records' failed to satisfy constraint: Member must have length less than or equal to 100",
    );
    expect(await city.rows('SELECT count(*) FROM "city"."readings"')).toEqual([['0']]);
    expect((await city.write(hundred)).RecordsIngested?.Total).toBe(100);
  });

  it('need a table that exists', async () => {
    await using city = await openCity();
    const elsewhere = new WriteRecordsCommand({ ...table, TableName: 'nowhere', Records: [pm25('aq-1', NOW, 1)] });
    await expect(city.clients().write.send(elsewhere)).rejects.toThrow(ResourceNotFoundException);
  });

  it('keep their own rejection while the others are written', async () => {
    await using city = await openCity();
    const rejected = await city.rejections([
      pm25('aq-1', NOW, 1),
      pm25('aq-1', NOW + 15 * 60_000 + 1, 2),
      pm25('aq-1', NOW + 15 * 60_000, 3),
    ]);
    expect(rejected).toMatchObject([
      {
        RecordIndex: 1,
        Reason: expect.stringMatching(
          /^The record timestamp is outside the time range \[2026-10-02T00:00:00.000Z, 2026-11-01T00:15:00.000Z\)/,
        ),
      },
    ]);
    expect(await city.rows(allValues)).toEqual([
      ['aq-1', String(NOW), '1.0'],
      ['aq-1', String(NOW + 15 * 60_000), '3.0'],
    ]);
  });

  it('older than the memory store need magnetic store writes, and end with the magnetic store', async () => {
    await using strict = await openCity({ memoryHours: 6 });
    expect(
      await strict.rejections([pm25('aq-1', NOW - 6 * HOUR, 1), pm25('aq-1', NOW - 6 * HOUR - 1, 2)]),
    ).toMatchObject([{ RecordIndex: 1, Reason: expect.stringContaining('of the memory store.') }]);
    await using patient = await openCity({ memoryHours: 6, magneticDays: 10, magneticWrites: true });
    expect((await patient.write([pm25('aq-1', NOW - 10 * DAY, 1)])).RecordsIngested).toEqual({
      Total: 1,
      MemoryStore: 0,
      MagneticStore: 1,
    });
    expect(await patient.rejections([pm25('aq-1', NOW - 10 * DAY - 1, 2)])).toMatchObject([
      { RecordIndex: 0, Reason: expect.stringContaining('outside the time range') },
    ]);
  });

  it('beyond a limit of the service are rejected alone', async () => {
    await using city = await openCity();
    const long = { ...pm25('aq-1', NOW, 1), MeasureValueType: 'VARCHAR' as const, MeasureValue: 'x'.repeat(2040) };
    const rejected = await city.rejections([long, pm25('aq-2', NOW, 1)]);
    expect(rejected).toMatchObject([{ RecordIndex: 0, Reason: expect.stringContaining('2048 bytes') }]);
  });

  it('keep the type that a column began with', async () => {
    await using city = await openCity();
    const measure = (Value: string, Type: 'DOUBLE' | 'BIGINT', time: number) => ({
      ...pm25('aq-1', time, 0),
      MeasureValueType: 'MULTI' as const,
      MeasureValues: [{ Name: 'Level', Value, Type }],
    });
    const multi = ({ MeasureValue: _, ...rest }: ReturnType<typeof measure>) => rest;
    await city.write([multi(measure('1', 'DOUBLE', NOW))]);
    expect(await city.rejections([multi(measure('2', 'BIGINT', NOW - 1))])).toMatchObject([
      { RecordIndex: 0, Reason: expect.stringContaining('Level') },
    ]);
  });
});

describe('records', () => {
  let city: Awaited<ReturnType<typeof openCity>>;
  beforeAll(async () => {
    city = await openCity();
  });
  afterAll(() => city[Symbol.asyncDispose]());

  it.each([
    ['a time that is no number', { Time: 'yesterday' }],
    ['a time before 1970', { Time: '-1' }],
    ['a value that is no DOUBLE', { MeasureValue: 'high' }],
    ['a value that is no BIGINT', { MeasureValue: '1.5', MeasureValueType: 'BIGINT' }],
    ['no measure name', { MeasureName: '' }],
    ['no dimension', { Dimensions: [] }],
    ['a reserved dimension name', { Dimensions: [{ Name: 'time', Value: 'x' }] }],
    ['a dimension name that begins with ts_', { Dimensions: [{ Name: 'ts_x', Value: 'x' }] }],
    ['a colon in a dimension name', { Dimensions: [{ Name: 'a:b', Value: 'x' }] }],
    [
      'the same dimension twice',
      {
        Dimensions: [
          { Name: 'a', Value: 'x' },
          { Name: 'a', Value: 'y' },
        ],
      },
    ],
    ['type MULTI without values', { MeasureValueType: 'MULTI' }],
    ['an unknown unit of time', { TimeUnit: 'MINUTES' }],
    ['version zero', { Version: 0 }],
  ])('with %s make the whole request invalid', async (_, flaw) => {
    const flawed = Object.assign(pm25('aq-1', NOW, 1), flaw);
    await expect(city.write([pm25('aq-2', NOW, 1), flawed])).rejects.toThrow(ValidationException);
    expect(await city.rows('SELECT count(*) FROM "city"."readings"')).toEqual([['0']]);
  });
});
