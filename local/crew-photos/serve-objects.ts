import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { photoPath } from './places.ts';

type Refuse = (response: ServerResponse, status: number, code: string) => void;

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** Links under its name only what is whole, and only where nothing is yet. */
const put = async (path: string, request: IncomingMessage): Promise<readonly [status: number, code?: string]> => {
  if (request.headers['if-none-match'] !== '*') return [400, 'InvalidRequest'];
  const partial = `${path}.${randomUUID()}.partial`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await pipeline(request, createWriteStream(partial, { mode: 0o600 }));
    await link(partial, path);
    return [200];
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return [412, 'PreconditionFailed'];
    throw error;
  } finally {
    await rm(partial, { force: true });
  }
};

/** S3's PutObject (with `If-None-Match: *`) and GetObject for crews' photos of the local city. */
export const serveCrewPhotos = async (
  home: string,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
  refuse: Refuse,
): Promise<void> => {
  const path = photoPath(home, key);
  if (path === undefined) return refuse(response, 403, 'AccessDenied');
  if (request.method === 'PUT') {
    const [status, code] = await put(path, request);
    return code === undefined ? void response.writeHead(status).end() : refuse(response, status, code);
  }
  if (request.method !== 'GET') return refuse(response, 405, 'MethodNotAllowed');
  try {
    const { size } = await stat(path);
    response.writeHead(200, { 'content-length': size });
    await pipeline(createReadStream(path), response);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    refuse(response, 404, 'NoSuchKey');
  }
};
