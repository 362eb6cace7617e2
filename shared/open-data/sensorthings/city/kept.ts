export type Lifetime = {
  readonly lifetime: number;
  /** From when on it is loaded anew without anybody waiting; never when absent. */
  readonly refreshAfter?: number;
  readonly clock: () => number;
};

/** One load serves all who ask within a while, and nobody is served a failed one. */
export const kept = <Value>(
  load: () => Promise<Value>,
  { lifetime, refreshAfter, clock }: Lifetime,
): (() => Promise<Value>) => {
  type Held = { readonly value: Promise<Value>; readonly since: number };
  let current: Held | undefined;
  let next: Promise<unknown> | undefined;
  const begin = (): Held => ({ value: load(), since: clock() });
  const refresh = (): void => {
    const held = begin();
    next = held.value
      .then(() => {
        current = held;
      })
      // The one that is held serves on until its time is over, and whoever asks then sees what is wrong.
      .catch(() => undefined)
      .finally(() => {
        next = undefined;
      });
  };
  return () => {
    const age = current === undefined ? Number.POSITIVE_INFINITY : clock() - current.since;
    if (current === undefined || age >= lifetime) {
      const held = begin();
      current = held;
      held.value.catch(() => {
        if (current === held) current = undefined;
      });
      return held.value;
    }
    if (refreshAfter !== undefined && age >= refreshAfter && next === undefined) refresh();
    return current.value;
  };
};
