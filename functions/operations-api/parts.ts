import type { Registry } from '../../shared/city/registry.ts';
import type { EpisodeStore, JudgedPeriodStore } from '../../shared/environment/episodes/episode-store.ts';
import type { ExceedanceStore } from '../../shared/environment/exceedance.ts';
import type { LaboratorySampleStore } from '../../shared/environment/laboratory/sample.ts';
import type { CrewReportArchive } from '../../shared/routing/crew/crew-report-archive.ts';
import type { CrewPhotoStore } from '../../shared/routing/crew/photo.ts';
import type { PlanStore } from '../../shared/routing/plan-store.ts';
import type { PlanQueue } from '../../shared/storage/sqs/plan-queue.ts';
import type { SensorHealthStore } from '../../shared/telemetry/health/sensor-health.ts';
import type { LateDataStore } from '../../shared/telemetry/late-data.ts';
import type { ReadingStore } from '../../shared/telemetry/reading-store.ts';
import type { SensorStateStore } from '../../shared/telemetry/sensor-state.ts';
import type { StationFileRecords } from '../../shared/telemetry/station-files/station-file-record.ts';
import type { KpiDayStore } from '../../shared/waste/kpis/kpi-day.ts';
import type { OutlookBookStore } from '../../shared/waste/outlook/outlook-book.ts';
import type { OverflowReportStore } from '../../shared/waste/overflow/overflow-report.ts';

/** What the operations API stands on. */
export type OperationsParts = {
  readonly cityId: string;
  readonly registry: Registry;
  readonly sensorStates: SensorStateStore;
  readonly sensorHealth: SensorHealthStore;
  readonly readings: ReadingStore;
  readonly plans: PlanStore;
  readonly crewReports: CrewReportArchive;
  readonly crewPhotos: CrewPhotoStore;
  readonly exceedances: ExceedanceStore;
  readonly episodes: EpisodeStore;
  readonly judgedPeriods: Pick<JudgedPeriodStore, 'range'>;
  /** Tells what happened to episodes and was not told yet; without it the next evaluation does. */
  readonly tellEpisodes?: () => Promise<unknown>;
  /** Who acts where nobody shows a token: on one machine, where nobody is asked for one. */
  readonly officerWithoutToken?: string;
  readonly planQueue: PlanQueue;
  readonly kpiDays: KpiDayStore;
  readonly laboratorySamples: LaboratorySampleStore;
  /** Hears of samples entered long after they were taken, so that their limits are judged. */
  readonly lateData?: Pick<LateDataStore, 'note'>;
  readonly outlookBook: Pick<OutlookBookStore, 'read'>;
  readonly overflowReports: OverflowReportStore;
  readonly stationFiles: Pick<StationFileRecords, 'list'>;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
  /** Eight hexadecimal digits, different each time. */
  readonly newSuffix: () => string;
};
