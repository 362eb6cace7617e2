import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TimestreamQueryClient } from '@aws-sdk/client-timestream-query';
import { TimestreamWriteClient } from '@aws-sdk/client-timestream-write';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RegistryEditor } from '../city/editing/registry-editor.ts';
import type { Registry } from '../city/registry.ts';
import type { EpisodeStore, JudgedPeriodStore } from '../environment/episodes/episode-store.ts';
import type { ExceedanceStore } from '../environment/exceedance.ts';
import type { LaboratorySampleStore } from '../environment/laboratory/sample.ts';
import type { NoticeStore } from '../environment/notices/notify.ts';
import type { StoresEnvironment } from '../lambda/environment.ts';
import type { BulkIssues } from '../open-data/bulk/bulk-issue.ts';
import { type ChangedDays, notingChanges } from '../open-data/bulk/changed-days.ts';
import type { PushLedger } from '../open-data/context-push/ports.ts';
import type { EntityIds } from '../open-data/sensorthings/city/entity-ids.ts';
import type { WrittenStore } from '../open-data/sensorthings/writing/written-entity.ts';
import type { CrewReportArchive } from '../routing/crew/crew-report-archive.ts';
import type { PlanStore } from '../routing/plan-store.ts';
import type { SensorHealthStore } from '../telemetry/health/sensor-health.ts';
import type { LateDataStore } from '../telemetry/late-data.ts';
import type { RawUplinkStore } from '../telemetry/raw-uplinks.ts';
import type { ReadingStore } from '../telemetry/reading-store.ts';
import type { SensorStateStore } from '../telemetry/sensor-state.ts';
import type { StationFileRecords } from '../telemetry/station-files/station-file-record.ts';
import type { KpiDayStore } from '../waste/kpis/kpi-day.ts';
import type { BinRecordStore, OutlookBookStore } from '../waste/outlook/outlook-book.ts';
import type { OverflowReportStore } from '../waste/overflow/overflow-report.ts';
import { dynamodbBinRecords } from './dynamodb/bin-records.ts';
import { dynamodbBulkIssues } from './dynamodb/bulk-issues.ts';
import { dynamodbChangedDays } from './dynamodb/changed-days.ts';
import { dynamodbCrewReports } from './dynamodb/crew-reports.ts';
import { dynamodbEntityIds } from './dynamodb/entity-ids.ts';
import { dynamodbEpisodes } from './dynamodb/episodes.ts';
import { dynamodbExceedances } from './dynamodb/exceedances.ts';
import { dynamodbJudgedPeriods } from './dynamodb/judged-periods.ts';
import { dynamodbKpiDays } from './dynamodb/kpi-days.ts';
import { dynamodbLaboratorySamples } from './dynamodb/laboratory-samples.ts';
import { dynamodbLateData } from './dynamodb/late-data.ts';
import { dynamodbNotices } from './dynamodb/notices.ts';
import { dynamodbOutlookBook } from './dynamodb/outlook-book.ts';
import { dynamodbOverflowReports } from './dynamodb/overflow-reports.ts';
import { dynamodbPlans } from './dynamodb/plans.ts';
import { dynamodbPushLedger } from './dynamodb/push-ledger.ts';
import { dynamodbRawUplinks } from './dynamodb/raw-uplinks.ts';
import { dynamodbReadingStore } from './dynamodb/reading-store.ts';
import { dynamodbRegistry } from './dynamodb/registry.ts';
import { dynamodbRegistryEditor } from './dynamodb/registry-editor.ts';
import { dynamodbSensorHealth } from './dynamodb/sensor-health.ts';
import { dynamodbSensorStates } from './dynamodb/sensor-states.ts';
import { dynamodbStationFileRecords } from './dynamodb/station-file-records.ts';
import { dynamodbWrittenStore } from './dynamodb/written-entities.ts';
import { timestreamReadingStore } from './timestream/reading-store.ts';

