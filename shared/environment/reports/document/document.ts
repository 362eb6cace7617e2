import type { Bilingual } from '../report.ts';

/** In which language a report is written: Vietnamese, English, or both side by side. */
export const reportLanguages = ['both', 'vi', 'en'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

/** How a cell looks: beyond a limit, a remark in place of a value, or a colour of an index's category. */
export type CellLook = 'broken' | 'quiet' | 'head' | { readonly category: readonly [index: string, level: number] };

/** A number is formatted where it is written, so that HTML and PDF cannot differ in it. */
export type Cell = {
  readonly content: number | string | Bilingual | null;
  /** Behind a number: its unit, or when it was. */
  readonly suffix?: string;
  /** In front of a number: `≤` or `≥` of a limit. */
  readonly prefix?: string;
  readonly look?: CellLook;
};

export type Column = {
  readonly title: Cell['content'];
  readonly align: 'left' | 'right' | 'centre';
  /** Share of the table's width; as wide as its content when absent. */
  readonly share?: number;
};

export type Block =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3;
      readonly text: Bilingual;
      readonly id?: string;
      readonly newPage?: boolean;
    }
  | { readonly kind: 'paragraph'; readonly text: Bilingual; readonly look?: 'remark' | 'warning' }
  | { readonly kind: 'facts'; readonly rows: readonly { readonly name: Bilingual; readonly cell: Cell }[] }
  | {
      readonly kind: 'table';
      readonly caption: Bilingual;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Cell[])[];
      readonly dense?: boolean;
    }
  | { readonly kind: 'charts'; readonly charts: readonly Chart[] };

/** A picture of numbers that a table beside it tells. */
export type Chart = {
  readonly title: Bilingual;
  /** For who cannot see it: what it shows, and the least and greatest value. */
  readonly alt: Bilingual;
  /** Self-contained SVG without styles, 370 wide. */
  readonly svg: (language: ReportLanguage) => string;
};

/** A report as a page to be written in HTML or PDF. */
export type ReportDocument = {
  readonly title: Bilingual;
  readonly asOf: string;
  readonly blocks: readonly Block[];
  /** Colours of the categories, by `<index> <level>`. */
  readonly colours: ReadonlyMap<string, readonly [number, number, number]>;
};
