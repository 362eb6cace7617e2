import { type QueryCommandOutput, TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import {
  RejectedRecordsException,
  ThrottlingException,
  TimestreamWriteClient,
  WriteRecordsCommand,
  type WriteRecordsCommandInput,
} from '@aws-sdk/client-timestream-write';
import { mockClient } from 'aws-sdk-client-mock';
import { timestreamReadingStore } from '../../../../shared/storage/timestream/reading-store.ts';
import type { Reading } from '../../../../shared/telemetry/reading.ts';
import { testAwsConfiguration } from '../../../support/dynamodb.ts';

export const write = new TimestreamWriteClient(testAwsConfiguration);
export const query = new TimestreamQueryClient(testAwsConfiguration);
export const writeMock = mockClient(write);
export const queryMock = mockClient(query);
export const store = timestreamReadingStore({ write, query, database: 'city', table: 'readings' });

export const noon = Date.parse('2026-10-05T05:00:00Z');

export const reading = (overrides: Partial<Reading> = {}): Reading => ({
  sensorId: 'air-1',
  quantity: 'pm25',
  value: 12.5,
  measuredAt: noon,
  receivedAt: noon + 2_000,
  quality: { flag: 1, test: 'gross-range' },
  ...overrides,
});

export const requests = (): readonly WriteRecordsCommandInput[] =>
  writeMock.commandCalls(WriteRecordsCommand).map(({ args }) => args[0].input);

export const rejected = (...records: readonly { RecordIndex: number; Reason: string; ExistingVersion?: number }[]) =>
  new RejectedRecordsException({
    message: 'One or more records have been rejected.',
    RejectedRecords: [...records],
    $metadata: {},
  });

export const conflict = (ExistingVersion: number) =>
  rejected({ RecordIndex: 0, Reason: 'A higher version is required to update the measure value', ExistingVersion });

export const throttled = () =>
  new ThrottlingException({ message: 'Rate exceeded', Message: 'Rate exceeded', $metadata: {} });

/** The row that the record queries would show. */
export const row = (one: Reading, revision: number, measureName: string = one.quantity) => ({
  Data: [
    one.sensorId,
    measureName,
    String(one.measuredAt),
    one.value === null ? undefined : String(one.value),
    String(one.quality.flag),
    one.quality.test,
    String(one.receivedAt),
    String(revision),
  ].map((cell) => (cell === undefined ? { NullValue: true } : { ScalarValue: cell })),
});

/** A row of the query for one series: one cell, which leaves out what its caller knows. */
export const seriesRow = ({ measuredAt, value, quality, receivedAt }: Reading) => ({
  Data: [{ ScalarValue: [measuredAt, value ?? '', quality.flag, receivedAt, quality.test].join(' ') }],
});

export const page = (rows: readonly ReturnType<typeof row>[], NextToken?: string): QueryCommandOutput => ({
  QueryId: 'query',
  ColumnInfo: [],
  Rows: [...rows],
  $metadata: {},
  NextToken,
});
