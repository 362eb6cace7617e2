import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { featuresApi } from '../../functions/features-api/app.ts';
import { ngsiLdApi } from '../../functions/ngsi-ld-api/app.ts';
import { openDataApi } from '../../functions/open-data-api/app.ts';
import { sensorthingsApi } from '../../functions/sensorthings-api/app.ts';
import { startHttpServer } from '../../local/http/server.ts';
import type { HttpHandler } from '../../shared/lambda/http-api.ts';
import { cityPublication } from '../../shared/lambda/publication.ts';
import { citySource } from '../../shared/open-data/sensorthings/city/city-source.ts';
import { memoryReadingStore } from '../../shared/telemetry/memory-reading-store.ts';
import { lambdaContext } from './api-gateway.ts';
import { memoryEntityIds } from './memory-entity-ids.ts';
import { memoryEpisodes } from './memory-episodes.ts';
import { memoryRegistry, memorySensorStates } from './memory-stores.ts';
import { aBin, aReading, aSensor, aStation, city } from './small-city.ts';

const HOUR = 3_600_000;

const furnish = async (clock: () => number) => {
  const registry = memoryRegistry({
    city: [city],
    bin: [aBin('bin-1', { name: '<b>Chợ</b> & "phố"', ward: 'Phú Cường' }), aBin('bin-2', { stream: 'food' })],
    station: [
      aStation('air-1', { position: { latitude: 10.97, longitude: 106.66 } }),
      aStation('river-1', { kind: 'water', referenceStation: true }),
    ],
    sensor: [
      aSensor('level-1', 'bin-1', 'bin'),
      aSensor('air-s', 'air-1', 'air'),
      aSensor('water-s', 'river-1', 'water'),
    ],
  });
  const sensorStates = memorySensorStates();
  const readings = memoryReadingStore();
  const hour = Math.floor(clock() / HOUR) * HOUR;
  const measured = [
    ...Array.from({ length: 60 }, (_, ago) => aReading('air-s', 'pm25', hour - ago * HOUR, 20 + (ago % 7))),
    ...Array.from({ length: 60 }, (_, ago) => aReading('level-1', 'fillDistance', hour - ago * HOUR, 900 - ago)),
    aReading('water-s', 'ph', hour - HOUR, null),
  ];
  await readings.append([
    ...measured,
    aReading('air-s', 'pm25Mean1h', hour, 21),
    aReading('~air-1', 'vnAqi1h', hour, 42),
  ]);
  await sensorStates.record(measured);
  return { cityId: city.id, registry, sensorStates, readings, episodes: memoryEpisodes(), clock };
};

/** A small city’s public functions behind the local HTTP door, on a port of its own. */
export const openPublicCity = async (consoleDirectory: string, clock: () => number) => {
  const parts = await furnish(clock);
  const source = citySource({ ...parts, entityIds: memoryEntityIds() });
  const functions: Readonly<Record<string, HttpHandler>> = {
    open: openDataApi(parts),
    features: featuresApi(parts),
    ngsiLd: ngsiLdApi(parts),
    sensorThings: sensorthingsApi({ source, clock, publication: cityPublication(parts) }),
  };
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    consoleDirectory,
    consoleConfig: {},
    routes: { '/open/v1': 'open', '/ogc': 'features', '/sta/v1.1': 'sensorThings', '/ngsi-ld/v1': 'ngsiLd' },
    invoke: async (name, event) => functions[name]?.(event as APIGatewayProxyEventV2, lambdaContext()),
    health: () => ({ status: 'ready' }),
    log: (line) => console.error(line),
  });
  return { origin: `http://127.0.0.1:${server.port}`, close: server.close, parts };
};
