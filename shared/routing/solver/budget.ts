/** How long a search may go on: so many steps, or until `elapsedFraction` (0 … 1 of the time) reaches 1; whichever comes first. */
export type Budget = { readonly iterations: number; readonly elapsedFraction: () => number };

/** How far the search is along its budget. */
export type Progress = {
  /** Steps taken. */
  iterations: number;
  /** 0 … 1; the whole is what comes first, steps or time. */
  fraction: number;
  readonly budget: Budget;
  /** The clock's share when it was last looked at, and after how many steps it is looked at next. */
  elapsed: number;
  lookAt: number;
  stepsBetweenLooks: number;
};

/** The share of steps is reckoned once in so many steps, and the clock is looked at no more often. */
const LEAST_STEPS = 16;
/** Looking takes as long as a tenth of a quick step or, where it asks the system, as a whole one: seldom where steps are many. */
const MOST_STEPS = 256;
const SHORT_LOOK = 1e-5;

export const startProgress = (budget: Budget): Progress => ({
  iterations: 0,
  fraction: budget.iterations <= 0 ? 1 : 0,
  budget,
  elapsed: 0,
  lookAt: LEAST_STEPS,
  stepsBetweenLooks: LEAST_STEPS,
});

const lookAtClock = (progress: Progress): void => {
  const elapsed = progress.budget.elapsedFraction();
  const isShort = elapsed - progress.elapsed < SHORT_LOOK;
  progress.stepsBetweenLooks = isShort
    ? Math.min(MOST_STEPS, 2 * progress.stepsBetweenLooks)
    : Math.max(LEAST_STEPS, progress.stepsBetweenLooks >> 1);
  progress.elapsed = elapsed;
  progress.lookAt = progress.iterations + progress.stepsBetweenLooks;
};

/** Counts a step. With a bound on steps alone the fraction never depends on a clock. */
export const countStep = (progress: Progress): void => {
  const { budget } = progress;
  progress.iterations += 1;
  const isLast = progress.iterations >= budget.iterations;
  if (progress.iterations % LEAST_STEPS !== 0 && !isLast) return;
  if (progress.iterations >= progress.lookAt) lookAtClock(progress);
  progress.fraction = Math.max(progress.iterations / budget.iterations, progress.elapsed);
};
