import {
  DuckDBDateValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { seriesValueType } from './types.ts';

/** A value as Timestream's Datum tells it. */
export type Datum =
  | { readonly NullValue: true }
  | { readonly ScalarValue: string }
  | { readonly ArrayValue: readonly Datum[] }
  | { readonly TimeSeriesValue: readonly { readonly Time: string; readonly Value: Datum }[] }
  | { readonly RowValue: { readonly Data: readonly Datum[] } };

const DAY_US = 86_400_000_000n;

const floorMod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;

const clockText = (micros: bigint): string => {
  const seconds = micros / 1_000_000n;
  const two = (n: bigint): string => String(n).padStart(2, '0');
  const fraction = String(micros % 1_000_000n).padStart(6, '0');
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}.${fraction}000`;
};

const timestampText = (micros: bigint): string => {
  const inDay = floorMod(micros, DAY_US);
  return `${new Date(Number((micros - inDay) / 1000n)).toISOString().slice(0, 10)} ${clockText(inDay)}`;
};

const intervalText = ({ months, days, micros }: DuckDBIntervalValue): string => {
  // Months do not occur in differences of instants; 30 days is what DuckDB itself takes for one.
  const total = BigInt(months) * 30n * DAY_US + BigInt(days) * DAY_US + micros;
  const size = total < 0n ? -total : total;
  return `${total < 0n ? '-' : ''}${size / DAY_US} ${clockText(size % DAY_US)}`;
};

/** Text of a DOUBLE as Java writes it, which is what the service sends: `63.0`, `1.0E7`, `1.5E-4`. */
const doubleText = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
};

const isFractional = (type: DuckDBType): boolean =>
  type.typeId === DuckDBTypeId.DOUBLE || type.typeId === DuckDBTypeId.FLOAT || type.typeId === DuckDBTypeId.DECIMAL;

const scalarText = (value: DuckDBValue, type: DuckDBType): string => {
  if (isFractional(type)) return doubleText(Number(String(value)));
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue)
    return timestampText(value.micros);
  if (value instanceof DuckDBTimeValue) return clockText(value.micros);
  if (value instanceof DuckDBIntervalValue) return intervalText(value);
  if (value instanceof DuckDBDateValue) return timestampText(BigInt(value.days) * DAY_US).slice(0, 10);
  return String(value);
};

const listDatum = (list: DuckDBListValue, itemType: DuckDBType): Datum => {
  const valueType = seriesValueType(itemType);
  if (valueType === undefined) return { ArrayValue: list.items.map((item) => toDatum(item, itemType)) };
  const points = list.items.filter((item) => item instanceof DuckDBStructValue);
  return {
    TimeSeriesValue: points.map(({ entries }) => ({
      Time: entries.time instanceof DuckDBTimestampValue ? timestampText(entries.time.micros) : String(entries.time),
      Value: toDatum(entries.value ?? null, valueType),
    })),
  };
};

const toDatum = (value: DuckDBValue, type: DuckDBType): Datum => {
  if (value === null) return { NullValue: true };
  if (value instanceof DuckDBListValue && type.typeId === DuckDBTypeId.LIST) return listDatum(value, type.valueType);
  if (value instanceof DuckDBStructValue && type.typeId === DuckDBTypeId.STRUCT) {
    const { entries } = value;
    return {
      RowValue: {
        Data: type.entryNames.map((name, index) => toDatum(entries[name] ?? null, type.entryTypes[index] ?? type)),
      },
    };
  }
  return { ScalarValue: scalarText(value, type) };
};

/** A value's Datum as JSON text, without the object between for the types that most columns have. */
export const cellWriter = (type: DuckDBType): ((value: DuckDBValue) => string) => {
  const scalar = (textOf: (value: DuckDBValue) => string) => (value: DuckDBValue) =>
    value === null ? '{"NullValue":true}' : `{"ScalarValue":${textOf(value)}}`;
  switch (type.typeId) {
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.INTEGER:
      return scalar((value) => `"${value}"`);
    case DuckDBTypeId.DOUBLE:
      return scalar((value) => `"${doubleText(Number(value))}"`);
    case DuckDBTypeId.VARCHAR:
      return scalar((value) => JSON.stringify(String(value)));
    default:
      return (value) => JSON.stringify(toDatum(value, type));
  }
};
