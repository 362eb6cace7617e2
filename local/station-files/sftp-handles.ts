import type { FileEntry } from 'ssh2';
import { failed } from './sftp-error.ts';
import type { Upload } from './upload.ts';
import type { VirtualPath } from './virtual-path.ts';

const MAX_OPEN_HANDLES = 32;

export type UploadHandle = { readonly kind: 'upload'; readonly upload: Upload; readonly path: VirtualPath };
export type Handle = UploadHandle | { readonly kind: 'list'; entries: readonly FileEntry[] | undefined };

/** What one client has open. Every function but `end` throws SftpError for a handle that is not there, or is one too many. */
export type Handles = {
  /** Answers the handle's name. */
  readonly open: (handle: Handle) => Buffer;
  readonly find: (name: Buffer) => Handle;
  readonly findUpload: (name: Buffer) => UploadHandle;
  /** Finds it, and closes it. */
  readonly take: (name: Buffer) => Handle;
  /** Throws away what was not finished. */
  readonly end: () => void;
};

export const sftpHandles = (): Handles => {
  const handles = new Map<number, Handle>();
  let last = 0;
  const find = (name: Buffer): Handle => {
    const handle = name.length === 4 ? handles.get(name.readUInt32BE()) : undefined;
    if (handle === undefined) throw failed('No such handle');
    return handle;
  };
  return {
    open: (handle) => {
      if (handles.size >= MAX_OPEN_HANDLES) throw failed('Too many open files');
      last += 1;
      handles.set(last, handle);
      const name = Buffer.alloc(4);
      name.writeUInt32BE(last);
      return name;
    },
    find,
    findUpload: (name) => {
      const handle = find(name);
      if (handle.kind !== 'upload') throw failed('Not a file');
      return handle;
    },
    take: (name) => {
      const handle = find(name);
      handles.delete(name.readUInt32BE());
      return handle;
    },
    end: () => {
      for (const handle of handles.values()) if (handle.kind === 'upload') void handle.upload.discard();
      handles.clear();
    },
  };
};
