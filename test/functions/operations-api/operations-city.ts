import type { PlanRequest } from '../../../events/plan-request.ts';
import { operationsApi, operationsOf } from '../../../functions/operations-api/app.ts';
import type { OperationsParts } from '../../../functions/operations-api/parts.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryCrewPhotos } from '../../support/memory-crew-photos.ts';
import { memoryCrewReports } from '../../support/memory-crew-reports.ts';
import { memoryEpisodes, memoryJudgedPeriods } from '../../support/memory-episodes.ts';
import { memoryKpiDays } from '../../support/memory-kpi-days.ts';
import { memoryOutlookBook } from '../../support/memory-outlooks.ts';
import { memoryOverflowReports } from '../../support/memory-overflow-reports.ts';
import {
  memoryExceedances,
  memoryLaboratorySamples,
  memoryPlans,
  memoryRegistry,
  memorySensorHealth,
  memorySensorStates,
  memoryStationFileRecords,
  type RegistrySeed,
} from '../../support/memory-stores.ts';
import { city } from '../../support/small-city.ts';

/** 17:00 in Thủ Dầu Một on a Sunday. */
export const NOW = Date.UTC(2026, 10, 22, 10);
export const HOUR = 3_600_000;

/** An operations API over memory stores, with a clock that stands still unless it is set. */
export const openOperations = (seed: RegistrySeed = {}, more: Partial<OperationsParts> = {}) => {
  const sent: PlanRequest[] = [];
  const time = { now: NOW };
  let suffix = 0;
  const parts: OperationsParts = {
    cityId: 'tdm',
    registry: memoryRegistry({ city: [city], ...seed }),
    sensorStates: memorySensorStates(),
    sensorHealth: memorySensorHealth(),
    readings: memoryReadingStore(),
    plans: memoryPlans(),
    crewReports: memoryCrewReports(),
    crewPhotos: memoryCrewPhotos(),
    exceedances: memoryExceedances(),
    episodes: memoryEpisodes(),
    judgedPeriods: memoryJudgedPeriods(),
    officerWithoutToken: 'officer@local',
    planQueue: { send: async (request) => void sent.push(request) },
    laboratorySamples: memoryLaboratorySamples(),
    kpiDays: memoryKpiDays(),
    outlookBook: memoryOutlookBook(),
    overflowReports: memoryOverflowReports(),
    stationFiles: memoryStationFileRecords(),
    clock: () => time.now,
    newSuffix: () => (suffix++).toString(16).padStart(8, '0'),
    ...more,
  };
  const store = async (...readings: readonly Reading[]): Promise<void> => {
    await parts.readings.append(readings);
    await parts.sensorStates.record(readings);
  };
  const call = conformingCaller(operationsApi(parts), operationsOf(parts), '/api/v1');
  return { parts, sent, time, store, call };
};
