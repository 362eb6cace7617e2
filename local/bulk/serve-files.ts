import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bulkPath } from './places.ts';

type Range = { readonly first: number; readonly last: number };

/** A single range of bytes (RFC 9110, 14.1.2). `undefined`: none, or one that may be ignored; `unsatisfiable`: beyond the end. */
export const rangeOf = (header: string | undefined, size: number): Range | 'unsatisfiable' | undefined => {
  const [, from = '', to = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const length = Number(to);
    return length === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - length), last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first >= size ? 'unsatisfiable' : { first, last };
};

const mediaTypes = {
  '.parquet': 'application/vnd.apache.parquet',
  '.csv.gz': 'application/gzip',
  '-metadata.json': 'application/csvm+json',
} as const;

const mediaTypeOf = (name: string): string =>
  Object.entries(mediaTypes).find(([ending]) => name.endsWith(ending))?.[1] ?? 'application/octet-stream';

const forEveryPage: OutgoingHttpHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  'access-control-allow-headers': 'Range, If-Range, If-None-Match',
  'access-control-expose-headers': 'Accept-Ranges, Content-Length, Content-Range, ETag',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

const problem = (response: ServerResponse, status: number, title: string, headers: OutgoingHttpHeaders): void => {
  response.writeHead(status, { ...headers, 'content-type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail: title }));
};

const describe = async (home: string, key: string) => {
  const path = bulkPath(home, key);
  if (path === undefined || key.endsWith('.partial')) return undefined;
  try {
    const { size, mtime } = await stat(path);
    const name = basename(path);
    // The name holds a hash of the bytes.
    return { path, size, etag: `"${name}"`, lastModified: mtime.toUTCString(), mediaType: mediaTypeOf(name) };
  } catch {
    return undefined;
  }
};

type File = NonNullable<Awaited<ReturnType<typeof describe>>>;

const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

const send = async (file: File, { method, headers }: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { size, etag, path } = file;
  const common = {
    ...forEveryPage,
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=31536000, immutable',
    etag,
    'last-modified': file.lastModified,
  };
  if (isKnown(headers['if-none-match'], etag)) {
    response.writeHead(304, common).end();
    return;
  }
  // RFC 9110, 13.1.5: of a file that is not the one they have, they get all.
  const sameFile = headers['if-range'] === undefined || headers['if-range'] === etag;
  const range = sameFile ? rangeOf(headers.range, size) : undefined;
  if (range === 'unsatisfiable') {
    return problem(response, 416, 'Range Not Satisfiable', { ...common, 'content-range': `bytes */${size}` });
  }
  const { first, last } = range ?? { first: 0, last: size - 1 };
  response.writeHead(range === undefined ? 200 : 206, {
    ...common,
    'content-type': file.mediaType,
    'content-length': last - first + 1,
    ...(range !== undefined && { 'content-range': `bytes ${first}-${last}/${size}` }),
  });
  if (method === 'HEAD' || size === 0) response.end();
  else await pipeline(createReadStream(path, { start: first, end: last }), response);
};

/** Bulk files as S3 behind CloudFront serves them: whole, by ranges, or not again to whoever has them. */
export const serveBulkFiles =
  (home: string) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET' } = request;
    if (method === 'OPTIONS') {
      response.writeHead(204, forEveryPage).end();
      return;
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return problem(response, 405, 'Method Not Allowed', { ...forEveryPage, allow: 'GET, HEAD, OPTIONS' });
    }
    const file = await describe(home, (request.url ?? '/').split('?')[0]?.slice(1) ?? '');
    return file === undefined ? problem(response, 404, 'Not Found', forEveryPage) : send(file, request, response);
  };
