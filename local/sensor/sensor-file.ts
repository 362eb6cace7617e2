import { parse } from 'csv-parse/sync';
import type * as z from 'zod';
import { type Position, positionSchema, type Sensor, sensorSchema } from '../../shared/city/entities.ts';
import { NETWORK_SERVER_THING } from '../mqtt/policy.ts';

export type LineFault = {
  /** Of the file, counted from 1; the header is line 1. */
  readonly line: number;
  /** Column. */
  readonly field: string;
  readonly reason: string;
};

export type SensorLine = {
  readonly line: number;
  /** By the registry's names; only what the line says. */
  readonly fields: Readonly<Record<string, string | number>>;
  readonly position?: Position;
  /** Path relative to the file. */
  readonly csrFile?: string;
};

/** Columns of the file, and the registry's names for them. */
const sensorColumns = {
  id: 'id',
  kind: 'kind',
  site: 'siteId',
  interval: 'intervalSeconds',
  dev_eui: 'devEui',
  codec: 'codec',
  serial: 'serialNumber',
} as const;
export const sensorFileColumns = [...Object.keys(sensorColumns), 'latitude', 'longitude', 'csr'];
const numbers: readonly string[] = ['interval', 'latitude', 'longitude'];

type Row = {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number; readonly error?: unknown };
};

/**
 * Reads a CSV file (UTF-8, header, RFC 4180) of sensors. A line at fault is told and left out; an id, DevEUI or serial number that
 * an earlier line has is a fault of the later one.
 * @throws Error when there is no header, a column that nobody knows, or a quote that is never closed.
 */
export const readSensorFile = (
  content: Uint8Array,
): { readonly lines: readonly SensorLine[]; readonly faults: readonly LineFault[] } => {
  const lines: SensorLine[] = [];
  const faults: LineFault[] = [];
  const seen = new Map<string, number>();
  for (const { record, info } of rowsOf(content)) {
    if (info.error !== undefined) {
      faults.push({ line: info.lines, field: 'line', reason: 'it has not as many cells as the header' });
      continue;
    }
    const found = readLine(record, info.lines);
    const repeated = ['id', 'dev_eui', 'serial'].flatMap((field): LineFault[] => {
      const value = field === 'dev_eui' ? record[field]?.toLowerCase() : record[field];
      const key = `${field} ${value}`;
      const earlier = seen.get(key);
      if (value === undefined || value === '') return [];
      if (earlier === undefined) seen.set(key, info.lines);
      return earlier === undefined ? [] : [{ line: info.lines, field, reason: `${value} stands in line ${earlier}` }];
    });
    if (found.faults.length + repeated.length > 0) faults.push(...found.faults, ...repeated);
    else lines.push(found.line);
  }
  return { lines, faults };
};

const rowsOf = (content: Uint8Array): readonly Row[] =>
  parse(Buffer.from(content), {
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    columns: (header: string[]) => {
      const unknown = header.filter((name) => !sensorFileColumns.includes(name));
      if (unknown.length > 0) {
        throw new Error(`No column is called ${unknown.join(', ')}: ${sensorFileColumns.join(', ')}`);
      }
      if (new Set(header).size < header.length) throw new Error('A column stands twice in the header');
      for (const name of ['id', 'kind']) if (!header.includes(name)) throw new Error(`The column ${name} is missing`);
      return header;
    },
  });

const readLine = (
  record: Readonly<Record<string, string>>,
  line: number,
): { readonly line: SensorLine; readonly faults: readonly LineFault[] } => {
  const faults: LineFault[] = [];
  const values = new Map<string, string | number>();
  for (const [column, text] of Object.entries(record)) {
    if (text === '') continue;
    const value = numbers.includes(column) ? Number(text) : column === 'dev_eui' ? text.toLowerCase() : text;
    if (Number.isNaN(value)) faults.push({ line, field: column, reason: `"${text}" is not a number` });
    else values.set(column, value);
  }
  const fields = Object.fromEntries(
    Object.entries(sensorColumns).flatMap(([column, name]) => {
      const value = values.get(column);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  if (fields.id === NETWORK_SERVER_THING) {
    faults.push({ line, field: 'id', reason: `no sensor can be called ${NETWORK_SERVER_THING}` });
  }
  const position = positionOf(values, line, faults);
  // As `sensor add`: a place without a site of another name is the sensor's own.
  if (position !== undefined && fields.siteId === undefined && fields.id !== undefined) fields.siteId = fields.id;
  const csrFile = values.get('csr');
  if (csrFile !== undefined && fields.devEui !== undefined) {
    faults.push({ line, field: 'csr', reason: 'a LoRaWAN device has no certificate' });
  }
  const read = { line, fields, ...(position && { position }), ...(csrFile !== undefined && { csrFile: `${csrFile}` }) };
  const checked = sensorOf(read, undefined);
  if (Array.isArray(checked))
    faults.push(...checked.filter(({ field }) => !faults.some((known) => known.field === field)));
  return { line: read, faults };
};

const positionOf = (
  values: ReadonlyMap<string, string | number>,
  line: number,
  faults: LineFault[],
): Position | undefined => {
  const [latitude, longitude] = [values.get('latitude'), values.get('longitude')];
  if (latitude === undefined && longitude === undefined) return undefined;
  const parsed = positionSchema.safeParse({ latitude, longitude });
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const field = path.join('.');
    if (!faults.some((known) => known.field === field)) faults.push({ line, field, reason: message });
  }
  return undefined;
};

/** The sensor that a line describes, over what is known of it; or the line's faults. */
export const sensorOf = ({ line, fields }: SensorLine, previous: Sensor | undefined): Sensor | LineFault[] => {
  const parsed = sensorSchema.safeParse({ ...previous, ...fields });
  if (parsed.success) return parsed.data;
  const columnOf = new Map<string, string>(Object.entries(sensorColumns).map(([column, name]) => [name, column]));
  return parsed.error.issues.map(({ path, message }: z.core.$ZodIssue): LineFault => {
    const name = path.join('.');
    return { line, field: columnOf.get(name) ?? name, reason: fields[name] === undefined ? 'missing' : message };
  });
};
