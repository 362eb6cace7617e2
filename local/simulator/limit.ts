/** A number of slots, given out first come, first served. */
export type Slots = { readonly acquire: () => Promise<void>; readonly release: () => void };

export const slotsOf = (count: number): Slots => {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    acquire: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    release: () => {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    },
  };
};

/** Runs at most `count` tasks at a time. */
export const limitConcurrency = (count: number): (<T>(task: () => Promise<T>) => Promise<T>) => {
  const slots = slotsOf(count);
  return async (task) => {
    await slots.acquire();
    try {
      return await task();
    } finally {
      slots.release();
    }
  };
};