/** Everything a function may read or write. */
export type Stores = {
  readonly readings: ReadingStore;
  readonly registry: Registry;
  readonly registryEditor: RegistryEditor;
  readonly sensorStates: SensorStateStore;
  readonly sensorHealth: SensorHealthStore;
  readonly rawUplinks: RawUplinkStore;
  readonly plans: PlanStore;
  readonly crewReports: CrewReportArchive;
  readonly exceedances: ExceedanceStore;
  readonly episodes: EpisodeStore;
  readonly judgedPeriods: JudgedPeriodStore;
  readonly laboratorySamples: LaboratorySampleStore;
  readonly notices: NoticeStore;
  readonly stationFiles: StationFileRecords;
  readonly lateData: LateDataStore;
  readonly entityIds: EntityIds;
  readonly writtenEntities: WrittenStore;
  readonly bulkIssues: BulkIssues;
  readonly changedDays: ChangedDays;
  readonly pushLedger: PushLedger;
  readonly kpiDays: KpiDayStore;
  readonly binRecords: BinRecordStore;
  readonly outlookBook: OutlookBookStore;
  readonly overflowReports: OverflowReportStore;
};

/**
 * Opens the stores that the environment names. Region, credentials and endpoints are the SDK's own business: on one machine
 * `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL_TIMESTREAM_WRITE` and `AWS_ENDPOINT_URL_TIMESTREAM_QUERY` redirect it, and
 * nothing here may name an endpoint, or Timestream's endpoint discovery would be switched off on AWS.
 * @throws Error when a variable that the chosen reading store needs is missing.
 */
export const openStores = (environment: StoresEnvironment): Stores => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfiguration(DYNAMODB_TIMEOUT_MS)), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = { client, tableName: environment.TABLE_NAME };
  const changedDays = dynamodbChangedDays(table);
  return {
    // Whoever writes readings leaves a note of days that were issued before: nobody can forget it.
    readings: notingChanges(openReadings(environment, client), changedDays, Date.now),
    registry: dynamodbRegistry(table),
    registryEditor: dynamodbRegistryEditor(table),
    sensorStates: dynamodbSensorStates(table),
    sensorHealth: dynamodbSensorHealth(table),
    rawUplinks: dynamodbRawUplinks(table),
    plans: dynamodbPlans(table),
    crewReports: dynamodbCrewReports(table),
    exceedances: dynamodbExceedances(table),
    episodes: dynamodbEpisodes(table),
    judgedPeriods: dynamodbJudgedPeriods(table),
    laboratorySamples: dynamodbLaboratorySamples(table),
    notices: dynamodbNotices(table),
    stationFiles: dynamodbStationFileRecords(table),
    lateData: dynamodbLateData(table),
    entityIds: dynamodbEntityIds(table),
    writtenEntities: dynamodbWrittenStore(table),
    bulkIssues: dynamodbBulkIssues(table),
    changedDays,
    pushLedger: dynamodbPushLedger(table),
    kpiDays: dynamodbKpiDays(table),
    binRecords: dynamodbBinRecords(table),
    outlookBook: dynamodbOutlookBook(table),
    overflowReports: dynamodbOverflowReports(table),
  };
};

const openReadings = (environment: StoresEnvironment, client: DynamoDBDocumentClient): ReadingStore => {
  if (environment.READING_STORE === 'dynamodb') {
    const tableName = required('READINGS_TABLE_NAME', environment.READINGS_TABLE_NAME);
    return dynamodbReadingStore({ client, tableName });
  }
  return timestreamReadingStore({
    write: new TimestreamWriteClient(clientConfiguration(TIMESTREAM_WRITE_TIMEOUT_MS)),
    query: timestreamQueryClient(),
    database: required('TIMESTREAM_DATABASE', environment.TIMESTREAM_DATABASE),
    table: required('TIMESTREAM_TABLE', environment.TIMESTREAM_TABLE),
  });
};

/** Without the SDK's logging, which copies every answer cell by cell before it finds that nobody listens. */
const timestreamQueryClient = (): TimestreamQueryClient => {
  const client = new TimestreamQueryClient(clientConfiguration(TIMESTREAM_QUERY_TIMEOUT_MS));
  client.middlewareStack.remove('loggerMiddleware');
  return client;
};

const required = (name: string, value: string | undefined): string => {
  if (value === undefined) throw new Error(`Environment variable ${name} is missing for the chosen READING_STORE`);
  return value;
};

const DYNAMODB_TIMEOUT_MS = 5_000;
/** AWS recommends generous time-outs for Timestream: writes take up to seconds, queries up to a minute. */
const TIMESTREAM_WRITE_TIMEOUT_MS = 20_000;
const TIMESTREAM_QUERY_TIMEOUT_MS = 60_000;

/** A request is tried five times; one socket is kept open for each that may be under way. */
const clientConfiguration = (requestTimeout: number) => {
  const agent = { keepAlive: true, maxSockets: 64 };
  return {
    retryMode: 'standard',
    maxAttempts: 5,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  } as const;
};
