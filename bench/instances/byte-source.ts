import { readSync } from 'node:fs';

const CHUNK_BYTES = 1 << 18;

/** Bytes one after the other, out of memory or out of a file a piece at a time. */
export type ByteSource = {
  /** The next byte, which stays the next; -1 at the end. */
  readonly peek: () => number;
  /** Goes on to the byte behind it. */
  readonly skip: () => void;
};

const sourceOf = (refill: (piece: number) => Uint8Array): ByteSource => {
  let bytes = refill(0);
  let at = 0;
  let piece = 0;
  return {
    peek: () => {
      if (at === bytes.length && at > 0) {
        piece++;
        bytes = refill(piece);
        at = 0;
      }
      return bytes[at] ?? -1;
    },
    skip: () => {
      at++;
    },
  };
};

export const bytesInMemory = (bytes: Uint8Array): ByteSource =>
  sourceOf((piece) => (piece === 0 ? bytes : bytes.subarray(bytes.length)));

/** An open file from where it stands; a quarter of a megabyte of it is in memory at a time. */
export const bytesOfFile = (descriptor: number): ByteSource => {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  return sourceOf(() => buffer.subarray(0, readSync(descriptor, buffer, 0, CHUNK_BYTES, null)));
};
