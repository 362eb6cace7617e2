import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Problem, problemOf } from '../api/problem.ts';

/** Something fetched again and again: the last good answer stays, beside the problem of the last try. */
export type Resource<T> = {
  readonly data: T | undefined;
  /** When `data` arrived, epoch milliseconds. */
  readonly receivedAt: number | undefined;
  readonly problem: Problem | undefined;
  readonly reload: () => void;
};

export const REFRESH_MS = 30_000;

type Loaded<T> = Pick<Resource<T>, 'data' | 'receivedAt' | 'problem'>;

const EMPTY = { data: undefined, receivedAt: undefined, problem: undefined };

/** Calls `tick` now and every `intervalMs` while the page is visible, and at once when it becomes visible after a pause. */
const everyWhileVisible = (tick: () => void, intervalMs: number): (() => void) => {
  let lastAt = 0;
  const run = () => {
    lastAt = Date.now();
    tick();
  };
  const runWhenDue = () => {
    if (document.visibilityState === 'visible' && Date.now() - lastAt >= intervalMs) run();
  };
  run();
  const timer = setInterval(() => document.visibilityState === 'visible' && run(), intervalMs);
  document.addEventListener('visibilitychange', runWhenDue);
  addEventListener('online', run);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', runWhenDue);
    removeEventListener('online', run);
  };
};

/**
 * Loads under a key and refreshes while the page is visible. Another key starts empty; `undefined` loads nothing.
 * `load` is taken from the render in which the key changed.
 */
export const useResource = <T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
  intervalMs: number = REFRESH_MS,
): Resource<T> => {
  const [state, setState] = useState<Loaded<T> & { readonly key: string | undefined }>({ ...EMPTY, key });
  const latestLoad = useRef(load);
  latestLoad.current = load;
  const reloadNow = useRef<() => void>(() => undefined);

  useEffect(() => {
    if (key === undefined) return undefined;
    let controller = new AbortController();
    const tick = () => {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      latestLoad.current(signal).then(
        (data) => signal.aborted || setState({ key, data, receivedAt: Date.now(), problem: undefined }),
        (error: unknown) =>
          signal.aborted ||
          setState((last) => ({ ...(last.key === key ? last : EMPTY), key, problem: problemOf(error) })),
      );
    };
    reloadNow.current = tick;
    const stop = everyWhileVisible(tick, intervalMs);
    return () => {
      stop();
      controller.abort();
    };
  }, [key, intervalMs]);

  const reload = useCallback(() => reloadNow.current(), []);
  const { data, receivedAt, problem } = state.key === key ? state : EMPTY;
  return { data, receivedAt, problem, reload };
};
