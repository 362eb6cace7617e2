import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Attributes, FileEntry } from 'ssh2';
import { denied } from './sftp-error.ts';
import { resolveVirtualPath, type VirtualPath } from './virtual-path.ts';

const DIRECTORY_MODE = 0o040755;
const FILE_MODE = 0o100644;
/** What one session uploaded and the city may have taken away meanwhile: the last few are enough for clients that look again. */
const MAX_REMEMBERED = 100;

const attributesOf = (mode: number, size: number, mtimeMs: number): Attributes => {
  const seconds = Math.floor(mtimeMs / 1_000);
  return { mode, uid: 0, gid: 0, size, atime: seconds, mtime: seconds };
};

export const fileAttributes = (size: number): Attributes => attributesOf(FILE_MODE, size, Date.now());
export const folderAttributes: Attributes = attributesOf(DIRECTORY_MODE, 0, 0);

/** A station's own folder as one client's whole file system. */
export type SftpFolder = {
  /** No more than words: what does not exist has a path, too. @throws SftpError for a path that leads out by dots. */
  readonly name: (path: string) => VirtualPath;
  /** @throws SftpError for a path that leads out of the folder, by dots or by links. */
  readonly resolve: (path: string) => Promise<VirtualPath>;
  /** Also of what was uploaded and the city took away meanwhile. */
  readonly attributesAt: (path: VirtualPath) => Promise<Attributes>;
  readonly list: (path: VirtualPath) => Promise<readonly FileEntry[]>;
  readonly remember: (virtual: string, attributes: Attributes) => void;
};

/** @param code names the station in listings. */
export const sftpFolder = (root: string, code: string): SftpFolder => {
  const remembered = new Map<string, Attributes>();

  const name = (path: string): VirtualPath => {
    const resolved = resolveVirtualPath(root, path);
    if (resolved === undefined) throw denied('No such place in this folder');
    return resolved;
  };

  const attributesAt = async ({ virtual, real }: VirtualPath): Promise<Attributes> => {
    try {
      const stats = await lstat(real);
      return attributesOf(stats.isDirectory() ? DIRECTORY_MODE : FILE_MODE, stats.size, stats.mtimeMs);
    } catch (error) {
      const known = remembered.get(virtual);
      if (known === undefined) throw error;
      return known;
    }
  };

  const entryOf = async (folder: string, filename: string): Promise<FileEntry | undefined> => {
    const attrs = await attributesAt({ virtual: '', real: join(folder, filename) }).catch(() => undefined);
    if (attrs === undefined) return undefined;
    const kind = attrs.mode === DIRECTORY_MODE ? 'drwxr-xr-x' : '-rw-r--r--';
    return { filename, longname: `${kind} 1 ${code} ${code} ${attrs.size} ${filename}`, attrs };
  };

  return {
    name,
    resolve: async (path) => {
      const resolved = name(path);
      const parent = resolved.virtual === '/' ? root : dirname(resolved.real);
      const [realRoot, realParent] = await Promise.all([realpath(root), realpath(parent)]);
      if (realParent !== realRoot && !realParent.startsWith(realRoot + sep)) {
        throw denied('No such place in this folder');
      }
      return resolved;
    },
    attributesAt,
    list: async ({ real }) => {
      const entries = await Promise.all((await readdir(real)).map((filename) => entryOf(real, filename)));
      return entries.filter((entry) => entry !== undefined);
    },
    remember: (virtual, attributes) => {
      remembered.set(virtual, attributes);
      const oldest = remembered.keys().next().value;
      if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
    },
  };
};
