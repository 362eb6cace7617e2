import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sensorthingsApi } from '../../../functions/sensorthings-api/app.ts';
import { citySource } from '../../../shared/open-data/sensorthings/city/city-source.ts';
import { printExpression } from '../../../shared/open-data/sensorthings/query/print.ts';
import { memoryReadingStore } from '../../../shared/telemetry/memory-reading-store.ts';
import {
  DAY_0,
  filterOver,
  HOUR,
  type Nested,
  type Of,
  words,
} from '../../shared/open-data/sensorthings/query/arbitraries.ts';
import { referenceHolds } from '../../shared/open-data/sensorthings/query/reference-evaluator.ts';
import { callerOf } from '../../support/api-gateway.ts';
import { memoryEntityIds } from '../../support/memory-entity-ids.ts';
import { memoryRegistry, memorySensorStates } from '../../support/memory-stores.ts';
import { aBin, aReading, aSensor, aStation, city } from '../../support/small-city.ts';
import { type Json, ROOT } from './sensorthings-city.ts';

const NOW = DAY_0 + 50 * HOUR;

/** A city in the words and times that generated filters speak of, small enough to look at all of it each time. */
const openCity = async () => {
  const [first = 'a', second = 'b', third = 'c', fourth = 'd'] = words.filter((word) => word !== '');
  const registry = memoryRegistry({
    city: [city],
    bin: [aBin('bin-1', { name: first }), aBin('bin-2', { name: third }), aBin('bin-3', { name: fourth })],
    station: [aStation('air-1', { name: second })],
    sensor: [aSensor('level-1', 'bin-1', 'bin'), aSensor('level-2', 'bin-2', 'bin'), aSensor('air-s', 'air-1', 'air')],
  });
  const sensorStates = memorySensorStates();
  const readings = memoryReadingStore();
  const every7Hours = (values: readonly (number | null)[], of: (at: number, value: number | null) => unknown) =>
    values.map((value, index) => of(DAY_0 + index * 7 * HOUR, value));
  const some = [
    every7Hours([1, 2, null, 9, 2.5], (at, value) => aReading('level-1', 'fillDistance', at, value)),
    every7Hours([3, 3], (at, value) => aReading('level-1', 'battery', at, value)),
    every7Hours([null], (at, value) => aReading('level-2', 'fillDistance', at, value)),
    every7Hours([-3, 0, 5, 0.5, 8, 6, 1], (at, value) => aReading('air-s', 'pm25', at, value)),
  ].flat() as ReturnType<typeof aReading>[];
  await readings.append(some);
  await sensorStates.record(some);
  const source = citySource({ registry, sensorStates, readings, entityIds: memoryEntityIds(), clock: () => NOW });
  const call = callerOf(sensorthingsApi({ source, clock: () => NOW }));
  return async (path: string): Promise<readonly Json[]> => {
    const all: Json[] = [];
    let url: string | undefined = `${ROOT}${path}`;
    while (url !== undefined) {
      const answer = await call({ url });
      if (answer.status !== 200) throw new Error(`${answer.status} for ${url}: ${answer.body}`);
      const page: Json = JSON.parse(answer.body);
      all.push(...(page.value ?? []));
      url = page['@iot.nextLink'] as string | undefined;
    }
    return all;
  };
};

/** As the reference evaluator reads entities: `id` by its model name, and as the number it is. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => (key === '@iot.id' ? ['id', Number(inner)] : [key, plain(inner)])),
  );
};

const byNumber = (a: unknown, b: unknown): number => Number(a) - Number(b);

const observationPaths = (prefix: string) => ({ number: `${prefix}result`, time: `${prefix}phenomenonTime` });

/** By set: what is expanded so that the reference sees all that a filter can, and the paths that filters speak of. */
const asked: Readonly<Record<string, { readonly expand: string; readonly of: Of }>> = {
  Things: {
    expand: 'Locations,HistoricalLocations,Datastreams($expand=ObservedProperty,Observations($top=100))',
    of: {
      numbers: [
        'id',
        'properties/capacityLitres',
        'Datastreams/id',
        observationPaths('Datastreams/Observations/').number,
      ],
      texts: ['name', 'properties/kind', 'Datastreams/name', 'Datastreams/ObservedProperty/name', 'Locations/name'],
      times: [
        'Datastreams/phenomenonTime',
        observationPaths('Datastreams/Observations/').time,
        'HistoricalLocations/time',
      ],
    },
  },
  Datastreams: {
    expand: 'Thing($expand=Datastreams($expand=Observations($top=100))),Sensor,Observations($top=100)',
    of: {
      numbers: ['id', 'Observations/result', 'Observations/id', 'Thing/Datastreams/Observations/result'],
      texts: ['name', 'Thing/name', 'Sensor/name', 'properties/quantity', 'unitOfMeasurement/symbol'],
      times: ['phenomenonTime', 'Observations/phenomenonTime', 'Observations/resultTime'],
    },
  },
  Observations: {
    expand: 'Datastream($expand=Thing,ObservedProperty,Observations($top=100)),FeatureOfInterest',
    of: {
      numbers: ['result', 'id', 'Datastream/id', 'Datastream/Thing/id', 'Datastream/Observations/result'],
      texts: ['Datastream/name', 'Datastream/ObservedProperty/name', 'Datastream/Thing/name', 'FeatureOfInterest/name'],
      times: ['phenomenonTime', 'resultTime', 'Datastream/phenomenonTime'],
    },
  },
  FeaturesOfInterest: {
    expand: 'Observations($top=100;$expand=Datastream)',
    of: {
      numbers: ['id', 'Observations/result', 'Observations/Datastream/id'],
      texts: ['name', 'description', 'Observations/Datastream/name'],
      times: ['Observations/phenomenonTime', 'Observations/resultTime'],
    },
  },
};

let list: Awaited<ReturnType<typeof openCity>>;
beforeAll(async () => {
  list = await openCity();
});

describe('Generated filters, through the whole service', () => {
  it.each(Object.entries(asked))(
    'find exactly the %s that the straightforward evaluator finds',
    async (set, { expand, of }) => {
      const all = (await list(`/${set}?$top=1000&$expand=${expand}`)).map((entity) => plain(entity) as Nested);
      expect(all.length).toBeGreaterThan(2);
      let [holding, runs] = [0, 0];
      await fc.assert(
        fc.asyncProperty(filterOver(of), fc.integer({ min: 2, max: 9 }), async (filter, top) => {
          const option = encodeURIComponent(printExpression(filter));
          const found = await list(`/${set}?$select=id&$top=${top}&$filter=${option}`);
          const wanted = all.filter((entity) => referenceHolds(filter, entity, NOW)).map(({ id }) => id);
          runs += 1;
          if (wanted.length > 0 && wanted.length < all.length) holding += 1;
          // Without $orderby, the order is the service's own.
          expect(found.map((entity) => Number(entity['@iot.id'])).toSorted(byNumber)).toEqual(
            wanted.toSorted(byNumber),
          );
        }),
        { numRuns: 120 },
      );
      // Filters that hold for all or none would agree whatever was evaluated.
      expect(holding).toBeGreaterThan(runs / 20);
    },
  );
});
