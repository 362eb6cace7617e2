import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the endpoint's SQLite file: catalogue, identity index, and the records that DuckDB does not hold yet.
 * WAL with NORMAL synchronisation keeps every committed transaction through the death of the process; only a power cut can lose the last ones.
 */
export const openDatabase = (directory: string): DatabaseSync => {
  const database = new DatabaseSync(join(directory, 'timestream.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -8192;
    PRAGMA journal_size_limit = 16777216;
    CREATE TABLE IF NOT EXISTS databases (name TEXT PRIMARY KEY, created INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS tables (
      id INTEGER PRIMARY KEY AUTOINCREMENT, database TEXT NOT NULL, name TEXT NOT NULL,
      memory_hours INTEGER NOT NULL, magnetic_days INTEGER NOT NULL, magnetic_writes INTEGER NOT NULL,
      created INTEGER NOT NULL, updated INTEGER NOT NULL, UNIQUE (database, name));
    CREATE TABLE IF NOT EXISTS columns (
      table_id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, type TEXT NOT NULL, UNIQUE (table_id, name));
    CREATE TABLE IF NOT EXISTS pending (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL, row_count INTEGER NOT NULL, rows TEXT NOT NULL);
  `);
  return database;
};

/** Runs `work` in one transaction; what it throws undoes all of it. */
export const transact = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
