import middy, { type MiddlewareObj, type MiddyfiedHandler } from '@middy/core';
import httpEventNormalizer from '@middy/http-event-normalizer';
import httpRouter, { type Method } from '@middy/http-router';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { type HttpAnswer, json } from './answer.ts';
import { compression } from './compression.ts';
import { anyOrigin } from './cross-origin.ts';
import { rateLimitSchema, readEnvironment } from './environment.ts';
import { entityTags } from './etag.ts';
import { logContext, metricsFlush } from './log-context.ts';
import { type ApiDescription, openApiDocument } from './openapi.ts';
import { type Operation, operation } from './operation.ts';
import { ProblemError } from './problem.ts';
import { type DescribeProblem, problemDetails } from './problem-details.ts';
import { licensed, type PublishedApi } from './publication.ts';
import { rateLimit } from './rate-limit.ts';
import { requestSize } from './request-size.ts';

export type HttpApi = ApiDescription & {
  readonly operations: readonly Operation[];
  /** True for public data: any page may read it. */
  readonly public?: boolean;
  /** Members of errors that its own standard asks for. */
  readonly describe?: DescribeProblem;
  /** Under which licence the city publishes what is answered, and in whose name. */
  readonly publication?: PublishedApi['publication'];
};

export type HttpHandler = MiddyfiedHandler<APIGatewayProxyEventV2, HttpAnswer>;

/** Only what matters to an API: nothing here is a page, so nothing may be loaded, framed or sniffed from it. */
const securityHeaders = (forAnyOrigin: boolean) =>
  httpSecurityHeaders({
    contentSecurityPolicy: {
      'default-src': "'none'",
      'report-to': '',
      'require-trusted-types-for': '',
    },
    crossOriginResourcePolicy: { policy: forAnyOrigin ? 'cross-origin' : 'same-origin' },
  });

const POLICY = 'Content-Security-Policy';

/** A page that an operation answers with brings the policy that it needs; API Gateway would send both as one header. */
const ownContentPolicy = (): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => ({
  after: ({ response }) => {
    if (response?.headers?.[POLICY.toLowerCase()] !== undefined) delete response.headers[POLICY];
  },
});

const pathPattern = (path: string): RegExp => new RegExp(`^${path.replace(/\{[^/]+\}/g, '[^/]+')}/?$`);

/** Answers what no operation does: OPTIONS, a known path with the wrong method, an unknown path. */
const unmatched = (operations: readonly Operation[], fullPath: (operation: Operation) => string) => {
  const patterns = operations.map((each) => ({ pattern: pathPattern(fullPath(each)), method: each.method }));
  return ({ method, path }: { method: string; path: string }): HttpAnswer => {
    const methods = new Set(patterns.filter(({ pattern }) => pattern.test(path)).map((each) => each.method));
    if (methods.size === 0) throw new ProblemError({ status: 404, detail: `There is nothing at ${path}` });
    const allow = [...methods].flatMap((each) => (each === 'GET' ? ['GET', 'HEAD'] : [each])).concat('OPTIONS');
    if (method === 'OPTIONS') return { statusCode: 204, headers: { allow: allow.join(', ') } };
    const detail = `${method} is not possible here; ${allow.join(', ')} are`;
    throw new ProblemError({ status: 405, detail, headers: { allow: allow.join(', ') } });
  };
};

const describing = (api: HttpApi): Operation => {
  const schema = z.looseObject({ openapi: z.string() });
  let document: z.output<typeof schema> | undefined;
  return operation({
    method: 'GET',
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This API as an OpenAPI 3.1 document',
    responses: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': schema } } },
    handle: async () => {
      document ??= schema.parse(openApiDocument(api, api.operations));
      return json(schema, document, {
        headers: { 'cache-control': 'public, max-age=300, stale-while-revalidate=3600' },
      });
    },
  });
};

/**
 * The Lambda handler of an HTTP API (API Gateway, payload format 2.0): routes, validates, tags, and answers every error in
 * problem details. `GET <basePath>/openapi.json` describes it.
 *
 * @example
 * export const handler = httpApi({ title, description, version, basePath: '/api/v1', operations: [getCity(stores)] });
 */
export const httpApi = (api: HttpApi): HttpHandler => {
  const operations = [...api.operations, describing(api)];
  const fullPath = ({ path }: Operation): string => (path === '/' ? api.basePath : `${api.basePath}${path}`);
  // RFC 9110, 9.3.2: HEAD is GET without the body, which the gateway leaves away.
  const routes = operations.flatMap((each) => {
    const methods: readonly Method[] = each.method === 'GET' ? ['GET', 'HEAD'] : [each.method];
    return methods.map((method) => ({ method, path: fullPath(each), handler: each.answer }));
  });
  return httpStack(
    {
      public: api.public ?? false,
      ...(api.describe && { describe: api.describe }),
      compress: api.public ?? false,
      ...(api.publication && {
        published: {
          publication: api.publication,
          description: `${api.basePath}/openapi.json`,
          inBody: api.licensed ?? false,
        },
      }),
    },
    httpRouter<APIGatewayProxyEventV2, HttpAnswer>({ routes, notFoundResponse: unmatched(operations, fullPath) }),
  );
};

/** Before Lambda ends a function that asked too much of the stores, which its caller would see as our fault and without a word. */
const inTime = {
  timeoutEarlyInMillis: 1_000,
  timeoutEarlyResponse: (): never => {
    const detail =
      'The answer was not ready in time. Ask for less: a shorter period, a narrower filter, a smaller page, fewer expansions';
    throw new ProblemError({ status: 400, kind: 'query-too-costly', detail });
  },
};

/** What stands around every HTTP function, whatever routes its requests: logs, headers, entity tags, problem details. */
export const httpStack = (
  options: {
    readonly public: boolean;
    readonly compress?: boolean;
    readonly published?: PublishedApi;
    readonly describe?: DescribeProblem;
  },
  answer: (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpAnswer> | HttpAnswer,
): HttpHandler => {
  const handler = middy<APIGatewayProxyEventV2, HttpAnswer>(inTime)
    .use(logContext())
    .use(metricsFlush())
    .use(ownContentPolicy())
    .use(securityHeaders(options.public));
  // On the way out from the last to the first: licence, tag, compression, what it cost, who may read it.
  const { RATE_LIMIT_PER_MINUTE: perMinute } = readEnvironment(rateLimitSchema);
  if (options.public) handler.use(anyOrigin());
  if (options.public && perMinute !== undefined) handler.use(rateLimit(perMinute));
  if (options.compress) handler.use(compression());
  handler.use(entityTags());
  if (options.published) handler.use(licensed(options.published));
  handler.use(problemDetails(options.describe));
  if (options.public) handler.use(requestSize());
  return handler.use(httpEventNormalizer()).handler(answer);
};
