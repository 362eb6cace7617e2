import type { Reading } from '../../telemetry/reading.ts';
import { countedFlags } from '../averaging.ts';
import { knownReadings, type Source, seriesOfReadings, type Wanted } from './known-readings.ts';
import type { QualityCount, RawCounts } from './report-input.ts';

const byFlagAndTest = (a: QualityCount, b: QualityCount): number =>
  a.flag - b.flag || (a.test < b.test ? -1 : Number(a.test > b.test));

/**
 * Counts the raw readings of a series by flag and test, page by page; nothing is kept but the counts and, where they are asked for, the
 * values that count.
 */
export const countReadings = async (
  source: Source,
  { keepSingles, ...wanted }: Wanted & { readonly keepSingles: boolean },
): Promise<RawCounts> => {
  const counts = new Map<string, QualityCount>();
  const singles: Reading[] = [];
  let received = 0;
  let valid = 0;
  for await (const page of knownReadings(source, wanted)) {
    received += page.length;
    for (const reading of page) {
      const { flag, test } = reading.quality;
      const key = `${flag} ${test}`;
      counts.set(key, { flag, test, count: (counts.get(key)?.count ?? 0) + 1 });
      if (!countedFlags.includes(flag)) continue;
      valid += 1;
      if (keepSingles) singles.push(reading);
    }
  }
  const qualities = [...counts.values()].sort(byFlagAndTest);
  return { received, valid, qualities, ...(keepSingles && { singles: seriesOfReadings(singles) }) };
};
