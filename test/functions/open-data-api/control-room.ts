import { expect } from 'vitest';
import { openDataApi, operationsOf } from '../../../functions/open-data-api/app.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryEpisodes } from '../../support/memory-episodes.ts';
import { memoryPlans, memoryRegistry, memorySensorHealth, memorySensorStates } from '../../support/memory-stores.ts';
import { aBin, aSensor, aStation, aTruck, city } from '../../support/small-city.ts';
import { HOUR, NOW } from '../features-api/features-city.ts';

export const WARD = 'Phú Cường';
export const OTHER = 'Hiệp Thành';

export type Figure = { value: number | null; reason: { code: string } | null; at: string; detail?: object };
export type Told = Figure & { id: string; unit: string; wards: (Figure & { ward: string })[] };

/** A city of two wards with every port that the figures of a control room are asked from. */
export const openControlRoom = () => {
  const registry = memoryRegistry({
    city: [city],
    bin: [
      aBin('bin-1', { ward: WARD }),
      aBin('bin-2', { ward: WARD }),
      aBin('bin-3', { ward: OTHER }),
      aBin('bin-4', { ward: OTHER }),
    ],
    station: [
      aStation('air-1', { ward: WARD }),
      aStation('air-2', { ward: WARD }),
      aStation('air-3', { ward: OTHER, referenceStation: true }),
      aStation('water-1', { kind: 'water', ward: OTHER }),
    ],
    sensor: [
      aSensor('b1', 'bin-1', 'bin'),
      aSensor('b2', 'bin-2', 'bin'),
      aSensor('b3', 'bin-3', 'bin'),
      aSensor('a1', 'air-1', 'air'),
      aSensor('a3', 'air-3', 'air'),
      { ...aSensor('old', 'bin-1', 'bin'), status: 'retired' },
    ],
    vehicle: [aTruck('truck-1')],
  });
  const judged: { to: number | undefined } = { to: NOW - HOUR };
  const ports = {
    cityId: 'tdm',
    registry,
    sensorStates: memorySensorStates(),
    sensorHealth: memorySensorHealth(),
    readings: memoryReadingStore(),
    episodes: memoryEpisodes(),
    plans: memoryPlans(),
    lateData: { evaluatedTo: async () => judged.to },
  };
  const clock = { at: NOW };
  const parts = { ...ports, clock: () => clock.at };
  const call = conformingCaller(openDataApi(parts), operationsOf(parts), '/open/v1');
  const told = async (query = ''): Promise<ReadonlyMap<string, Told>> => {
    const answer = await call({ url: `/open/v1/indicators${query}` });
    expect(answer.status, answer.body).toBe(200);
    return new Map(answer.json().indicators.map((each: Told) => [each.id, each]));
  };
  return { ...ports, clock, call, told, judged };
};
