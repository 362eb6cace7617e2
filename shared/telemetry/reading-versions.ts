import { type Reading, saysTheSame } from './reading.ts';
import type { AppendOutcome } from './reading-store.ts';

/** What becomes of a reading that arrives for an identity whose current reading is `current`; the rules of `ReadingStore`. */
export const judge = (
  current: Reading | undefined,
  incoming: Reading,
): Exclude<AppendOutcome['status'], 'rejected'> => {
  if (current === undefined) return 'stored';
  if (saysTheSame(current, incoming)) return 'unchanged';
  return incoming.receivedAt > current.receivedAt ? 'corrected' : 'superseded';
};

/** One string per version of an identity: what was said and when it was received. A message delivered twice has it twice. */
export const versionKey = ({ receivedAt, value, quality }: Reading): string =>
  `${receivedAt}|${value}|${quality.flag}|${quality.test}`;

/**
 * All versions of one identity in the order of `receivedAt` (then of their keys, so that every store agrees), the current one
 * last. History may repeat itself or the current reading: a writer that stopped halfway leaves that behind.
 */
export const arrangeVersions = (current: Reading, history: readonly Reading[]): readonly Reading[] => {
  const earlier = new Map(history.map((reading) => [versionKey(reading), reading]));
  earlier.delete(versionKey(current));
  const inOrder = [...earlier].sort(
    ([keyA, a], [keyB, b]) => a.receivedAt - b.receivedAt || (keyA < keyB ? -1 : keyA > keyB ? 1 : 0),
  );
  return [...inOrder.map(([, reading]) => reading), current];
};
