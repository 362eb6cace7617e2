/**
 * The state of a WebAssembly program is its linear memory. Kept at one moment and put back later, it makes everything unhappened
 * that the program did in between.
 */
export type MemoryImage = {
  readonly statics: Uint8Array;
  readonly heap: Uint8Array;
  /** Where `heap` goes. */
  readonly heapAt: number;
};

/** What of a program's memory is worth keeping: everything below `staticsEnd`, and from `heapAt` on. Between them is its stack. */
export type MemoryLayout = { readonly staticsEnd: number; readonly heapAt: number };

const PAGE_BYTES = 4_096;
/** Less room than this between two used places is no stack. */
const SMALLEST_STACK = 1_024 * 1_024;
/** Variables that begin as zeros may lie between the last used byte and the stack's end, which is never used so far down. */
const MARGIN = 64 * 1_024;

/**
 * Finds the stack of a program that has just begun: the largest stretch of zeros between what is used, since it grows down from one
 * end. When there is no such stretch, everything is worth keeping.
 */
export const layoutOf = (memory: WebAssembly.Memory): MemoryLayout => {
  const words = new BigUint64Array(memory.buffer);
  const wordsPerPage = PAGE_BYTES / 8;
  let largest = { from: 0, to: 0 };
  let from = 0;
  const end = endOfUsed(memory);
  for (let page = 0; page * PAGE_BYTES < end; page += 1) {
    const isZero = words.subarray(page * wordsPerPage, (page + 1) * wordsPerPage).every((word) => word === 0n);
    if (isZero) continue;
    if (page * PAGE_BYTES - from > largest.to - largest.from) largest = { from, to: page * PAGE_BYTES };
    from = (page + 1) * PAGE_BYTES;
  }
  const { from: staticsEnd, to: heapAt } = largest;
  return heapAt - staticsEnd < SMALLEST_STACK
    ? { staticsEnd: 0, heapAt: 0 }
    : { staticsEnd: staticsEnd + MARGIN, heapAt };
};

const endOfUsed = (memory: WebAssembly.Memory): number => {
  const words = new BigUint64Array(memory.buffer);
  let end = words.length;
  while (end > 0 && words[end - 1] === 0n) end -= 1;
  return end * 8;
};

/** Keeps what is there; above it memory must be untouched, or cleared. */
export const keepImage = (memory: WebAssembly.Memory, { staticsEnd, heapAt }: MemoryLayout): MemoryImage => {
  const bytes = new Uint8Array(memory.buffer);
  return {
    statics: bytes.slice(0, staticsEnd),
    heap: bytes.slice(heapAt, Math.max(heapAt, endOfUsed(memory))),
    heapAt,
  };
};

/** Puts an image back. What was used above it since stays as it is: a program reads nothing there that it has not written. */
export const putBack = (memory: WebAssembly.Memory, { statics, heap, heapAt }: MemoryImage): void => {
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(statics);
  bytes.set(heap, heapAt);
};

/** Puts an image back and clears everything above it. */
export const putBackClean = (memory: WebAssembly.Memory, image: MemoryImage): void => {
  putBack(memory, image);
  new Uint8Array(memory.buffer, image.heapAt + image.heap.length).fill(0);
};
