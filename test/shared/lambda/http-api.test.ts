import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { json } from '../../../shared/lambda/answer.ts';
import { httpApi } from '../../../shared/lambda/http-api.ts';
import { instantParameter, limitParameter } from '../../../shared/lambda/instant.ts';
import { logger } from '../../../shared/lambda/observability.ts';
import { operation } from '../../../shared/lambda/operation.ts';
import { problemSchema } from '../../../shared/lambda/problem.ts';
import { InvalidCursorError, StoreUnavailableError } from '../../../shared/telemetry/reading-store.ts';
import { callerOf } from '../../support/api-gateway.ts';

const treeSchema = z.object({ id: z.string(), height: z.number() }).meta({ id: 'Tree' });
const echoSchema = z.looseObject({});
const ok = (schema: z.ZodType) => ({ 200: { description: 'ok', content: { 'application/json': schema } } });

const getTree = operation({
  method: 'GET',
  path: '/trees/{treeId}',
  operationId: 'getTree',
  summary: 'One tree',
  pathParameters: z.object({ treeId: z.string().regex(/^[a-z]+$/, 'letters') }),
  responses: ok(treeSchema),
  handle: async ({ path }) => json(treeSchema, { id: path.treeId, height: 12 }),
});

const listTrees = operation({
  method: 'GET',
  path: '/trees',
  operationId: 'listTrees',
  summary: 'Trees',
  query: z.strictObject({ from: instantParameter('Planted since').optional(), limit: limitParameter(50, 10) }),
  responses: ok(echoSchema),
  handle: async ({ query }) => json(echoSchema, query),
});

const plantTree = operation({
  method: 'POST',
  path: '/trees',
  operationId: 'plantTree',
  summary: 'Plant one',
  body: z.strictObject({ kind: z.object({ latin: z.string().min(1) }), height: z.number().positive() }),
  responses: { 201: { description: 'Planted', content: { 'application/json': echoSchema } } },
  handle: async ({ body }) => json(echoSchema, body, { status: 201 }),
});

const failing = (path: string, error: Error) =>
  operation({
    method: 'GET',
    path,
    operationId: path,
    summary: path,
    responses: {},
    handle: async () => Promise.reject(error),
  });

const description = { title: 'Trees', description: 'Trees', version: '1', basePath: '/t/v1' };
const operations = [
  getTree,
  listTrees,
  plantTree,
  failing('/broken', new Error('secret table phosach-prod is gone')),
  failing('/busy', new StoreUnavailableError('throttled')),
  failing('/cursor', new InvalidCursorError('no')),
];
const call = callerOf(httpApi({ ...description, operations }));
const callPublic = callerOf(httpApi({ ...description, operations, public: true }));

const problem = (answer: { body: string }) => problemSchema.parse(JSON.parse(answer.body));

