import { entityIdFrom } from '../import/entity-id.ts';
import type { MappedColumn, ReplayOptions } from './options.ts';
import { type ReadTime, timeReader } from './time-format.ts';

/** A row of the file as its sensor will report it. */
export type Measurement = {
  readonly sensorId: string;
  /** UTC epoch milliseconds. */
  readonly measuredAt: number;
  readonly values: Readonly<Record<string, number>>;
};

/** What became of a row's mapped cells. */
export type RowOutcome =
  | {
      readonly ok: true;
      readonly measurement: Measurement;
      /** Cells without a value. */
      readonly empty: number;
      /** Cells that hold something other than a number, with what they hold. */
      readonly unreadable: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** What instruments' exports write where nothing was measured. */
const noValue = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-']);

/** The number in a cell: NaN where nothing was measured, `undefined` where it holds something other than a number. */
export const readNumber = (text: string): number | undefined => {
  const cell = text.trim();
  const number = cell === '' ? Number.NaN : Number(cell);
  if (Number.isFinite(number)) return number;
  return noValue.has(cell.toLowerCase()) ? Number.NaN : undefined;
};

type Cells = {
  readonly values: Record<string, number>;
  readonly empty: number;
  readonly unreadable: readonly string[];
};

const readCells = (row: Readonly<Record<string, string>>, columns: readonly MappedColumn[]): Cells => {
  const values: Record<string, number> = {};
  const unreadable: string[] = [];
  let empty = 0;
  for (const { column, quantity } of columns) {
    const cell = row[column]?.trim() ?? '';
    const number = readNumber(cell);
    if (number === undefined) unreadable.push(`${column} is "${cell}", not a number`);
    else if (Number.isNaN(number)) empty += 1;
    else values[quantity] = number;
  }
  return { values, empty, unreadable };
};

/** Reads rows as the options say. A missing value stays missing and a zero stays a zero. */
export const rowReader = (
  options: Pick<ReplayOptions, 'columns' | 'time' | 'timeFormat' | 'timeZone' | 'sensor' | 'sensorPrefix'>,
): ((row: Readonly<Record<string, string>>) => RowOutcome) => {
  const { columns, time, sensor, sensorPrefix } = options;
  const readTime: ReadTime = timeReader(options.timeFormat, options.timeZone);
  return (row) => {
    const name = 'id' in sensor ? sensor.id : (row[sensor.column] ?? '');
    const sensorId = entityIdFrom(sensorPrefix, name);
    if (sensorId === undefined) return { ok: false, reason: `no usable sensor id in "${name}"` };
    const cell = row[time]?.trim() ?? '';
    const measuredAt = readTime(cell);
    if (measuredAt === undefined)
      return { ok: false, reason: `"${cell}" is no time of the format ${options.timeFormat}` };
    const { values, empty, unreadable } = readCells(row, columns);
    return { ok: true, measurement: { sensorId, measuredAt, values }, empty, unreadable };
  };
};

/** Names of columns that the options want and the file's header lacks. */
export const missingColumns = (
  header: readonly string[],
  { columns, time, sensor }: Pick<ReplayOptions, 'columns' | 'time' | 'sensor'>,
): readonly string[] => {
  const wanted = [...columns.map(({ column }) => column), time, ...('column' in sensor ? [sensor.column] : [])];
  return wanted.filter((name) => !header.includes(name));
};
