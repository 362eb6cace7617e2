import { createReadStream, existsSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { contentSecurityPolicy } from '../../../shared/lambda/content-security-policy.ts';
import { type ApiMood, calmMood, cannedApi } from './canned-api.ts';
import { consoleFolder } from './console-build.ts';
import { calmProvider, type FakeProvider, fakeProvider, type ProviderMood } from './fake-provider.ts';
import { openIndices } from './fixture-air.ts';

/** As strict as a host can be with this console: nothing inline, nothing from elsewhere. */
const policy = contentSecurityPolicy();

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const sendFile = (path: string, response: ServerResponse): void => {
  const file = join(consoleFolder, path === '/' ? 'index.html' : path);
  if (!existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
  });
  createReadStream(file).pipe(response);
};

const tiles = { url: '/tiles/{z}/{x}/{y}.png', attribution: '© City survey office' };

/** A table stays text. */
const sentAs = (mediaType: string | undefined, sent: string): unknown => {
  if (sent === '') return undefined;
  return mediaType?.startsWith('text/csv') ? sent : JSON.parse(sent);
};

export type ConsoleHost = {
  readonly url: string;
  readonly mood: ApiMood;
  readonly provider: FakeProvider;
  readonly providerMood: ProviderMood;
  /** What visitors changed is forgotten: the API is well, and as on the first day. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

const DENIED = { type: 'about:blank', status: 401, title: 'Unauthorized' };

const configOf = ({ hasTiles }: ApiMood, signIn: object | undefined): object => ({
  ...(hasTiles && { tiles }),
  ...(signIn !== undefined && { signIn }),
});

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
    etag: '"seen"',
  });
  response.end(JSON.stringify(body));
};

/** Serves the built console and the make-believe API from one loopback address, as the real host does. */
export const startConsoleHost = async (): Promise<ConsoleHost> => {
  const mood = calmMood();
  let api = cannedApi(mood);
  const providerMood = calmProvider();
  const provider = fakeProvider(providerMood);
  const server = createServer(async (request, response) => {
    const origin = `http://${request.headers.host}`;
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    if (pathname === '/config.json' && (mood.hasTiles || mood.asksWho)) {
      const signIn = mood.asksWho ? provider.settingsAt(origin) : undefined;
      return sendJson(response, 200, configOf(mood, signIn));
    }
    if (pathname.startsWith('/provider')) return provider.answer(request, origin, response);
    if (mood.asksWho && pathname.startsWith('/api/v1') && !provider.isKnown(request)) {
      return sendJson(response, 401, DENIED);
    }
    if (pathname === '/open/v1/indices') return sendJson(response, 200, openIndices());
    if (!pathname.startsWith('/api/v1')) return sendFile(pathname, response);
    const sent = await text(request);
    const path = decodeURIComponent(pathname.slice('/api/v1'.length));
    const { status, body } = api(
      request.method ?? 'GET',
      path,
      sentAs(request.headers['content-type'], sent),
      searchParams,
    );
    sendJson(response, status, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The console host has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    mood,
    provider,
    providerMood,
    reset: () => {
      Object.assign(mood, calmMood());
      Object.assign(providerMood, calmProvider());
      api = cannedApi(mood);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};
