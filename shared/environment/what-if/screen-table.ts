import type { Observation } from '../../telemetry/observation.ts';
import { assessObservations } from '../../telemetry/qartod/assess-observations.ts';
import { type SensorThresholds, sensorThresholds } from '../../telemetry/qartod/thresholds.ts';
import type { Quantity } from '../../telemetry/quantity.ts';
import { countedFlags } from '../averaging.ts';
import { isSampled } from './caveats.ts';
import type { StationTable } from './station-table.ts';

/** One quantity of a station after the quality tests of the city's own ingest. */
export type ScreenedColumn = {
  /** NaN for what is missing and for what a test said not to count. */
  readonly counted: Float64Array;
  /** Values left out, by flag and test, e.g. `suspect: flat-line`. */
  readonly leftOut: ReadonlyMap<string, number>;
};

/** Observations tested at once: enough to be quick, few enough that a file of years needs no memory for them. */
const ROWS_AT_ONCE = 4_096;

const flagNames: Readonly<Record<number, string>> = { 3: 'suspect', 4: 'fail' };

/** Samples stand alone: only their range can be tested. Months lie between them, and two alike are no stuck sensor. */
const alone = { spike: null, rateOfChange: null, flatLine: null } as const;
const thresholdsOf = ({ measuredAt, columns }: StationTable, intervalSeconds: number): SensorThresholds =>
  sensorThresholds(
    intervalSeconds,
    isSampled(measuredAt) ? Object.fromEntries([...columns.keys()].map((quantity) => [quantity, alone])) : {},
  );

type Open = { readonly counted: Float64Array; readonly leftOut: Map<string, number> };

const leaveOut = ({ counted, leftOut }: Open, place: number, flag: number, test: string): void => {
  counted[place] = Number.NaN;
  const reason = `${flagNames[flag] ?? flag}: ${test}`;
  leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
};

/** Rows `from` to `to` of the table as observations, with the row of each. */
const observationsOf = ({ measuredAt, columns }: StationTable, from: number, to: number) => {
  const observations: Observation[] = [];
  const rows: number[] = [];
  for (let row = from; row < to; row += 1) {
    for (const [quantity, values] of columns) {
      const value = values[row] as number;
      if (Number.isNaN(value)) continue;
      observations.push({ quantity, value, measuredAt: measuredAt[row] as number });
      rows.push(row);
    }
  }
  return { observations, rows };
};

/**
 * Runs the QARTOD tests that the city runs on arrival over a station's rows, and takes out of the means what they call suspect or failed.
 * Missing cells are no observations, so a value is compared with the one before the hole, as it is when a sensor skips a report.
 * Of samples only the range is tested.
 */
export const screenTable = (
  table: StationTable,
  intervalSeconds: number,
  thresholds: SensorThresholds = thresholdsOf(table, intervalSeconds),
): ReadonlyMap<Quantity, ScreenedColumn> => {
  const screened = new Map<Quantity, Open>();
  for (const [quantity, values] of table.columns) {
    screened.set(quantity, { counted: values.slice(), leftOut: new Map() });
  }
  let state: ReturnType<typeof assessObservations>['state'] | undefined;
  for (let from = 0; from < table.measuredAt.length; from += ROWS_AT_ONCE) {
    const to = Math.min(from + ROWS_AT_ONCE, table.measuredAt.length);
    const { observations, rows } = observationsOf(table, from, to);
    const assessed = assessObservations(state, observations, thresholds);
    state = assessed.state;
    for (const [index, { flag, test }] of assessed.qualities.entries()) {
      if (countedFlags.includes(flag)) continue;
      const quantity = (observations[index] as Observation).quantity;
      leaveOut(screened.get(quantity) as Open, rows[index] as number, flag, test);
    }
    for (const { quantity, measuredAt, quality } of assessed.revisions) {
      const column = screened.get(quantity) as Open;
      // The newest of the rows before: nothing but holes lies between it and this portion.
      let row = from - 1;
      while (row > 0 && table.measuredAt[row] !== measuredAt) row -= 1;
      if (!Number.isNaN(column.counted[row])) leaveOut(column, row, quality.flag, quality.test);
    }
  }
  return screened;
};
