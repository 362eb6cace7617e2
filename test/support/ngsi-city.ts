import { stationSeriesId } from '../../shared/telemetry/derived-quantities.ts';
import { memoryReadingStore } from '../../shared/telemetry/memory-reading-store.ts';
import { memoryRegistry, memorySensorStates } from './memory-stores.ts';
import { aBin, aReading, aSensor, aStation, city } from './small-city.ts';

export const NOW = Date.UTC(2026, 10, 22, 10);
export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** Three bins (75 % full, silent, of food and burning), an automatic and a reference station of air, one of water. */
export const openNgsiCity = async () => {
  const registry = memoryRegistry({
    city: [city],
    bin: [
      aBin('bin-1', { ward: 'Phú Cường' }),
      aBin('bin-2', { position: { latitude: 11.2, longitude: 106.9 }, stream: 'recyclable' }),
      aBin('bin-3', { stream: 'food', positionApproximate: true }),
    ],
    station: [
      aStation('air-1', { ward: 'Phú Cường' }),
      aStation('air-2', { referenceStation: true }),
      aStation('air-3'),
      aStation('water-1', { kind: 'water' }),
    ],
    sensor: [
      aSensor('a1', 'air-1', 'air'),
      aSensor('a2', 'air-2', 'air'),
      aSensor('w1', 'water-1', 'water'),
      aSensor('b1', 'bin-1', 'bin'),
      aSensor('b3', 'bin-3', 'bin'),
    ],
  });
  const sensorStates = memorySensorStates();
  await sensorStates.record([
    aReading('a1', 'pm25', NOW - HOUR, 21),
    aReading('a1', 'no2', NOW - 2 * HOUR, null),
    aReading('a1', 'so2', NOW - 3 * HOUR, 1_234, 4),
    aReading('a1', 'relativeHumidity', NOW - HOUR, 71),
    aReading('a1', 'airTemperature', NOW - HOUR, 31),
    aReading('a2', 'pm25', NOW - HOUR, 160),
    aReading('w1', 'ph', NOW - 2 * HOUR, 7.1),
    aReading('w1', 'ammonium', NOW - 2 * HOUR, 1),
    aReading('b1', 'fillDistance', NOW - HOUR, 250),
    aReading('b1', 'tilt', NOW - HOUR, 0),
    aReading('b3', 'fillDistance', NOW - 60 * HOUR, 250),
    aReading('b3', 'fireAlarm', NOW - 60 * HOUR, 1),
  ]);
  const readings = memoryReadingStore();
  await readings.append([
    aReading(stationSeriesId('air-1'), 'vnAqi1h', NOW - 2 * HOUR, 40),
    aReading(stationSeriesId('air-1'), 'vnAqi1h', NOW - HOUR, 63),
    // Nobody should have stored it; if somebody does, it is not published.
    aReading(stationSeriesId('air-2'), 'vnAqi1h', NOW - HOUR, 170),
    aReading(stationSeriesId('water-1'), 'wqiIndicative', NOW - 10 * HOUR, 81),
    aReading(stationSeriesId('water-1'), 'vnWqi', NOW - 20 * 24 * HOUR, 66),
  ]);
  return { cityId: 'tdm', registry, sensorStates, readings };
};
export type NgsiCity = Awaited<ReturnType<typeof openNgsiCity>>;
