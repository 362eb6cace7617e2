import { sensorthingsApi } from '../../../functions/sensorthings-api/app.ts';
import { citySource } from '../../../shared/open-data/sensorthings/city/city-source.ts';
import { writableSource } from '../../../shared/open-data/sensorthings/writing/writable-source.ts';
import type { Source } from '../../../shared/open-data/source.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import type { Reading } from '../../../shared/telemetry/reading.ts';
import { callerOf } from '../../support/api-gateway.ts';
import { memoryEntityIds } from '../../support/memory-entity-ids.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { memoryWrittenStore } from '../../support/memory-written-store.ts';
import { aBin, aReading, aSensor, aStation, city } from '../../support/small-city.ts';

export const start = Date.UTC(2026, 9, 5);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const ROOT = 'http://localhost:8080/sta/v1.1';

export type Json = Record<string, unknown> & { readonly value?: readonly Json[] };

/** A city of two bins and two stations behind the SensorThings function, with a clock that tests move. */
export const openSensorThingsCity = async ({
  writing = 'off',
  publication,
}: {
  writing?: 'off' | 'everyone' | 'authorized';
  publication?: () => Promise<Source>;
} = {}) => {
  const registry = memoryRegistry({
    city: [city],
    bin: [aBin('bin-1', { ward: 'Phú Cường' }), aBin('bin-2', { positionApproximate: true })],
    station: [
      aStation('air-1', { position: { latitude: 10.97, longitude: 106.66 } }),
      aStation('river-1', { kind: 'water', referenceStation: true, position: { latitude: 11.2, longitude: 106.9 } }),
    ],
    sensor: [
      aSensor('level-1', 'bin-1', 'bin'),
      aSensor('level-2', 'bin-2', 'bin'),
      aSensor('air-s', 'air-1', 'air'),
      aSensor('water-s', 'river-1', 'water'),
    ],
  });
  const sensorStates = memorySensorStates();
  const readings = memoryReadingStore();
  let now = start + 200 * HOUR;
  const clock = (): number => now;
  const asked: string[] = [];
  const counted = {
    ...readings,
    series: (query: Parameters<typeof readings.series>[0]) => {
      asked.push('series');
      return readings.series(query);
    },
    edges: (query: Parameters<typeof readings.edges>[0]) => {
      asked.push('edges');
      return readings.edges(query);
    },
  };
  const observe = async (...some: readonly Reading[]): Promise<void> => {
    await readings.append(some);
    await sensorStates.record(
      some.filter(({ sensorId, quantity }) => !sensorId.startsWith('~') && !quantity.includes('Mean')),
    );
  };
  await observe(
    ...Array.from({ length: 24 }, (_, hour) =>
      aReading('level-1', 'fillDistance', start + hour * HOUR, 900 - hour * 20),
    ),
    ...Array.from({ length: 24 }, (_, hour) => aReading('level-1', 'battery', start + hour * HOUR, 90)),
    aReading('level-2', 'fillDistance', start + HOUR, 500),
    aReading('level-2', 'fillDistance', start + 2 * HOUR, null),
    ...Array.from({ length: 300 }, (_, index) => aReading('air-s', 'pm25', start + index * 15 * MINUTE, index % 60)),
    aReading('air-s', 'pm25Mean1h', start + HOUR, 11.5),
    aReading('~air-1', 'vnAqi1h', start + HOUR, 42),
    aReading('water-s', 'ph', start + HOUR, 7.1),
  );
  const entityIds = memoryEntityIds();
  const source = citySource({
    registry,
    sensorStates,
    readings: counted,
    entityIds,
    clock,
    ...(publication && { publication }),
  });
  const store = memoryWrittenStore();
  /** One instance of the function; another one knows what the stores know. */
  const handlerOf = () =>
    sensorthingsApi({
      source,
      clock,
      ...(writing !== 'off' && {
        writing: { source: writableSource(source, store, clock), needsToken: writing === 'authorized' },
      }),
    });
  const openInstance = () => callerOf(handlerOf());
  const call = openInstance();
  /** Asks for a path below the root, or for a whole link, and reads JSON. */
  const get = async (path: string): Promise<Json> => {
    const url = path.startsWith('http') ? path : `${ROOT}${path}`;
    const answer = await call({ url });
    if (answer.status !== 200) throw new Error(`${answer.status} for ${path}: ${answer.body}`);
    return JSON.parse(answer.body);
  };
  const list = async (path: string): Promise<readonly Json[]> => (await get(path)).value ?? [];
  return {
    call,
    openInstance,
    /** As Lambda would call it, with an event of one's own. */
    handler: handlerOf(),
    source,
    get,
    list,
    observe,
    registry,
    asked,
    pass: (ms: number): void => {
      now += ms;
    },
  };
};

export type SensorThingsCity = Awaited<ReturnType<typeof openSensorThingsCity>>;
