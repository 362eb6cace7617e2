/** How long a search may go on: so many steps, or until `elapsedFraction` (0 … 1 of the time) reaches 1; whichever comes first. */
export type Budget = { readonly iterations: number; readonly elapsedFraction: () => number };

/** How far the search is along its budget. */
export type Progress = {
  /** Steps taken. */
  iterations: number;
  /** 0 … 1; the whole is what comes first, steps or time. */
  fraction: number;
  readonly budget: Budget;
};

/** The clock is looked at once in so many steps. */
const STEPS_BETWEEN_LOOKS = 16;

export const startProgress = (budget: Budget): Progress => ({
  iterations: 0,
  fraction: budget.iterations <= 0 ? 1 : 0,
  budget,
});

/** Counts a step. With a bound on steps alone the fraction never depends on a clock. */
export const countStep = (progress: Progress): void => {
  const { budget } = progress;
  progress.iterations += 1;
  if (progress.iterations % STEPS_BETWEEN_LOOKS === 0 || progress.iterations >= budget.iterations) {
    progress.fraction = Math.max(progress.iterations / budget.iterations, budget.elapsedFraction());
  }
};
