import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueryCommand, type QueryCommandOutput, TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  type _Record as Record_,
  RejectedRecordsException,
  TimestreamWriteClient,
  WriteRecordsCommand,
} from '@aws-sdk/client-timestream-write';
import { startTimestreamEndpoint } from '../../../../local/timestream/endpoint.ts';

/** The clients as the handlers make them: nothing but the environment tells them where to go. */
export const clientsFor = (url: string) => {
  process.env.AWS_ENDPOINT_URL_TIMESTREAM_WRITE = url;
  process.env.AWS_ENDPOINT_URL_TIMESTREAM_QUERY = url;
  process.env.AWS_REGION = 'ap-southeast-1';
  process.env.AWS_ACCESS_KEY_ID = 'local';
  process.env.AWS_SECRET_ACCESS_KEY = 'local';
  return { write: new TimestreamWriteClient({}), query: new TimestreamQueryClient({}) };
};

export type TableSettings = {
  readonly memoryHours?: number;
  readonly magneticDays?: number;
  readonly magneticWrites?: boolean;
};

/** 2026-11-01T00:00:00Z, the tests' present. */
export const NOW = Date.UTC(2026, 10, 1);

export const table = { DatabaseName: 'city', TableName: 'readings' } as const;

export const createReadings = async (write: TimestreamWriteClient, settings: TableSettings = {}): Promise<void> => {
  await write.send(new CreateDatabaseCommand({ DatabaseName: table.DatabaseName }));
  await write.send(
    new CreateTableCommand({
      ...table,
      RetentionProperties: {
        MemoryStoreRetentionPeriodInHours: settings.memoryHours ?? 24 * 30,
        MagneticStoreRetentionPeriodInDays: settings.magneticDays ?? 365,
      },
      MagneticStoreWriteProperties: { EnableMagneticStoreWrites: settings.magneticWrites ?? false },
    }),
  );
};

/** An endpoint on a fresh folder with the table `city.readings`; `using` it closes and removes everything. */
export const openCity = async (
  options: TableSettings & {
    readonly clock?: () => number;
    readonly maxUnappliedRecords?: number;
    readonly runRecords?: number;
  } = {},
) => {
  const directory = mkdtempSync(join(tmpdir(), 'timestream-'));
  const { clock = () => NOW, maxUnappliedRecords, runRecords } = options;
  const start = () =>
    startTimestreamEndpoint({
      directory,
      clock,
      ...(maxUnappliedRecords !== undefined && { maxUnappliedRecords }),
      ...(runRecords !== undefined && { runRecords }),
    });
  let endpoint = await start();
  let clients = clientsFor(endpoint.url);
  await createReadings(clients.write, options);

  const send = (records: Record_[], common: Record_ = {}) =>
    clients.write.send(new WriteRecordsCommand({ ...table, CommonAttributes: common, Records: records }));

  return {
    clients: () => clients,
    write: send,
    /** The rejected records of a write; none when all were taken. */
    rejections: async (records: Record_[], common: Record_ = {}) => {
      try {
        await send(records, common);
        return [];
      } catch (error) {
        if (error instanceof RejectedRecordsException) return error.RejectedRecords ?? [];
        throw error;
      }
    },
    query: (sql: string) => clients.query.send(new QueryCommand({ QueryString: sql })),
    rows: async (sql: string) => cells(await clients.query.send(new QueryCommand({ QueryString: sql }))),
    /** @param meanwhile what is done to the folder while nobody has it open */
    restart: async (meanwhile?: (directory: string) => Promise<void>) => {
      await endpoint.close();
      await meanwhile?.(directory);
      endpoint = await start();
      clients = clientsFor(endpoint.url);
    },
    [Symbol.asyncDispose]: async () => {
      await endpoint.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** Scalar cells as their text, missing ones as null. */
export const cells = ({ Rows = [] }: QueryCommandOutput): readonly (readonly (string | null)[])[] =>
  Rows.map(({ Data = [] }) => Data.map(({ ScalarValue }) => ScalarValue ?? null));

/** A single-measure record of one sensor. */
export const pm25 = (sensor: string, time: number, value: number, version?: number): Record_ => ({
  Dimensions: [{ Name: 'sensor_id', Value: sensor }],
  MeasureName: 'pm25',
  MeasureValue: String(value),
  Time: String(time),
  ...(version !== undefined && { Version: version }),
});

/** A multi-measure record, as the reading store writes them. */
export const reading = (sensor: string, time: number, value: number, version = 1): Record_ => ({
  Dimensions: [{ Name: 'sensor_id', Value: sensor }],
  MeasureName: 'pm25',
  MeasureValueType: 'MULTI',
  MeasureValues: [
    { Name: 'value', Value: String(value), Type: 'DOUBLE' },
    { Name: 'quality_flag', Value: '1', Type: 'BIGINT' },
    { Name: 'quality_test', Value: 'gross-range', Type: 'VARCHAR' },
    { Name: 'received_at', Value: String(time + 1500), Type: 'TIMESTAMP' },
    { Name: 'checked', Value: 'true', Type: 'BOOLEAN' },
  ],
  Time: String(time),
  Version: version,
});
