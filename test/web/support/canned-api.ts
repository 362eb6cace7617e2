import type { WirePlan, WirePlanSummary } from '../../../web/src/api/wire.ts';
import { airApi } from './fixture-air.ts';
import { circumstancesApi } from './fixture-circumstances.ts';
import { bins, city, depots, disposalSites, exceedances, fillWeek, iso, NOW, stations } from './fixture-city.ts';
import { episodesApi } from './fixture-episodes.ts';
import { eventsOfWeek, forecastOf } from './fixture-forecast.ts';
import { sensorHealthOf } from './fixture-health.ts';
import { kpisOf } from './fixture-kpis.ts';
import { laboratoryApi } from './fixture-laboratory.ts';
import { failedSummary, planOf, requestedSummary, summaryOf } from './fixture-plan.ts';
import { planLifeApi } from './fixture-plan-life.ts';
import { registryApi } from './fixture-registry.ts';

export type Answer = { readonly status: number; readonly body: unknown };

/** How the make-believe API behaves; tests change it as they go. */
export type ApiMood = {
  /** Every call answers 503 with problem details. */
  isDown: boolean;
  /** What becomes of the next request for a plan. */
  planning: 'succeeds' | 'fails' | 'is-refused';
  /** No plan was ever made. */
  hasNoPlan: boolean;
  /** What the hourly check found. */
  sensors: 'ill' | 'well' | 'unchecked' | 'long-ago';
  /** Who asks must have signed in at the host’s own provider. */
  asksWho: boolean;
  /** The host configures raster tiles (its own). */
  hasTiles: boolean;
};

const ok = (body: unknown): Answer => ({ status: 200, body });

const problem = (status: number, title: string, detail: string): Answer => ({
  status,
  body: { type: 'about:blank', status, title, detail },
});

/** What is asked of one bin. */
const binPart = (id: string, part: string | undefined): unknown => {
  if (part === 'forecast') return forecastOf(id, NOW);
  if (part === 'events') return { binId: id, events: eventsOfWeek(NOW) };
  return part === 'fill' ? { binId: id, points: fillWeek(NOW) } : undefined;
};

const DOWN = problem(503, 'Service Unavailable', 'The registry table is being restored.');

export const calmMood = (): ApiMood => ({
  isDown: false,
  planning: 'succeeds',
  hasNoPlan: false,
  sensors: 'ill',
  hasTiles: false,
  asksWho: false,
});

type Requested = { readonly planId: string; polls: number };

/** Answers like the operations API, from the fixture city; a requested plan is ready at the second look. */
export const cannedApi = (mood: ApiMood) => {
  const life = planLifeApi(planOf('plan-2026-11-23-nightly'));
  const nightly = life.plan();
  const earlier = failedSummary('plan-2026-11-22-broken', 'no truck is available');
  const asked: Requested[] = [];
  const episodes = episodesApi();
  const laboratory = laboratoryApi();
  const registry = registryApi();
  const circumstances = circumstancesApi();

  const outcome = (requested: Requested): WirePlan | WirePlanSummary => {
    if (requested.polls < 2) return requestedSummary(requested.planId);
    if (mood.planning === 'fails') return failedSummary(requested.planId, 'no truck is available tonight');
    return { ...planOf(requested.planId), trigger: 'dispatcher' };
  };

  const requestPlan = (): Answer => {
    if (mood.planning === 'is-refused') return problem(429, 'Too Many Requests', 'A plan is already being made.');
    const requested = { planId: `plan-2026-11-23-${asked.length + 1}`, polls: 0 };
    asked.unshift(requested);
    return { status: 202, body: requestedSummary(requested.planId) };
  };

  const planById = (planId: string): Answer => {
    if (planId === 'latest')
      return mood.hasNoPlan ? problem(404, 'Not Found', 'No plan is ready yet') : ok(life.plan());
    if (planId === nightly.planId) return ok(life.plan());
    if (planId === earlier.planId) return ok(earlier);
    const requested = asked.find((candidate) => candidate.planId === planId);
    if (!requested) return problem(404, 'Not Found', `There is no plan ${planId}`);
    requested.polls += 1;
    return ok(outcome(requested));
  };

  const plans = (): Answer => {
    if (mood.hasNoPlan) return ok({ plans: [] });
    const summaries = asked.map((requested) => {
      const known = outcome(requested);
      return 'routes' in known ? summaryOf(known) : known;
    });
    return ok({ plans: [...summaries, summaryOf(nightly), earlier] });
  };

  const collections: Readonly<Record<string, (query: URLSearchParams) => Answer>> = {
    '/city': () => ok(city),
    '/bins': () => ok({ generatedAt: iso(NOW), bins }),
    '/stations': () => ok({ generatedAt: iso(NOW), stations }),
    '/depots': () => ok({ depots }),
    '/disposal-sites': () => ok({ disposalSites }),
    '/exceedances': () => ok({ exceedances }),
    '/sensors/health': () => ok(sensorHealthOf(mood.sensors)),
    '/kpis': (query) => ok(kpisOf(query)),
  };

  const plansAt = (method: string, path: string, body: unknown, query: URLSearchParams): Answer => {
    const [, , id, part] = path.split('/');
    if (id === undefined) return method === 'POST' ? requestPlan() : plans();
    if (part === undefined) return planById(id);
    const answer = id === nightly.planId ? life.answer(method, part, body, query) : undefined;
    return answer ?? problem(404, 'Not Found', `Nothing at ${path}`);
  };

  /** @param path below `/api/v1`. */
  return (method: string, path: string, body: unknown, query = new URLSearchParams()): Answer => {
    if (mood.isDown) return DOWN;
    if (path.startsWith('/plans')) return plansAt(method, path, body, query);
    const answer = collections[path];
    if (answer) return answer(query);
    const [, collection, id = '', part] = path.split('/');
    const told =
      registry(method, path, body) ??
      laboratory(method, path, body) ??
      circumstances(method, path, body) ??
      airApi(path);
    if (told) return told;
    if (collection === 'episodes') return episodes(method, id, part) ?? problem(404, 'Not Found', `No episode ${id}`);
    const ofBin = collection === 'bins' ? binPart(id, part) : undefined;
    if (ofBin !== undefined) return ok(ofBin);
    return problem(404, 'Not Found', `Nothing at ${path}`);
  };
};
