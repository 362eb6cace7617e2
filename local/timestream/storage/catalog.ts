import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { conflict, invalid, notFound } from '../errors.ts';
import type { Column } from '../records/column.ts';

/** How long a table keeps records, and which late ones it takes. */
export type Retention = {
  readonly memoryHours: number;
  readonly magneticDays: number;
  /** Whether records older than the memory store's window go to the magnetic store instead of being rejected. */
  readonly magneticWrites: boolean;
};

export type Database = { readonly name: string; readonly created: number; readonly tableCount: number };

export type Table = Retention & {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  /** UTC epoch milliseconds. */
  readonly created: number;
  readonly updated: number;
  /** By lower-case name, in the order in which they first came: names that differ only in case are one column. */
  readonly columns: ReadonlyMap<string, Column>;
};

export type Catalog = {
  readonly createDatabase: (name: string, now: number) => Database;
  readonly database: (name: string) => Database;
  readonly databases: () => readonly Database[];
  readonly createTable: (database: string, name: string, retention: Retention, now: number) => Table;
  readonly table: (database: string, name: string) => Table;
  readonly tableById: (id: number) => Table | undefined;
  readonly tables: (database?: string) => readonly Table[];
  readonly updateTable: (table: Table, retention: Retention, now: number) => Table;
  readonly deleteTable: (table: Table) => void;
  /** To be called inside the transaction that stores the first record with these columns. */
  readonly addColumns: (table: Table, columns: readonly Column[]) => Table;
  /** Reads everything again, after a transaction that was undone. */
  readonly reload: () => void;
};

/** Schemas of DuckDB, which a database may not hide. */
const TAKEN = new Set(['main', 'temp', 'system', 'information_schema', 'pg_catalog', 'stored']);

const tableRow = z.object({
  id: z.number(),
  database: z.string(),
  name: z.string(),
  memory_hours: z.number(),
  magnetic_days: z.number(),
  magnetic_writes: z.number(),
  created: z.number(),
  updated: z.number(),
});

const columnRow = z.object({
  table_id: z.number(),
  name: z.string(),
  kind: z.enum(['dimension', 'measure']),
  type: z.enum(['DOUBLE', 'BIGINT', 'VARCHAR', 'BOOLEAN', 'TIMESTAMP']),
});

const readTables = (sqlite: DatabaseSync): Map<number, Table> => {
  const columns = columnRow.array().parse(sqlite.prepare('SELECT * FROM columns ORDER BY rowid').all());
  const rows = tableRow.array().parse(sqlite.prepare('SELECT * FROM tables ORDER BY id').all());
  return new Map(
    rows.map((row) => {
      const own = columns.filter((column) => column.table_id === row.id);
      const table: Table = {
        id: row.id,
        database: row.database,
        name: row.name,
        memoryHours: row.memory_hours,
        magneticDays: row.magnetic_days,
        magneticWrites: row.magnetic_writes === 1,
        created: row.created,
        updated: row.updated,
        columns: new Map(own.map(({ name, kind, type }) => [name.toLowerCase(), { name, kind, type }])),
      };
      return [row.id, table];
    }),
  );
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Databases, tables and columns, kept in SQLite and mirrored in memory. Changes are the caller's transaction's. */
export const openCatalog = (sqlite: DatabaseSync): Catalog => {
  let databases = new Map<string, number>();
  let tables = new Map<number, Table>();
  const reload = (): void => {
    const rows = z
      .array(z.object({ name: z.string(), created: z.number() }))
      .parse(sqlite.prepare('SELECT name, created FROM databases ORDER BY name').all());
    databases = new Map(rows.map(({ name, created }) => [name, created]));
    tables = readTables(sqlite);
  };
  reload();
  const ofDatabase = (database?: string): readonly Table[] =>
    [...tables.values()].filter((table) => database === undefined || table.database === database);
  const database = (name: string): Database => {
    const created = databases.get(name);
    if (created === undefined) throw notFound(`The database ${name} does not exist.`);
    return { name, created, tableCount: ofDatabase(name).length };
  };
  const saved = (id: number): Table => {
    tables = readTables(sqlite);
    const table = tables.get(id);
    if (table === undefined) throw new Error(`Table ${id} vanished while it was saved.`);
    return table;
  };
  return {
    reload,
    database,
    databases: () => [...databases.keys()].map(database),
    tables: ofDatabase,
    tableById: (id) => tables.get(id),
    createDatabase: (name, now) => {
      if (TAKEN.has(name.toLowerCase())) throw invalid(`The database name ${name} is reserved by the local endpoint.`);
      if ([...databases.keys()].some((known) => same(known, name)))
        throw conflict(`The database ${name} already exists.`);
      sqlite.prepare('INSERT INTO databases VALUES (?, ?)').run(name, now);
      databases.set(name, now);
      return database(name);
    },
    createTable: (databaseName, name, retention, now) => {
      database(databaseName);
      if (ofDatabase(databaseName).some((known) => same(known.name, name)))
        throw conflict(`The table ${name} already exists.`);
      const { lastInsertRowid } = sqlite
        .prepare(
          `INSERT INTO tables (database, name, memory_hours, magnetic_days, magnetic_writes, created, updated)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          databaseName,
          name,
          retention.memoryHours,
          retention.magneticDays,
          retention.magneticWrites ? 1 : 0,
          now,
          now,
        );
      return saved(Number(lastInsertRowid));
    },
    table: (databaseName, name) => {
      database(databaseName);
      const table = ofDatabase(databaseName).find((known) => known.name === name);
      if (table === undefined) throw notFound(`The table ${name} does not exist.`);
      return table;
    },
    updateTable: ({ id }, retention, now) => {
      sqlite
        .prepare('UPDATE tables SET memory_hours = ?, magnetic_days = ?, magnetic_writes = ?, updated = ? WHERE id = ?')
        .run(retention.memoryHours, retention.magneticDays, retention.magneticWrites ? 1 : 0, now, id);
      return saved(id);
    },
    deleteTable: ({ id }) => {
      for (const table of ['columns', 'pending']) sqlite.prepare(`DELETE FROM ${table} WHERE table_id = ?`).run(id);
      sqlite.prepare('DELETE FROM tables WHERE id = ?').run(id);
      tables.delete(id);
    },
    addColumns: ({ id }, columns) => {
      const insert = sqlite.prepare('INSERT INTO columns VALUES (?, ?, ?, ?)');
      for (const { name, kind, type } of columns) insert.run(id, name, kind, type);
      return saved(id);
    },
  };
};
