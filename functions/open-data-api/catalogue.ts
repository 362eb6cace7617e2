import * as z from 'zod';
import type { EpisodeStore } from '../../shared/environment/episodes/episode-store.ts';
import { type HttpAnswer, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import { notFound } from '../../shared/lambda/problem.ts';
import { publicOrigin } from '../../shared/lambda/public-address.ts';
import type { BulkIssue } from '../../shared/open-data/bulk/bulk-issue.ts';
import { catalogueDocument } from '../../shared/open-data/catalogue/catalogue.ts';
import { type CityFacts, datasetsOf } from '../../shared/open-data/catalogue/datasets.ts';
import { REGISTRY_CACHE_CONTROL } from '../../shared/open-data/freshness.ts';
import { listSites } from '../../shared/open-data/site.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';
import type { OpenDataParts } from './parts.ts';

const JSON_LD = 'application/ld+json';

const catalogueAnswer = z
  .looseObject({ '@context': z.looseObject({}), '@id': z.url(), '@type': z.literal('dcat:Catalog') })
  .meta({ id: 'Catalogue', description: 'DCAT-AP 3 in JSON-LD' });

const query = z.strictObject({
  format: z
    .enum(['jsonld', 'json'], 'must be jsonld or json')
    .optional()
    .meta({ description: 'The same document under either name; wins over Accept' }),
});

const heardOf = async ({ registry, sensorStates }: OpenDataParts): Promise<CityFacts['heard']> => {
  const [sensors, states] = await Promise.all([registry.list('sensor'), sensorStates.list()]);
  const siteOf = new Map(sensors.map(({ id, siteId }) => [id, siteId]));
  const heard = new Map<Quantity, { siteIds: Set<string>; newest: number }>();
  for (const { sensorId, latest } of states) {
    const siteId = siteOf.get(sensorId);
    if (siteId === undefined) continue;
    for (const { quantity, measuredAt } of Object.values(latest)) {
      const known = heard.get(quantity) ?? { siteIds: new Set(), newest: measuredAt };
      known.siteIds.add(siteId);
      heard.set(quantity, { ...known, newest: Math.max(known.newest, measuredAt) });
    }
  }
  return new Map([...heard].sort(([a], [b]) => (a < b ? -1 : 1)));
};

const DAY_MS = 86_400_000;

/** Up to when there are any; since when, nobody asks the store, which would have to go through them all. */
const episodesSpan = async (episodes: EpisodeStore, at: number): Promise<CityFacts['episodes']> => {
  const newest = await episodes.list({ from: 0, to: at + DAY_MS, limit: 1 });
  const last = newest.episodes[0];
  return last === undefined ? {} : { to: last.trackedTo };
};

/** Days back that the newest issue of each quantity is looked for, and issues read at a time. */
const ISSUED_WITHIN_DAYS = 7;
const ISSUES_AT_ONCE = 1_000;

const newestIssues = async ({ bulkIssues, clock }: OpenDataParts): Promise<readonly BulkIssue[]> => {
  if (bulkIssues === undefined) return [];
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  const days = { from: day(clock() - ISSUED_WITHIN_DAYS * DAY_MS), to: day(clock() + DAY_MS) };
  const newest = new Map<Quantity, BulkIssue>();
  let after: BulkIssue | undefined;
  do {
    const page = await bulkIssues.list({ ...days, limit: ISSUES_AT_ONCE, after });
    for (const issue of page) newest.set(issue.quantity, issue);
    after = page.length < ISSUES_AT_ONCE ? undefined : page.at(-1);
  } while (after !== undefined);
  return [...newest.values()].sort((a, b) => (a.quantity < b.quantity ? -1 : 1));
};

const answer = async (
  parts: OpenDataParts,
  event: Parameters<Operation['answer']>[0],
  wanted: { readonly format?: 'jsonld' | 'json' | undefined; readonly accept?: string | undefined },
): Promise<HttpAnswer> => {
  const format = negotiate<'jsonld' | 'json'>(
    [
      { format: 'jsonld', mediaType: JSON_LD },
      { format: 'json', mediaType: 'application/json' },
    ],
    wanted,
  );
  const mediaType = format === 'jsonld' ? JSON_LD : 'application/json';
  const [city, sites, heard, episodes, dailyFiles] = await Promise.all([
    parts.registry.get('city', parts.cityId),
    listSites(parts.registry),
    heardOf(parts),
    episodesSpan(parts.episodes, parts.clock()),
    newestIssues(parts),
  ]);
  if (city === undefined) throw notFound(`The city ${parts.cityId} has not been set up yet`);
  const origin = publicOrigin(event, parts.publicUrl);
  const body = catalogueDocument({ city, datasets: datasetsOf({ sites, heard, episodes, dailyFiles }), origin });
  return text(mediaType, JSON.stringify(body), { 'cache-control': REGISTRY_CACHE_CONTROL, vary: 'Accept' });
};

const responses = {
  200: {
    description: 'The catalogue',
    content: { [JSON_LD]: catalogueAnswer, 'application/json': catalogueAnswer },
  },
};
const summary = 'Every data set with its licence, coverage and addresses: DCAT-AP 3, for harvesters';

export const getCatalogue = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/catalog',
    operationId: 'getCatalogue',
    summary,
    query,
    responses,
    handle: ({ query: { format }, event }) => answer(parts, event, { format, accept: event.headers.accept }),
  });

/** CKAN's harvester tells the format by the ending. */
export const getCatalogueFile = (parts: OpenDataParts): Operation =>
  operation({
    method: 'GET',
    path: '/catalog.jsonld',
    operationId: 'getCatalogueFile',
    summary,
    query,
    responses,
    handle: ({ query: { format }, event }) => answer(parts, event, { format }),
  });
