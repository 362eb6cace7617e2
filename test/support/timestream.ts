import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import { CreateDatabaseCommand, CreateTableCommand, TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import { startTimestreamEndpoint } from '../../local/timestream/endpoint.ts';
import { readingsTableSettings } from '../../shared/storage/timestream/table-settings.ts';
import { testAwsConfiguration } from './dynamodb.ts';

export type TestTimestream = {
  readonly write: TimestreamWriteClient;
  readonly query: TimestreamQueryClient;
  readonly database: string;
  readonly table: string;
  readonly close: () => Promise<void>;
};

/** An empty table on an embedded Timestream of its own, whose clock stands still. */
export const openTestTimestream = async (now: number): Promise<TestTimestream> => {
  const directory = await mkdtemp(join(tmpdir(), 'phosach-timestream-'));
  const endpoint = await startTimestreamEndpoint({ directory, clock: () => now });
  const configuration = { ...testAwsConfiguration, endpoint: endpoint.url };
  const write = new TimestreamWriteClient(configuration);
  const query = new TimestreamQueryClient(configuration);
  const [database, table] = ['test-city', 'readings'];
  await write.send(new CreateDatabaseCommand({ DatabaseName: database }));
  await write.send(
    new CreateTableCommand({
      DatabaseName: database,
      TableName: table,
      RetentionProperties: {
        MemoryStoreRetentionPeriodInHours: readingsTableSettings.memoryStoreHours,
        MagneticStoreRetentionPeriodInDays: readingsTableSettings.magneticStoreDays,
      },
      MagneticStoreWriteProperties: { EnableMagneticStoreWrites: readingsTableSettings.enableMagneticStoreWrites },
    }),
  );
  return {
    write,
    query,
    database,
    table,
    close: async () => {
      write.destroy();
      query.destroy();
      await endpoint.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};
