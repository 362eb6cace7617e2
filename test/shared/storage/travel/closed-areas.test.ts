import { afterEach, describe, expect, it } from 'vitest';
import type { ClosedWays } from '../../../../shared/routing/travel/closed-area.ts';
import type { TravelTimes } from '../../../../shared/routing/travel/travel-times.ts';
import { amazonLocationTravelTimes } from '../../../../shared/storage/travel/amazon-location.ts';
import { osrmTravelTimes } from '../../../../shared/storage/travel/osrm.ts';
import { valhallaTravelTimes } from '../../../../shared/storage/travel/valhalla.ts';
import { type AskedOf, startRoutingServer, type Told } from '../../../support/routing-server.ts';

const straight = { detourFactor: 1.3, speedKmh: 30 };
/** Four places in a row, a kilometre apart; the second one lies in what is closed. */
const places = [0, 1, 2, 3].map((step) => ({ latitude: 10.9, longitude: 106.6 + step / 100 }));
const polygon: [number, number][] = [
  [106.609, 10.899],
  [106.611, 10.899],
  [106.611, 10.901],
  [106.609, 10.901],
];
const ring = [...polygon, polygon[0]];
const closed: ClosedWays = { areas: [{ polygon }], open: [] };

let close: (() => Promise<void>) | undefined;
afterEach(() => close?.());
const serving = async (answer: (asked: AskedOf) => Told) => {
  const server = await startRoutingServer(answer);
  close = server.close;
  return server;
};
const bodyOf = ({ body }: AskedOf) => JSON.parse(body);

type Wire = { readonly lat: number; readonly lon: number };
const numberOf = (longitude: number): number => Math.round((longitude - 106.6) * 100);
const kilometre = ([x]: readonly [number, number]) => [
  [x, 10.9],
  [x + 0.01, 10.9],
];

/** A matrix in which way i → j takes 100 i + j seconds, and whoever goes round something ten more. */
const valhalla = (asked: AskedOf): Told => {
  const { sources, targets, locations, exclude_polygons } = bodyOf(asked);
  if (asked.url.pathname === '/locate')
    return {
      body: locations.map(({ lat, lon }: Wire) => ({ edges: [{ correlated_lat: lat, correlated_lon: lon }] })),
    };
  if (asked.url.pathname === '/route')
    return { body: { trip: { legs: locations.slice(1).map(() => ({ shape: '_p~iF~ps|U_ulLnnqC' })) } } };
  const more = exclude_polygons === undefined ? 0 : 10;
  const rows = sources.map(({ lon }: Wire) => targets.map((to: Wire) => 100 * numberOf(lon) + numberOf(to.lon) + more));
  return { body: { sources_to_targets: { durations: rows, distances: rows } } };
};

const seconds = async (travel: TravelTimes, ways: ClosedWays = closed) =>
  (await travel(places, ways)).durationSeconds.map((row) => Array.from(row));

/** Nobody gets to the second place, and from it one drives as if nothing were closed. */
const expected = [
  [0, null, 12, 13],
  [100, 0, 102, 103],
  [210, null, 0, 213],
  [310, null, 312, 0],
];

