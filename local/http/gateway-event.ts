import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';

/** API Gateway's payload format 2.0 for HTTP APIs, from a request to this machine: what the deployed handlers receive. */
export const gatewayEvent = (request: IncomingMessage, body: Buffer, now: number) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined || name === 'cookie' ? [] : [[name, Array.isArray(value) ? value.join(',') : value]],
    ),
  );
  const cookies = request.headers.cookie?.split('; ');
  const method = request.method ?? 'GET';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodePath(url.pathname),
    rawQueryString: url.search.slice(1),
    headers,
    ...(cookies && { cookies }),
    ...(url.search.length > 1 && { queryStringParameters: joinRepeated(url.searchParams) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: request.headers.host ?? 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path: decodePath(url.pathname),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString('base64') }),
    isBase64Encoded: body.length > 0,
  };
};

/** API Gateway hands `rawPath` over decoded; a path that cannot be decoded is handed over as it came. */
const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Of a parameter given several times, format 2.0 makes one value with commas. */
const joinRepeated = (parameters: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));

const resultSchema = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

/** Writes what a handler answered, as API Gateway would. */
export const writeGatewayResult = (response: ServerResponse, method: string, result: unknown): void => {
  const { statusCode, headers = {}, cookies, body = '', isBase64Encoded = false } = resultSchema.parse(result);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  response.statusCode = statusCode;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies) response.setHeader('set-cookie', cookies);
  if (statusCode !== 304 && statusCode !== 204) response.setHeader('content-length', bytes.length);
  response.end(method === 'HEAD' || statusCode === 304 ? undefined : bytes);
};
