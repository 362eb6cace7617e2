/**
 * A stretch of time in which a bin only filled: no emptying, no compaction. Instants are UTC epoch milliseconds, the increment a
 * fraction of the capacity. `atLeast`: the bin was full at the end, so more may have come than there was room for.
 */
export type Piece = {
  readonly from: number;
  readonly to: number;
  readonly increment: number;
  readonly atLeast: boolean;
};
