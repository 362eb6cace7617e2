import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { json, text } from '../../../shared/lambda/answer.ts';
import { httpApi } from '../../../shared/lambda/http-api.ts';
import { operation } from '../../../shared/lambda/operation.ts';
import { problemSchema } from '../../../shared/lambda/problem.ts';
import { cityPublication } from '../../../shared/lambda/publication.ts';
import { StoreUnavailableError } from '../../../shared/telemetry/reading-store.ts';
import { callerOf, httpEvent, lambdaContext } from '../../support/api-gateway.ts';
import { memoryRegistry } from '../../support/memory-stores.ts';
import { city } from '../../support/small-city.ts';

const listSchema = z.object({ trees: z.array(z.string()) }).meta({ id: 'Trees' });
const trees = Array.from({ length: 500 }, (_, place) => `cây thứ ${place}`);

const reading = (path: string, contentType: string, body: string) =>
  operation({
    method: 'GET',
    path,
    operationId: path,
    summary: path,
    responses: { 200: { description: 'ok', content: { [contentType]: z.unknown() } } },
    handle: async () => text(contentType, body),
  });

const operations = [
  operation({
    method: 'GET',
    path: '/trees',
    operationId: 'trees',
    summary: 'Trees',
    responses: { 200: { description: 'ok', content: { 'application/json': listSchema } } },
    handle: async () => json(listSchema, { trees }, { headers: { link: '</t/v1/trees?page=2>; rel="next"' } }),
  }),
  reading('/csv', 'text/csv', 'a,b\r\n'),
  reading('/list', 'application/json', '[1]'),
  reading('/empty', 'application/json', '{}'),
  reading('/linked', 'application/json', '{"@context":{}}'),
];

const openApi = (openData: typeof city.openData = undefined) =>
  callerOf(
    httpApi({
      title: 'Trees',
      description: 'Trees',
      version: '1',
      basePath: '/t/v1',
      public: true,
      licensed: true,
      publication: cityPublication({
        registry: memoryRegistry({ city: [{ ...city, ...(openData && { openData }) }] }),
        cityId: city.id,
        clock: () => 0,
      }),
      operations,
    }),
  );

