import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderPath } from './places.ts';

/** Twice what the function reads of one file: the refusal, with its reason, is the function's to say. */
const MAX_UPLOAD_BYTES = 4 * 1_024 * 1_024;

/** A file while a client writes it: in a folder of its own until it is whole. */
export type Upload = {
  /** Resolves to false when the bytes would lie beyond what a file may have. */
  readonly write: (offset: number, data: Buffer) => Promise<boolean>;
  readonly size: () => number;
  /**
   * Puts the file on disk for good and under its name, in one step; only then may the client be told.
   * @throws Error with code EEXIST when `exclusive` and the name is taken.
   */
  readonly finish: () => Promise<void>;
  /** The client went away in the middle: nothing of it stays. */
  readonly discard: () => Promise<void>;
};

export const startUpload = async (home: string, target: string, exclusive: boolean): Promise<Upload> => {
  const draft = join(folderPath(home, 'uploading'), randomUUID());
  const handle: FileHandle = await open(draft, 'wx', 0o640);
  let size = 0;
  let failure: unknown;
  let pending: Promise<void> = Promise.resolve();
  return {
    write: async (offset, data) => {
      if (offset + data.length > MAX_UPLOAD_BYTES) {
        failure ??= new Error(`More than ${MAX_UPLOAD_BYTES} bytes`);
        return false;
      }
      size = Math.max(size, offset + data.length);
      const written = handle.write(data, 0, data.length, offset).then(({ bytesWritten }) => {
        if (bytesWritten !== data.length) throw new Error(`Only ${bytesWritten} of ${data.length} bytes were written`);
      });
      const noted = written.catch((error: unknown) => {
        failure ??= error;
      });
      pending = Promise.all([pending, noted]).then(() => undefined);
      await written;
      return true;
    },
    size: () => size,
    finish: async () => {
      await pending;
      try {
        // A part that did not arrive makes the whole file one that did not.
        if (failure !== undefined) throw failure;
        await handle.sync();
        if (exclusive) await link(draft, target);
        else await rename(draft, target);
      } finally {
        await handle.close();
        await rm(draft, { force: true });
      }
    },
    discard: async () => {
      await pending;
      await handle.close().catch(() => undefined);
      await rm(draft, { force: true });
    },
  };
};
