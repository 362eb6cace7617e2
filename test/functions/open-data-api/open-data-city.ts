import { openDataApi, operationsOf } from '../../../functions/open-data-api/app.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryEpisodes } from '../../support/memory-episodes.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aBin, aReading, aSensor, aStation, city } from '../../support/small-city.ts';

/** 17:00:30 in Thủ Dầu Một. */
export const NOW = Date.UTC(2026, 10, 22, 10, 0, 30);
export const HOUR = 3_600_000;
/** So many hours before the last full minute. */
export const at = (hoursAgo: number): number => NOW - 30_000 - hoursAgo * HOUR;

/** A city with these entities and no reading yet, and the open data of it. */
export const openCityOf = (entities: Parameters<typeof memoryRegistry>[0]) => {
  const parts = {
    cityId: 'tdm',
    registry: memoryRegistry(entities),
    readings: memoryReadingStore(),
    sensorStates: memorySensorStates(),
    episodes: memoryEpisodes(),
    clock: () => NOW,
  };
  const store = async (...readings: readonly Reading[]): Promise<void> => {
    await parts.readings.append(readings);
    await parts.sensorStates.record(readings);
  };
  return { parts, store, call: conformingCaller(openDataApi(parts), operationsOf(parts), '/open/v1') };
};

/** Stations and a bin with a day of readings, and the open data of them. */
export const openCity = async () => {
  const open = openCityOf({
    city: [city],
    bin: [aBin('bin-1', { name: 'Đinh Bộ Lĩnh, "thùng 1"', ward: 'Phú Cường', positionApproximate: true })],
    station: [aStation('air-1'), aStation('water-1', { kind: 'water' })],
    sensor: [aSensor('a1', 'air-1', 'air'), aSensor('a2', 'air-1', 'air'), aSensor('b1', 'bin-1', 'bin')],
  });
  await open.store(
    aReading('a1', 'pm25', at(30), 18),
    aReading('a1', 'pm25', at(3), 20),
    aReading('a1', 'pm25', at(2), null),
    aReading('a1', 'pm25', at(1), 900, 3),
    aReading('a1', 'airTemperature', at(1), -1.5),
    aReading('a2', 'pm25', at(2), 30),
    aReading('b1', 'fillDistance', at(1), 400),
  );
  return open;
};
