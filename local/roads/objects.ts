import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CURRENT_ROADS_KEY } from '../../events/road-files.ts';

/** What the local city calls the bucket; its objects lie under `roads/` of the home folder. */
export const ROADS_BUCKET = 'roads';

/** A 32-bit length is the most that a prepared network can state. */
const MOST_BYTES = 2 ** 31;
const keyPattern = /^roads\/[0-9a-f]{64}\.roads$/;

const pathOf = (home: string, key: string): string | undefined =>
  key === CURRENT_ROADS_KEY || keyPattern.test(key) ? join(home, key) : undefined;

type Answer = { readonly status: number; readonly code?: string };

/** Writes beside the object and renames: a reader sees the old one or the new one, whole and on disk. */
const put = async (path: string, request: IncomingMessage): Promise<Answer> => {
  if (request.headers['if-none-match'] === '*' && existsSync(path)) {
    request.resume();
    return { status: 412, code: 'PreconditionFailed' };
  }
  const partial = `${path}.${randomUUID()}.partial`;
  await mkdir(join(path, '..'), { recursive: true });
  const hash = createHash('sha256');
  const file = await open(partial, 'wx');
  try {
    let size = 0;
    for await (const part of request) {
      size += part.length;
      if (size > MOST_BYTES) return { status: 400, code: 'EntityTooLarge' };
      hash.update(part);
      await file.write(part);
    }
    if (hash.digest('base64') !== request.headers['x-amz-checksum-sha256']) return { status: 400, code: 'BadDigest' };
    await file.sync();
    await rename(partial, path);
    return { status: 200 };
  } finally {
    await file.close();
    await rm(partial, { force: true });
  }
};

const get = async (path: string, response: ServerResponse): Promise<Answer> => {
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) return { status: 404, code: 'NoSuchKey' };
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size });
  await pipeline(createReadStream(path), response);
  return { status: 200 };
};

/** S3's GetObject and PutObject for prepared road networks. An answer without a code to a GET has been sent. */
export const serveRoadObject = async (
  home: string,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer> => {
  const path = pathOf(home, key);
  if (path === undefined) return { status: 403, code: 'AccessDenied' };
  if (request.method === 'PUT') return put(path, request);
  return request.method === 'GET' ? get(path, response) : { status: 405, code: 'MethodNotAllowed' };
};
