import { type Reading, readingKey } from '../telemetry/reading.ts';

/** A reading with its place in the caller's list. */
export type Numbered = { readonly index: number; readonly reading: Reading };

/**
 * The readings in waves: no wave holds an identity twice, and of several for one identity the earlier one in the list is in
 * the earlier wave. Stores write a wave at once and the waves one after another.
 */
export const appendWaves = (readings: readonly Reading[]): readonly (readonly Numbered[])[] => {
  const seen = new Map<string, number>();
  const waves: Numbered[][] = [];
  for (const [index, reading] of readings.entries()) {
    const key = readingKey(reading);
    const rank = seen.get(key) ?? 0;
    seen.set(key, rank + 1);
    const wave = waves[rank] ?? [];
    wave.push({ index, reading });
    waves[rank] = wave;
  }
  return waves;
};
