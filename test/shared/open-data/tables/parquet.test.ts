import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARQUET_TYPE, parquetSink, ROW_GROUP_ROWS } from '../../../../shared/open-data/tables/parquet.ts';
import { column, type Row, type Table } from '../../../../shared/open-data/tables/table.ts';
import { askDuckDbOf, readWithHyparquet } from '../../../support/parquet.ts';

const table: Table = {
  name: 'samples',
  title: { en: 'Samples', vi: 'Mẫu' },
  columns: [
    column('place', 'text', '', ''),
    column('value', 'number', '', ''),
    column('flag', 'integer', '', ''),
    column('good', 'boolean', '', ''),
    column('at', 'instant', '', ''),
    column('atLocal', 'local-instant', '', ''),
    column('on', 'day', '', ''),
  ],
  key: ['place'],
};
const source = {
  licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  attribution: 'Thủ Dầu Một',
};

const full: Row = {
  place: 'Đinh Bộ Lĩnh, "góc"',
  value: -1.25,
  flag: 3,
  good: true,
  at: '2026-11-21T18:30:00.250Z',
  atLocal: '2026-11-22T01:30:00.250+07:00',
  on: '2026-11-22',
};
const empty: Row = { place: null };

const fileOf = (rows: readonly Row[]): Buffer => {
  const sink = parquetSink(table, source);
  sink.add(rows);
  return Buffer.concat(sink.finish());
};

describe('A table as Parquet', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phosach-parquet-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is read back by hyparquet, missing values as missing', async () => {
    expect(await readWithHyparquet(fileOf([full, empty]))).toEqual([
      { ...full, atLocal: '2026-11-22T01:30:00.250Z', on: '2026-11-22T00:00:00.000Z' },
      { place: null, value: null, flag: null, good: null, at: null, atLocal: null, on: null },
    ]);
  });

  it('is read back by DuckDB, instants in UTC, the city’s clock without a zone', async () => {
    const file = join(folder, 'samples.parquet');
    const rows = await askDuckDbOf(
      file,
      fileOf([full, empty]),
      'SELECT *, typeof("at") AS a, typeof("atLocal") AS l, typeof("on") AS d FROM FILE WHERE place IS NOT NULL',
    );
    expect(rows).toMatchObject([
      {
        place: full.place,
        value: -1.25,
        flag: 3,
        good: true,
        atLocal: '2026-11-22 01:30:00.25',
        on: '2026-11-22',
        a: 'TIMESTAMP WITH TIME ZONE',
        l: 'TIMESTAMP',
        d: 'DATE',
      },
    ]);
    const [{ ms } = {}] = await askDuckDbOf(file, fileOf([full]), 'SELECT epoch_ms("at") AS ms FROM FILE');
    expect(Number(ms)).toBe(Date.parse(String(full.at)));
  });

  it('says whose it is and what may be done with it', async () => {
    const bytes = new Uint8Array(fileOf([full]));
    expect(parquetMetadata(bytes.buffer).key_value_metadata).toEqual([
      { key: 'title', value: 'Samples' },
      { key: 'licence', value: source.licence.url },
      { key: 'attribution', value: 'Thủ Dầu Một' },
    ]);
    expect(PARQUET_TYPE).toBe('application/vnd.apache.parquet');
  });

  it('can be empty', async () => {
    expect(await readWithHyparquet(fileOf([]))).toEqual([]);
  });

  it('is written group by group, whatever portions the rows come in, and is the same bytes for the same rows', async () => {
    const rows = Array.from({ length: ROW_GROUP_ROWS + 7 }, (_, index) => ({ ...full, value: index }));
    const bytes = fileOf(rows);
    const sink = parquetSink(table, source);
    for (let start = 0; start < rows.length; start += 999) sink.add(rows.slice(start, start + 999));
    expect(Buffer.concat(sink.finish()).equals(bytes)).toBe(true);
    const { row_groups } = parquetMetadata(new Uint8Array(bytes).buffer);
    expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([ROW_GROUP_ROWS, 7]);
    const [found] = await askDuckDbOf(
      join(folder, 'large.parquet'),
      bytes,
      'SELECT count(*)::INT AS rows, sum(value) AS sum FROM FILE',
    );
    expect(found).toEqual({ rows: rows.length, sum: (rows.length * (rows.length - 1)) / 2 });
  });
});
