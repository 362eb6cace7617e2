import { stringify } from 'csv-stringify/sync';
import type { Json } from './entity-json.ts';

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One row an entity: members of objects become columns (`properties/ward`), lists stay JSON, links are left out. */
const flat = (json: object, prefix = ''): readonly (readonly [string, unknown])[] =>
  Object.entries(json).flatMap(([key, value]) => {
    if (key.includes('@iot.') && key !== '@iot.id') return [];
    const name = `${prefix}${key === '@iot.id' ? 'id' : key}`;
    if (isObject(value)) return flat(value, `${name}/`);
    return [[name, Array.isArray(value) ? JSON.stringify(value) : value] as const];
  });

/** RFC 4180 with a header row, CRLF and UTF-8. A missing value is empty; a text that a spreadsheet would run is defused. */
export const entitiesCsv = (entities: readonly Json[]): string => {
  const rows = entities.map((entity) => Object.fromEntries(flat(entity)));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return stringify(rows, {
    header: true,
    columns,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { boolean: (value) => String(value) },
  });
};