const links = (header: string | undefined): ReadonlyMap<string, string> =>
  new Map([...(header ?? '').matchAll(/<([^>]*)>; rel="([^"]*)"/g)].map(([, href = '', rel = '']) => [rel, href]));

describe('Licence and attribution', () => {
  const call = openApi();

  it('begin every JSON object, and leave the rest as it was', async () => {
    const { body } = await call({ url: '/t/v1/trees' });
    expect(JSON.parse(body)).toEqual({
      licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
      attribution: 'Thủ Dầu Một',
      trees,
    });
    expect(Object.keys(JSON.parse((await call({ url: '/t/v1/empty' })).body))).toEqual(['licence', 'attribution']);
  });

  it('are those of the city’s profile', async () => {
    const licence = { name: 'Giấy phép Đô thị', url: 'https://city.example/licence' };
    const { body } = await openApi({ licence, publisher: { name: 'Sở TN&MT' } })({ url: '/t/v1/trees' });
    expect(JSON.parse(body)).toMatchObject({ licence, attribution: 'Sở TN&MT' });
  });

  it.each(['/csv', '/list', '/linked', '/openapi.json'])(
    'stand in the header alone where the body is not ours: %s',
    async (path) => {
      const { body, headers } = await call({ url: `/t/v1${path}` });
      expect(body).not.toContain('"attribution":"Thủ');
      expect(links(headers.link).get('license')).toBe('https://creativecommons.org/licenses/by/4.0/');
    },
  );

  it('come behind the operation’s own links, with the ways to the description', async () => {
    const { headers } = await call({ url: '/t/v1/trees' });
    expect([...links(headers.link)]).toEqual([
      ['next', '/t/v1/trees?page=2'],
      ['license', 'https://creativecommons.org/licenses/by/4.0/'],
      ['service-desc', '/t/v1/openapi.json'],
      ['service-doc', '/data/api.html'],
      ['describedby', '/open/v1/catalog'],
    ]);
    expect(links((await call({ url: '/t/v1/nothing' })).headers.link).get('service-desc')).toBe('/t/v1/openapi.json');
  });

  it('keep nothing from those who ask what needs no store, and data from everyone, while nobody can say them', async () => {
    const publication = () => Promise.reject(new StoreUnavailableError('throttled'));
    const api = { title: 'T', description: 'T', version: '1', basePath: '/t/v1', public: true, licensed: true };
    const broken = callerOf(httpApi({ ...api, publication, operations }));
    const { status, headers } = await broken({ url: '/t/v1/openapi.json' });
    expect([status, [...links(headers.link).keys()]]).toEqual([200, ['service-desc', 'service-doc', 'describedby']]);
    expect((await broken({ url: '/t/v1/nothing' })).status).toBe(404);
    expect((await broken({ url: '/t/v1/trees' })).status).toBe(503);
  });

  it('are in the document that describes the answer, as optional members of it', async () => {
    const document = JSON.parse((await call({ url: '/t/v1/openapi.json' })).body);
    expect(Object.keys(document.components.schemas.Trees.properties)).toEqual(['trees', 'licence', 'attribution']);
    expect(Object.keys(document.paths['/trees'].get.responses)).toEqual(
      expect.arrayContaining(['200', '304', '400', '404', '406', '413', '414', '429', '503', 'default']),
    );
  });
});

describe('A long answer', () => {
  const call = openApi();

  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('is sent as %s to those who ask for it, and means the same', async (coding, read) => {
    const plain = await call({ url: '/t/v1/trees' });
    const answer = await call({ url: '/t/v1/trees', headers: { 'accept-encoding': coding } });
    expect(answer.headers['content-encoding']).toBe(coding);
    expect(read(Buffer.from(answer.body, 'base64')).toString()).toBe(plain.body);
    expect(answer.headers.etag).toBe(`W/${plain.headers.etag}`);
    const again = await call({ url: '/t/v1/trees', headers: { 'if-none-match': String(answer.headers.etag) } });
    expect(again.status).toBe(304);
  });
});

describe('What is too long', () => {
  const call = openApi();
  const read = (body: string) => problemSchema.parse(JSON.parse(body));

  it('in the address is refused with 414', async () => {
    const answer = await call({ url: `/t/v1/trees?x=${'a'.repeat(40_000)}` });
    expect([answer.status, read(answer.body).type]).toEqual([414, 'urn:problem-type:phosach:too-long']);
  });

  it('in the body is refused with 413', async () => {
    const answer = await call({ method: 'POST', url: '/t/v1/trees', body: 'a'.repeat(1_048_577) });
    expect([answer.status, read(answer.body).type]).toEqual([413, 'urn:problem-type:phosach:too-large']);
  });
});

describe('What takes too long', () => {
  it('is refused in words before Lambda ends the function', async () => {
    const never = operation({
      method: 'GET',
      path: '/never',
      operationId: 'never',
      summary: 'Never ready',
      responses: {},
      handle: () => new Promise(() => {}),
    });
    const api = { title: 'T', description: 'T', version: '1', basePath: '/t/v1', public: true, operations: [never] };
    const answer = await httpApi(api)(httpEvent({ url: '/t/v1/never' }), lambdaContext(1_010));
    expect(answer.statusCode).toBe(400);
    expect(problemSchema.parse(JSON.parse(answer.body ?? ''))).toMatchObject({
      type: 'urn:problem-type:phosach:query-too-costly',
    });
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': '*' });
  });
});

describe('A city that limits the rate', () => {
  beforeEach(() => {
    vi.stubEnv('RATE_LIMIT_PER_MINUTE', '5');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('says in each answer what there is and what is left', async () => {
    const { headers } = await openApi()({ url: '/t/v1/csv' });
    expect(headers['ratelimit-policy']).toBe('"address";q=5;w=60');
    expect(headers.ratelimit).toMatch(/^"address";r=4;t=\d+$/);
    expect(headers['access-control-expose-headers']).toContain('RateLimit');
  });

  it('refuses with 429 and a time to wait who asks too much, and nobody else', async () => {
    const call = openApi();
    const from = (address: string) => call({ url: '/t/v1/csv', headers: { 'x-forwarded-for': address } });
    // The first may take longer than a tenth of a second, and then costs more.
    let refused = await from('203.0.113.9');
    for (let asked = 1; asked < 10 && refused.status !== 429; asked += 1) refused = await from('203.0.113.9');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers.ratelimit).toMatch(/^"address";r=0;t=\d+$/);
    expect(refused.headers['access-control-allow-origin']).toBe('*');
    expect(problemSchema.parse(JSON.parse(refused.body))).toMatchObject({
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      'violated-policies': ['address'],
    });
    expect((await from('203.0.113.10')).status).toBe(200);
  });

  it('lets nobody past who makes addresses up', async () => {
    const call = openApi();
    const statuses: number[] = [];
    for (let place = 0; place < 130; place += 1) {
      const made = `198.51.100.${place}`;
      statuses.push((await call({ url: '/t/v1/csv', headers: { 'x-forwarded-for': made } })).status);
    }
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });

  it('charges no preflight', async () => {
    const call = openApi();
    for (let asked = 0; asked < 20; asked += 1) {
      const { status, headers } = await call({ method: 'OPTIONS', url: '/t/v1/csv' });
      expect([status, headers.ratelimit]).toEqual([204, '"address";r=5;t=0']);
    }
  });
});
