import type { Columns } from './columns.ts';

/** Room for the columns that are still possible, of all levels together. */
const MOST_LISTED = 1 << 17;
/** Work of looking whether a column is still possible, in rows. */
const WORK_PER_COLUMN = 4;

const ALL_COVERED = -1;
const DEAD_END = -2;

type Search = {
  readonly columns: Columns;
  readonly excess: Float64Array;
  readonly isCovered: Uint8Array;
  /** The columns still possible at each level, one level behind the other. */
  readonly list: Int32Array;
  readonly choices: Int32Array;
  readonly shares: Float64Array;
  readonly chosen: number[];
  best: readonly number[];
  /** How many columns may still be chosen. */
  left: number;
  /** A cover must have less excess than this. */
  slack: number;
  /** Rows that may still be looked at. */
  work: number;
};

const isPossible = ({ columns, isCovered }: Search, column: number): boolean => {
  const end = columns.first[column + 1] as number;
  for (let at = columns.first[column] as number; at < end; at += 1) {
    if (isCovered[columns.rows[at] as number] === 1) return false;
  }
  return true;
};

const covers = ({ rows, first }: Columns, column: number, row: number): boolean => {
  for (let at = first[column] as number; at < (first[column + 1] as number); at += 1) {
    if (rows[at] === row) return true;
  }
  return false;
};

const mark = ({ columns, isCovered }: Search, column: number, value: number): void => {
  for (let at = columns.first[column] as number; at < (columns.first[column + 1] as number); at += 1) {
    isCovered[columns.rows[at] as number] = value;
  }
};

/** Lists behind the columns at `from … to` those that are still possible; answers where the list ends. */
const narrow = (search: Search, from: number, to: number, room: number): number => {
  const { excess, list } = search;
  let end = to;
  for (let at = from; at < to; at += 1) {
    const column = list[at] as number;
    if ((excess[column] as number) >= room) break;
    if (!isPossible(search, column)) continue;
    list[end] = column;
    end += 1;
  }
  search.work -= WORK_PER_COLUMN * (to - from);
  return end;
};

/** Counts for each row the columns at `from … to` that cover it, and the least excess that any of them lays on it. */
const weigh = (search: Search, from: number, to: number): void => {
  const { columns, excess, list, choices, shares } = search;
  const { rows, first } = columns;
  choices.fill(0);
  shares.fill(Number.POSITIVE_INFINITY);
  for (let at = from; at < to; at += 1) {
    const column = list[at] as number;
    const start = first[column] as number;
    const end = first[column + 1] as number;
    const share = (excess[column] as number) / (end - start);
    search.work -= end - start;
    for (let index = start; index < end; index += 1) {
      const row = rows[index] as number;
      choices[row] = (choices[row] as number) + 1;
      if (share < (shares[row] as number)) shares[row] = share;
    }
  }
};

/** The open row with the fewest columns left, unless some row has none or all together cost too much. */
const hardestRow = (search: Search, from: number, to: number, room: number): number => {
  const { columns, isCovered, choices, shares } = search;
  weigh(search, from, to);
  let hardest = ALL_COVERED;
  let fewest = Number.POSITIVE_INFINITY;
  let bound = 0;
  for (let row = 0; row < columns.rowCount; row += 1) {
    if (isCovered[row] === 1) continue;
    bound += shares[row] as number;
    if ((choices[row] as number) >= fewest) continue;
    fewest = choices[row] as number;
    hardest = row;
  }
  search.work -= columns.rowCount;
  return bound >= room ? DEAD_END : hardest;
};

const descend = (search: Search, from: number, to: number, spent: number): void => {
  const row = hardestRow(search, from, to, search.slack - spent);
  if (row === ALL_COVERED) {
    search.slack = spent;
    search.best = search.chosen.slice();
    return;
  }
  if (row === DEAD_END || search.left === 0 || 2 * to - from > MOST_LISTED) return;
  for (let at = from; at < to && search.work > 0; at += 1) {
    const column = search.list[at] as number;
    const after = spent + (search.excess[column] as number);
    if (after >= search.slack) return;
    if (!covers(search.columns, column, row)) continue;
    search.chosen.push(column);
    search.left -= 1;
    mark(search, column, 1);
    descend(search, to, narrow(search, from, to, search.slack - after), after);
    mark(search, column, 0);
    search.left += 1;
    search.chosen.pop();
  }
};

/**
 * At most `most` columns that cover each row exactly once with less excess than `slack`, the least found within `work`; empty
 * when none is found. Columns come in ascending order of their excess, which is nowhere negative. Depth first on the row with
 * the fewest columns left (Algorithm X, Knuth 2000), cut off where the excess that the open rows must bear is too much.
 */
export const findCover = (
  columns: Columns,
  excess: Float64Array,
  most: number,
  slack: number,
  work: number,
): readonly number[] => {
  const search: Search = {
    columns,
    excess,
    isCovered: new Uint8Array(columns.rowCount),
    list: new Int32Array(MOST_LISTED),
    choices: new Int32Array(columns.rowCount),
    shares: new Float64Array(columns.rowCount),
    chosen: [],
    best: [],
    left: most,
    slack,
    work,
  };
  if (columns.count > MOST_LISTED) return [];
  for (let column = 0; column < columns.count; column += 1) search.list[column] = column;
  descend(search, 0, columns.count, 0);
  return search.best;
};
