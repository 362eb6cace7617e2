import { afterEach, describe, expect, it } from 'vitest';
import { valhallaTravelTimes } from '../../../../shared/storage/travel/valhalla.ts';
import { type AskedOf, startRoutingServer, type Told } from '../../../support/routing-server.ts';

const straight = { detourFactor: 1.3, speedKmh: 30 };
const places = [0, 1, 2, 3].map((step) => ({ latitude: 10.9, longitude: 106.6 + step / 100 }));

type Wire = { readonly lat: number; readonly lon: number };
type Request = { sources: Wire[]; targets: Wire[]; locations: Wire[]; costing: string; costing_options: unknown };
const numberOf = ({ lon }: Wire): number => Math.round((lon - 106.6) * 100);
const requestOf = ({ body }: AskedOf): Request => JSON.parse(body);

/** As a server of version 3.5 answers: way i → j takes 100 i + j seconds, and as many kilometres. */
const matrixOf = (asked: AskedOf): Told => {
  const { sources, targets } = requestOf(asked);
  const rows = sources.map((from) => targets.map((to) => 100 * numberOf(from) + numberOf(to)));
  return {
    body: { sources_to_targets: { durations: rows, distances: rows }, units: 'kilometers', algorithm: 'costmatrix' },
  };
};

const located = (asked: AskedOf, isBesideRoad: (place: number) => boolean = () => true): Told => ({
  body: requestOf(asked).locations.map((location) => ({
    input_lat: location.lat,
    input_lon: location.lon,
    nodes: null,
    edges: isBesideRoad(numberOf(location))
      ? [{ way_id: 1, correlated_lat: location.lat + 0.0001, correlated_lon: location.lon, percent_along: 0.5 }]
      : null,
  })),
});

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());
const serving = async (services: Readonly<Record<string, (asked: AskedOf) => Told>>) => {
  const server = await startRoutingServer(
    (asked) => services[asked.url.pathname]?.(asked) ?? { status: 404, body: { error_code: 106, error: 'Try any of' } },
  );
  close = server.close;
  return server;
};

describe('Valhalla', () => {
  it('is asked with its costing of trucks, in blocks, and answers in metres', async () => {
    const server = await serving({ '/locate': located, '/sources_to_targets': matrixOf });
    const matrix = await valhallaTravelTimes({ url: server.url, blockSize: 3 }, straight)(places);
    const asked = server.asked.filter(({ url }) => url.pathname === '/sources_to_targets');
    expect(asked).toHaveLength(4);
    expect(asked[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(requestOf(asked[0] as AskedOf)).toMatchObject({
      costing: 'truck',
      costing_options: { truck: { weight: 15, height: 3.4, width: 2.5 } },
      units: 'kilometers',
      verbose: false,
    });
    expect(matrix.durationSeconds[3]?.[1]).toBe(301);
    expect(matrix.distanceMetres[3]?.[1]).toBe(301_000);
    expect(matrix.source).toBe('Valhalla (truck)');
  });

  it('of an older version answers pair by pair, with nulls for what it has no way for', async () => {
    const verbose = (asked: AskedOf): Told => {
      const { sources, targets } = requestOf(asked);
      const pair = (from: Wire, to: Wire, from_index: number, to_index: number) => {
        const isWay = numberOf(from) !== 0 || numberOf(to) !== 3;
        return { from_index, to_index, time: isWay ? 60 : null, distance: isWay ? 1.25 : null };
      };
      return {
        body: {
          sources_to_targets: sources.map((from, i) => targets.map((to, j) => pair(from, to, i, j))),
          units: 'kilometers',
        },
      };
    };
    const server = await serving({ '/locate': located, '/sources_to_targets': verbose });
    const matrix = await valhallaTravelTimes({ url: server.url }, straight)(places);
    expect(Array.from(matrix.distanceMetres[0] ?? [])).toEqual([0, 1_250, 1_250, null]);
    expect(Array.from(matrix.durationSeconds[3] ?? [])).toEqual([60, 60, 60, 0]);
  });

  it('is not asked about places beside no road, for it would refuse all others with them', async () => {
    const server = await serving({
      '/locate': (asked) => located(asked, (place) => place !== 1),
      '/sources_to_targets': (asked) => {
        const { sources, targets } = requestOf(asked);
        if ([...sources, ...targets].some((place) => numberOf(place) === 1))
          return { status: 400, body: { error_code: 171, error: 'No suitable edges near location', status_code: 400 } };
        return matrixOf(asked);
      },
    });
    const matrix = await valhallaTravelTimes({ url: server.url }, straight)(places);
    expect(matrix.source).toBe('Valhalla (truck); 1 of 4 places off the map by great-circle × 1.3');
    expect(matrix.distanceMetres[1]?.[2]).toBe(1_419);
    expect(matrix.durationSeconds[2]?.[3]).toBe(203);
  });

  it('is asked for less when it calls a matrix too large, and is not available when it refuses', async () => {
    const server = await serving({
      '/locate': located,
      '/sources_to_targets': (asked) => {
        const { sources, targets } = requestOf(asked);
        if (sources.length * targets.length <= 4) return matrixOf(asked);
        return { status: 400, body: { error_code: 150, error: 'Exceeded max locations', status_code: 400 } };
      },
    });
    const matrix = await valhallaTravelTimes({ url: server.url }, straight)(places);
    expect(matrix.durationSeconds[2]?.[3]).toBe(203);
    await server.close();
    const refusing = await serving({
      '/locate': located,
      '/sources_to_targets': () => ({
        status: 400,
        body: { error_code: 154, error: 'Path distance exceeds the max distance limit' },
      }),
    });
    await expect(valhallaTravelTimes({ url: refusing.url }, straight)(places)).rejects.toThrow(
      'Valhalla refused a matrix, 154: Path distance exceeds the max distance limit',
    );
  });

  it('draws each leg of a route, twenty places at a time', async () => {
    const server = await serving({
      '/locate': located,
      '/sources_to_targets': matrixOf,
      '/route': (asked) => {
        const { locations } = requestOf(asked);
        if (locations.some((place) => numberOf(place) === 25))
          return { status: 400, body: { error_code: 442, error: 'No path could be found for input' } };
        return { body: { trip: { legs: locations.slice(1).map(() => ({ shape: '_izlhA~rlgdF_{geC~ywl@' })) } } };
      },
    });
    const { lines } = await valhallaTravelTimes({ url: server.url }, straight)(places);
    const route = Array.from({ length: 30 }, (_, step) => ({ latitude: 10.9, longitude: 106.6 + step / 100 }));
    const found = (await lines?.(route)) ?? [];
    expect(found).toHaveLength(29);
    expect(found[18]).toEqual([
      [-120.2, 38.5],
      [-120.95, 40.7],
    ]);
    expect(found.slice(19).every((leg) => leg === undefined)).toBe(true);
    expect(
      server.asked.filter(({ url }) => url.pathname === '/route').map((asked) => requestOf(asked).locations.length),
    ).toEqual([20, 11]);
  });
});
