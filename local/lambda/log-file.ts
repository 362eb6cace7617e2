import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

const MAX_BYTES = 5_000_000;

export type LogFile = {
  readonly write: (text: string | Buffer) => void;
  readonly follow: (stream: Readable) => void;
  readonly close: () => void;
};

/** A log that keeps its last 5 to 10 MB: when the file is full it becomes `<file>.1` and a new one begins. A line is written when `write` returns. */
export const openLogFile = (file: string): LogFile => {
  mkdirSync(dirname(file), { recursive: true });
  let out = openSync(file, 'a');
  let size = fstatSync(out).size;
  let closed = false;
  const write = (chunk: string | Buffer): void => {
    // What a thread says while it is being ended comes too late for everybody.
    if (closed) return;
    if (size > MAX_BYTES) {
      closeSync(out);
      renameSync(file, `${file}.1`);
      out = openSync(file, 'a');
      size = 0;
    }
    size += writeSync(out, Buffer.from(chunk));
  };
  return {
    write,
    follow: (stream) => stream.on('data', write),
    close: () => {
      if (!closed) closeSync(out);
      closed = true;
    },
  };
};
