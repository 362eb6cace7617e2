import { afterEach, describe, expect, it } from 'vitest';
import { osrmTravelTimes } from '../../../../shared/storage/travel/osrm.ts';
import { type AskedOf, startRoutingServer, type Told } from '../../../support/routing-server.ts';

const straight = { detourFactor: 1.3, speedKmh: 30 };
const places = [0, 1, 2, 3, 4].map((step) => ({ latitude: 10.9, longitude: 106.6 + step / 100 }));

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());

/** Coordinates in the path, as place numbers, and which of them are sources and destinations. */
const tableAsked = ({ url }: AskedOf) => {
  const numbers = (url.pathname.split('/').at(-1) ?? '')
    .split(';')
    .map((pair) => Math.round((Number(pair.split(',')[0]) - 106.6) * 100));
  const list = (name: string) => (url.searchParams.get(name) ?? '').split(';').map((at) => numbers[Number(at)] ?? -1);
  return { sources: list('sources'), destinations: list('destinations') };
};

/** As osrm-routed 5.27 answers: way i → j takes 100 i + j seconds and ten times as many metres. */
const table = (asked: AskedOf, isWay: (from: number, to: number) => boolean = () => true): Told => {
  const { sources, destinations } = tableAsked(asked);
  const rows = (factor: number) =>
    sources.map((from) => destinations.map((to) => (isWay(from, to) ? (100 * from + to) * factor + 0.3 : null)));
  const point = (place: number) => ({ hint: '', distance: 4.2, name: '', location: [106.6 + place / 100, 10.9] });
  return {
    body: {
      code: 'Ok',
      durations: rows(1),
      distances: rows(10),
      sources: sources.map(point),
      destinations: destinations.map(point),
    },
  };
};

const serving = async (answer: (asked: AskedOf, count: number) => Told) => {
  const server = await startRoutingServer(answer);
  close = server.close;
  return server;
};

describe('OSRM', () => {
  it('is asked for durations and distances in blocks of what its table holds', async () => {
    const server = await serving((asked) => table(asked));
    const matrix = await osrmTravelTimes({ url: server.url, tableSize: 2 }, straight)(places);
    expect(server.asked).toHaveLength(9);
    const [first] = server.asked;
    expect(first?.method).toBe('GET');
    expect(first?.url.pathname).toMatch(/^\/table\/v1\/driving\/106\.\d{6},10\.900000;/);
    expect(first?.url.searchParams.get('annotations')).toBe('duration,distance');
    const expected = (factor: number) =>
      places.map((_, from) => places.map((__, to) => (from === to ? 0 : Math.round((100 * from + to) * factor + 0.3))));
    expect(matrix.durationSeconds.map((row) => Array.from(row))).toEqual(expected(1));
    expect(matrix.distanceMetres.map((row) => Array.from(row))).toEqual(expected(10));
    expect(matrix.source).toBe('OSRM (driving)');
  });

  it('is asked for less when it calls a table too big', async () => {
    const server = await serving((asked) => {
      const { sources, destinations } = tableAsked(asked);
      if (sources.length * destinations.length > 6)
        return { status: 400, body: { code: 'TooBig', message: 'Too many table coordinates' } };
      return table(asked);
    });
    const matrix = await osrmTravelTimes({ url: server.url }, straight)(places);
    expect(matrix.durationSeconds[4]?.[3]).toBe(403);
    expect(server.asked.length).toBeGreaterThan(4);
  });

  it('leaves single missing ways missing, and takes places it does not reach, or moved far, as straight', async () => {
    const server = await serving((asked) => {
      const told = table(asked, (from, to) => from !== 2 && to !== 2 && !(from === 0 && to === 1));
      const { sources } = tableAsked(asked);
      if (typeof told === 'object' && 'body' in told) {
        const body = told.body as { sources: { distance: number }[] };
        for (const [index, place] of sources.entries()) if (place === 4) body.sources[index] = { distance: 1_700 };
      }
      return told;
    });
    const matrix = await osrmTravelTimes({ url: server.url }, straight)(places);
    expect(matrix.durationSeconds[0]?.[1]).toBeNull();
    expect(matrix.distanceMetres[0]?.[1]).toBeNull();
    expect(matrix.distanceMetres[2]?.[3]).toBe(1_419);
    expect(matrix.distanceMetres[4]?.[3]).toBe(1_419);
    expect(matrix.distanceMetres[1]?.[3]).toBe(1_030);
    expect(matrix.source).toBe('OSRM (driving); 2 of 5 places off the map by great-circle × 1.3');
  });

  it.each([
    [
      'its own words',
      { status: 400, body: { code: 'InvalidUrl', message: 'URL string malformed' } },
      'InvalidUrl: URL',
    ],
    ['another shape', { body: { code: 'Ok', durations: [[0]] } }, 'refused a table'],
  ])('that refuses in %s is not available', async (_, told, words) => {
    const server = await serving(() => told);
    await expect(osrmTravelTimes({ url: server.url }, straight)(places)).rejects.toThrow(words);
  });

  it('draws each leg of a route, and none where it finds no way', async () => {
    const server = await serving((asked) => {
      if (asked.url.pathname.startsWith('/table/')) return table(asked);
      if (asked.url.pathname.includes('106.640000'))
        return { status: 400, body: { code: 'NoRoute', message: 'Impossible route' } };
      // polyline6 of the algorithm's example, a tenth as large.
      const steps = [{ geometry: '_izlhA~rlgdF' }, { geometry: '_izlhA~rlgdF_{geC~ywl@' }];
      return { body: { code: 'Ok', routes: [{ legs: [{ steps }, { steps: [{ geometry: '_izlhA~rlgdF' }] }] }] } };
    });
    const { lines } = await osrmTravelTimes({ url: server.url }, straight)(places);
    const found = await lines?.(places.slice(0, 3));
    expect(found).toHaveLength(2);
    expect(found?.[0]).toEqual([
      [-120.2, 38.5],
      [-120.2, 38.5],
      [-120.95, 40.7],
    ]);
    const asked = server.asked.at(-1);
    expect(asked?.url.pathname).toContain('/route/v1/driving/106.600000,10.900000;106.610000,10.900000;');
    expect(asked?.url.searchParams.get('geometries')).toBe('polyline6');
    expect(await lines?.(places.slice(2))).toEqual([undefined, undefined]);
  });
});
