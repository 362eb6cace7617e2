import type { ComponentChild } from 'preact';
import { usePortal } from '../portal-locale.ts';
import type { Point, Row } from '../preview.ts';

const MOST_ROWS = 48;

type TableProps = {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChild[])[];
};

/** Scrolls by itself where it is wider than the page, by keyboard too. */
const Table = ({ caption, columns, rows }: TableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section class="wide-table" tabIndex={0} aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr key={String(cells[0])}>
            {cells.map((cell, place) =>
              place === 0 ? (
                <th key={columns[place]} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={columns[place]}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const flagWord = (flags: Readonly<Record<number, string>>, flag: number): string => flags[flag] ?? String(flag);

/** The newest points of a line, newest first. */
export const PointsTable = ({ unit, points }: { readonly unit: string; readonly points: readonly Point[] }) => {
  const { w, f } = usePortal();
  const newest = points.toReversed().slice(0, MOST_ROWS);
  return (
    <Table
      caption={w.newestRows(f.count(newest.length), f.count(points.length))}
      columns={[w.time, `${w.value}${unit === '' ? '' : ` (${unit})`}`, w.quality]}
      rows={newest.map(({ at, value, flag }) => [
        f.dateTime(at),
        value === null ? w.noValue : f.number(value, 2),
        flagWord(w.flags, flag),
      ])}
    />
  );
};

const MOST_COLUMNS = 8;

const written = (value: unknown, none: string): string => {
  if (value === null || value === undefined || value === '') return none;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The first things of a list, as they come. */
export const RowsTable = ({ rows }: { readonly rows: readonly Row[] }) => {
  const { w, f } = usePortal();
  const shown = rows.slice(0, MOST_ROWS);
  const columns = [...new Set(shown.flatMap((row) => Object.keys(row)))].slice(0, MOST_COLUMNS);
  return (
    <Table
      caption={w.firstRows(f.count(shown.length), f.count(rows.length))}
      columns={columns}
      rows={shown.map((row) => columns.map((column) => written(row[column], w.noValue)))}
    />
  );
};
