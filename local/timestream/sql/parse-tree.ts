import type { DuckDBConnection } from '@duckdb/node-api';
import * as z from 'zod';
import { invalid } from '../errors.ts';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

const nodesIn = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

const serialized = z.union([
  z.object({ error: z.literal(false), statements: z.array(z.object({ node: z.record(z.string(), z.unknown()) })) }),
  z.object({ error: z.literal(true), error_message: z.string() }),
]);

/**
 * DuckDB's own parse tree of a query.
 * @throws TimestreamError ValidationException when it does not parse, or is anything but one SELECT.
 */
export const parseTree = async (connection: DuckDBConnection, sql: string): Promise<Node> => {
  const result = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const tree = serialized.parse(JSON.parse(String(result.getRows()[0]?.[0])));
  if (tree.error) throw invalid(tree.error_message);
  const [statement, ...others] = tree.statements;
  if (statement === undefined || others.length > 0) throw invalid('A query is one SELECT statement.');
  return statement.node;
};

/** All nodes of a tree, parents first. */
const allNodes = (root: Node): readonly Node[] => {
  const found: Node[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) waiting.push(...next);
    if (!isNode(next)) continue;
    found.push(next);
    waiting.push(...Object.values(next));
  }
  return found;
};

/** Names that DuckDB gives to system views, which a WITH clause of the same name would make look like its own. */
const SYSTEM_NAME = /^(duckdb_|pg_|pragma_|sqlite_)/;

/**
 * Refuses a query that reads anything but the catalogue's tables and its own WITH clauses. What DuckDB's parser says the query
 * reads is checked, not its text: system views, files named as tables and table functions have no way in.
 * @throws TimestreamError ValidationException
 */
export const refuseForeignSources = (root: Node, isTable: (database: string, table: string) => boolean): void => {
  const nodes = allNodes(root);
  const clauses = nodes.flatMap((node) => (isNode(node.cte_map) ? nodesIn(node.cte_map.map) : []));
  const named = new Set(clauses.map(({ key }) => String(key).toLowerCase()));
  for (const name of named) if (SYSTEM_NAME.test(name)) throw invalid(`The name '${name}' is reserved.`);
  for (const { type, schema_name: schema, table_name: name } of nodes) {
    if (type === 'TABLE_FUNCTION') throw invalid('Table functions are not supported.');
    if (type !== 'BASE_TABLE') continue;
    if (schema === '' && named.has(String(name).toLowerCase())) continue;
    if (schema === '') throw invalid(`Table '${name}' needs its database's name before it.`);
    if (!isTable(String(schema), String(name))) throw invalid(`Table ${schema}.${name} does not exist.`);
  }
};

const columnName = (node: Node, index: number): string => {
  if (typeof node.alias === 'string' && node.alias !== '') return node.alias;
  const path = node.class === 'COLUMN_REF' && Array.isArray(node.column_names) ? node.column_names : [];
  return path.length > 0 ? String(path.at(-1)) : `_col${index}`;
};

/**
 * The names of a query's columns as Timestream gives them: `_col0`, `_col1`, … for expressions without an alias. `undefined`
 * when the query selects `*`, whose names only DuckDB knows.
 */
export const columnNames = (root: Node): readonly string[] | undefined => {
  if (isNode(root.left)) return columnNames(root.left);
  const selected = nodesIn(root.select_list);
  if (selected.length === 0 || selected.some((node) => node.class === 'STAR')) return undefined;
  return selected.map(columnName);
};
