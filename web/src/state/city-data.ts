import { getOpenOverflows, type WireOverflowReport } from '../api/circumstances.ts';
import { getBins, getCity, getDepots, getDisposalSites, getPlan, getPlans, getStations } from '../api/client.ts';
import { isNotFound, type Problem } from '../api/problem.ts';
import type {
  BinsAnswer,
  City,
  Depot,
  DisposalSite,
  PlanAnswer,
  PlansAnswer,
  StationsAnswer,
  WirePlan,
} from '../api/wire.ts';
import { type Resource, useResource } from './resource.ts';

export type CityData = {
  readonly city: Resource<City>;
  readonly bins: Resource<BinsAnswer>;
  /** Reports of overflowing bins that nobody emptied since. */
  readonly overflowReports: Resource<readonly WireOverflowReport[]>;
  readonly stations: Resource<StationsAnswer>;
  readonly depots: Resource<readonly Depot[]>;
  readonly disposalSites: Resource<readonly DisposalSite[]>;
  readonly plans: Resource<PlansAnswer>;
  /** The chosen plan, or the latest; a summary where the chosen one is not ready. */
  readonly plan: Resource<PlanAnswer>;
};

/** What hardly changes is asked for this often. */
const SLOW_MS = 10 * 60_000;

/** Everything that the map and the lists show, refreshed on its own. */
export const useCityData = (planId: string | undefined): CityData => ({
  city: useResource('city', getCity, SLOW_MS),
  bins: useResource('bins', getBins),
  overflowReports: useResource('overflow-reports', getOpenOverflows),
  stations: useResource('stations', getStations),
  depots: useResource('depots', async (signal) => (await getDepots(signal)).depots, SLOW_MS),
  disposalSites: useResource('sites', async (signal) => (await getDisposalSites(signal)).disposalSites, SLOW_MS),
  plans: useResource('plans', getPlans),
  plan: useResource(`plan/${planId ?? 'latest'}`, (signal) => getPlan(planId ?? 'latest', signal)),
});

export type Trouble = {
  readonly resources: readonly (keyof CityData)[];
  readonly problem: Problem;
  /** The oldest data still on show, epoch milliseconds; absent when nothing ever arrived. */
  readonly showingSince: number | undefined;
};

const resourceNames = [
  'city',
  'bins',
  'overflowReports',
  'stations',
  'depots',
  'disposalSites',
  'plans',
  'plan',
] as const;

/** What went wrong on the last try, in one: nothing when all is well. That a plan does not exist is no trouble. */
export const troubleOf = (data: CityData): Trouble | undefined => {
  const failing = resourceNames.filter(
    (name) => data[name].problem !== undefined && !(name === 'plan' && isNotFound(data.plan.problem)),
  );
  const problem = failing.map((name) => data[name].problem).find((candidate) => candidate !== undefined);
  if (problem === undefined) return undefined;
  const arrivals = failing.map((name) => data[name].receivedAt).filter((arrival) => arrival !== undefined);
  return { resources: failing, problem, showingSince: arrivals.length === 0 ? undefined : Math.min(...arrivals) };
};

export const reloadAll = (data: CityData): void => {
  for (const name of resourceNames) data[name].reload();
};

/** The plan to draw: nothing while it is awaited, or where it failed. */
export const readyPlan = ({ plan: { data } }: CityData): WirePlan | undefined =>
  data !== undefined && 'routes' in data ? data : undefined;
