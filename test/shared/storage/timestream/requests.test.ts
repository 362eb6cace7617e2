import { QueryCommand, ValidationException } from '@aws-sdk/client-timestream-query';
import { WriteRecordsCommand } from '@aws-sdk/client-timestream-write';
import { beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../../../shared/telemetry/reading-store.ts';
import {
  conflict,
  noon,
  page,
  queryMock,
  reading,
  rejected,
  requests,
  row,
  store,
  throttled,
  writeMock,
} from './mocked-timestream.ts';

beforeEach(() => {
  writeMock.reset();
  queryMock.reset();
  writeMock.on(WriteRecordsCommand).resolves({});
});

describe('What is sent to Timestream when readings are appended', () => {
  it('is one multi-measure record per reading, with what all share lifted out', async () => {
    await store.append([
      reading(),
      reading({ measuredAt: noon + 1_000, value: null, quality: { flag: 9, test: 'none' } }),
    ]);
    expect(requests()).toEqual([
      {
        DatabaseName: 'city',
        TableName: 'readings',
        CommonAttributes: {
          TimeUnit: 'MILLISECONDS',
          MeasureValueType: 'MULTI',
          MeasureName: 'pm25',
          Version: 1,
          Dimensions: [{ Name: 'sensor_id', Value: 'air-1' }],
        },
        Records: [
          {
            Time: String(noon),
            MeasureValues: [
              { Name: 'value', Value: '12.5', Type: 'DOUBLE' },
              { Name: 'quality_flag', Value: '1', Type: 'BIGINT' },
              { Name: 'quality_test', Value: 'gross-range', Type: 'VARCHAR' },
              { Name: 'received_at', Value: String(noon + 2_000), Type: 'BIGINT' },
              { Name: 'revision', Value: '1', Type: 'BIGINT' },
            ],
          },
          {
            Time: String(noon + 1_000),
            MeasureValues: [
              { Name: 'quality_flag', Value: '9', Type: 'BIGINT' },
              { Name: 'quality_test', Value: 'none', Type: 'VARCHAR' },
              { Name: 'received_at', Value: String(noon + 2_000), Type: 'BIGINT' },
              { Name: 'revision', Value: '1', Type: 'BIGINT' },
            ],
          },
        ],
      },
    ]);
  });

  it('goes in batches of 100, each reading once', async () => {
    const many = Array.from({ length: 250 }, (_, i) => reading({ sensorId: `air-${i % 7}`, measuredAt: noon + i }));
    const outcomes = await store.append(many);
    expect(requests().map(({ Records }) => Records?.length)).toEqual([100, 100, 50]);
    const times = requests().flatMap(({ Records = [] }) => Records.map(({ Time }) => Number(Time)));
    expect(times.toSorted()).toEqual(many.map(({ measuredAt }) => measuredAt));
    expect(outcomes).toEqual(many.map(() => ({ status: 'stored' })));
  });

  it('gathers readings of one quantity, so that batches share its name', async () => {
    const mixed = Array.from({ length: 200 }, (_, i) =>
      reading({ quantity: i % 2 === 0 ? 'pm25' : 'pm10', sensorId: `air-${i}` }),
    );
    await store.append(mixed);
    expect(requests().map(({ CommonAttributes }) => CommonAttributes?.MeasureName)).toEqual(['pm10', 'pm25']);
    expect(requests()[0]?.CommonAttributes?.Dimensions).toBeUndefined();
    expect(requests()[0]?.Records?.[0]?.Dimensions).toEqual([{ Name: 'sensor_id', Value: 'air-1' }]);
  });

  it('never holds one identity twice in a request', async () => {
    await store.append([reading(), reading(), reading({ value: 3 })]);
    for (const { Records } of requests()) expect(Records).toHaveLength(1);
  });

  it('is nothing at all when there is nothing to append', async () => {
    expect(await store.append([])).toEqual([]);
    expect(requests()).toEqual([]);
  });
});

describe('When Timestream rejects records', () => {
  const range = '[2016-11-22T00:00:00.000Z, 2026-10-05T05:15:00.000Z)';

  it('takes the others as stored and tells why each rejected one can never be', async () => {
    const reason = `The record timestamp is outside the time range ${range} of the data ingestion window.`;
    writeMock
      .on(WriteRecordsCommand)
      .rejects(
        rejected(
          { RecordIndex: 0, Reason: reason },
          { RecordIndex: 2, Reason: reason },
          { RecordIndex: 3, Reason: 'The dimension value exceeds the limit of 2048 bytes.' },
        ),
      );
    const measuredAts = [noon + 3_600_000, noon, Date.parse('2016-01-01T00:00:00Z'), noon + 1];
    const outcomes = await store.append(measuredAts.map((measuredAt) => reading({ measuredAt })));
    expect(outcomes).toEqual([
      { status: 'rejected', code: 'clock-ahead', reason },
      { status: 'stored' },
      { status: 'rejected', code: 'too-old', reason },
      { status: 'rejected', code: 'other', reason: expect.stringContaining('limit') },
    ]);
    expect(requests()).toHaveLength(1);
  });

  it('writes the old record as history first and only then the correction, one version higher', async () => {
    const correction = reading({ value: 99, receivedAt: noon + 9_000 });
    writeMock.on(WriteRecordsCommand).rejectsOnce(conflict(4)).resolves({});
    queryMock.on(QueryCommand).resolves(page([row(reading(), 4)]));
    expect(await store.append([correction])).toEqual([{ status: 'corrected' }]);
    const [, history, current] = requests();
    expect(history?.CommonAttributes).toMatchObject({ MeasureName: 'pm25.superseded', Version: 1 });
    expect(history?.Records?.[0]?.Dimensions).toEqual([
      { Name: 'superseded_version', Value: `${noon + 2_000}|12.5|1|gross-range` },
    ]);
    expect(current?.CommonAttributes).toMatchObject({ MeasureName: 'pm25', Version: 5 });
    expect(current?.Records?.[0]?.MeasureValues).toContainEqual({ Name: 'revision', Value: '5', Type: 'BIGINT' });
    expect(requests()).toHaveLength(3);
  });

  it('writes nothing for a replay, whenever it was received', async () => {
    writeMock.on(WriteRecordsCommand).rejects(conflict(1));
    queryMock.on(QueryCommand).resolves(page([row(reading(), 1)]));
    expect(await store.append([reading({ receivedAt: noon + 9_000 })])).toEqual([{ status: 'unchanged' }]);
    expect(requests()).toHaveLength(1);
  });

  it('asks again while the query still shows an older record than the one in force', async () => {
    const inForce = reading({ value: 50, receivedAt: noon + 8_000 });
    writeMock.on(WriteRecordsCommand).rejectsOnce(conflict(2)).resolves({});
    queryMock
      .on(QueryCommand)
      .resolvesOnce(page([]))
      .resolvesOnce(page([row(reading(), 1)]))
      .resolves(page([row(inForce, 2)]));
    expect(await store.append([reading({ value: 60, receivedAt: noon + 9_000 })])).toEqual([{ status: 'corrected' }]);
    expect(requests()[1]?.Records?.[0]?.MeasureValues?.[0]?.Value).toBe('50');
    expect(requests()[2]?.CommonAttributes?.Version).toBe(3);
  });

  it('decides anew when another writer was faster with the next version', async () => {
    const rival = reading({ value: 70, receivedAt: noon + 99_000 });
    writeMock.on(WriteRecordsCommand).rejectsOnce(conflict(1)).resolvesOnce({}).rejectsOnce(conflict(2)).resolves({});
    queryMock
      .on(QueryCommand)
      .resolvesOnce(page([row(reading(), 1)]))
      .resolves(page([row(rival, 2)]));
    const correction = reading({ value: 60, receivedAt: noon + 9_000 });
    expect(await store.append([correction])).toEqual([{ status: 'superseded' }]);
    expect(requests().at(-1)?.CommonAttributes?.MeasureName).toBe('pm25.superseded');
    expect(requests().at(-1)?.Records?.[0]?.MeasureValues?.[0]?.Value).toBe('60');
  });

  it('is unavailable, and not wrong, when the record in force never shows', async () => {
    writeMock.on(WriteRecordsCommand).rejects(conflict(2));
    queryMock.on(QueryCommand).resolves(page([row(reading(), 1)]));
    await expect(store.append([reading({ value: 60 })])).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(requests()).toHaveLength(1);
  });

  it('leaves a repeat and no gap when it is cut off between history and correction', async () => {
    writeMock.on(WriteRecordsCommand).rejectsOnce(conflict(1)).resolvesOnce({}).rejectsOnce(throttled());
    queryMock.on(QueryCommand).resolves(page([row(reading(), 1)]));
    const correction = reading({ value: 60, receivedAt: noon + 9_000 });
    await expect(store.append([correction])).rejects.toBeInstanceOf(StoreUnavailableError);
    queryMock.on(QueryCommand).resolves(page([row(reading(), 1), row(reading(), 1, 'pm25.superseded')]));
    expect(await store.versions(reading())).toEqual([reading()]);
  });
});

describe('When Timestream cannot answer now', () => {
  it.each([
    throttled(),
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('oops'), { $metadata: { httpStatusCode: 503 } }),
    Object.assign(new Error('slow'), { name: 'TimeoutError' }),
  ])('says that the store is unavailable: $name $message', async (failure) => {
    writeMock.on(WriteRecordsCommand).rejects(failure);
    queryMock.on(QueryCommand).rejects(failure);
    await expect(store.append([reading()])).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(store.versions(reading())).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it('passes on what asking again would not mend', async () => {
    const failure = new ValidationException({ message: 'line 1:8: mismatched input', $metadata: {} });
    queryMock.on(QueryCommand).rejects(failure);
    await expect(store.versions(reading())).rejects.toBe(failure);
  });
});
