/** Rows of text as columns, the first column to the left and all others to the right; the first row is the heading. */
export const asTable = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  return rows.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
};

export const whole = (value: number): string => value.toLocaleString('en-US');

/** Three decimals at most, as measured values are read. */
export const decimal = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 3 });

export const percent = (part: number, all: number): string =>
  all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`;
