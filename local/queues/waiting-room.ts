/** Receivers that wait for a message. A wake-up is a hint: whoever wakes looks for himself. */
export type WaitingRoom = {
  /** Resolves on a wake-up of the queue, after the time, when the signal fires, or when the room closes. */
  readonly wait: (queue: string, timeoutMs: number, signal?: AbortSignal) => Promise<void>;
  readonly wake: (queue: string) => void;
  readonly close: () => void;
};

/** setTimeout takes no more than a signed 32-bit integer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const waitingRoom = (): WaitingRoom => {
  const waiting = new Map<string, Set<() => void>>();
  const wake = (queue: string): void => {
    for (const leave of waiting.get(queue) ?? []) leave();
  };
  return {
    wake,
    wait: (queue, timeoutMs, signal) =>
      new Promise((resolve) => {
        const guests = waiting.get(queue) ?? new Set();
        waiting.set(queue, guests);
        const leave = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', leave);
          guests.delete(leave);
          resolve();
        };
        const timer = setTimeout(leave, Math.min(timeoutMs, MAX_TIMER_MS));
        signal?.addEventListener('abort', leave, { once: true });
        guests.add(leave);
      }),
    close: () => {
      for (const queue of waiting.keys()) wake(queue);
    },
  };
};
