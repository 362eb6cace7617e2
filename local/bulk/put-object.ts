import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { link, mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bulkPath } from './places.ts';

/** How S3 answers: a status, and the code of its error where it is one. */
export type PutAnswer = { readonly status: number; readonly code?: string };

const isThere = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** Links under its name only what is whole: a reader never sees half a file, and what is there is not replaced. */
const publish = async (partial: string, path: string): Promise<PutAnswer> => {
  try {
    await link(partial, path);
    return { status: 200 };
  } catch (error) {
    if (isThere(error)) return { status: 412, code: 'PreconditionFailed' };
    throw error;
  }
};

/** S3's PutObject for the bulk files of the local city, with `If-None-Match: *` and the checksum that the function sends. */
export const putBulkObject = async (home: string, key: string, request: IncomingMessage): Promise<PutAnswer> => {
  const path = bulkPath(home, key);
  if (path === undefined) return { status: 403, code: 'AccessDenied' };
  if (request.headers['if-none-match'] !== '*') return { status: 400, code: 'InvalidRequest' };
  const partial = `${path}.${randomUUID()}.partial`;
  const hash = createHash('sha256');
  const counted = new Transform({
    transform: (chunk, _encoding, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await mkdir(dirname(path), { recursive: true });
  try {
    await pipeline(request, counted, createWriteStream(partial));
    if (hash.digest('base64') !== request.headers['x-amz-checksum-sha256']) return { status: 400, code: 'BadDigest' };
    return existsSync(path) ? { status: 412, code: 'PreconditionFailed' } : await publish(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
};
