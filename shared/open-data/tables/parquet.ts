import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { Source } from '../source.ts';
import type { Column, ColumnType, Row, Table } from './table.ts';

export const PARQUET_TYPE = 'application/vnd.apache.parquet';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Rows a row group, which is what a reader skips or fetches whole, and what is held in memory while a file is written. */
export const ROW_GROUP_ROWS = 50_000;

const physical: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
  number: { type: 'DOUBLE' },
  integer: { type: 'INT32' },
  boolean: { type: 'BOOLEAN' },
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  // What the city's clocks showed: a time without a zone, as Parquet knows it. It has no older, "converted" form.
  'local-instant': { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } },
  day: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
};

const DAY_MS = 86_400_000;
/** `2026-11-22T14:00:00.000`, without the offset that follows. */
const WALL_CLOCK_LENGTH = 23;

const toPhysical: Readonly<Record<ColumnType, (value: string) => unknown>> = {
  text: (value) => value,
  number: Number,
  integer: Number,
  boolean: (value) => value === 'true',
  instant: (value) => BigInt(Date.parse(value)),
  'local-instant': (value) => BigInt(Date.parse(`${value.slice(0, WALL_CLOCK_LENGTH)}Z`)),
  day: (value) => Date.parse(value) / DAY_MS,
};

const schemaOf = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...physical[type] })),
];

const valuesOf = ({ name, type }: Column, rows: readonly Row[]): unknown[] =>
  rows.map((row) => {
    const value = row[name];
    if (value === undefined || value === null || value === '') return null;
    if (Array.isArray(value)) return value.join(' ');
    return typeof value === 'string' ? toPhysical[type](value) : value;
  });

/** Hands over what is written after each row group, so that only one is held uncompressed, and none twice. */
class ChunkWriter extends ByteWriter {
  readonly chunks: Uint8Array[] = [];
  flush(): void {
    this.chunks.push(this.getBytes().slice());
    this.index = 0;
  }
  override finish(): void {
    this.flush();
  }
}

export type ParquetSink = {
  readonly add: (rows: readonly Row[]) => void;
  /** The whole file, in the pieces that it was written in. */
  readonly finish: () => readonly Uint8Array[];
};

/**
 * Writes a table as Apache Parquet (Snappy, UTC and city-local times as timestamps), row group by row group. The same rows make the same
 * bytes. Licence and source are in the file's key-value metadata.
 *
 * @example
 * const sink = parquetSink(readingTable, source);
 * for await (const rows of pages) sink.add(rows);
 * const bytes = Buffer.concat(sink.finish());
 */
export const parquetSink = ({ columns, title }: Table, { licence, attribution }: Source): ParquetSink => {
  const writer = new ChunkWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaOf(columns),
    kvMetadata: [
      { key: 'title', value: title.en },
      { key: 'licence', value: licence.url },
      { key: 'attribution', value: attribution },
    ],
    createdBy: 'phosach',
  });
  let waiting: Row[] = [];
  const writeGroup = (rows: readonly Row[]): void => {
    const columnData = columns.map((column): ColumnSource => ({ name: column.name, data: valuesOf(column, rows) }));
    parquet.write({ columnData, rowGroupSize: ROW_GROUP_ROWS });
  };
  return {
    add: (rows) => {
      for (const row of rows) {
        waiting.push(row);
        if (waiting.length < ROW_GROUP_ROWS) continue;
        writeGroup(waiting);
        waiting = [];
      }
    },
    finish: () => {
      if (waiting.length > 0) writeGroup(waiting);
      waiting = [];
      parquet.finish();
      return writer.chunks;
    },
  };
};
