import { setTimeout as sleep } from 'node:timers/promises';
import type { Pace } from './options.ts';

/** Shorter waits are not worth a timer; they are made up for by the next. */
const SHORTEST_WAIT_MS = 5;

/**
 * Waits before each row so that the replay keeps its pace. In real time, the gaps between the file's own times are divided by the
 * speed; where its times go back (the next station's block begins), that instant counts as now.
 * @param clock epoch milliseconds
 */
export const pacer = (pace: Pace, clock: () => number): ((measuredAt: number) => Promise<void>) => {
  if (pace.kind === 'free') return async () => undefined;
  const until = async (due: number): Promise<void> => {
    const wait = due - clock();
    if (wait >= SHORTEST_WAIT_MS) await sleep(wait);
  };
  if (pace.kind === 'rows-per-second') {
    const start = clock();
    let rows = 0;
    return (_measuredAt) => {
      rows += 1;
      return until(start + ((rows - 1) * 1_000) / pace.rows);
    };
  }
  let anchor: { readonly real: number; readonly file: number } | undefined;
  let latest = Number.NEGATIVE_INFINITY;
  return (measuredAt) => {
    if (anchor === undefined || measuredAt < latest) anchor = { real: clock(), file: measuredAt };
    latest = measuredAt;
    return until(anchor.real + (measuredAt - anchor.file) / pace.speed);
  };
};
