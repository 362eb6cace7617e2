import { QueryCommand, ValidationException } from '@aws-sdk/client-timestream-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { noon, page, queryMock, reading, row, seriesRow, store } from './mocked-timestream.ts';

beforeEach(() => queryMock.reset());

describe('What Timestream is asked', () => {
  const sql = (): string => queryMock.commandCalls(QueryCommand)[0]?.args[0].input.QueryString ?? '';
  const asked = { sensorId: "o'brien", quantity: 'pm25' as const, from: noon, to: noon + 10 };

  it('always names measure, sensor and time, with text escaped', async () => {
    queryMock.on(QueryCommand).resolves(page([]));
    const buckets = { size: 'day' as const, utcOffsetMinutes: 420, flags: [1 as const] };
    await store.series(asked);
    await store.versions({ ...asked, measuredAt: noon });
    await store.buckets({ ...asked, ...buckets, sensorIds: ["o'brien"] });
    const statements = queryMock.commandCalls(QueryCommand).map(({ args }) => args[0].input.QueryString);
    expect(statements).toHaveLength(3);
    for (const statement of statements) {
      expect(statement).toContain('FROM "city"."readings"');
      expect(statement).toMatch(/measure_name (=|IN) /);
      expect(statement).toMatch(/sensor_id (= |IN \()'o''brien'/);
      expect(statement).toContain(`from_milliseconds(${noon})`);
    }
  });

  it('is followed page after page, over empty pages too', async () => {
    queryMock
      .on(QueryCommand)
      .resolvesOnce(page([], 'second'))
      .resolvesOnce(page([seriesRow(reading())], 'third'))
      .resolves(page([seriesRow(reading({ measuredAt: noon + 1 }))]));
    const { readings } = await store.series({ ...asked, sensorId: reading().sensorId });
    expect(readings).toEqual([reading(), reading({ measuredAt: noon + 1 })]);
    expect(queryMock.commandCalls(QueryCommand).map(({ args }) => args[0].input.NextToken)).toEqual([
      undefined,
      'second',
      'third',
    ]);
  });

  const unknown = (column: string) =>
    new ValidationException({ message: `line 1:8: Column '${column}' does not exist`, $metadata: {} });

  it('finds nothing in a table that has no columns yet', async () => {
    queryMock.on(QueryCommand).rejectsOnce(unknown('value')).rejects(unknown('sensor_id'));
    expect(await store.series(asked)).toEqual({ readings: [] });
    expect(sql()).toContain('ORDER BY time ASC LIMIT 1001');
  });

  it('finds missing values in a table that never saw a value', async () => {
    const missing = reading({ value: null, quality: { flag: 9, test: 'none' } });
    queryMock
      .on(QueryCommand)
      .rejectsOnce(unknown('value'))
      .resolves(page([row(missing, 1)]));
    expect(await store.versions(missing)).toEqual([missing]);
  });

  it('finds the series of missing values there too, whatever their test is called', async () => {
    const missing = reading({ value: null, quality: { flag: 9, test: 'no answer' } });
    queryMock
      .on(QueryCommand)
      .rejectsOnce(unknown('value'))
      .resolves(page([seriesRow(missing)]));
    const { sensorId, quantity } = missing;
    expect(await store.series({ ...asked, sensorId, quantity })).toEqual({ readings: [missing] });
    const asking = queryMock.commandCalls(QueryCommand).map(({ args }) => args[0].input.QueryString ?? '');
    expect(asking.map((text) => text.includes('CAST(CAST(NULL AS DOUBLE) AS VARCHAR)'))).toEqual([false, true]);
  });

  it('finds their instants there too', async () => {
    const cell = { Data: [{ ScalarValue: `${noon + 5} ,${noon} ` }] };
    queryMock
      .on(QueryCommand)
      .rejectsOnce(unknown('value'))
      .resolves(page([cell]));
    expect(await store.points?.(asked)).toEqual([
      { measuredAt: noon, value: null },
      { measuredAt: noon + 5, value: null },
    ]);
    const [first, second] = queryMock.commandCalls(QueryCommand).map(({ args }) => args[0].input.QueryString ?? '');
    expect(first).toContain('SELECT time, value, quality_flag');
    expect(second).not.toMatch(/\bvalue\b/);
  });
});
