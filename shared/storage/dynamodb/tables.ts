import {
  CreateTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

/**
 * Two tables with one key schema, `pk` and `sk`, both strings. Every write is a single-item write, conditional where two
 * writers may meet; there are no transactions and no secondary indexes.
 *
 * The city table (`tableName`), with what the city owns and what is going on:
 *
 * | what                | pk                         | sk                              | read by                                    |
 * |---------------------|----------------------------|---------------------------------|--------------------------------------------|
 * | entity              | `registry#<kind>`          | `<id>`                          | get by kind and id; list a kind by id      |
 * | change of an entity | `registry-changes#<kind>#<id>` | `<at>#<suffix>`             | newest first: who, when, before and after  |
 * | LoRaWAN device      | `dev-eui#<devEui>`         | `sensor`                        | sensor id by DevEUI                        |
 * | sensor's state      | `sensor-state#<shard>`     | `<sensorId>`                    | get by sensor; list all shards             |
 * | plan's summary      | `plan#<planId>`            | `summary`                       | get by plan                                |
 * | piece of a plan     | `plan#<planId>`            | `body#<digest>#<nnn>`           | all pieces of the body that the summary names |
 * | place in plan list  | `plans`                    | `<requestedAt>#<planId>`        | newest request first, keyset               |
 * | crew's report       | `crew-report#<reportId>`   | `report`                        | get by id; written once                    |
 * | copies of it        | `crew-reports-of-plan#<planId>`, `crew-reports-of-day#<YYYY-MM-DD>` | `<reportId>` | all of a plan, all made on a day (UTC) |
 * | day with some       | `crew-report-days`         | `<YYYY-MM-DD>`                  | which days to look into                    |
 * | refused report      | `crew-refusals#<YYYY-MM>`  | `<digest>`                      | all of a month of arrival                  |
 * | overflow report     | `overflow-report#<reportId>` | `report`                      | get by id; marked once when withdrawn      |
 * | ways to it          | `overflow-reports-of-day#<YYYY-MM-DD>`, `overflow-reports-of-bin#<binId>` | `<reportId>`, `<seenAt>#<reportId>` | all seen on a day (UTC); of a bin from an instant on |
 * | day with some       | `overflow-report-days`     | `<YYYY-MM-DD>`                  | which days to look into                    |
 * | exceedance          | `exceedances#<YYYY-MM>`    | `<periodEndsAt>#<exceedanceId>` | newest first within a month (UTC), keyset  |
 * | episode             | `episodes#<YYYY-MM>`       | `<anchorAt>#<episodeId>`        | get by id; newest first within a month, keyset |
 * | month with some     | `episode-months`           | `<YYYY-MM>`                     | which months to look into                  |
 * | way to an episode   | `episodes-live`, `episodes-unsettled`, `episodes-in#<YYYY-MM>` | `<episodeId>` | what lasts, what has to be told, what touches a month |
 * | event of an episode | `episode-events#<episodeId>` | `<seq>`                       | an episode's trail, oldest first           |
 * | judged periods      | `judged#<sensorId>#<averaging period>` | `<day, month or year>` | get by chunk; a sensor's chunks in order |
 * | notice sent         | `notices-sent#<episodeId>` | `<eventId>#<recipientId>`       | whether a recipient was told                   |
 * | notice held         | `notices-held`             | `<recipientId>#<episodeId>#<seq>` | all, for the morning's letters               |
 * | sensor's health     | `sensor-health`            | `<sensorId>`                    | list                                       |
 * | health event        | `sensor-health-events#<YYYY-MM>` | `<at>#<sensorId>#<kind>#<event>` | newest first within a month (UTC)   |
 * | month with some     | `exceedance-months`        | `<YYYY-MM>`                     | which months to look into                  |
 * | LoRaWAN frame       | `uplink#<devEui>`          | `<YYYY-MM-DD>#<fCnt>#<digest>`  | get by day, counter and bytes; a device's days; expires |
 * | day with late data  | `late-data`                | `<YYYY-MM-DD>#<sensorId>`       | oldest day first; gone when evaluated      |
 * | evaluated up to     | `evaluation`               | `progress`                      | get                                        |
 * | SensorThings ids    | `sensorthings-id-blocks#<type>` | `<place in the log>`     | all of a type, or what is new; written once, on condition |
 * | ids of before       | `sensorthings-id#<type>`  | `<natural key>`                 | all of a type; not written any more        |
 * | written entity, its insert's end, notes about it | `sensorthings-written` | `<type>#<id>`, `insert#<insertId>`, `hidden#…`, `hides#readings`, `feature-of#…`, `observed#…` | all |
 * | numbers for it      | `sensorthings-numbers`     | `<type>`                        | update                                     |
 * | its revision        | `sensorthings-revision`    | `all`                           | get; raised by every change                |
 * | written observation | `sensorthings-observations#<datastreamId>` | `<at>#<id>`     | range of instants, both ways, keyset       |
 * | way to it           | `sensorthings-observation#<id>` | `place`                    | get by id                                  |
 * | laboratory sample   | `laboratory#<stationId>`   | `<sampledAt>#<version>`         | newest first of a station, keyset; all versions of one |
 * | station file taken  | `station-files#<fileCode>` | `<receivedAt>#<file>`           | newest first of a station, keyset; expires |
 * | issue of bulk files | `bulk-issues#<YYYY-MM>`    | `<day>#<quantity>#<version>`    | newest of a day and quantity; by day, keyset; written once |
 * | issued up to        | `bulk-files`               | `progress`                      | get                                        |
 * | day that changed    | `changed-days`             | `<YYYY-MM-DD>#<quantity>`       | oldest day first; gone when issued again |
 * | told to a broker    | `context-told#<brokerId>`  | `<entityId>`                    | all of a broker                            |
 * | bin's record        | `bin-record#<binId>`       | `record`                        | get by bin; put on condition of its version |
 * | outlooks' book      | `outlook-book`             | `head`, `part#<at>#<nnn>`       | get; all parts that the head names         |
 * | broker's standing   | `context-brokers`          | `<brokerId>`                    | get; put on condition that nobody else holds it |
 *
 * The readings table (`readingsTableName`), with one partition per sensor, quantity and UTC day, so that none grows past a few
 * thousand items and a city's sensors spread over all of them:
 *
 * | what                | pk                                 | sk                                          | read by                    |
 * |---------------------|------------------------------------|---------------------------------------------|----------------------------|
 * | current reading     | `<sensorId>|<quantity>|<day>`      | `current#<measuredAt>`                      | range of instants in a day |
 * | superseded reading  | `<sensorId>|<quantity>|<day>`      | `superseded#<measuredAt>#<version>`         | versions of an identity    |
 * | day with readings   | `<sensorId>|<quantity>|days`       | `<day>`                                     | which days to look into; its hourly rollup once it is closed |
 *
 * Instants in keys are epoch milliseconds, padded to 15 digits. Items of the readings table and frames carry `expiresAt`
 * (epoch seconds), the attribute for DynamoDB's time to live.
 */
export const keySchema = [
  { AttributeName: 'pk', KeyType: 'HASH' },
  { AttributeName: 'sk', KeyType: 'RANGE' },
] as const;

const keyAttributes = [
  { AttributeName: 'pk', AttributeType: 'S' },
  { AttributeName: 'sk', AttributeType: 'S' },
] as const;

/** Both tables' time-to-live attribute, epoch seconds. */
export const TIME_TO_LIVE_ATTRIBUTE = 'expiresAt';

/** What partitions of entities and of their changes begin with: all that the registry's own API may write. */
export const REGISTRY_PREFIXES = ['registry#', 'registry-changes#'] as const;

/** What the partitions of SensorThings' ids begin with: the one thing in the city table that the public function may write. */
export const ENTITY_IDS_PREFIX = 'sensorthings-id';

/** What all partitions of SensorThings begin with, those of third parties' writings too. */
export const SENSORTHINGS_PREFIX = 'sensorthings-';

/** The two things in the city table that the function which follows bins may write. */
export const BIN_RECORD_PREFIX = 'bin-record#';
export const OUTLOOK_BOOK_PARTITION = 'outlook-book';

const TABLE_READY_SECONDS = 60;

/** Creates the tables that are missing, for a city on one machine and for tests; on AWS the CDK owns them. */
export const ensureTables = async (
  client: DynamoDBClient,
  names: { readonly tableName: string; readonly readingsTableName?: string },
): Promise<void> => {
  const { tableName, readingsTableName } = names;
  for (const name of new Set([tableName, readingsTableName ?? tableName])) await ensureTable(client, name);
};

const ensureTable = async (client: DynamoDBClient, tableName: string): Promise<void> => {
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [...keySchema],
        AttributeDefinitions: [...keyAttributes],
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists(
    { client, maxWaitTime: TABLE_READY_SECONDS, minDelay: 0.05, maxDelay: 1 },
    { TableName: tableName },
  );
};
