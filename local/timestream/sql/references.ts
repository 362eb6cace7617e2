import type { DuckDBConnection } from '@duckdb/node-api';
import * as z from 'zod';
import { invalid } from '../errors.ts';

/** What a query reads from, taken from DuckDB's own parse tree. */
type Sources = {
  readonly tables: { readonly schema: string; readonly name: string }[];
  readonly named: Set<string>;
  readonly tableFunctions: number;
};

const serialized = z.union([
  z.object({ error: z.literal(false), statements: z.array(z.unknown()) }),
  z.object({ error: z.literal(true), error_message: z.string() }),
]);
const tableNode = z.object({ type: z.literal('BASE_TABLE'), schema_name: z.string(), table_name: z.string() });
const functionNode = z.object({ type: z.literal('TABLE_FUNCTION') });
const withNode = z.object({ cte_map: z.object({ map: z.array(z.object({ key: z.string() })) }) });

const collect = (node: unknown, sources: Sources): Sources => {
  if (Array.isArray(node)) return node.reduce((found: Sources, item) => collect(item, found), sources);
  if (typeof node !== 'object' || node === null) return sources;
  const table = tableNode.safeParse(node);
  if (table.success) sources.tables.push({ schema: table.data.schema_name, name: table.data.table_name });
  const ctes = withNode.safeParse(node);
  if (ctes.success) for (const { key } of ctes.data.cte_map.map) sources.named.add(key.toLowerCase());
  const calls = functionNode.safeParse(node).success ? 1 : 0;
  const next = { ...sources, tableFunctions: sources.tableFunctions + calls };
  return Object.values(node).reduce((found: Sources, value) => collect(value, found), next);
};

/**
 * Refuses a translated query that reads anything but the catalogue's tables and its own WITH clauses. What DuckDB's parser
 * says the query reads is checked, not its text: system views, files named as tables and table functions have no way in.
 * @throws TimestreamError ValidationException
 */
export const refuseForeignSources = async (
  connection: DuckDBConnection,
  sql: string,
  isTable: (database: string, table: string) => boolean,
): Promise<void> => {
  const result = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql]);
  const tree = serialized.parse(JSON.parse(String(result.getRows()[0]?.[0])));
  if (tree.error) throw invalid(tree.error_message);
  if (tree.statements.length !== 1) throw invalid('Only one statement is allowed in a query.');
  const sources = collect(tree.statements, { tables: [], named: new Set(), tableFunctions: 0 });
  if (sources.tableFunctions > 0) throw invalid('Table functions are not supported.');
  for (const { schema, name } of sources.tables) {
    if (schema === '' && sources.named.has(name.toLowerCase())) continue;
    if (schema === '') throw invalid(`Table '${name}' needs its database's name before it.`);
    if (!isTable(schema, name)) throw invalid(`Table ${schema}.${name} does not exist.`);
  }
};
