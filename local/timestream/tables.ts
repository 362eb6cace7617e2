import type { DatabaseSync } from 'node:sqlite';
import { invalid } from './errors.ts';
import {
  createDatabaseRequest,
  createTableRequest,
  describeDatabaseRequest,
  listDatabasesRequest,
  listTablesRequest,
  parseRequest,
  tableRequest,
  updateTableRequest,
} from './requests.ts';
import type { Catalog, Database, Table } from './storage/catalog.ts';
import { transact } from './storage/database.ts';
import type { Ledger } from './storage/ledger.ts';
import type { Warehouse } from './storage/warehouse.ts';
import type { WritePath } from './storage/write-path.ts';
import type { Operation } from './wire.ts';

const MAX_RESULTS = 20;
/** The service's defaults for a table that says nothing. */
const DEFAULT_RETENTION = { memoryHours: 6, magneticDays: 73_000, magneticWrites: false };

const arn = (path: string): string => `arn:aws:timestream:local:000000000000:database/${path}`;

const databaseShape = ({ name, created, tableCount }: Database): object => ({
  Arn: arn(name),
  DatabaseName: name,
  TableCount: tableCount,
  CreationTime: created / 1000,
  LastUpdatedTime: created / 1000,
});

const tableShape = (table: Table): object => ({
  Arn: arn(`${table.database}/table/${table.name}`),
  DatabaseName: table.database,
  TableName: table.name,
  TableStatus: 'ACTIVE',
  RetentionProperties: {
    MemoryStoreRetentionPeriodInHours: table.memoryHours,
    MagneticStoreRetentionPeriodInDays: table.magneticDays,
  },
  MagneticStoreWriteProperties: { EnableMagneticStoreWrites: table.magneticWrites },
  CreationTime: table.created / 1000,
  LastUpdatedTime: table.updated / 1000,
});

type RetentionMembers = Pick<
  ReturnType<typeof updateTableRequest.parse>,
  'RetentionProperties' | 'MagneticStoreWriteProperties'
>;

const retentionOf = (members: RetentionMembers, otherwise: typeof DEFAULT_RETENTION): typeof DEFAULT_RETENTION => ({
  memoryHours: members.RetentionProperties?.MemoryStoreRetentionPeriodInHours ?? otherwise.memoryHours,
  magneticDays: members.RetentionProperties?.MagneticStoreRetentionPeriodInDays ?? otherwise.magneticDays,
  magneticWrites: members.MagneticStoreWriteProperties?.EnableMagneticStoreWrites ?? otherwise.magneticWrites,
});

/** A page of a list whose token is the position of the next item. */
const pageOf = <T>(items: readonly T[], token: string | undefined, size: number) => {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw invalid('The pagination token is invalid.');
  const end = from + size;
  return { items: items.slice(from, end), ...(end < items.length ? { NextToken: String(end) } : {}) };
};

/** The operations on databases and tables. Tables are ACTIVE at once. */
export const tableOperations = (
  stores: {
    readonly sqlite: DatabaseSync;
    readonly catalog: Catalog;
    readonly ledger: Ledger;
    readonly warehouse: Warehouse;
    readonly writePath: WritePath;
  },
  clock: () => number,
): ReadonlyMap<string, Operation> => {
  const { sqlite, catalog, ledger, warehouse, writePath } = stores;

  const createTable: Operation = async (input) => {
    const members = parseRequest(createTableRequest, input);
    const table = transact(sqlite, () => {
      const retention = retentionOf(members, DEFAULT_RETENTION);
      const created = catalog.createTable(members.DatabaseName, members.TableName, retention, clock());
      ledger.openTable(created.id);
      return created;
    });
    await warehouse.reconcile(catalog.tables());
    return { Table: tableShape(table) };
  };

  const deleteTable: Operation = async (input) => {
    const { DatabaseName, TableName } = parseRequest(tableRequest, input);
    const table = catalog.table(DatabaseName, TableName);
    transact(sqlite, () => {
      catalog.deleteTable(table);
      ledger.dropTable(table.id);
    });
    writePath.recount();
    await warehouse.reconcile(catalog.tables());
    return {};
  };

  const updateTable: Operation = (input) => {
    const members = parseRequest(updateTableRequest, input);
    const table = catalog.table(members.DatabaseName, members.TableName);
    const updated = transact(sqlite, () => catalog.updateTable(table, retentionOf(members, table), clock()));
    return { Table: tableShape(updated) };
  };

  return new Map<string, Operation>([
    ['CreateTable', createTable],
    ['DeleteTable', deleteTable],
    ['UpdateTable', updateTable],
    [
      'CreateDatabase',
      (input) => {
        const { DatabaseName } = parseRequest(createDatabaseRequest, input);
        return { Database: databaseShape(transact(sqlite, () => catalog.createDatabase(DatabaseName, clock()))) };
      },
    ],
    [
      'DescribeDatabase',
      (input) => ({
        Database: databaseShape(catalog.database(parseRequest(describeDatabaseRequest, input).DatabaseName)),
      }),
    ],
    [
      'DescribeTable',
      (input) => {
        const { DatabaseName, TableName } = parseRequest(tableRequest, input);
        return { Table: tableShape(catalog.table(DatabaseName, TableName)) };
      },
    ],
    [
      'ListDatabases',
      (input) => {
        const { NextToken, MaxResults = MAX_RESULTS } = parseRequest(listDatabasesRequest, input);
        const { items, ...rest } = pageOf(catalog.databases(), NextToken, MaxResults);
        return { Databases: items.map(databaseShape), ...rest };
      },
    ],
    [
      'ListTables',
      (input) => {
        const { DatabaseName, NextToken, MaxResults = MAX_RESULTS } = parseRequest(listTablesRequest, input);
        if (DatabaseName !== undefined) catalog.database(DatabaseName);
        const { items, ...rest } = pageOf(catalog.tables(DatabaseName), NextToken, MaxResults);
        return { Tables: items.map(tableShape), ...rest };
      },
    ],
  ]);
};
