import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type HttpAnswer, text } from '../../shared/lambda/answer.ts';
import { acceptsGzip } from '../../shared/lambda/compression.ts';
import { type HttpHandler, httpStack } from '../../shared/lambda/http-api.ts';
import { ProblemError } from '../../shared/lambda/problem.ts';
import { publicOrigin } from '../../shared/lambda/public-address.ts';
import type { PublishedApi } from '../../shared/lambda/publication.ts';
import { QueryError } from '../../shared/open-data/sensorthings/query/query-error.ts';
import { answerSensorThings, type SensorThingsAnswer } from '../../shared/open-data/sensorthings/service/answer.ts';
import type { SensorThingsSource } from '../../shared/open-data/sensorthings/source.ts';
import { sensorThingsDocument } from './openapi.ts';
import { problemOfQuery } from './query-problem.ts';
import { isWriteMethod, WRITE_METHODS, type Writing, write } from './writing.ts';

export const BASE_PATH = '/sta/v1.1';

export type SensorThingsParts = {
  readonly source: SensorThingsSource;
  /** Where the public finds the city; absent: where the request says it was sent. */
  readonly publicUrl?: string | undefined;
  /** Under which licence the city publishes, for the header of every answer. */
  readonly publication?: PublishedApi['publication'];
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
  /** The writable profile; absent: reading only, of the city alone. */
  readonly writing?: Writing;
};

const ALLOW = 'GET, HEAD, OPTIONS';
/** Half a minute: new observations come every few minutes, and all who ask meanwhile get one answer. */
const CACHE_CONTROL = 'public, max-age=30, stale-while-revalidate=60';

/** Who has written shall read it. */
const ALWAYS_ASK = 'no-cache';

/** Characters of an answer: a Lambda function may answer six million bytes, and JSON of ours is compressed to a tenth of its length. */
const MOST_CHARACTERS = 4_000_000;
const MOST_COMPRESSED = 24_000_000;

/** The path behind the base path. The gateway has decoded it; what is left of percent signs are percent signs. */
const pathOf = ({ rawPath }: APIGatewayProxyEventV2): string => rawPath.slice(BASE_PATH.length).replaceAll('%', '%25');

const unanswerable = (method: string): ProblemError =>
  new ProblemError({
    status: 405,
    detail: `${method} is not possible here: this service is for reading; ${ALLOW} are`,
    headers: { allow: ALLOW },
  });

const httpAnswer = ({ mediaType, body, next }: SensorThingsAnswer, cacheControl: string): HttpAnswer => ({
  statusCode: body === undefined ? 204 : 200,
  headers: {
    'cache-control': cacheControl,
    ...(body !== undefined && { 'content-type': `${mediaType}; charset=utf-8` }),
    ...(next !== undefined && { link: `<${next}>; rel="next"` }),
  },
  ...(body !== undefined && { body }),
});

/** The service in OpenAPI 3.1; written when first asked for. */
const describing = (): HttpAnswer => {
  document ??= JSON.stringify(sensorThingsDocument(BASE_PATH));
  return text('application/json; charset=utf-8', document, {
    'cache-control': 'public, max-age=300, stale-while-revalidate=3600',
  });
};
let document: string | undefined;

const answered = async (
  source: SensorThingsParts['source'],
  event: APIGatewayProxyEventV2,
  root: string,
  now: number,
) => {
  const request = {
    rawPath: pathOf(event),
    rawQuery: event.rawQueryString,
    root,
    mostCharacters: acceptsGzip(event.headers['accept-encoding']) ? MOST_COMPRESSED : MOST_CHARACTERS,
  };
  try {
    return await answerSensorThings(source, request, now);
  } catch (error) {
    throw error instanceof QueryError ? problemOfQuery(error) : error;
  }
};

/** OGC SensorThings 1.1 for reading, `/sta/v1.1`: the city's Things and all they observed, for everyone. */
export const sensorthingsApi = ({ source, publicUrl, publication, clock, writing }: SensorThingsParts): HttpHandler =>
  httpStack(
    {
      public: true,
      compress: true,
      ...(publication && { published: { publication, description: `${BASE_PATH}/openapi.json`, inBody: false } }),
      // 18-088 leaves errors to HTTP; clients written for FROST-Server read these two.
      describe: ({ status, detail }) => ({ code: status, message: detail }),
    },
    async (event: APIGatewayProxyEventV2): Promise<HttpAnswer> => {
      const { method } = event.requestContext.http;
      const allow = writing === undefined ? ALLOW : [ALLOW, ...WRITE_METHODS].join(', ');
      if (method === 'OPTIONS') return { statusCode: 204, headers: { allow } };
      const root = `${publicOrigin(event, publicUrl)}${BASE_PATH}`;
      if (writing !== undefined && isWriteMethod(method)) {
        return write({ ...writing, clock }, event, { rawPath: pathOf(event), root });
      }
      if (method !== 'GET' && method !== 'HEAD') throw unanswerable(method);
      if (event.rawPath === `${BASE_PATH}/openapi.json`) return describing();
      const answer = await answered(writing?.source ?? source, event, root, clock());
      return httpAnswer(answer, writing === undefined ? CACHE_CONTROL : ALWAYS_ASK);
    },
  );
