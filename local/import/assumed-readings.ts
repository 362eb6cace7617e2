import type { Bin, WasteStream } from '../../shared/city/entities.ts';
import type { SensorClient } from '../simulator/client.ts';
import { limitConcurrency } from '../simulator/limit.ts';

/** Connections at a time. */
const SLOTS = 16;

/** The message in which a bin's sensor would report an assumed fill fraction (0 to 1). */
export const assumedMessage = ({ container }: Bin, fill: number, measuredAt: number): string => {
  const { depthMm, blindZoneMm } = container;
  const fillDistance = Math.round(depthMm - fill * (depthMm - blindZoneMm));
  return JSON.stringify({ measuredAt, values: { fillDistance }, assumed: true });
};

/** Sends one invented reading for every bin whose stream has an assumed fill, and answers how many. */
export const sendAssumedReadings = async (
  bins: readonly Bin[],
  assumedFill: ReadonlyMap<WasteStream, number>,
  connect: (sensorId: string) => Promise<SensorClient>,
  now: number,
): Promise<number> => {
  const limit = limitConcurrency(SLOTS);
  const sent = bins.map((bin) =>
    limit(async () => {
      const fill = assumedFill.get(bin.stream);
      if (fill === undefined) return 0;
      const client = await connect(bin.id);
      try {
        await client.publish(assumedMessage(bin, fill, now));
      } finally {
        await client.close();
      }
      return 1;
    }),
  );
  return (await Promise.all(sent)).reduce<number>((sum, count) => sum + count, 0);
};
