import type { Quantity } from '../../telemetry/quantity.ts';

/** One station's rows of a file as columns: instants rising, none twice, NaN where a cell held no value. Canonical units. */
export type StationTable = {
  readonly stationId: string;
  /** UTC epoch milliseconds. */
  readonly measuredAt: Float64Array;
  readonly columns: ReadonlyMap<Quantity, Float64Array>;
  /** Rows taken. */
  readonly rows: number;
  /** Rows for an instant that an earlier row of the station had already. */
  readonly repeatedRows: number;
  /** Cells of repeated rows that say something else than the cell before them; the last one counts, as in a replay. */
  readonly contradictions: ReadonlyMap<Quantity, number>;
};

const FIRST_ROOM = 1_024;

/** Numbers that are appended one by one; doubles its room, so that a file of any length costs the same a row. */
const growing = () => {
  let room = new Float64Array(FIRST_ROOM);
  let length = 0;
  return {
    push: (value: number): void => {
      if (length === room.length) {
        const larger = new Float64Array(room.length * 2);
        larger.set(room);
        room = larger;
      }
      room[length] = value;
      length += 1;
    },
    values: (): Float64Array => room.subarray(0, length),
  };
};

type Growing = ReturnType<typeof growing>;
type Open = { readonly measuredAt: Growing; readonly columns: readonly Growing[] };

/** Row numbers in the order of time; rows of one instant stay in the order of the file. */
const orderOf = (measuredAt: Float64Array): Uint32Array => {
  const order = Uint32Array.from(measuredAt, (_, row) => row);
  let isSorted = true;
  for (let row = 1; row < measuredAt.length && isSorted; row += 1) {
    isSorted = (measuredAt[row - 1] as number) <= (measuredAt[row] as number);
  }
  return isSorted ? order : order.sort((a, b) => (measuredAt[a] as number) - (measuredAt[b] as number) || a - b);
};

const close = (stationId: string, { measuredAt, columns }: Open, quantities: readonly Quantity[]): StationTable => {
  const instants = measuredAt.values();
  const order = orderOf(instants);
  const at = new Float64Array(instants.length);
  /** Where each row's instant stands among the distinct ones. */
  const places = new Uint32Array(instants.length);
  let distinct = 0;
  for (const row of order) {
    const instant = instants[row] as number;
    if (distinct === 0 || at[distinct - 1] !== instant) at[distinct++] = instant;
    places[row] = distinct - 1;
  }
  const contradictions = new Map<Quantity, number>();
  const closed = quantities.map((quantity, index) => {
    const given = (columns[index] as Growing).values();
    const values = new Float64Array(distinct).fill(Number.NaN);
    for (const row of order) {
      const value = given[row] as number;
      if (Number.isNaN(value)) continue;
      const place = places[row] as number;
      const known = values[place] as number;
      if (!Number.isNaN(known) && known !== value)
        contradictions.set(quantity, (contradictions.get(quantity) ?? 0) + 1);
      values[place] = value;
    }
    return [quantity, values] as const;
  });
  return {
    stationId,
    measuredAt: at.slice(0, distinct),
    columns: new Map(closed),
    rows: instants.length,
    repeatedRows: instants.length - distinct,
    contradictions,
  };
};

/**
 * Takes rows in any order and answers one table a station, by id.
 *
 * @example
 * const tables = stationTables(['pm25', 'so2']);
 * tables.add('1', Date.UTC(2021, 1, 23, 14), [15.6, Number.NaN]);
 * tables.finish()[0]?.columns.get('pm25'); // Float64Array [15.6]
 */
export const stationTables = (quantities: readonly Quantity[]) => {
  const open = new Map<string, Open>();
  return {
    add: (stationId: string, measuredAt: number, values: ArrayLike<number>): void => {
      const table = open.get(stationId) ?? { measuredAt: growing(), columns: quantities.map(growing) };
      open.set(stationId, table);
      table.measuredAt.push(measuredAt);
      for (const [index, column] of table.columns.entries()) column.push(values[index] ?? Number.NaN);
    },
    finish: (): readonly StationTable[] =>
      [...open]
        .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
        .map(([stationId, table]) => close(stationId, table, quantities)),
  };
};
