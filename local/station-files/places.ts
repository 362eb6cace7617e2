import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { STATION_FILES_PREFIX } from '../../events/station-file-event.ts';

/** What the local city calls the bucket. */
export const STATION_FILES_BUCKET = 'station-files';

/**
 * Where station files lie under `station-files/` of the home folder. `incoming` is for stations and people; a file that is complete
 * is moved to `taken`, from where the function reads it, and then to `done` or `refused`. `uploading` holds what SFTP clients have not
 * finished, `access` the keys.
 */
const folders = ['incoming', 'uploading', 'taken', 'done', 'refused', 'access'] as const;
export type Folder = (typeof folders)[number];

export const folderPath = (home: string, folder: Folder): string => join(home, 'station-files', folder);

export const makeFolders = (home: string): void => {
  for (const folder of folders) {
    mkdirSync(folderPath(home, folder), { recursive: true, ...(folder === 'access' && { mode: 0o700 }) });
  }
};

/** A file that was taken: whose folder it came from, when (and which of that moment), and its name. */
export type TakenFile = { readonly code: string; readonly arrival: string; readonly name: string };

/** `20261122T050000123Z-9f3c1a`: sorts by time, and two files of one name and moment differ. */
const arrivalPattern = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-[0-9a-f]{6}$/;
const fileNamePattern = /^(\d{8}T\d{9}Z-[0-9a-f]{6})-(.+)$/s;

export const newArrival = (at: number): string =>
  `${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(3).toString('hex')}`;

/** UTC epoch milliseconds of an arrival. */
export const arrivedAt = ({ arrival }: TakenFile): number => {
  const [, year, month, day, hour, minute, second, ms] = (arrivalPattern.exec(arrival) ?? []).map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, ms);
};

/** The file's key in the bucket. */
export const keyOf = ({ code, arrival, name }: TakenFile): string =>
  `${STATION_FILES_PREFIX}${code}/${arrival}/${name}`;

/** The other way round; `undefined` for a key that no taken file has, and so for everything that would lead out of the folders. */
export const takenFileOf = (key: string): TakenFile | undefined => {
  if (!key.startsWith(STATION_FILES_PREFIX)) return undefined;
  const [code = '', arrival = '', name = '', ...rest] = key.slice(STATION_FILES_PREFIX.length).split('/');
  const names = [code, name];
  const isPlain = names.every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\0'));
  return isPlain && rest.length === 0 && arrivalPattern.test(arrival) ? { code, arrival, name } : undefined;
};

export const pathIn = (
  home: string,
  folder: 'taken' | 'done' | 'refused',
  { code, arrival, name }: TakenFile,
): string => join(folderPath(home, folder), code, `${arrival}-${name}`);

/** Of a path in `taken`. */
export const takenFileAt = (code: string, path: string): TakenFile | undefined => {
  const [, arrival, name] = fileNamePattern.exec(basename(path)) ?? [];
  return arrival === undefined || name === undefined ? undefined : { code, arrival, name };
};
