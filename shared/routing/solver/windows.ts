import type { Model } from './model.ts';

/** Index of the first window of a node that has not closed at `time`; −1 when all have, −2 when it has no windows. */
export const windowAt = (model: Model, node: number, time: number): number => {
  const first = model.windowFirst[node] as number;
  const end = model.windowFirst[node + 1] as number;
  if (first === end) return -2;
  for (let window = first; window < end; window += 1) {
    if (time <= (model.windowCloses[window] as number)) return window;
  }
  return -1;
};

/** Earliest start of service at or after `time`; infinite when no window is left. */
export const earliestStart = (model: Model, node: number, time: number): number => {
  const window = windowAt(model, node, time);
  if (window === -2) return time;
  return window === -1 ? Number.POSITIVE_INFINITY : Math.max(time, model.windowOpens[window] as number);
};

/** Latest start of service at or before `time`; minus infinity when every window opens later. */
export const latestStart = (model: Model, node: number, time: number): number => {
  const first = model.windowFirst[node] as number;
  const end = model.windowFirst[node + 1] as number;
  if (first === end) return time;
  for (let window = end - 1; window >= first; window -= 1) {
    if ((model.windowOpens[window] as number) <= time) return Math.min(time, model.windowCloses[window] as number);
  }
  return Number.NEGATIVE_INFINITY;
};
