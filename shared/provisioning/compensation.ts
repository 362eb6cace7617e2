/** What could not be undone and is still there. */
export type Leftover = { readonly what: string; readonly reason: string };

/** Something was begun and could not be finished. The message says what failed, what was undone and what is left behind. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';
  /** The step that failed, in words. */
  readonly step: string;
  readonly undone: readonly string[];
  readonly left: readonly Leftover[];

  constructor(
    title: string,
    details: {
      readonly step: string;
      readonly cause: unknown;
      readonly undone: readonly string[];
      readonly left: readonly Leftover[];
    },
  ) {
    const { step, cause, undone, left } = details;
    const sentences = [
      `${title}: it failed to ${step} (${reasonOf(cause)}).`,
      ...(undone.length > 0 ? [`Undone: ${undone.join(', ')}.`] : []),
      ...left.map(({ what, reason }) => `Left behind: ${what} (${reason}).`),
      'Doing it again is safe.',
    ];
    super(sentences.join(' '), { cause });
    this.step = step;
    this.undone = undone;
    this.left = left;
  }
}

/** How a step is taken back. */
export type Undo = {
  /** What is gone once it has been done. */
  readonly what: string;
  readonly run: () => Promise<void>;
};

/** Does one step. `undo` also runs when the step itself failed: an answer that was lost on its way may belong to a step that was done. */
export type Step = <R>(what: string, run: () => Promise<R>, undo?: Undo) => Promise<R>;

/**
 * Does the steps of `work`; when one fails, takes back all that were begun, the last one first. One that cannot be taken back does
 * not keep the others from it.
 * @throws ProvisioningError when a step fails; errors of `work` outside its steps as they are, after the same compensation.
 */
export const withCompensation = async <T>(title: string, work: (step: Step) => Promise<T>): Promise<T> => {
  const undos: Undo[] = [];
  let failed: { readonly step: string } | undefined;
  const step: Step = async (what, run, undo) => {
    if (undo !== undefined) undos.push(undo);
    try {
      return await run();
    } catch (error) {
      failed = { step: what };
      throw error;
    }
  };
  try {
    return await work(step);
  } catch (cause) {
    const { undone, left } = await takeBack(undos);
    if (failed === undefined && left.length === 0) throw cause;
    throw new ProvisioningError(title, { step: failed?.step ?? 'go on', cause, undone, left });
  }
};

const takeBack = async (
  undos: readonly Undo[],
): Promise<{ readonly undone: readonly string[]; readonly left: readonly Leftover[] }> => {
  const undone: string[] = [];
  const left: Leftover[] = [];
  for (const { what, run } of undos.toReversed()) {
    try {
      await run();
      undone.push(what);
    } catch (error) {
      left.push({ what, reason: reasonOf(error) });
    }
  }
  return { undone, left };
};

/** An error in words for the person who reads it. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
