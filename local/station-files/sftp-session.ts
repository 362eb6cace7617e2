import { lstat, mkdir, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';
import { folderPath } from './places.ts';
import { startUpload, type Upload } from './upload.ts';
import { resolveVirtualPath, type VirtualPath } from './virtual-path.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

export type SessionOptions = {
  readonly home: string;
  /** Whose folder the client is in. */
  readonly code: string;
  /** Hears of every file that is complete under its name. */
  readonly arrived: (path: string) => void;
  readonly log: (line: string) => void;
};

/** What goes wrong in words of SFTP: a status and a sentence for the logger's own log. */
class SftpError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const DIRECTORY_MODE = 0o040755;
const FILE_MODE = 0o100644;
const MAX_OPEN_HANDLES = 32;
/** What one session uploaded and the city may have taken away meanwhile: the last few are enough for clients that look again. */
const MAX_REMEMBERED = 100;

const attributesOf = (mode: number, size: number, mtimeMs: number): Attributes => {
  const seconds = Math.floor(mtimeMs / 1_000);
  return { mode, uid: 0, gid: 0, size, atime: seconds, mtime: seconds };
};

const statusOf = (error: unknown): number => {
  if (error instanceof SftpError) return error.status;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE;
};

type Handle =
  | { readonly kind: 'upload'; readonly upload: Upload; readonly path: VirtualPath }
  | { readonly kind: 'list'; entries: readonly FileEntry[] | undefined };

/**
 * One client's SFTP session. It sees its own station's folder as the whole file system, may write files, rename, list and remove them and
 * make folders, and may read nothing back. A file is acknowledged when it is on disk under its name; one that is broken off leaves nothing.
 */
export const serveSftp = (
  sftp: SFTPWrapper,
  { home, code, arrived, log }: SessionOptions,
): { readonly end: () => void } => {
  const root = join(folderPath(home, 'incoming'), code);
  const handles = new Map<number, Handle>();
  const remembered = new Map<string, Attributes>();
  let nextHandle = 0;

  /** @throws SftpError for a path that leads out of the folder, by dots or by links. */
  const resolve = async (path: string): Promise<VirtualPath> => {
    const resolved = resolveVirtualPath(root, path);
    if (resolved === undefined) throw new SftpError(STATUS_CODE.PERMISSION_DENIED, 'No such place in this folder');
    const parent = resolved.virtual === '/' ? root : dirname(resolved.real);
    const [realRoot, realParent] = await Promise.all([realpath(root), realpath(parent)]);
    if (realParent !== realRoot && !realParent.startsWith(realRoot + sep)) {
      throw new SftpError(STATUS_CODE.PERMISSION_DENIED, 'No such place in this folder');
    }
    return resolved;
  };

  const open = (handle: Handle): Buffer => {
    if (handles.size >= MAX_OPEN_HANDLES) throw new SftpError(STATUS_CODE.FAILURE, 'Too many open files');
    nextHandle += 1;
    handles.set(nextHandle, handle);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(nextHandle);
    return name;
  };
  const find = (name: Buffer): Handle => {
    const handle = name.length === 4 ? handles.get(name.readUInt32BE()) : undefined;
    if (handle === undefined) throw new SftpError(STATUS_CODE.FAILURE, 'No such handle');
    return handle;
  };
  const findUpload = (name: Buffer) => {
    const handle = find(name);
    if (handle.kind !== 'upload') throw new SftpError(STATUS_CODE.FAILURE, 'Not a file');
    return handle;
  };

  const remember = (path: string, attributes: Attributes): void => {
    remembered.set(path, attributes);
    const oldest = remembered.keys().next().value;
    if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
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

  const list = async ({ real }: VirtualPath): Promise<readonly FileEntry[]> => {
    const names = await readdir(real);
    const entries = await Promise.all(
      names.map(async (filename): Promise<FileEntry | undefined> => {
        const attrs = await attributesAt({ virtual: '', real: join(real, filename) }).catch(() => undefined);
        if (attrs === undefined) return undefined;
        const kind = attrs.mode === DIRECTORY_MODE ? 'drwxr-xr-x' : '-rw-r--r--';
        return { filename, longname: `${kind} 1 ${code} ${code} ${attrs.size} ${filename}`, attrs };
      }),
    );
    return entries.filter((entry) => entry !== undefined);
  };

  /** Answers with what `work` sends, or with the status of what went wrong. */
  const answer = (request: number, work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      const message = error instanceof SftpError ? error.message : '';
      if (message === '') log(`sftp: ${code}: ${String(error)}`);
      sftp.status(request, statusOf(error), message);
    });
  };
  const ok = (request: number): void => sftp.status(request, STATUS_CODE.OK);
  /** Answers OK once the work is done. */
  const confirm = (request: number, work: () => Promise<unknown>): void =>
    answer(request, async () => {
      await work();
      ok(request);
    });
  const deny = (request: number, message: string): void => sftp.status(request, STATUS_CODE.PERMISSION_DENIED, message);

  sftp.on('OPEN', (request, path, flags) =>
    answer(request, async () => {
      if ((flags & OPEN_MODE.WRITE) === 0) throw new SftpError(STATUS_CODE.PERMISSION_DENIED, 'Files go in, not out');
      if ((flags & OPEN_MODE.APPEND) !== 0 || (flags & OPEN_MODE.CREAT) === 0) {
        throw new SftpError(STATUS_CODE.OP_UNSUPPORTED, 'Send the whole file: nothing is appended');
      }
      const resolved = await resolve(path);
      const upload = await startUpload(home, resolved.real, (flags & OPEN_MODE.EXCL) !== 0);
      sftp.handle(request, open({ kind: 'upload', upload, path: resolved }));
    }),
  );
  sftp.on('WRITE', (request, name, offset, data) =>
    answer(request, async () => {
      const written = await findUpload(name).upload.write(offset, data);
      if (!written) throw new SftpError(STATUS_CODE.FAILURE, 'The file is larger than a station file may be');
      ok(request);
    }),
  );
  sftp.on('CLOSE', (request, name) =>
    answer(request, async () => {
      const handle = find(name);
      handles.delete(name.readUInt32BE());
      if (handle.kind === 'upload') {
        const { upload, path } = handle;
        await upload.finish();
        remember(path.virtual, attributesOf(FILE_MODE, upload.size(), Date.now()));
        arrived(path.real);
        log(`sftp: ${code} sent ${path.virtual}, ${upload.size()} bytes`);
      }
      ok(request);
    }),
  );
  sftp.on('READ', (request) => deny(request, 'Files go in, not out'));
  sftp.on('FSTAT', (request, name) =>
    answer(request, async () =>
      sftp.attrs(request, attributesOf(FILE_MODE, findUpload(name).upload.size(), Date.now())),
    ),
  );
  for (const event of ['STAT', 'LSTAT'] as const) {
    sftp.on(event as 'STAT', (request, path) =>
      answer(request, async () => sftp.attrs(request, await attributesAt(await resolve(path)))),
    );
  }
  // Clients set times and modes after an upload; the city has its own, and a refusal would look like a failed upload.
  sftp.on('SETSTAT', (request, path) => confirm(request, () => resolve(path)));
  sftp.on('FSETSTAT', (request, name) => confirm(request, async () => findUpload(name)));
  sftp.on('REALPATH', (request, path) =>
    answer(request, async () => {
      // No more than words: what does not exist has a path, too.
      const resolved = resolveVirtualPath(root, path);
      if (resolved === undefined) throw new SftpError(STATUS_CODE.PERMISSION_DENIED, 'No such place in this folder');
      const attrs = attributesOf(DIRECTORY_MODE, 0, 0);
      sftp.name(request, [{ filename: resolved.virtual, longname: resolved.virtual, attrs }]);
    }),
  );
  sftp.on('OPENDIR', (request, path) =>
    answer(request, async () => {
      sftp.handle(request, open({ kind: 'list', entries: await list(await resolve(path)) }));
    }),
  );
  sftp.on('READDIR', (request, name) =>
    answer(request, async () => {
      const handle = find(name);
      if (handle.kind !== 'list') throw new SftpError(STATUS_CODE.FAILURE, 'Not a folder');
      const { entries } = handle;
      handle.entries = undefined;
      if (entries === undefined || entries.length === 0) sftp.status(request, STATUS_CODE.EOF);
      else sftp.name(request, [...entries]);
    }),
  );
  sftp.on('RENAME', (request, from, to) =>
    answer(request, async () => {
      const [source, target] = [await resolve(from), await resolve(to)];
      if (source.virtual === '/' || target.virtual === '/') {
        throw new SftpError(STATUS_CODE.PERMISSION_DENIED, 'The folder itself stays');
      }
      const attributes = await attributesAt(source);
      await rename(source.real, target.real);
      remember(target.virtual, attributes);
      arrived(target.real);
      ok(request);
    }),
  );
  sftp.on('REMOVE', (request, path) => confirm(request, async () => rm((await resolve(path)).real)));
  sftp.on('MKDIR', (request, path) => confirm(request, async () => mkdir((await resolve(path)).real)));
  sftp.on('RMDIR', (request, path) =>
    answer(request, async () => {
      const { virtual, real } = await resolve(path);
      if (virtual === '/') throw new SftpError(STATUS_CODE.PERMISSION_DENIED, 'The folder itself stays');
      await rmdir(real);
      ok(request);
    }),
  );
  sftp.on('READLINK', (request) => sftp.status(request, STATUS_CODE.OP_UNSUPPORTED));
  sftp.on('SYMLINK', (request, _, path) => deny(request, `No links here: ${basename(path)}`));

  return {
    end: () => {
      for (const handle of handles.values()) {
        if (handle.kind === 'upload') void handle.upload.discard();
      }
      handles.clear();
    },
  };
};
