import type { Family, Row } from './summary.ts';

type Column<T> = { readonly title: string; readonly width: number; readonly cell: (row: T) => string };

const fixed = (value: number | undefined, decimals: number): string =>
  value === undefined
    ? '–'
    : value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** Large costs need no decimals. */
const costText = (cost: number | undefined): string => fixed(cost, (cost ?? 0) < 10_000 ? 2 : 0);

const vehiclesText = ({ vehicles, bestKnown }: Row): string =>
  `${fixed(vehicles, Number.isInteger(vehicles) ? 0 : 1)}${bestKnown?.vehicles === undefined ? '' : ` / ${bestKnown.vehicles}`}`;

const columns: readonly Column<Row>[] = [
  { title: 'instance', width: 22, cell: (row) => row.instance },
  { title: 'kind', width: 9, cell: (row) => row.kind },
  { title: 'budget s', width: 8, cell: (row) => String(row.budgetSeconds) },
  { title: 'cost', width: 13, cell: (row) => costText(row.cost) },
  { title: 'best known', width: 13, cell: (row) => costText(row.bestKnown?.cost) },
  { title: 'gap %', width: 8, cell: (row) => fixed(row.gapPercent, 3) },
  { title: 'worst %', width: 8, cell: (row) => fixed(row.worstGapPercent, 3) },
  { title: 'vehicles', width: 10, cell: vehiclesText },
  { title: 'seconds', width: 8, cell: (row) => fixed(row.seconds, 2) },
  { title: 'iterations/s', width: 12, cell: (row) => fixed(row.iterationsPerSecond, 0) },
  { title: 'RSS MB', width: 7, cell: (row) => fixed(row.peakRssMb, 0) },
  { title: 'feasible', width: 8, cell: (row) => (row.feasible ? 'yes' : 'NO') },
];

const familyColumns: readonly Column<Family>[] = [
  { title: 'family', width: 9, cell: (row) => row.kind },
  { title: 'budget s', width: 8, cell: (row) => String(row.budgetSeconds) },
  { title: 'instances', width: 9, cell: (row) => String(row.instances) },
  { title: 'mean gap %', width: 10, cell: (row) => fixed(row.meanGapPercent, 3) },
  { title: 'worst %', width: 8, cell: (row) => fixed(row.worstGapPercent, 3) },
  { title: 'vehicles over best', width: 18, cell: (row) => fixed(row.vehiclesOverBest, 0) },
];

/** The first columns are words, the others figures. */
const pad = (text: string, width: number, index: number): string =>
  index < 2 ? text.padEnd(width) : text.padStart(width);

const plainLine = (cells: readonly string[], widths: readonly { readonly width: number }[]): string =>
  cells.map((cell, index) => pad(cell, widths[index]?.width ?? 0, index)).join('  ');

export const tableHead = (): string =>
  plainLine(
    columns.map(({ title }) => title),
    columns,
  );

export const tableLine = (row: Row): string =>
  plainLine(
    columns.map(({ cell }) => cell(row)),
    columns,
  );

export const familyTable = (families: readonly Family[]): string =>
  [familyColumns.map(({ title }) => title), ...families.map((family) => familyColumns.map(({ cell }) => cell(family)))]
    .map((cells) => plainLine(cells, familyColumns))
    .join('\n');

const markdownTable = <T>(shown: readonly Column<T>[], rows: readonly T[]): string =>
  [
    shown.map(({ title }) => title),
    shown.map((_, index) => (index < 2 ? '---' : '---:')),
    ...rows.map((row) => shown.map(({ cell }) => cell(row))),
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Both tables as Markdown, each line ended. */
export const toMarkdown = (rows: readonly Row[], families: readonly Family[]): string =>
  `${markdownTable(columns, rows)}\n\n${markdownTable(familyColumns, families)}\n`;
