import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import sirv from 'sirv';
import { contentSecurityPolicy } from '../../shared/lambda/content-security-policy.ts';
import { gatewayEvent, writeGatewayResult } from './gateway-event.ts';
import { closeServer, listen } from './listening.ts';

export type HttpOptions = {
  readonly host: string;
  readonly port: number;
  /** Folder of the built console. */
  readonly consoleDirectory: string;
  /** The console's own settings, answered at `/config.json`. */
  readonly consoleConfig: Readonly<Record<string, unknown>>;
  /** Where the console's map takes tiles from; its page may load from there and from here only. */
  readonly tilesUrl?: string | undefined;
  /** Longest prefix wins; each goes to the function of that name. */
  readonly routes: Readonly<Record<string, string>>;
  /** What the host answers itself, by path. */
  readonly pages?: Readonly<Record<string, () => { readonly type: string; readonly body: string }>>;
  /** Answers everything below `/bulk/`. */
  readonly bulkFiles?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  /** The answer of `/healthz`, which exists only while everything runs. */
  readonly health: () => Readonly<Record<string, unknown>>;
  readonly log: (line: string) => void;
};

/** API Gateway's limit for a request's payload. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** More than API Gateway's 10 KB: an address that is too long is refused by the function, in words. */
const MAX_HEADER_BYTES = 64 * 1024;

/** The front door of the local city: the console's files, `/healthz`, and the HTTP APIs as API Gateway would call them. */
export const startHttpServer = async (options: HttpOptions): Promise<{ port: number; close: () => Promise<void> }> => {
  const policy = contentSecurityPolicy({ tilesUrl: options.tilesUrl });
  const files = sirv(options.consoleDirectory, {
    etag: true,
    // Names under assets/ carry a hash of their content.
    setHeaders: (response, path) => {
      response.setHeader(
        'cache-control',
        path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
      response.setHeader('content-security-policy', policy);
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('referrer-policy', 'no-referrer');
    },
  });
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    answer(options, files, request, response).catch((error: unknown) => {
      options.log(`${request.method} ${request.url}: ${error instanceof Error ? error.message : String(error)}`);
      sendProblem(response, 500, 'Internal Server Error', 'The request could not be answered; the log says why.');
    });
  });
  server.on('clientError', refuseUnreadable);
  const port = await listen(server, options.port, options.host);
  return {
    port,
    close: () => closeServer(server),
  };
};

/** What is no HTTP, or too much of it, never becomes a request; its sender is told why all the same. */
const refuseUnreadable = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, title] = isTooLong ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
  const detail = isTooLong ? 'Address and headers have at most 64 KiB together.' : 'This is not HTTP.';
  const body = JSON.stringify({ type: 'about:blank', title, status, detail });
  const head = `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\naccess-control-allow-origin: *`;
  socket.end(`${head}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
};

const answer = async (
  options: HttpOptions,
  files: ReturnType<typeof sirv>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const prefix = Object.keys(options.routes)
    .filter((candidate) => path === candidate || path.startsWith(`${candidate}/`))
    .sort((a, b) => b.length - a.length)[0];
  const functionName = prefix === undefined ? undefined : options.routes[prefix];
  if (functionName !== undefined) return callFunction(options, functionName, request, response);
  if (options.bulkFiles !== undefined && path.startsWith('/bulk/')) return options.bulkFiles(request, response);
  const page = options.pages?.[path];
  if (page !== undefined) return sendPage(response, page());
  if (path === '/healthz') return sendJson(response, 200, options.health(), 'application/json');
  if (path === '/config.json') return sendJson(response, 200, options.consoleConfig, 'application/json');
  files(request, response, () => sendProblem(response, 404, 'Not Found', `Nothing lives at ${path}.`));
};

const callFunction = async (
  options: HttpOptions,
  functionName: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await readBody(request);
  if (body === undefined) return sendProblem(response, 413, 'Content Too Large', 'A request carries at most 10 MiB.');
  const result = await options.invoke(functionName, gatewayEvent(request, body, Date.now()));
  writeGatewayResult(response, request.method ?? 'GET', result);
};

/** `undefined` when the body passes the limit; the rest is then read and thrown away, so that the answer arrives. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MAX_BODY_BYTES) chunks.push(bytes);
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
};

const sendJson = (response: ServerResponse, status: number, value: unknown, type: string): void => {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
};

/** Nothing in it may run or be loaded. */
const sendPage = (response: ServerResponse, { type, body }: { readonly type: string; readonly body: string }): void => {
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
};

const sendProblem = (response: ServerResponse, status: number, title: string, detail: string): void => {
  if (response.headersSent) response.destroy();
  else sendJson(response, status, { type: 'about:blank', title, status, detail }, 'application/problem+json');
};
