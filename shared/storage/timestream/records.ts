import type { Dimension, MeasureValue, _Record as TimestreamRecord } from '@aws-sdk/client-timestream-write';
import type { Reading } from '../../telemetry/reading.ts';
import { versionKey } from '../../telemetry/reading-versions.ts';

/**
 * One Timestream record per reading: measure name = quantity, dimension `sensor_id`, and as measures the value (absent when
 * missing), the quality, when it was received, and `revision`, which repeats the record's version because queries cannot see
 * versions. A superseded version of a reading is a record of its own, told apart by the dimension `superseded_version`.
 */
export type WriteRecord = { readonly measureName: string; readonly version: number; readonly reading: Reading };

/** First version of every current record: an exact repeat is accepted, anything else is rejected with the version in force. */
export const FIRST_VERSION = 1;

/** Measure name of the superseded versions of a quantity's readings. */
export const supersededMeasure = (quantity: string): string => `${quantity}.superseded`;

export const currentRecord = (reading: Reading, version: number): WriteRecord => ({
  measureName: reading.quantity,
  version,
  reading,
});

export const historyRecord = (reading: Reading): WriteRecord => ({
  measureName: supersededMeasure(reading.quantity),
  version: FIRST_VERSION,
  reading,
});

/** The records as the SDK wants them, with what all of them share lifted out: requests are billed by size. */
export const writeRequest = (
  records: readonly WriteRecord[],
): { readonly CommonAttributes: TimestreamRecord; readonly Records: TimestreamRecord[] } => {
  const measureName = shared(records.map((record) => record.measureName));
  const version = shared(records.map((record) => record.version));
  const sensorId = shared(records.map(({ reading }) => reading.sensorId));
  return {
    CommonAttributes: {
      TimeUnit: 'MILLISECONDS',
      MeasureValueType: 'MULTI',
      ...(measureName !== undefined && { MeasureName: measureName }),
      ...(version !== undefined && { Version: version }),
      ...(sensorId !== undefined && { Dimensions: [{ Name: 'sensor_id', Value: sensorId }] }),
    },
    Records: records.map((record) => {
      const dimensions = [...(sensorId === undefined ? [sensorDimension(record)] : []), ...historyDimensions(record)];
      return {
        Time: String(record.reading.measuredAt),
        ...(measureName === undefined && { MeasureName: record.measureName }),
        ...(version === undefined && { Version: record.version }),
        ...(dimensions.length > 0 && { Dimensions: dimensions }),
        MeasureValues: measures(record),
      };
    }),
  };
};

const shared = <T>(values: readonly T[]): T | undefined =>
  values.every((value) => value === values[0]) ? values[0] : undefined;

const sensorDimension = ({ reading }: WriteRecord): Dimension => ({ Name: 'sensor_id', Value: reading.sensorId });

const historyDimensions = ({ measureName, reading }: WriteRecord): readonly Dimension[] =>
  measureName === reading.quantity ? [] : [{ Name: 'superseded_version', Value: versionKey(reading) }];

const measures = ({ reading, version }: WriteRecord): MeasureValue[] => [
  ...(reading.value === null ? [] : [{ Name: 'value', Value: String(reading.value), Type: 'DOUBLE' as const }]),
  { Name: 'quality_flag', Value: String(reading.quality.flag), Type: 'BIGINT' },
  { Name: 'quality_test', Value: reading.quality.test, Type: 'VARCHAR' },
  { Name: 'received_at', Value: String(reading.receivedAt), Type: 'BIGINT' },
  { Name: 'revision', Value: String(version), Type: 'BIGINT' },
];
