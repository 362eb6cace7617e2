import { expect } from 'vitest';
import * as z from 'zod';
import type { HttpHandler } from '../../shared/lambda/http-api.ts';
import type { Operation } from '../../shared/lambda/operation.ts';
import { problemSchema } from '../../shared/lambda/problem.ts';
import { sourceSchema } from '../../shared/open-data/source.ts';
import { callerOf, type TestAnswer, type TestRequest } from './api-gateway.ts';

const matches = (operation: Operation, basePath: string, { method = 'GET', url }: TestRequest): boolean => {
  const path = url.split('?')[0]?.slice(basePath.length) || '/';
  // A path without parameters goes first, as in the router.
  const pattern = new RegExp(`^${operation.path.replace(/\{[^/]+\}/g, '[^/]+')}$`);
  return operation.method === method && pattern.test(path);
};

const schemaOf = (operation: Operation | undefined, { status, headers }: TestAnswer) => {
  const mediaType = headers['content-type']?.split(';')[0] ?? '';
  if (mediaType === 'application/problem+json') return problemSchema;
  return operation?.responses[status]?.content?.[mediaType];
};

/** The members that stand in every object of open data are in no operation's schema; where they are, they are right. */
const withoutLicence = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null || !('licence' in body) || !('attribution' in body)) return body;
  const { licence, attribution, ...own } = body;
  sourceSchema.parse({ licence, attribution });
  return own;
};

/**
 * Calls an API and holds every answer to what its OpenAPI document promises: a declared status and media type, and a body
 * with exactly the members of the schema.
 */
export const conformingCaller = (handler: HttpHandler, operations: readonly Operation[], basePath: string) => {
  const call = callerOf(handler);
  const bySpecificity = operations.toSorted((a, b) => a.path.split('{').length - b.path.split('{').length);
  return async (request: TestRequest): Promise<TestAnswer & { readonly json: () => ReturnType<typeof JSON.parse> }> => {
    const answer = await call(request);
    const operation = bySpecificity.find((each) => matches(each, basePath, request));
    const describesItself = request.url === `${basePath}/openapi.json`;
    if (answer.status !== 304 && !describesItself) {
      const schema = schemaOf(operation, answer);
      expect(
        schema,
        `${answer.status} ${answer.headers['content-type']} of ${request.url} is not declared`,
      ).toBeDefined();
      const body = answer.headers['content-type']?.includes('json') ? JSON.parse(answer.body) : answer.body;
      const isOwn = schema instanceof z.ZodObject && 'licence' in schema.shape;
      const own = isOwn ? body : withoutLicence(body);
      expect(schema?.parse(own)).toEqual(own);
    }
    return { ...answer, json: () => JSON.parse(answer.body) };
  };
};
