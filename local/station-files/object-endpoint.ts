import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { BULK_BUCKET } from '../bulk/places.ts';
import { putBulkObject } from '../bulk/put-object.ts';
import { CREW_PHOTO_BUCKET } from '../crew-photos/places.ts';
import { serveCrewPhotos } from '../crew-photos/serve-objects.ts';
import { closeServer, listen } from '../http/listening.ts';
import { ROADS_BUCKET, serveRoadObject } from '../roads/objects.ts';
import { pathIn, STATION_FILES_BUCKET, type TakenFile, takenFileOf } from './places.ts';

const codesOf = { ENOENT: 'absent', ENOTDIR: 'absent', ELOOP: 'absent', ENAMETOOLONG: 'absent' } as const;

const openIfThere = async (path: string): Promise<FileHandle | undefined> => {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code) in codesOf) return undefined;
    throw error;
  }
};

/** Wherever the file lies by now: one that is sent back from the dead letters was put aside before. */
const find = async (home: string, file: TakenFile): Promise<FileHandle | undefined> => {
  for (const folder of ['taken', 'refused', 'done'] as const) {
    const handle = await openIfThere(pathIn(home, folder, file));
    if (handle !== undefined) return handle;
  }
  return undefined;
};

const refuse = (response: ServerResponse, status: number, code: string): void => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
};

const answer = async (home: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = decodeURIComponent(new URL(request.url ?? '/', 'http://local').pathname);
  if (request.method === 'PUT' && path.startsWith(`/${BULK_BUCKET}/`)) {
    const { status, code } = await putBulkObject(home, path.slice(BULK_BUCKET.length + 2), request);
    return code === undefined ? void response.writeHead(status).end() : refuse(response, status, code);
  }
  if (path.startsWith(`/${CREW_PHOTO_BUCKET}/`)) {
    return serveCrewPhotos(home, path.slice(CREW_PHOTO_BUCKET.length + 2), request, response, refuse);
  }
  if (path.startsWith(`/${ROADS_BUCKET}/`)) {
    const { status, code } = await serveRoadObject(home, path.slice(ROADS_BUCKET.length + 2), request, response);
    if (code !== undefined) return refuse(response, status, code);
    return response.headersSent ? undefined : void response.writeHead(status).end();
  }
  if (request.method !== 'GET') return refuse(response, 405, 'MethodNotAllowed');
  const prefix = `/${STATION_FILES_BUCKET}/`;
  if (!path.startsWith(prefix)) return refuse(response, 404, 'NoSuchBucket');
  const file = takenFileOf(path.slice(prefix.length));
  const handle = file && (await find(home, file));
  if (handle === undefined) return refuse(response, 404, 'NoSuchKey');
  const stream = handle.createReadStream();
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': (await handle.stat()).size });
  await pipeline(stream, response);
};

/**
 * S3's GetObject for the bucket of station files, PutObject for that of bulk files, both for those of crews' photos and of roads: the SDK
 * clients of the functions read and write through it.
 */
export const startObjectEndpoint = async (options: {
  readonly home: string;
  readonly host: string;
}): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer((request, response) => {
    answer(options.home, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'InternalError');
    });
  });
  const port = await listen(server, 0, options.host);
  return {
    url: `http://${options.host}:${port}`,
    close: () => closeServer(server),
  };
};
