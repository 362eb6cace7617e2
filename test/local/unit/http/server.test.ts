import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startHttpServer } from '../../../../local/http/server.ts';

let directory: string;
let server: Awaited<ReturnType<typeof startHttpServer>>;
let seen: APIGatewayProxyEventV2[];
let answer: unknown;

const url = (path: string): string => `http://127.0.0.1:${server.port}${path}`;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'phosach-http-'));
  writeFileSync(join(directory, 'index.html'), '<h1>Phố Sạch</h1>');
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    consoleDirectory: directory,
    consoleConfig: { tiles: { url: 'https://tiles.example', attribution: 'x' } },
    tilesUrl: 'https://tiles.example/{z}/{x}/{y}.png',
    routes: { '/api/v1': 'operations-api', '/open/v1': 'open-data-api' },
    invoke: async (name, event) => {
      seen.push({ ...(event as APIGatewayProxyEventV2), routeKey: name });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    health: () => ({ status: 'ready' }),
    log: () => undefined,
  });
});

beforeEach(() => {
  seen = [];
  answer = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
});

afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('the local HTTP door', () => {
  it('hands a request to its function in API Gateway’s payload format 2.0', async () => {
    await fetch(url('/api/v1/bins/th%C3%B9ng?from=a&from=b&x=%2B'), {
      headers: { 'x-test': 'one', cookie: 'a=1; b=2' },
    });
    expect(seen[0]).toMatchObject({
      version: '2.0',
      routeKey: 'operations-api',
      rawPath: '/api/v1/bins/thùng',
      rawQueryString: 'from=a&from=b&x=%2B',
      queryStringParameters: { from: 'a,b', x: '+' },
      headers: { 'x-test': 'one' },
      cookies: ['a=1', 'b=2'],
      requestContext: { http: { method: 'GET', path: '/api/v1/bins/thùng' } },
      isBase64Encoded: false,
    });
    expect(seen[0]?.headers).not.toHaveProperty('cookie');
  });

  it('carries a body as bytes', async () => {
    await fetch(url('/api/v1/plans'), { method: 'POST', body: Buffer.from([0xff, 0x01]) });
    expect(seen[0]?.isBase64Encoded).toBe(true);
    expect(Buffer.from(seen[0]?.body ?? '', 'base64')).toEqual(Buffer.from([0xff, 0x01]));
  });

  it('gives back status, headers, cookies and binary bodies as the handler said', async () => {
    answer = {
      statusCode: 201,
      headers: { location: '/x', 'x-number': 5 },
      cookies: ['s=1'],
      body: '/wA=',
      isBase64Encoded: true,
    };
    const response = await fetch(url('/open/v1/x'));
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe('/x');
    expect(response.headers.get('set-cookie')).toBe('s=1');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([0xff, 0x00]));
  });

  it('answers a function’s failure without its insides', async () => {
    answer = new Error('secret detail');
    const response = await fetch(url('/api/v1/city'));
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.text()).not.toContain('secret');
  });

  it('refuses a body that API Gateway would refuse, and serves on', async () => {
    const response = await fetch(url('/api/v1/plans'), { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
    expect(seen).toEqual([]);
    expect((await fetch(url('/healthz'))).status).toBe(200);
  });

  it('says in problem details why it cannot read a request', async () => {
    const answered = async (bytes: string): Promise<string> => {
      const socket = connect(server.port, '127.0.0.1');
      socket.write(bytes);
      return text(socket);
    };
    const tooLong = await answered(`GET /open/v1?x=${'a'.repeat(70_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(tooLong).toMatch(/^HTTP\/1\.1 431 [\s\S]*application\/problem\+json[\s\S]*"status":431/);
    expect(await answered('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"This is not HTTP\."/);
    expect((await fetch(url('/healthz'))).status).toBe(200);
  });

  it('lets the console’s page load from here and from the configured tiles only', async () => {
    const policy = (await fetch(url('/'))).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self' https://tiles.example;");
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  it('serves the console, its settings, and a problem for what does not exist', async () => {
    expect(await (await fetch(url('/'))).text()).toContain('Phố Sạch');
    expect(await (await fetch(url('/config.json'))).json()).toEqual({
      tiles: { url: 'https://tiles.example', attribution: 'x' },
    });
    const missing = await fetch(url('/nowhere/../../etc/passwd'));
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toBe('application/problem+json');
    // A prefix is a path segment: /api/v10 is not /api/v1.
    expect((await fetch(url('/api/v10/city'))).status).toBe(404);
  });
});
