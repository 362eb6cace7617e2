import type { Station } from '../city/entities.ts';
import { indexQuantities, stationOfSeries, stationSeriesId } from '../telemetry/derived-quantities.ts';
import type { Quantity } from '../telemetry/quantity.ts';
import type { Reading } from '../telemetry/reading.ts';
import type { ReadingStore } from '../telemetry/reading-store.ts';

const HOUR_MS = 3_600_000;
/** An index older than this is of another time: VN_AQI is of an hour, the indication of a day, VN_WQI of a sample a month. */
const LONGEST_MS = { vnAqi1h: 3 * HOUR_MS, wqiIndicative: 48 * HOUR_MS, vnWqi: 62 * 24 * HOUR_MS } as const;
type Published = keyof typeof LONGEST_MS;

/** By quantity. */
export type StoredIndices = Readonly<Partial<Record<Quantity, Reading>>>;

/**
 * Indices that the hourly evaluation stored of these stations (ids of the registry), the newest of each that is of our time at an instant
 * (UTC epoch milliseconds).
 * @throws StoreUnavailableError
 */
export const newestIndices = async (
  readings: Pick<ReadingStore, 'edges'>,
  stations: readonly Station[],
  at: number,
): Promise<ReadonlyMap<string, StoredIndices>> => {
  const asked = (Object.keys(LONGEST_MS) as Published[]).flatMap((quantity) => {
    const kind = indexQuantities[quantity].kind;
    const series = stations
      .filter((station) => station.kind === kind)
      .map(({ id }) => ({ sensorId: stationSeriesId(id), quantity }));
    const query = { series, from: at - LONGEST_MS[quantity], to: at + 1, edge: 'newest' as const };
    return series.length === 0 ? [] : [readings.edges(query)];
  });
  const found = (await Promise.all(asked)).flat();
  const byStation = new Map<string, Partial<Record<Quantity, Reading>>>();
  for (const reading of found) {
    const stationId = stationOfSeries(reading.sensorId) ?? '';
    byStation.set(stationId, { ...byStation.get(stationId), [reading.quantity]: reading });
  }
  return byStation;
};
