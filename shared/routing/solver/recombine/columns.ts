/**
 * A set partitioning problem: each row is to be covered exactly once, by columns at a cost each. Column j covers the rows
 * `rows[first[j]] … rows[first[j + 1] − 1]`.
 */
export type Columns = {
  readonly count: number;
  readonly rowCount: number;
  readonly rows: Int32Array;
  readonly first: Int32Array;
  readonly cost: Float64Array;
};

/** Some of the columns in the order given, their rows renumbered by `rowOf`. */
export const pickColumns = (
  columns: Pick<Columns, 'rows' | 'first' | 'cost'>,
  picked: ArrayLike<number>,
  rowOf: (row: number) => number,
  rowCount: number,
): Columns => {
  const first = new Int32Array(picked.length + 1);
  const cost = new Float64Array(picked.length);
  const rows: number[] = [];
  for (let index = 0; index < picked.length; index += 1) {
    const column = picked[index] as number;
    cost[index] = columns.cost[column] as number;
    const end = columns.first[column + 1] as number;
    for (let at = columns.first[column] as number; at < end; at += 1) rows.push(rowOf(columns.rows[at] as number));
    first[index + 1] = rows.length;
  }
  return { count: picked.length, rowCount, rows: Int32Array.from(rows), first, cost };
};
