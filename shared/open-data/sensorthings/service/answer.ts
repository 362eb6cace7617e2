import { type Entity, readProperty } from '../city/entity.ts';
import type { QueryOptions, ResourcePath, ResourceTarget } from '../query/ast.ts';
import { parseRequest } from '../query/parse.ts';
import { printPath } from '../query/print.ts';
import { QueryError } from '../query/query-error.ts';
import { inside } from '../query/values.ts';
import { entitiesCsv } from '../serialize/csv.ts';
import { dataArray } from '../serialize/data-array.ts';
import { type Json, selfLink } from '../serialize/entity-json.ts';
import { objectText } from '../serialize/entity-text.ts';
import { entitiesGeoJson } from '../serialize/geojson.ts';
import { pointsArray, pointsCsv, pointsJson } from '../serialize/points.ts';
import type { SensorThingsSource } from '../source.ts';
import { type Page, pageOfEntities } from './entity-page.ts';
import { renderEntities, withCursor, writeEntities } from './expand.ts';
import { pageOfQuery } from './observation-page.ts';
import { type PointsPage, pageOfPoints } from './observation-points.ts';
import { observationQuery } from './observation-query.ts';
import { ofFeature } from './of-feature.ts';
import { prepared, preparedForObservations } from './prepare.ts';
import { type Place, resolvePlace } from './resolve.ts';
import { rootDocument } from './root-document.ts';
import { loadExtents, openSession, type Session } from './session.ts';

export type SensorThingsRequestParts = {
  /** Behind `/v1.1`, percent-encoded. */
  readonly rawPath: string;
  /** Behind `?`, percent-encoded. */
  readonly rawQuery: string;
  /** Address of the service, without a slash at its end. */
  readonly root: string;
  /** How long an answer may be. */
  readonly mostCharacters: number;
};

export type SensorThingsAnswer = {
  readonly mediaType: string;
  /** `undefined`: there is the property, but it has no value (204). */
  readonly body: string | undefined;
  /** Address of the page behind this one. */
  readonly next?: string;
};

const JSON_TYPE = 'application/json';

const inJson = (body: unknown, next?: string): SensorThingsAnswer => ({
  mediaType: JSON_TYPE,
  body: JSON.stringify(body),
  ...(next !== undefined && { next }),
});

type Collection = {
  readonly path: ResourcePath;
  readonly target: Extract<ResourceTarget, { kind: 'collection' }>;
  readonly options: QueryOptions;
};

const pageAt = async (
  session: Session,
  place: Exclude<Place, { kind: 'entity' }>,
  { target, options }: Collection,
): Promise<Page | PointsPage> => {
  if (place.kind === 'observations') {
    const asked = ofFeature(place.datastreams, options, place.feature);
    const own = await preparedForObservations(session, asked, place.datastreams);
    const query = observationQuery(own, place.datastreams, asked);
    const points = target.reference ? undefined : await pageOfPoints(own, query, asked);
    const page = points ?? (await pageOfQuery(own, query, asked));
    session.admit('points' in page ? page.points.length : page.entities.length);
    return page;
  }
  const own = await prepared(session, place.type, options, place.entities);
  return pageOfEntities(own, place.type, place.entities, options);
};

const inRows = (session: Session, { target, options }: Collection, { entities }: Page): Json[] => {
  if (target.entityType !== 'Observation' || options.expand.length > 0) {
    const reason = 'dataArray is for Observations, without $expand';
    throw new QueryError('unsupported', '$resultFormat', 0, reason, 'json');
  }
  return dataArray(session.root, entities, options.select);
};

const inPoints = (
  { root }: Session,
  { options }: Collection,
  { datastream, points, columns }: PointsPage,
  frame: Json,
): SensorThingsAnswer => {
  if (options.resultFormat === 'csv') return { mediaType: 'text/csv', body: pointsCsv(datastream, points, columns) };
  const value =
    options.resultFormat === 'dataArray'
      ? pointsArray(root, datastream, points, columns)
      : pointsJson(datastream, points, columns);
  return { mediaType: JSON_TYPE, body: objectText({ ...frame, value }) };
};

