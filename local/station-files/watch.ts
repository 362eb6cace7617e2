import { mkdirSync, readdirSync } from 'node:fs';
import { lstat, readdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stationFileEvent } from '../../events/station-file-event.ts';
import {
  arrivedAt,
  folderPath,
  keyOf,
  newArrival,
  pathIn,
  STATION_FILES_BUCKET,
  type TakenFile,
  takenFileAt,
} from './places.ts';

export type WatchOptions = {
  readonly home: string;
  /** How long a file's size and times must stay the same before it counts as complete. */
  readonly settleMs: number;
  /** Puts an event on the station files' queue; resolves once it is there for good. */
  readonly send: (body: string) => Promise<unknown>;
  readonly log: (line: string) => void;
};

export type Watch = {
  /** Says that the file is complete: it is taken with the next look, without waiting. */
  readonly arrived: (path: string) => void;
  readonly stop: () => Promise<void>;
};

const LOOK_EVERY_MS = 500;

/** Folders that loggers make: `<code>/2026/Thang11/20261122/`. */
const MAX_DEPTH = 6;

/** Under another name than `.txt` a file is being written or waits to be renamed; after a day nobody will. */
const ABANDONED_MS = 86_400_000;

/** Far more than a name of the circular has, and short enough to go with an arrival before it. */
const MAX_NAME_BYTES = 180;

type Seen = { readonly mark: string; readonly since: number };
type Found = { readonly path: string; readonly code: string; readonly mark: string; readonly changedAt: number };

const filesUnder = async (folder: string, code: string, depth: number): Promise<readonly Found[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly Found[]> => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return depth < MAX_DEPTH ? filesUnder(path, code, depth + 1) : [];
      if (!entry.isFile()) return [];
      const { size, mtimeMs, ctimeMs, ino } = await lstat(path);
      return [{ path, code, mark: `${ino} ${size} ${mtimeMs} ${ctimeMs}`, changedAt: Math.max(mtimeMs, ctimeMs) }];
    }),
  );
  return found.flat();
};

/** Files that stand in `incoming` itself are in no station's folder; they are taken under this name, and refused for it. */
const NO_STATION = 'no-folder';

const filesOf = async (incoming: string): Promise<readonly Found[]> => {
  const entries = await readdir(incoming, { withFileTypes: true });
  const inFolders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => filesUnder(join(incoming, name), name, 1).catch(() => []));
  const loose = filesUnder(incoming, NO_STATION, MAX_DEPTH);
  return (await Promise.all([...inFolders, loose])).flat();
};

const shorten = (name: string): string =>
  Buffer.byteLength(name) <= MAX_NAME_BYTES ? name : Buffer.from(name).subarray(0, MAX_NAME_BYTES).toString();

/** Oldest first, as far as their arrivals tell. */
const takenFiles = (home: string): readonly TakenFile[] =>
  readdirSync(folderPath(home, 'taken'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: code }) =>
      readdirSync(join(folderPath(home, 'taken'), code)).flatMap((path) => takenFileAt(code, path) ?? []),
    )
    .sort((a, b) => (a.arrival < b.arrival ? -1 : 1));

/**
 * Watches `incoming/<code>/`: a file that is complete is moved to `taken` and announced on the queue, as S3 does with one that was put
 * into its bucket. What was taken and not yet put aside when the city ended is announced again at the start, so nothing waits for ever.
 */
export const watchIncoming = ({ home, settleMs, send, log }: WatchOptions): Watch => {
  const incoming = folderPath(home, 'incoming');
  const complete = new Set<string>();
  const unannounced: TakenFile[] = [...takenFiles(home)];
  const abort = new AbortController();
  let seen = new Map<string, Seen>();

  const isComplete = ({ path, mark, changedAt }: Found, now: number): boolean => {
    const name = basename(path);
    if (!name.toLowerCase().endsWith('.txt') || name.startsWith('.')) return now - changedAt > ABANDONED_MS;
    const before = seen.get(path);
    return complete.has(path) || (before?.mark === mark && now - before.since >= settleMs);
  };

  const take = async ({ path, code }: Found, now: number): Promise<void> => {
    const file: TakenFile = { code, arrival: newArrival(now), name: shorten(basename(path)) };
    const target = pathIn(home, 'taken', file);
    mkdirSync(join(folderPath(home, 'taken'), code), { recursive: true });
    await rename(path, target);
    complete.delete(path);
    unannounced.push(file);
  };

  const announce = async (): Promise<void> => {
    for (let file = unannounced[0]; file !== undefined; file = unannounced[0]) {
      await send(stationFileEvent({ bucket: STATION_FILES_BUCKET, key: keyOf(file), putAt: arrivedAt(file) }));
      unannounced.shift();
    }
  };

  const look = async (): Promise<void> => {
    const now = Date.now();
    const next = new Map<string, Seen>();
    for (const found of await filesOf(incoming)) {
      const { path, mark } = found;
      if (isComplete(found, now)) {
        await take(found, now).catch((error: unknown) => log(`station files: ${path} stays: ${String(error)}`));
        continue;
      }
      const before = seen.get(path);
      next.set(path, before?.mark === mark ? before : { mark, since: now });
    }
    seen = next;
    await announce();
  };

  const watching = (async () => {
    while (!abort.signal.aborted) {
      await look().catch((error: unknown) => log(`station files: ${String(error)}`));
      await sleep(LOOK_EVERY_MS, undefined, { signal: abort.signal }).catch(() => undefined);
    }
  })();
  return {
    arrived: (path) => void complete.add(path),
    stop: async () => {
      abort.abort();
      await watching;
    },
  };
};
