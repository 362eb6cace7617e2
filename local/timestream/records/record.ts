import { hash } from 'node:crypto';
import { invalid } from '../errors.ts';
import type { WireRecord } from '../requests.ts';
import { type Column, nameFault, singleMeasureColumn } from './column.ts';
import { canonicalValue, parseInstant, type TimeUnit } from './value.ts';

/** One record, its common attributes merged in and its values in canonical form. */
export type TimestreamRecord = {
  /** Microseconds since the epoch: the resolution of the store's `time` column. */
  readonly micros: number;
  /**
   * Dimensions, measure name and the instant's nanoseconds beyond the microsecond, hashed to 64 bits. Together with `micros`
   * it is the record's identity. Only series with a record at the same microsecond can collide: for 100,000 of them the odds are 10^-10.
   */
  readonly series: bigint;
  readonly version: number;
  /** 48-bit hash of the measure values: tells a repetition from a change. */
  readonly fingerprint: number;
  readonly columns: readonly Column[];
  /** By column name in lower case; `measure_name` included. */
  readonly cells: Readonly<Record<string, string>>;
  /** Why the record exceeds one of the service's limits, so that it alone is rejected. */
  readonly limitFault: string | undefined;
};

const MAX_RECORD_BYTES = 2048;
const MAX_MEASURES = 256;

type Dimension = NonNullable<WireRecord['Dimensions']>[number];
type Measure = NonNullable<WireRecord['MeasureValues']>[number];

const mergeDimensions = (common: readonly Dimension[], own: readonly Dimension[]): readonly Dimension[] => {
  const dimensions = [...common, ...own];
  for (const { Name, Value } of dimensions) {
    const fault = nameFault(Name);
    if (fault !== undefined) throw invalid(fault);
    if (Value === '') throw invalid(`The dimension ${Name} has an empty value.`);
  }
  if (dimensions.length === 0) throw invalid('At least one dimension is required for a record.');
  return dimensions.sort((a, b) => (a.Name < b.Name ? -1 : 1));
};

const singleMeasure = (record: WireRecord): Measure => {
  const type = record.MeasureValueType ?? 'DOUBLE';
  if (type === 'MULTI') throw invalid('MeasureValues must be specified for a record of type MULTI.');
  if (record.MeasureValue === undefined) throw invalid('MeasureValue is required for a record.');
  return { Name: singleMeasureColumn(type), Value: record.MeasureValue, Type: type };
};

const multiMeasures = (record: WireRecord): readonly Measure[] => {
  const measures = record.MeasureValues ?? [];
  if (measures.length === 0) throw invalid('MeasureValues must be specified for a record of type MULTI.');
  if (record.MeasureValue !== undefined) throw invalid('MeasureValue may not be specified for a record of type MULTI.');
  for (const { Name } of measures) {
    const fault = nameFault(Name);
    if (fault !== undefined) throw invalid(fault);
  }
  return [...measures].sort((a, b) => (a.Name < b.Name ? -1 : 1));
};

const measuresOf = (record: WireRecord): readonly Measure[] => {
  if (record.MeasureValueType === 'MULTI') return multiMeasures(record);
  if (record.MeasureValues !== undefined) throw invalid('MeasureValues need the MeasureValueType MULTI.');
  return [singleMeasure(record)];
};

const seriesHash = (dimensions: readonly Dimension[], measureName: string, nanosBeyondMicro: number): bigint =>
  hash(
    'sha1',
    JSON.stringify([measureName, nanosBeyondMicro, ...dimensions.map(({ Name, Value }) => [Name, Value])]),
    'buffer',
  ).readBigInt64LE(0);

const fingerprintOf = (measures: readonly Measure[], values: readonly string[]): number =>
  hash('sha1', JSON.stringify([measures.map(({ Name, Type }) => [Name, Type]), values]), 'buffer').readUIntLE(0, 6);

const limitFaultOf = (cells: Readonly<Record<string, string>>, dimensions: readonly Dimension[], measures: number) => {
  const oversized = dimensions.find(({ Name }) => Buffer.byteLength(Name) > 60);
  if (oversized !== undefined) return `The dimension name ${oversized.Name} exceeds 60 bytes.`;
  if (measures > MAX_MEASURES) return `The record exceeds ${MAX_MEASURES} measure values.`;
  const bytes = Object.entries(cells).reduce((sum, [name, value]) => sum + name.length + Buffer.byteLength(value), 0);
  return bytes > MAX_RECORD_BYTES ? `The record exceeds ${MAX_RECORD_BYTES} bytes.` : undefined;
};

const measureNameOf = (record: WireRecord): string => {
  const { MeasureName: name } = record;
  if (name === undefined || name === '') throw invalid('MeasureName is required for a record.');
  if (Buffer.byteLength(name) > 256) throw invalid('The MeasureName exceeds 256 bytes.');
  return name;
};

/**
 * Merges a record with the request's common attributes and checks it.
 * @throws TimestreamError ValidationException for what makes the service refuse the whole request.
 */
export const parseRecord = (common: WireRecord, own: WireRecord): TimestreamRecord => {
  const record: WireRecord = { ...common, ...own };
  const dimensions = mergeDimensions(common.Dimensions ?? [], own.Dimensions ?? []);
  const measureName = measureNameOf(record);
  const unit: TimeUnit = record.TimeUnit ?? 'MILLISECONDS';
  const nanos = record.Time === undefined ? undefined : parseInstant(record.Time, unit);
  if (nanos === undefined) throw invalid('Invalid time for record.');
  const version = record.Version ?? 1;
  if (version < 1) throw invalid('The record version must be a positive number.');
  const measures = measuresOf(record);
  const cells: Record<string, string> = { measure_name: measureName };
  const put = (name: string, value: string): void => {
    const column = name.toLowerCase();
    if (cells[column] !== undefined) throw invalid(`The name ${name} is used more than once in a record.`);
    cells[column] = value;
  };
  for (const { Name, Value } of dimensions) put(Name, Value);
  const values = measures.map(({ Name, Value, Type }) => {
    const value = canonicalValue(Type, Value, unit);
    if (value === undefined) throw invalid(`The value of measure ${Name} is not a valid ${Type}.`);
    put(Name, value);
    return value;
  });
  return {
    micros: Number(nanos / 1000n),
    series: seriesHash(dimensions, measureName, Number(nanos % 1000n)),
    version,
    fingerprint: fingerprintOf(measures, values),
    columns: [
      ...dimensions.map(({ Name }): Column => ({ name: Name, kind: 'dimension', type: 'VARCHAR' })),
      ...measures.map(({ Name, Type }): Column => ({ name: Name, kind: 'measure', type: Type })),
    ],
    cells,
    limitFault: limitFaultOf(cells, dimensions, measures.length),
  };
};
