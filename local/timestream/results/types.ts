import { type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';

/** The type of a column or of what is in it, as Timestream's ColumnInfo tells it. */
export type ResultType =
  | { readonly ScalarType: string }
  | { readonly ArrayColumnInfo: { readonly Type: ResultType } }
  | { readonly TimeSeriesMeasureValueColumnInfo: { readonly Type: ResultType } }
  | { readonly RowColumnInfo: readonly { readonly Name: string; readonly Type: ResultType }[] };

const SCALARS: ReadonlyMap<DuckDBTypeId, string> = new Map([
  [DuckDBTypeId.DOUBLE, 'DOUBLE'],
  [DuckDBTypeId.FLOAT, 'DOUBLE'],
  [DuckDBTypeId.DECIMAL, 'DOUBLE'],
  [DuckDBTypeId.BIGINT, 'BIGINT'],
  [DuckDBTypeId.UBIGINT, 'BIGINT'],
  // DuckDB sums BIGINTs into HUGEINTs; Timestream's sum stays a BIGINT.
  [DuckDBTypeId.HUGEINT, 'BIGINT'],
  [DuckDBTypeId.INTEGER, 'INTEGER'],
  [DuckDBTypeId.UINTEGER, 'BIGINT'],
  [DuckDBTypeId.SMALLINT, 'INTEGER'],
  [DuckDBTypeId.TINYINT, 'INTEGER'],
  [DuckDBTypeId.BOOLEAN, 'BOOLEAN'],
  [DuckDBTypeId.TIMESTAMP, 'TIMESTAMP'],
  [DuckDBTypeId.TIMESTAMP_TZ, 'TIMESTAMP'],
  [DuckDBTypeId.DATE, 'DATE'],
  [DuckDBTypeId.TIME, 'TIME'],
  [DuckDBTypeId.INTERVAL, 'INTERVAL_DAY_TO_SECOND'],
  [DuckDBTypeId.SQLNULL, 'UNKNOWN'],
]);

/** The value type of a list of {time, value}, which is how a time series stands in DuckDB. */
export const seriesValueType = (type: DuckDBType): DuckDBType | undefined => {
  if (type.typeId !== DuckDBTypeId.STRUCT || type.entryNames.join() !== 'time,value') return undefined;
  return type.entryTypes[1];
};

export const resultType = (type: DuckDBType): ResultType => {
  if (type.typeId === DuckDBTypeId.LIST) {
    const value = seriesValueType(type.valueType);
    return value === undefined
      ? { ArrayColumnInfo: { Type: resultType(type.valueType) } }
      : { TimeSeriesMeasureValueColumnInfo: { Type: resultType(value) } };
  }
  if (type.typeId === DuckDBTypeId.STRUCT)
    return {
      RowColumnInfo: type.entryTypes.map((entry, index) => ({
        Name: type.entryNames[index] ?? '',
        Type: resultType(entry),
      })),
    };
  return { ScalarType: SCALARS.get(type.typeId) ?? 'VARCHAR' };
};
