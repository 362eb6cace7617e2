import { type HttpHandler, httpApi } from '../../shared/lambda/http-api.ts';
import { getAirQuality } from './air-quality.ts';
import { getBinCircumstances } from './bin-circumstances.ts';
import { listFillEvents } from './bin-events.ts';
import { getFillHistory } from './bin-fill-history.ts';
import { getBinForecast } from './bin-forecast.ts';
import { listBinPlaces } from './bin-places.ts';
import { getBin, listBins } from './bins.ts';
import { getCity } from './city.ts';
import { keepCrewsToTheirs } from './crew-limits.ts';
import { getCrewPhoto, putCrewPhoto } from './crew-photos.ts';
import { listCrewReports, listOpenReports, listRefusedReports, sendCrewReports } from './crew-reports.ts';
import { acknowledgeEpisode, reopenEpisode } from './episode-acts.ts';
import { getEpisode, listEpisodes } from './episodes.ts';
import { listExceedances } from './exceedances.ts';
import { listDepots, listDisposalSites, listVehicles } from './fleet.ts';
import { getKpis } from './kpis.ts';
import { enterLaboratoryResults, listLaboratoryResults, listLaboratoryVersions } from './laboratory-results.ts';
import { getOverflowReport, listOverflowReports, reportOverflow, withdrawOverflow } from './overflow-reports.ts';
import type { OperationsParts } from './parts.ts';
import { editPlanVersion, redoPlanEdit, undoPlanEdit } from './plan-edits.ts';
import { closePlan, discardPlan, publishPlanVersion, startPlan } from './plan-life.ts';
import { replanPlanDay } from './plan-replan.ts';
import { getPlanRoute, listPlanRoutes } from './plan-routes.ts';
import { getPlanDiff, getPlanVersion, listPlanVersions } from './plan-versions.ts';
import { getLatestPlan, getLatestPlanGeoJson, getPlan, getPlanGeoJson, listPlans } from './plans.ts';
import { requestPlan } from './request-plan.ts';
import { listSensorHealth, listSensorHealthEvents } from './sensor-health.ts';
import { listSensors } from './sensors.ts';
import { listStationFiles } from './station-files.ts';
import { listStations } from './stations.ts';
import { getWaterQuality } from './water-quality.ts';

const resources = [
  getCity,
  listBins,
  listBinPlaces,
  getBin,
  getFillHistory,
  listFillEvents,
  getBinForecast,
  getBinCircumstances,
  reportOverflow,
  listOverflowReports,
  getOverflowReport,
  withdrawOverflow,
  listStations,
  listStationFiles,
  getAirQuality,
  getWaterQuality,
  enterLaboratoryResults,
  listLaboratoryResults,
  listLaboratoryVersions,
  listSensors,
  listSensorHealth,
  listSensorHealthEvents,
  listVehicles,
  listDepots,
  listDisposalSites,
  requestPlan,
  listPlans,
  getLatestPlan,
  getLatestPlanGeoJson,
  getPlan,
  getPlanGeoJson,
  getKpis,
  publishPlanVersion,
  startPlan,
  closePlan,
  discardPlan,
  listPlanVersions,
  getPlanVersion,
  getPlanDiff,
  editPlanVersion,
  undoPlanEdit,
  redoPlanEdit,
  replanPlanDay,
  listPlanRoutes,
  getPlanRoute,
  sendCrewReports,
  listOpenReports,
  listRefusedReports,
  listCrewReports,
  putCrewPhoto,
  getCrewPhoto,
  listExceedances,
  listEpisodes,
  getEpisode,
  acknowledgeEpisode,
  reopenEpisode,
];

export const operationsOf = (parts: OperationsParts) => resources.map((resource) => keepCrewsToTheirs(resource(parts)));

/** The operations API, `/api/v1`: what dispatchers, officers and the console work with. */
export const operationsApi = (parts: OperationsParts): HttpHandler =>
  httpApi({
    title: 'Phố Sạch operations',
    description: 'Bins, stations, trucks, collection plans and exceedances of one city. Instants are ISO 8601 in UTC.',
    version: '1',
    basePath: '/api/v1',
    operations: operationsOf(parts),
  });
