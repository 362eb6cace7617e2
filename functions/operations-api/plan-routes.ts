import * as z from 'zod';
import { type HttpAnswer, json, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { instantSchema, isoInstant } from '../../shared/lambda/instant.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { requireCity } from '../../shared/lambda/require-city.ts';
import { planToCsv } from '../../shared/routing/exports/csv.ts';
import { findPlan } from '../../shared/routing/exports/find-plan.ts';
import { planToGpx } from '../../shared/routing/exports/gpx.ts';
import { planToICalendar } from '../../shared/routing/exports/icalendar/plan-to-icalendar.ts';
import { type ExportLanguage, exportLanguages } from '../../shared/routing/exports/plan-words.ts';
import type { Plan, PlanRoute } from '../../shared/routing/plan.ts';
import type { OperationsParts } from './parts.ts';
import { planAnswer, planAnswerOf } from './plan-answers.ts';

const mediaTypes = {
  json: 'application/json',
  gpx: 'application/gpx+xml',
  ics: 'text/calendar',
  csv: 'text/csv',
} as const;
type RouteFormat = keyof typeof mediaTypes;

const query = z.strictObject({
  format: z
    .enum(['json', 'gpx', 'ics', 'csv'], 'must be json, gpx, ics or csv')
    .optional()
    .meta({ description: 'Wins over the Accept header, which links cannot set' }),
  lang: z
    .enum(exportLanguages, `must be one of ${exportLanguages.join(', ')}`)
    .default('both')
    .meta({ description: 'Of GPX and iCalendar' }),
});

const planParameter = z
  .string()
  .min(1)
  .max(80)
  .meta({ description: '`current` is what crews drive by now, `latest` the newest that is ready' });

const routeAnswer = planAnswer.shape.routes.element;
const head = planAnswer.pick({ planId: true, serviceDate: true, finishedAt: true });
const timeZone = z.string().meta({ description: 'The city’s, an IANA name' });
const oneAnswer = head.extend({ timeZone, route: routeAnswer }).meta({ id: 'PlanRouteOfTruck' });
const allAnswer = head
  .extend({ timeZone, generatedAt: instantSchema, routes: z.array(routeAnswer.omit({ stops: true })) })
  .meta({ id: 'PlanRoutes', description: 'Trucks of a plan, without their stops' });

const textTypes = { [mediaTypes.gpx]: z.string(), [mediaTypes.ics]: z.string(), [mediaTypes.csv]: z.string() };

/** @throws ProblemError 404 for a plan that is not there or has no routes yet. */
const requirePlan = async (parts: OperationsParts, planId: string) => {
  const city = await requireCity(parts);
  const plan = await findPlan(parts.plans, planId, { timeZone: city.timeZone, at: parts.clock() });
  if (plan !== undefined) return { plan, city };
  throw notFound(
    planId === 'current' ? 'No plan is published for these days' : `There is no plan ${planId} with routes`,
  );
};

type City = { readonly name: string; readonly timeZone: string };

const exported = (
  plan: Plan,
  routes: readonly PlanRoute[],
  {
    format,
    language,
    city,
  }: { readonly format: Exclude<RouteFormat, 'json'>; readonly language: ExportLanguage; readonly city: City },
): HttpAnswer => {
  const { name: cityName, timeZone: zone } = city;
  const write = {
    gpx: () => planToGpx(plan, routes, { cityName, language }),
    ics: () => planToICalendar(plan, routes, { cityName, timeZone: zone, language }),
    csv: () => planToCsv(plan, routes, zone),
  };
  const [route] = routes;
  const of = routes.length === 1 && route !== undefined ? `${plan.planId}-${route.vehicleId}` : plan.planId;
  const parameters = { gpx: '', ics: '; charset=utf-8', csv: '; charset=utf-8; header=present' };
  return text(`${mediaTypes[format]}${parameters[format]}`, write[format](), {
    vary: 'Accept',
    'content-disposition': `attachment; filename="${of.replaceAll(/[^\w.-]/g, '_')}.${format}"`,
  });
};

const offers = (Object.keys(mediaTypes) as RouteFormat[]).map((format) => ({ format, mediaType: mediaTypes[format] }));
const wantedOf = (format: RouteFormat | undefined, accept: string | undefined): RouteFormat => {
  const [first, ...rest] = offers;
  if (first === undefined) throw new Error('No format is on offer');
  return negotiate([first, ...rest], { format, accept });
};

const headOf = (plan: Plan, city: City) => {
  const { planId, serviceDate, finishedAt } = plan;
  return { planId, serviceDate, finishedAt: isoInstant(finishedAt), timeZone: city.timeZone };
};

export const listPlanRoutes = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}/routes',
    operationId: 'listPlanRoutes',
    summary: 'The trucks of a plan; the whole plan as GPX, iCalendar or CSV',
    pathParameters: z.object({ planId: planParameter }),
    query,
    responses: {
      200: { description: 'The routes', content: { 'application/json': allAnswer, ...textTypes } },
    },
    handle: async ({ path: { planId }, query: { format: asked, lang }, event }) => {
      const format = wantedOf(asked, event.headers.accept);
      const { plan, city } = await requirePlan(parts, planId);
      if (format !== 'json') return exported(plan, plan.routes, { format, language: lang, city });
      const routes = planAnswerOf(plan).routes.map(({ stops: _stops, ...route }) => route);
      const answer = { ...headOf(plan, city), generatedAt: isoInstant(parts.clock()), routes };
      return json(allAnswer, answer, { headers: { vary: 'Accept' } });
    },
  });

export const getPlanRoute = (parts: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/plans/{planId}/routes/{vehicleId}',
    operationId: 'getPlanRoute',
    summary: 'One truck’s route with its stops, as JSON, GPX, iCalendar or CSV',
    description: 'As a page for phones or as PDF: `/api/v1/driver-sheets/{planId}/{vehicleId}`.',
    pathParameters: z.object({ planId: planParameter, vehicleId: z.string().min(1).max(64) }),
    query,
    responses: {
      200: { description: 'The route', content: { 'application/json': oneAnswer, ...textTypes } },
    },
    handle: async ({ path: { planId, vehicleId }, query: { format: asked, lang }, event }) => {
      const format = wantedOf(asked, event.headers.accept);
      const { plan, city } = await requirePlan(parts, planId);
      const routes = plan.routes.filter((route) => route.vehicleId === vehicleId);
      const answers = planAnswerOf({ ...plan, routes }).routes;
      const [route] = answers;
      if (route === undefined) throw notFound(`The plan ${plan.planId} has no route for truck ${vehicleId}`);
      if (format !== 'json') return exported(plan, routes, { format, language: lang, city });
      return json(oneAnswer, { ...headOf(plan, city), route }, { headers: { vary: 'Accept' } });
    },
  });