const answerCollection = async (
  session: Session,
  place: Exclude<Place, { kind: 'entity' }>,
  request: Collection,
): Promise<SensorThingsAnswer> => {
  const { path, target, options } = request;
  const page = await pageAt(session, place, request);
  const { count, next } = page;
  const link = next && `${session.root}/${printPath(path)}?${withCursor(options, next)}`;
  const frame = { ...(count !== undefined && { '@iot.count': count }), ...(link && { '@iot.nextLink': link }) };
  const behind = link === undefined ? {} : { next: link };
  if ('points' in page) return { ...inPoints(session, request, page, frame), ...behind };
  const { entities } = page;
  if (target.reference) {
    const value = entities.map((entity) => ({ '@iot.selfLink': selfLink(session.root, entity) }));
    return inJson({ ...frame, value }, link);
  }
  if (options.resultFormat === 'dataArray') return inJson({ ...frame, value: inRows(session, request, page) }, link);
  const { entityType } = target;
  if (options.resultFormat === undefined || options.resultFormat === 'json') {
    const written = await writeEntities(session, entityType, entities, options);
    const value = entities.flatMap((entity) => written.get(entity) ?? []);
    return { mediaType: JSON_TYPE, body: objectText({ ...frame, value }), ...behind };
  }
  const rendered = await renderEntities(session, entityType, entities, options);
  const value = entities.map((entity) => rendered.get(entity)).filter((json) => json !== undefined);
  if (options.resultFormat === 'csv') return { mediaType: 'text/csv', body: entitiesCsv(value), ...behind };
  if (options.resultFormat === 'geojson') {
    const features = entitiesGeoJson(entities, (entity) => rendered.get(entity));
    return { mediaType: 'application/geo+json', body: JSON.stringify({ ...frame, ...features }), ...behind };
  }
  throw new Error(`There is no format ${options.resultFormat}`);
};

const answerProperty = async (
  session: Session,
  entity: Entity,
  { property, subPath, raw }: Extract<ResourceTarget, { kind: 'property' }>,
): Promise<SensorThingsAnswer> => {
  if (entity.type === 'Datastream' && property === 'phenomenonTime') await loadExtents(session, [entity]);
  const value = inside(readProperty(entity, property, session.overlay), subPath);
  if (value === undefined && subPath.length > 0) {
    throw new QueryError('path', 'path', 0, `there is no ${[property, ...subPath].join('/')} here`);
  }
  if (value === undefined || value === null) return { mediaType: JSON_TYPE, body: undefined };
  const name = property === 'id' && subPath.length === 0 ? '@iot.id' : (subPath.at(-1) ?? property);
  if (!raw) return inJson({ [name]: value });
  return typeof value === 'object' ? inJson(value) : { mediaType: 'text/plain', body: String(value) };
};

const answerEntity = async (
  session: Session,
  entity: Entity,
  reference: boolean,
  options: QueryOptions,
): Promise<SensorThingsAnswer> => {
  if (reference) return inJson({ '@iot.selfLink': selfLink(session.root, entity) });
  const rendered = await renderEntities(session, entity.type, [entity], options);
  return inJson(rendered.get(entity));
};

const answerAt = async (session: Session, path: ResourcePath, options: QueryOptions): Promise<SensorThingsAnswer> => {
  const { target } = path;
  const place = await resolvePlace(session, path);
  if (target.kind === 'collection' && place.kind !== 'entity') {
    return answerCollection(session, place, { path, target, options });
  }
  if (place.kind !== 'entity' || target.kind === 'collection' || target.kind === 'root') {
    throw new Error(`The address promised ${target.kind} and led to ${place.kind}`);
  }
  return target.kind === 'property'
    ? answerProperty(session, place.entity, target)
    : answerEntity(session, place.entity, target.reference, options);
};

/**
 * Answers a request to read.
 * @throws QueryError for whatever is wrong with the request, with its place.
 */
export const answerSensorThings = async (
  source: SensorThingsSource,
  { rawPath, rawQuery, root, mostCharacters }: SensorThingsRequestParts,
  now: number,
): Promise<SensorThingsAnswer> => {
  const { path, options } = parseRequest(rawPath, rawQuery);
  if (path.target.kind === 'root') return inJson(rootDocument(root, source.written !== undefined));
  const session = openSession(source, await source.catalogue(), { now, root, mostCharacters });
  const answer = await answerAt(session, path, options);
  if ((answer.body?.length ?? 0) > mostCharacters) {
    const reason = `the answer would have more than ${mostCharacters} characters`;
    throw new QueryError('too-costly', '$top', 0, reason, 'a smaller $top, $select, or Accept-Encoding: gzip');
  }
  return answer;
};
