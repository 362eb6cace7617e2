import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';

const MAX_BYTES = 5_000_000;

export type LogFile = {
  readonly write: (text: string | Buffer) => void;
  readonly follow: (stream: Readable) => void;
  readonly close: () => void;
};

/** A log that keeps its last 5 to 10 MB: when the file is full it becomes `<file>.1` and a new one begins. */
export const openLogFile = (file: string): LogFile => {
  mkdirSync(dirname(file), { recursive: true });
  let size = existsSync(file) ? statSync(file).size : 0;
  let out = createWriteStream(file, { flags: 'a' });
  const write = (chunk: string | Buffer): void => {
    if (size > MAX_BYTES) {
      out.end();
      renameSync(file, `${file}.1`);
      out = createWriteStream(file, { flags: 'a' });
      size = 0;
    }
    size += Buffer.byteLength(chunk);
    out.write(chunk);
  };
  return { write, follow: (stream) => stream.on('data', write), close: () => out.end() };
};
