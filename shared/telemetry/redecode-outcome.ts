/** What decoding a sensor's kept frames again did, in numbers. */
export type RedecodeOutcome = {
  readonly uplinks: number;
  /** Of these, frames that another codec or another version of it decoded, or that none did. */
  readonly outdated: number;
  readonly refused: number;
  /** Readings that say what they said before. */
  readonly same: number;
  /** Readings that say something else now, those that were not there before included. */
  readonly corrected: number;
  /** Readings that the codec of then made of a frame, and the one of now does not: now missing, `withdrawn`. */
  readonly withdrawn: number;
  /** Readings with another quality only, because a value beside them changed. */
  readonly requalified: number;
  /** Readings that the store will not take any more (too old). */
  readonly rejected: number;
};

export const NOTHING_DONE: RedecodeOutcome = {
  uplinks: 0,
  outdated: 0,
  refused: 0,
  same: 0,
  corrected: 0,
  withdrawn: 0,
  requalified: 0,
  rejected: 0,
};

export const sumOutcomes = (a: RedecodeOutcome, b: RedecodeOutcome): RedecodeOutcome => ({
  uplinks: a.uplinks + b.uplinks,
  outdated: a.outdated + b.outdated,
  refused: a.refused + b.refused,
  same: a.same + b.same,
  corrected: a.corrected + b.corrected,
  withdrawn: a.withdrawn + b.withdrawn,
  requalified: a.requalified + b.requalified,
  rejected: a.rejected + b.rejected,
});
