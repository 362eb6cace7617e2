import { featuresApi, operationsOf } from '../../../functions/features-api/app.ts';
import type { Episode } from '../../../shared/environment/episodes/episode.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryEpisodes } from '../../support/memory-episodes.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aBin, aReading, aSensor, aStation, city } from '../../support/small-city.ts';

export const NOW = Date.UTC(2026, 10, 22, 10);
export const HOUR = 3_600_000;
export const ROOT = 'http://localhost:8080/ogc';

/** An episode whose first period ended some hours ago; with all that officers know of it and the public must not. */
export const anEpisode = (hoursAgo: number, more: Partial<Episode> = {}): Episode => {
  const anchorAt = NOW - hoursAgo * HOUR;
  const peak = {
    value: 90,
    periodStartsAt: anchorAt - HOUR,
    periodEndsAt: anchorAt,
    observed: 4,
    expected: 4,
    completeness: 1,
  };
  return {
    episodeId: `air-1~a1~QCVN05.pm25.24h~${anchorAt}`,
    anchorAt,
    stationId: 'air-1',
    sensorId: 'a1',
    limit: {
      limitId: 'QCVN05.pm25.24h',
      standardId: 'QCVN05',
      standard: 'QCVN 05:2023/BTNMT',
      decision: 'TT 01/2023/TT-BTNMT',
      quantity: 'pm25',
      averagingPeriod: '24h',
      bound: 'max',
      value: 50,
      inForce: { from: '2023-09-12' },
      verified: true,
    },
    phase: 'closed',
    startsAt: anchorAt - HOUR,
    firstEndsAt: anchorAt,
    lastBreachEndsAt: anchorAt + HOUR,
    trackedTo: anchorAt + 2 * HOUR,
    breaches: 2,
    valid: 3,
    peak,
    latest: peak,
    toldValue: 90,
    deepenings: 0,
    wellRun: 1,
    closedBecause: 'under-limit',
    mergedFrom: [],
    handling: 'acknowledged',
    acknowledgements: [{ at: NOW, by: 'officer-lan', cause: 'industry', note: 'called the factory', episodeId: 'x' }],
    recordedAt: anchorAt,
    changedAt: anchorAt,
    escalations: 0,
    eventCount: 1,
    pending: [],
    version: 0,
    ...more,
  };
};

export const openFeaturesCity = async () => {
  const registry = memoryRegistry({
    city: [city],
    bin: [
      aBin('bin-1', { name: '<b>Chợ</b> & "phố"', ward: 'Phú Cường' }),
      aBin('bin-2', { position: { latitude: 11.2, longitude: 106.9 } }),
      aBin('bin-3', { stream: 'food' }),
    ],
    station: [aStation('air-1'), aStation('water-1', { kind: 'water' })],
    sensor: [aSensor('a1', 'air-1', 'air'), aSensor('b1', 'bin-1', 'bin'), aSensor('b3', 'bin-3', 'bin')],
  });
  const sensorStates = memorySensorStates();
  await sensorStates.record([
    aReading('a1', 'pm25', NOW - HOUR, 21),
    aReading('a1', 'no2', NOW - 2 * HOUR, null),
    aReading('b1', 'fillDistance', NOW - HOUR, 250),
    aReading('b3', 'fillDistance', NOW - 60 * HOUR, 250),
  ]);
  const episodes = memoryEpisodes();
  const parts = { cityId: 'tdm', registry, sensorStates, episodes, clock: () => NOW };
  const call = conformingCaller(featuresApi(parts), operationsOf(parts), '/ogc');
  const get = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await call({ url: url.replace('http://localhost:8080', ''), headers });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`);
    return answer.json();
  };
  return { parts, call, get };
};
export type FeaturesCity = Awaited<ReturnType<typeof openFeaturesCity>>;
