import type { Words } from '../catalogue/vocabulary.ts';

/**
 * What a column holds. `instant`: ISO 8601 in UTC; `local-instant`: the same instant on the city's clock with its offset; `day`: a day of
 * the city's calendar, `YYYY-MM-DD`.
 */
export type ColumnType = 'text' | 'number' | 'integer' | 'boolean' | 'instant' | 'local-instant' | 'day';

export type Column = {
  readonly name: string;
  readonly type: ColumnType;
  readonly about: Words;
};

/** A rectangle of open data: its CSV, its CSVW description and its Parquet file are all made of this one declaration. */
export type Table = {
  readonly name: string;
  readonly title: Words;
  readonly columns: readonly Column[];
  /** Columns that together name a row. */
  readonly key: readonly string[];
};

/** Values by column name; what is not there is missing. */
export type Row = Readonly<Record<string, unknown>>;

export const columnNames = ({ columns }: Table): readonly string[] => columns.map(({ name }) => name);

export const column = (name: string, type: ColumnType, en: string, vi: string): Column => ({
  name,
  type,
  about: { en, vi },
});
