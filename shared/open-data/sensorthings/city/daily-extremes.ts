import type { Reading } from '../../../telemetry/reading.ts';
import type { ReadingStore } from '../../../telemetry/reading-store.ts';
import type { Series } from '../../series.ts';
import { type Extent, type Extremes, seriesName, type TimeRange } from '../source.ts';

const everyFlag = [1, 2, 3, 4, 9] as const satisfies readonly Reading['quality']['flag'][];

/** The part of a range in which any of some series has readings. */
const within = (range: TimeRange, extents: readonly Extent[]): TimeRange => ({
  from: Math.max(range.from, Math.min(...extents.map(({ first }) => first))),
  to: Math.min(range.to, Math.max(...extents.map(({ last }) => last)) + 1),
});

/** The least and greatest value of each day of many series: one call to the store for each quantity. */
export const dailyExtremes = async (
  readings: Pick<ReadingStore, 'buckets'>,
  series: readonly Series[],
  range: TimeRange,
  extents: ReadonlyMap<string, Extent>,
): Promise<ReadonlyMap<string, readonly Extremes[]>> => {
  const known = series.filter((each) => extents.has(seriesName(each)));
  const found = new Map<string, Extremes[]>();
  for (const [quantity, own] of Map.groupBy(known, (each) => each.quantity)) {
    const { from, to } = within(
      range,
      own.flatMap((each) => extents.get(seriesName(each)) ?? []),
    );
    if (from >= to) continue;
    const sensorIds = own.map(({ sensorId }) => sensorId);
    const days = { size: 'day', utcOffsetMinutes: 0, flags: everyFlag } as const;
    // Buckets hold their end and not their start.
    for (const bucket of await readings.buckets({ ...days, sensorIds, quantity, from: from - 1, to: to - 1 })) {
      const name = seriesName({ sensorId: bucket.sensorId, quantity });
      const list = found.get(name);
      if (list === undefined) found.set(name, [bucket]);
      else list.push(bucket);
    }
  }
  return found;
};
