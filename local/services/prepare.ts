import { parentPort, workerData } from 'node:worker_threads';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConflictException,
  CreateDatabaseCommand,
  CreateTableCommand,
  TimestreamWriteClient,
} from '@aws-sdk/client-timestream-write';
import * as z from 'zod';
import type { City } from '../../shared/city/entities.ts';
import type { Registry } from '../../shared/city/registry.ts';
import { ensureTables } from '../../shared/storage/dynamodb/tables.ts';
import { openStores } from '../../shared/storage/open.ts';
import { readingsTableSettings } from '../../shared/storage/timestream/table-settings.ts';
import { seedDemoCity } from '../demo-city/demo-city.ts';
import { DEMO_CITY_ID, tableNames, timestreamNames } from '../names.ts';

/**
 * A worker thread that does once, at every start, what CloudFormation and an administrator do on AWS: makes the tables, and enters
 * the city. It then ends and gives back the memory of the SDK clients, which the main thread does not need.
 */
const optionsSchema = z.object({
  cityId: z.string(),
  timeZone: z.string(),
  readingStore: z.enum(['timestream', 'dynamodb']),
});

const createReadingsTable = async (): Promise<void> => {
  const client = new TimestreamWriteClient({});
  const names = { DatabaseName: timestreamNames.database, TableName: timestreamNames.table };
  await unlessExists(() => client.send(new CreateDatabaseCommand({ DatabaseName: names.DatabaseName })));
  await unlessExists(() =>
    client.send(
      new CreateTableCommand({
        ...names,
        RetentionProperties: {
          MemoryStoreRetentionPeriodInHours: readingsTableSettings.memoryStoreHours,
          MagneticStoreRetentionPeriodInDays: readingsTableSettings.magneticStoreDays,
        },
        MagneticStoreWriteProperties: { EnableMagneticStoreWrites: readingsTableSettings.enableMagneticStoreWrites },
      }),
    ),
  );
};

const unlessExists = async (create: () => Promise<unknown>): Promise<void> => {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
};

/** An empty city has a profile, so that the console and the planner have a place and a clock; an import may replace it. */
const emptyCity = (id: string, timeZone: string): City => ({
  id,
  name: 'Phố Sạch',
  timeZone,
  centre: { latitude: 10.981, longitude: 106.651 },
  travel: { speedKmh: 28, detourFactor: 1.35 },
  densityKgPerLitre: { recyclable: 0.08, food: 0.35, other: 0.2 },
});

const enterCity = async (registry: Registry, { cityId, timeZone }: z.infer<typeof optionsSchema>): Promise<City> => {
  if (cityId === DEMO_CITY_ID) await seedDemoCity(registry);
  else if ((await registry.get('city', cityId)) === undefined) await registry.put('city', emptyCity(cityId, timeZone));
  const city = await registry.get('city', cityId);
  if (city === undefined) throw new Error(`The city ${cityId} could not be entered`);
  return city;
};

const options = optionsSchema.parse(workerData);
const { registry, writtenEntities } = openStores({
  CITY_ID: options.cityId,
  TABLE_NAME: tableNames.city,
  READING_STORE: options.readingStore,
  READINGS_TABLE_NAME: tableNames.readings,
  TIMESTREAM_DATABASE: timestreamNames.database,
  TIMESTREAM_TABLE: timestreamNames.table,
});
await Promise.all([
  ensureTables(new DynamoDBClient({}), { tableName: tableNames.city, readingsTableName: tableNames.readings }),
  createReadingsTable(),
]);
const city = await enterCity(registry, options);
// What third parties hid of the city in SensorThings is hidden until the next start.
await writtenEntities.showCity();
parentPort?.postMessage({ timeZone: city.timeZone });