describe('An HTTP API', () => {
  const logged = vi.spyOn(logger, 'error').mockImplementation(() => {});
  beforeEach(() => logged.mockClear());

  it('answers with what the operation says, in JSON and UTF-8', async () => {
    const answer = await call({ url: '/t/v1/trees/dau' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(answer.body)).toEqual({ id: 'dau', height: 12 });
  });

  it('takes a path with or without a slash at its end', async () => {
    expect((await call({ url: '/t/v1/trees/dau/' })).status).toBe(200);
    expect((await call({ url: '/t/v1/trees/' })).status).toBe(200);
  });

  it('forbids sniffing, framing and loading from its answers, on problems too', async () => {
    for (const url of ['/t/v1/trees/dau', '/t/v1/nothing']) {
      const { headers } = await call({ url });
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('hands defaults and parsed instants to the handler', async () => {
    const answer = await call({ url: '/t/v1/trees?from=2026-11-22T17:00:00%2B07:00' });
    expect(JSON.parse(answer.body)).toEqual({ from: Date.UTC(2026, 10, 22, 10), limit: 10 });
  });

  it('reads an offset whose plus sign arrived as a space', async () => {
    const answer = await call({ url: '/t/v1/trees?from=2026-11-22T17:00:00+07:00' });
    expect(JSON.parse(answer.body)).toMatchObject({ from: Date.UTC(2026, 10, 22, 10) });
  });

  describe('refuses with problem details', () => {
    it('naming every query parameter at fault', async () => {
      const answer = await call({ url: '/t/v1/trees?from=yesterday&limit=51&kind=oak' });
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(problem(answer)).toMatchObject({ title: 'Bad Request', status: 400, instance: '/t/v1/trees' });
      const fields = problem(answer).errors?.map((error) => [error.in, error.field]);
      expect(fields).toEqual(
        expect.arrayContaining([
          ['query', 'from'],
          ['query', 'limit'],
          ['query', 'kind'],
        ]),
      );
      expect(fields).toHaveLength(3);
    });

    it.each(['2026-11-22', '2026-11-22T10:00:00', '2026-02-30T10:00:00Z', '1700000000000', ''])(
      'the instant "%s"',
      async (from) => {
        const answer = await call({ url: `/t/v1/trees?from=${from}` });
        expect(problem(answer).errors).toMatchObject([{ in: 'query', field: 'from' }]);
      },
    );

    it.each(['0', '-1', '1.5', 'ten', '', '1e1', '51', '99999999999999999999'])('the limit "%s"', async (limit) => {
      const answer = await call({ url: `/t/v1/trees?limit=${limit}` });
      expect(problem(answer).errors).toMatchObject([{ in: 'query', field: 'limit' }]);
    });

    it('a path parameter', async () => {
      expect(problem(await call({ url: '/t/v1/trees/42' })).errors).toEqual([
        { in: 'path', field: 'treeId', message: 'letters', code: 'wrong-format', values: { format: 'letters' } },
      ]);
    });

    it('a member of the body, with a JSON pointer to it', async () => {
      const answer = await call({ method: 'POST', url: '/t/v1/trees', body: { kind: { latin: '' }, height: 3 } });
      expect(answer.status).toBe(400);
      expect(problem(answer).errors).toMatchObject([{ in: 'body', field: 'kind.latin', pointer: '/kind/latin' }]);
    });

    it('a body that is not JSON', async () => {
      const headers = { 'content-type': 'application/json' };
      const answer = await call({ method: 'POST', url: '/t/v1/trees', body: '{"kind":', headers });
      expect(answer.status).toBe(400);
      expect(problem(answer).errors).toMatchObject([{ in: 'body', field: '' }]);
    });

    it('a body of another type, with 415', async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await call({ method: 'POST', url: '/t/v1/trees', body: '{}', headers });
      expect(answer.status).toBe(415);
      expect(problem(answer).detail).toContain('application/json');
    });

    it('a missing body', async () => {
      expect((await call({ method: 'POST', url: '/t/v1/trees' })).status).toBe(400);
    });

    it('a path that does not exist', async () => {
      const answer = await call({ url: '/t/v1/bushes' });
      expect(answer.status).toBe(404);
      expect(problem(answer)).toMatchObject({ type: 'about:blank', title: 'Not Found', instance: '/t/v1/bushes' });
    });

    it('a method that a known path does not have, saying which it has', async () => {
      const answer = await call({ method: 'DELETE', url: '/t/v1/trees' });
      expect(answer.status).toBe(405);
      expect(answer.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
      expect((await call({ method: 'POST', url: '/t/v1/trees/dau' })).headers.allow).toBe('GET, HEAD, OPTIONS');
    });

    it('a cursor that the store does not know', async () => {
      const answer = await call({ url: '/t/v1/cursor' });
      expect(answer.status).toBe(400);
      expect(problem(answer).errors).toMatchObject([{ in: 'query', field: 'cursor' }]);
    });

    it('for the time being, when the store is busy', async () => {
      const answer = await call({ url: '/t/v1/busy' });
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
    });
  });

  it('tells nothing of an unexpected error but the request id that finds it in the logs', async () => {
    const answer = await call({ url: '/t/v1/broken' });
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain('phosach-prod');
    expect(problem(answer).requestId).toBe('lambda-request-1');
    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.calls[0]?.[1]).toMatchObject({ error: new Error('secret table phosach-prod is gone') });
  });

  it('does not log what the caller did wrong as an error of ours', async () => {
    await call({ url: '/t/v1/trees?limit=0' });
    expect(logged).not.toHaveBeenCalled();
  });

  it('keeps one request’s faults out of the next answer', async () => {
    await call({ url: '/t/v1/broken' });
    expect((await call({ url: '/t/v1/trees/dau' })).status).toBe(200);
  });

  describe('entity tags', () => {
    it('answers 304 without a body to a caller who has it already', async () => {
      const first = await call({ url: '/t/v1/trees/dau' });
      const etag = String(first.headers.etag);
      const again = await call({ url: '/t/v1/trees/dau', headers: { 'If-None-Match': `"other", W/${etag}` } });
      expect(again.status).toBe(304);
      expect(again.body).toBe('');
      expect(again.headers.etag).toBe(etag);
      expect(again.headers).not.toHaveProperty('content-type');
    });

    it('sends the body when the tag is of something else', async () => {
      const other = await call({ url: '/t/v1/trees/sao' });
      const answer = await call({
        url: '/t/v1/trees/dau',
        headers: { 'If-None-Match': String(other.headers.etag) },
      });
      expect(answer.status).toBe(200);
    });

    it('gives no tag to problems', async () => {
      expect((await call({ url: '/t/v1/nothing' })).headers).not.toHaveProperty('etag');
    });
  });

  it('answers HEAD as it answers GET', async () => {
    const get = await call({ url: '/t/v1/trees/dau' });
    const head = await call({ method: 'HEAD', url: '/t/v1/trees/dau' });
    expect([head.status, head.headers]).toEqual([get.status, get.headers]);
  });

  describe('for everyone', () => {
    it('lets any page read answers and problems', async () => {
      for (const url of ['/t/v1/trees/dau', '/t/v1/nothing', '/t/v1/broken']) {
        expect((await callPublic({ url })).headers['access-control-allow-origin']).toBe('*');
      }
    });

    it('answers a preflight', async () => {
      const answer = await callPublic({ method: 'OPTIONS', url: '/t/v1/trees/dau' });
      expect(answer.status).toBe(204);
      expect(answer.headers['access-control-allow-methods']).toBe('GET, HEAD, OPTIONS');
      expect(answer.headers['access-control-allow-headers']).toContain('If-None-Match');
    });
  });

  it('lets no other page read an API that is not for everyone', async () => {
    expect((await call({ url: '/t/v1/trees/dau' })).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('describes itself in OpenAPI 3.1, from the schemas that validate', async () => {
    const document = JSON.parse((await call({ url: '/t/v1/openapi.json' })).body);
    expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/t/v1' }] });
    expect(document.paths['/trees'].get.parameters).toMatchObject([
      { in: 'query', name: 'from', schema: { type: 'string', format: 'date-time' } },
      { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 50, default: 10 } },
    ]);
    expect(document.paths['/trees'].post.requestBody.content['application/json'].schema).toMatchObject({
      required: ['kind', 'height'],
    });
    expect(document.components.schemas).toMatchObject({ Tree: { required: ['id', 'height'] }, Problem: {} });
  });
});
