import { type Refusal, refuse } from '../refusal.ts';

/** Refuses a frame; `byte` is the place at fault, counted from 0. */
export const refuseAt = (byte: number, words: string): Refusal => refuse('undecodable-frame', `byte ${byte}: ${words}`);

const counted = (bytes: number): string => (bytes === 1 ? '1 byte' : `${bytes} bytes`);

/** A frame that ends too early or too late for its kind; `undefined` when its length is one of those allowed. */
export const lengthFault = (frame: Buffer, ...allowed: readonly number[]): Refusal | undefined => {
  if (allowed.includes(frame.length)) return undefined;
  const next = allowed.find((length) => length > frame.length);
  if (next !== undefined) {
    return refuseAt(frame.length, `the frame ends after ${counted(frame.length)}, ${next} are due`);
  }
  const longest = Math.max(...allowed);
  return refuseAt(longest, `${counted(frame.length - longest)} too many`);
};
