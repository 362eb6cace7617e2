import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import ssh2, { type SFTPWrapper } from 'ssh2';
import { folderPath } from './places.ts';
import { denied, failed, SftpError, statusOf } from './sftp-error.ts';
import { fileAttributes, folderAttributes, type SftpFolder, sftpFolder } from './sftp-folder.ts';
import { type Handles, sftpHandles } from './sftp-handles.ts';
import { startUpload } from './upload.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

export type SessionOptions = {
  readonly home: string;
  /** Whose folder the client is in. */
  readonly code: string;
  /** Hears of every file that is complete under its name. */
  readonly arrived: (path: string) => void;
  readonly log: (line: string) => void;
};

/** What the answers to one client's requests share. */
type Session = SessionOptions & {
  readonly sftp: SFTPWrapper;
  readonly folder: SftpFolder;
  readonly handles: Handles;
  /** Answers with what `work` sends, or with the status of what went wrong. */
  readonly answer: (request: number, work: () => Promise<void>) => void;
  /** Answers OK once the work is done. */
  readonly confirm: (request: number, work: () => Promise<unknown>) => void;
};

/** Files go in: opened, written, closed. */
const takeUploads = (session: Session): void => {
  const { sftp, folder, handles, answer, confirm, home, code, arrived, log } = session;
  sftp.on('OPEN', (request, path, flags) =>
    answer(request, async () => {
      if ((flags & OPEN_MODE.WRITE) === 0) throw denied('Files go in, not out');
      if ((flags & OPEN_MODE.APPEND) !== 0 || (flags & OPEN_MODE.CREAT) === 0) {
        throw new SftpError(STATUS_CODE.OP_UNSUPPORTED, 'Send the whole file: nothing is appended');
      }
      const resolved = await folder.resolve(path);
      const upload = await startUpload(home, resolved.real, (flags & OPEN_MODE.EXCL) !== 0);
      sftp.handle(request, handles.open({ kind: 'upload', upload, path: resolved }));
    }),
  );
  sftp.on('WRITE', (request, name, offset, data) =>
    confirm(request, async () => {
      const written = await handles.findUpload(name).upload.write(offset, data);
      if (!written) throw failed('The file is larger than a station file may be');
    }),
  );
  sftp.on('CLOSE', (request, name) =>
    confirm(request, async () => {
      const handle = handles.take(name);
      if (handle.kind !== 'upload') return;
      const { upload, path } = handle;
      await upload.finish();
      folder.remember(path.virtual, fileAttributes(upload.size()));
      arrived(path.real);
      log(`sftp: ${code} sent ${path.virtual}, ${upload.size()} bytes`);
    }),
  );
  sftp.on('READ', (request) => answer(request, () => Promise.reject(denied('Files go in, not out'))));
};

/** What is where: attributes, paths, listings. */
const showFolder = ({ sftp, folder, handles, answer, confirm }: Session): void => {
  sftp.on('FSTAT', (request, name) =>
    answer(request, async () => sftp.attrs(request, fileAttributes(handles.findUpload(name).upload.size()))),
  );
  for (const event of ['STAT', 'LSTAT'] as const) {
    sftp.on(event as 'STAT', (request, path) =>
      answer(request, async () => sftp.attrs(request, await folder.attributesAt(await folder.resolve(path)))),
    );
  }
  // Clients set times and modes after an upload; the city has its own, and a refusal would look like a failed upload.
  sftp.on('SETSTAT', (request, path) => confirm(request, () => folder.resolve(path)));
  sftp.on('FSETSTAT', (request, name) => confirm(request, async () => handles.findUpload(name)));
  sftp.on('REALPATH', (request, path) =>
    answer(request, async () => {
      const { virtual } = folder.name(path);
      sftp.name(request, [{ filename: virtual, longname: virtual, attrs: folderAttributes }]);
    }),
  );
  sftp.on('OPENDIR', (request, path) =>
    answer(request, async () => {
      const entries = await folder.list(await folder.resolve(path));
      sftp.handle(request, handles.open({ kind: 'list', entries }));
    }),
  );
  sftp.on('READDIR', (request, name) =>
    answer(request, async () => {
      const handle = handles.find(name);
      if (handle.kind !== 'list') throw failed('Not a folder');
      const { entries } = handle;
      handle.entries = undefined;
      if (entries === undefined || entries.length === 0) sftp.status(request, STATUS_CODE.EOF);
      else sftp.name(request, [...entries]);
    }),
  );
};

/** Renaming, removing, making folders; no links. */
const changeFolder = ({ sftp, folder, answer, confirm, arrived }: Session): void => {
  sftp.on('RENAME', (request, from, to) =>
    confirm(request, async () => {
      const [source, target] = [await folder.resolve(from), await folder.resolve(to)];
      if (source.virtual === '/' || target.virtual === '/') throw denied('The folder itself stays');
      const attributes = await folder.attributesAt(source);
      await rename(source.real, target.real);
      folder.remember(target.virtual, attributes);
      arrived(target.real);
    }),
  );
  sftp.on('REMOVE', (request, path) => confirm(request, async () => rm((await folder.resolve(path)).real)));
  sftp.on('MKDIR', (request, path) => confirm(request, async () => mkdir((await folder.resolve(path)).real)));
  sftp.on('RMDIR', (request, path) =>
    confirm(request, async () => {
      const { virtual, real } = await folder.resolve(path);
      if (virtual === '/') throw denied('The folder itself stays');
      await rmdir(real);
    }),
  );
  sftp.on('READLINK', (request) => sftp.status(request, STATUS_CODE.OP_UNSUPPORTED));
  sftp.on('SYMLINK', (request, _, path) =>
    answer(request, () => Promise.reject(denied(`No links here: ${basename(path)}`))),
  );
};

/**
 * One client's SFTP session. It sees its own station's folder as the whole file system, may write files, rename, list and remove them and
 * make folders, and may read nothing back. A file is acknowledged when it is on disk under its name; one that is broken off leaves nothing.
 */
export const serveSftp = (sftp: SFTPWrapper, options: SessionOptions): { readonly end: () => void } => {
  const { home, code, log } = options;
  const handles = sftpHandles();
  const answer = (request: number, work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      const message = error instanceof SftpError ? error.message : '';
      if (message === '') log(`sftp: ${code}: ${String(error)}`);
      sftp.status(request, statusOf(error), message);
    });
  };
  const session: Session = {
    ...options,
    sftp,
    folder: sftpFolder(join(folderPath(home, 'incoming'), code), code),
    handles,
    answer,
    confirm: (request, work) =>
      answer(request, async () => {
        await work();
        sftp.status(request, STATUS_CODE.OK);
      }),
  };
  takeUploads(session);
  showFolder(session);
  changeFolder(session);
  return { end: handles.end };
};
