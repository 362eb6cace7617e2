import { isQuantity, type Quantity } from '../../shared/telemetry/quantity.ts';
import type { Measurement } from './read-row.ts';

/** The instants of all published readings of one sensor and quantity, ascending, each once. */
export type Series = { readonly sensorId: string; readonly quantity: Quantity; readonly instants: Float64Array };

/**
 * Remembers which readings were published, in eight bytes each, so that afterwards every one of them can be looked for: a count
 * alone would call a lost reading and a stray one a match.
 */
export type Ledger = {
  readonly record: (measurement: Measurement) => void;
  /** Readings recorded so far. */
  readonly published: () => number;
  /** Sorted by sensor, then by quantity. */
  readonly series: () => readonly Series[];
};

type Growing = { readonly sensorId: string; readonly quantity: Quantity; instants: Float64Array; length: number };

const append = (series: Growing, instant: number): void => {
  if (series.length === series.instants.length) {
    const larger = new Float64Array(series.instants.length * 2);
    larger.set(series.instants);
    series.instants = larger;
  }
  series.instants[series.length] = instant;
  series.length += 1;
};

const sortedOnce = ({ instants, length }: Growing): Float64Array => {
  const sorted = instants.slice(0, length).sort();
  return sorted.filter((instant, index) => index === 0 || instant !== sorted[index - 1]);
};

export const openLedger = (): Ledger => {
  const all = new Map<string, Growing>();
  let published = 0;
  return {
    record: ({ sensorId, measuredAt, values }) => {
      for (const quantity of Object.keys(values)) {
        if (!isQuantity(quantity)) throw new Error(`${quantity} is not a quantity`);
        const key = `${sensorId}|${quantity}`;
        const series = all.get(key) ?? { sensorId, quantity, instants: new Float64Array(64), length: 0 };
        all.set(key, series);
        append(series, measuredAt);
        published += 1;
      }
    },
    published: () => published,
    series: () =>
      [...all.keys()].sort().flatMap((key) => {
        const series = all.get(key);
        return series === undefined ? [] : [{ ...series, instants: sortedOnce(series) }];
      }),
  };
};

/** Index of an instant in an ascending array, or −1. */
export const indexOf = (instants: Float64Array, instant: number): number => {
  let low = 0;
  let high = instants.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = instants[middle] ?? Number.NaN;
    if (found === instant) return middle;
    if (found < instant) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};