describe('closed areas, by Valhalla', () => {
  it('are excluded as rings, but not for who stands in one, and nobody is asked for ways into one', async () => {
    const server = await serving(valhalla);
    const travel = valhallaTravelTimes({ url: server.url }, straight);
    expect(await seconds(travel)).toEqual(expected);
    const asked = server.asked.filter(({ url }) => url.pathname === '/sources_to_targets').map(bodyOf);
    expect(asked.filter(({ exclude_polygons }) => exclude_polygons !== undefined)).toHaveLength(1);
    expect(asked.find(({ exclude_polygons }) => exclude_polygons !== undefined)).toMatchObject({
      exclude_polygons: [ring],
      sources: [{}, {}, {}],
    });
    for (const { targets } of asked) expect(targets.map(({ lon }: Wire) => numberOf(lon))).not.toContain(1);
    expect((await travel(places, closed)).source).toBe('Valhalla (truck), ways around closed areas: 1');
  });

  it('are open to a place whose turn comes later', async () => {
    const server = await serving(valhalla);
    const travel = valhallaTravelTimes({ url: server.url }, straight);
    const rows = await seconds(travel, { ...closed, open: [{ latitude: 10.9, longitude: 106.61 }] });
    expect(rows.map((row) => row[1])).toEqual([1, 0, 201, 301]);
    expect(rows[0]?.[2]).toBe(12);
  });

  it('are left out of its lines, stretch by stretch', async () => {
    const server = await serving(valhalla);
    const { lines } = await valhallaTravelTimes({ url: server.url }, straight)([], closed);
    expect(server.asked).toHaveLength(0);
    const legs = await lines?.(places);
    expect(legs?.map((leg) => leg !== undefined)).toEqual([false, true, true]);
    const routes = server.asked.map(bodyOf);
    expect(routes.map(({ exclude_polygons }) => exclude_polygons)).toEqual([undefined, [ring]]);
  });

  it('that it refuses or ignores are not pretended', async () => {
    const long = { error_code: 167, error: 'Exceeded maximum circumference for exclude_polygons' };
    const refusing = (asked: AskedOf): Told =>
      bodyOf(asked).exclude_polygons === undefined ? valhalla(asked) : { status: 400, body: long };
    let server = await serving(refusing);
    const times = valhallaTravelTimes({ url: server.url }, straight);
    await expect(times(places, closed)).rejects.toThrow('Valhalla refused a matrix, 167: Exceeded maximum');
    await close?.();
    const ignoring = (asked: AskedOf): Told => {
      const told = valhalla(asked);
      const isClosed = bodyOf(asked).exclude_polygons !== undefined;
      return isClosed && typeof told === 'object' && 'body' in told
        ? { body: { ...Object(told.body), warnings: [{ code: 204, text: 'ignoring exclude_polygons' }] } }
        : told;
    };
    server = await serving(ignoring);
    await expect(valhallaTravelTimes({ url: server.url }, straight)(places, closed)).rejects.toThrow(
      'Valhalla ignored the closed areas',
    );
  });
});

type Point = { readonly Position: readonly [number, number] };

/** As the Routes API answers; a way that it could only drive through the area is a violation. */
const amazon = (asked: AskedOf): Told => {
  const { Origins, Destinations, Origin, Waypoints = [], Avoid } = bodyOf(asked);
  if (asked.url.pathname === '/v2/routes') {
    const legs = [Origin, ...Waypoints.map(({ Position }: Point) => Position)];
    return { body: { Routes: [{ Legs: legs.map((at) => ({ Geometry: { LineString: kilometre(at) } })) }] } };
  }
  const entry = (from: number, to: number) => {
    const way = { Distance: 1_000, Duration: 100 * from + to + (Avoid === undefined ? 0 : 10) };
    return Avoid !== undefined && from === 0 && to === 3 ? { ...way, Error: 'Violation' } : way;
  };
  const at = ({ Position }: Point): number => numberOf(Position[0]);
  const RouteMatrix = Origins.map((from: Point) => Destinations.map((to: Point) => entry(at(from), at(to))));
  return { body: { ErrorCount: 0, RouteMatrix } };
};

describe('closed areas, by Amazon Location', () => {
  const options = (url: string) => ({
    region: 'ap-southeast-1',
    url,
    credentials: () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }),
  });

  it('are avoided as polygons, and a way that violates them is no way', async () => {
    const server = await serving(amazon);
    const travel = amazonLocationTravelTimes(options(server.url), straight);
    expect(await seconds(travel)).toEqual([[0, null, 12, null], ...expected.slice(1)]);
    const avoiding = server.asked.map(bodyOf).filter(({ Avoid }) => Avoid !== undefined);
    expect(avoiding).toHaveLength(1);
    expect(avoiding[0].Avoid).toEqual({ Areas: [{ Geometry: { Polygon: [ring] } }] });
    expect((await travel(places, closed)).source).toBe('Amazon Location (truck), ways around closed areas: 1');
  });

  it('are avoided by its lines', async () => {
    const server = await serving(amazon);
    const { lines } = await amazonLocationTravelTimes(options(server.url), straight)([], closed);
    expect((await lines?.(places))?.map((leg) => leg !== undefined)).toEqual([false, true, true]);
    expect(server.asked.map(bodyOf).map(({ Avoid }) => Avoid?.Areas?.length)).toEqual([undefined, 1]);
  });
});

it('OSRM says that it cannot leave an area out, and is not asked', async () => {
  const server = await serving(() => ({ body: {} }));
  await expect(osrmTravelTimes({ url: server.url }, straight)(places, closed)).rejects.toMatchObject({
    name: 'ClosedWaysUnknownError',
    message: 'OSRM cannot leave an area out',
  });
  expect(server.asked).toHaveLength(0);
});
