import type { Bilingual } from '../report.ts';
import type { Block, Cell, Column, ReportDocument, ReportLanguage } from './document.ts';
import { inkOn } from './render-html.ts';
import { linesOf, oneLine, textsOf } from './write-text.ts';

/** A node of pdfmake's document definition; only what is used here. */
export type PdfNode = { readonly [key: string]: unknown };

/** A page as pdfmake wants it described: plain data. */
export type PdfDefinition = { readonly content: readonly PdfNode[]; readonly [key: string]: unknown };

const INK = '#1b1b1b';
const QUIET = '#555555';
const BROKEN = '#8c1d18';
const HEAD_FILL = '#eef3f6';

/** A4 on its side, in points, less the margins. */
const WIDTH = 842 - 2 * 34;
const CHART_WIDTH = (WIDTH - 20) / 2;

const hex = (rgb: readonly number[]): string => `#${rgb.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

const runs = (
  lines: readonly { readonly lang?: 'vi' | 'en'; readonly text: string }[],
  language: ReportLanguage,
  between: string,
) =>
  lines.map(({ lang, text }, index) => ({
    text: `${index === 0 ? '' : between}${text}`,
    ...(language === 'both' && lang === 'en' && { italics: true, color: QUIET }),
  }));

const bilingual = (text: Bilingual, language: ReportLanguage, between: string) =>
  runs(textsOf(text, language), language, between);

type Context = { readonly document: ReportDocument; readonly language: ReportLanguage };

const cellNode = (cell: Cell, align: Column['align'], { document, language }: Context): PdfNode => {
  const { look } = cell;
  const rgb = typeof look === 'object' ? document.colours.get(look.category.join(' ')) : undefined;
  const ink = rgb && inkOn(rgb);
  const parts = runs(linesOf(cell, language), language, '\n');
  return {
    text: look === 'broken' ? [{ text: '● ' }, ...parts] : ink ? parts.map(({ text }) => ({ text })) : parts,
    alignment: align === 'centre' ? 'center' : align,
    ...(rgb && { fillColor: hex(rgb), color: ink }),
    ...(look === 'broken' && { color: BROKEN, bold: true }),
    ...(look === 'quiet' && { color: QUIET }),
    ...(look === 'head' && { bold: true }),
  };
};

/** Widths in points: by the shares where they are given, the first column as it needs and the rest alike in a grid. */
const widthsOf = (columns: readonly Column[], dense: boolean, cellPadding: number): readonly (number | string)[] => {
  const shares = columns.map(({ share }) => share ?? 0);
  const sum = shares.reduce((total, share) => total + share, 0);
  const room = WIDTH - columns.length * (2 * cellPadding + 0.5) - 0.5;
  if (shares.every((share) => share > 0)) return shares.map((share) => (room * share) / sum);
  if (dense) return columns.map((_, index) => (index === 0 ? 'auto' : '*'));
  return columns.map(({ align }) => (align === 'left' ? '*' : 'auto'));
};

type Heading = Extract<Block, { kind: 'heading' }>;

const headingNode = ({ text, level, newPage }: Heading, language: ReportLanguage): PdfNode => ({
  text: bilingual(text, language, ' / '),
  style: `h${level}`,
  ...(newPage && { pageBreak: 'before' }),
});

/** Heading and caption stand in the table's first row, so that they are never left alone at the foot of a page. */
const titleRow = (
  caption: Bilingual,
  span: number,
  heading: Heading | undefined,
  language: ReportLanguage,
): PdfNode[] => {
  const title = {
    stack: [
      ...(heading ? [headingNode(heading, language)] : []),
      { text: bilingual(caption, language, ' / '), bold: true, fontSize: 8 },
    ],
    colSpan: span,
    border: [false, false, false, false],
    margin: [-1, 4, 0, 0],
  };
  return [title, ...Array.from({ length: span - 1 }, () => ({}))];
};

const tableNode = (
  { caption, columns, rows, dense = false }: Extract<Block, { kind: 'table' }>,
  heading: Heading | undefined,
  context: Context,
): PdfNode => {
  const padding = dense ? 1.5 : 3;
  const heads = columns.map(({ title, align }) => ({
    ...cellNode({ content: title }, align, context),
    fillColor: HEAD_FILL,
    bold: true,
  }));
  const body = rows.map((row) => row.map((cell, index) => cellNode(cell, columns[index]?.align ?? 'left', context)));
  return {
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: widthsOf(columns, dense, padding),
      body: [titleRow(caption, columns.length, heading, context.language), heads, ...body],
    },
    layout: dense ? 'dense' : 'plain',
    fontSize: dense ? 6.5 : 7,
    // A short table stays in one piece; a long one breaks between rows.
    ...(rows.length <= 8 && { unbreakable: true }),
  };
};

/** Two charts a row; a heading stays with the first. */
const chartRows = (
  block: Extract<Block, { kind: 'charts' }>,
  heading: Heading | undefined,
  language: ReportLanguage,
): PdfNode => {
  const nodes = block.charts.map(({ svg, title }) => ({
    stack: [
      { svg: svg(language), width: CHART_WIDTH },
      { text: bilingual(title, language, ' / '), fontSize: 7 },
    ],
    width: CHART_WIDTH,
  }));
  const rows: PdfNode[] = [];
  for (let start = 0; start < nodes.length; start += 2) {
    const row = { columns: nodes.slice(start, start + 2), columnGap: 20, margin: [0, 4, 0, 4] };
    const headed = heading && start === 0 ? [headingNode(heading, language), row] : [row];
    rows.push({ stack: headed, unbreakable: true });
  }
  return { stack: rows };
};

type Leaf = Exclude<Block, Heading>;

const blockNode = (block: Leaf, heading: Heading | undefined, context: Context): PdfNode => {
  const { language } = context;
  if (block.kind === 'table') return tableNode(block, heading, context);
  if (block.kind === 'charts') return chartRows(block, heading, language);
  const own =
    block.kind === 'paragraph'
      ? {
          text: bilingual(block.text, language, '\n'),
          margin: [0, 2, 0, 2],
          ...(block.look === 'warning' && { color: BROKEN, bold: true }),
        }
      : {
          layout: 'noBorders',
          margin: [0, 2, 0, 4],
          table: {
            widths: [190, '*'],
            body: block.rows.map(({ name, cell }) => [
              { text: bilingual(name, language, ' / '), color: QUIET },
              {
                text: linesOf(cell, language)
                  .map(({ text }) => text)
                  .join('\n'),
              },
            ]),
          },
        };
  return heading ? { stack: [headingNode(heading, language), own], unbreakable: true } : own;
};

/** All blocks, each third-level heading joined with what follows it. */
const contentOf = (blocks: readonly Block[], context: Context): readonly PdfNode[] => {
  const nodes: PdfNode[] = [];
  let heading: Heading | undefined;
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 3) {
      heading = block;
    } else if (block.kind === 'heading') {
      nodes.push(headingNode(block, context.language));
    } else {
      nodes.push(blockNode(block, heading, context));
      heading = undefined;
    }
  }
  return nodes;
};

/** Grid lines and padding of tables. */
export const pdfTableLayouts = Object.fromEntries(
  [['plain', 3] as const, ['dense', 1.5] as const].map(([name, padding]) => [
    name,
    {
      // None above the title that stands in the first row.
      hLineWidth: (line: number) => (line === 0 ? 0 : 0.5),
      vLineWidth: () => 0.5,
      hLineColor: () => '#bbbbbb',
      vLineColor: () => '#bbbbbb',
      paddingLeft: () => padding,
      paddingRight: () => padding,
      paddingTop: () => 1.5,
      paddingBottom: () => 1.5,
    },
  ]),
);

/** Lays the same blocks out for paper: A4 on its side, Roboto, page numbers, nothing in it that depends on when it is printed. */
export const pdfDefinition = (document: ReportDocument, language: ReportLanguage): PdfDefinition => {
  const title = oneLine(document.title, language);
  const at = new Date(document.asOf);
  const context = { document, language };
  return {
    info: { title, creator: 'Phố Sạch', producer: 'Phố Sạch', creationDate: at, modDate: at },
    lang: language === 'en' ? 'en' : 'vi',
    displayTitle: true,
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [34, 34, 34, 34],
    defaultStyle: { font: 'Roboto', fontSize: 8, color: INK },
    styles: {
      h1: { fontSize: 15, bold: true, margin: [0, 0, 0, 6] },
      h2: { fontSize: 12, bold: true, margin: [0, 0, 0, 4] },
      h3: { fontSize: 9.5, bold: true, margin: [0, 8, 0, 2], color: '#1f5068' },
    },
    footer: (page: number, pages: number) => ({
      columns: [
        { text: oneLine(document.title, 'vi'), alignment: 'left' },
        { text: `${page} / ${pages}`, alignment: 'right', width: 60 },
      ],
      margin: [34, 10, 34, 0],
      fontSize: 7,
      color: QUIET,
    }),
    content: contentOf(document.blocks, context),
  };
};
